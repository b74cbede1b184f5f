"""BIC over every hierarchical log-linear model with interactions of two, or of two and three lists; chosen again in each resample.

BIC = deviance + terms × log n (n persons observed); a term whose own count is zero still counts. Up to six lists every model is compared
(32,768 of order two, 3,702,013 of order three); beyond, a forward search is made and says so. A model is left unfitted only where it
provably cannot win: its deviance is at least that of the largest model without any one of the interactions it lacks, so its BIC is at
least that plus its own terms × log n, and that is no better than a model already fitted.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

import numpy as np

from entraide.engines.estimation.existence import FINE, Verdicts
from entraide.engines.estimation.loglinear import NONE, fit, rows_of
from entraide.engines.estimation.stepwise import CELLS, stepwise
from entraide.engines.estimation.subsets import Floats, Ints, members, of_size

EXHAUSTIVE = 6  # lists
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Best:
    """Answers for B tables: estimate (B,), nan where none is finite; variance (B,) of log undetected; bic (B,); terms (B, p)."""

    estimate: Floats
    undetected: Floats
    variance: Floats
    bic: Floats
    terms: Ints
    compared: int
    search: bool

    def interactions(self, at: int) -> list[int]:
        """The chosen interactions of one table."""
        return [int(term) for term in self.terms[at] if int(term).bit_count() > 1]


@dataclass(frozen=True)
class Models:
    """A family: codes (M,), whose bit i says that a model has interactions[i]; sizes (M,), its terms with constant and lists."""

    lists: int
    interactions: tuple[int, ...]
    codes: Ints
    sizes: Ints

    def rows(self, codes: Ints) -> Ints:
        """Models as rows of terms (…, p), filled up with -1."""
        bits = np.arange(len(self.interactions))
        has = codes[:, None] >> bits & 1 == 1
        order = np.argsort(~has, axis=1, kind="stable")[:, : int(has.sum(axis=1).max(initial=0))]
        chosen = np.where(np.take_along_axis(has, order, axis=1), np.array(self.interactions)[order], NONE)
        start = np.broadcast_to(_start(self.lists), (len(codes), self.lists + 1))
        return np.concatenate([start, chosen], axis=1)


@cache
def family(lists: int, order: int) -> Models:
    """Every hierarchical model of at most that order; 8 bytes a model."""
    every = _interactions(lists, order)
    pairs = of_size(lists, 2)
    codes = np.arange(1 << len(pairs), dtype=np.int64)
    for place, triple in enumerate(every[len(pairs) :], start=len(pairs)):
        within = sum(1 << at for at, pair in enumerate(pairs) if pair & triple == pair)
        codes = np.concatenate([codes, codes[codes & within == within] | 1 << place])
    return Models(lists, every, codes, 1 + lists + np.bitwise_count(codes).astype(np.int64))


def _interactions(lists: int, order: int) -> tuple[int, ...]:
    return of_size(lists, 2) + (of_size(lists, 3) if order > 2 else ())


def _start(lists: int) -> Ints:
    return np.array([0, *(1 << each for each in range(lists))], dtype=np.int64)


def best_by_bic(counts: Floats, order: int, progress: Progress | None = None, *, threads: int = 1) -> Best:
    """The model of least BIC for each table of counts (B, 2**t), cell 0 ignored; order 2 or 3."""
    lists = counts.shape[-1].bit_length() - 1
    search = lists > EXHAUSTIVE
    size = 1 if search else 64 if lists < EXHAUSTIVE or order < 3 else 4  # tables at a time: bounds memory where no model can be left out
    models = None if search else family(lists, order)
    parts: list[Best] = []
    with ThreadPoolExecutor(threads) as pool:
        some = (counts[at : at + size] for at in range(0, len(counts), size))
        for part in pool.map(lambda each: _Comparison(each, models).done() if models else _searched(each, order), some):
            parts.append(part)
            if progress:
                progress(min(1.0, len(parts) * size / len(counts)))
    width = max(each.terms.shape[1] for each in parts)
    return Best(
        np.concatenate([each.estimate for each in parts]),
        np.concatenate([each.undetected for each in parts]),
        np.concatenate([each.variance for each in parts]),
        np.concatenate([each.bic for each in parts]),
        np.concatenate([np.pad(each.terms, ((0, 0), (0, width - each.terms.shape[1])), constant_values=NONE) for each in parts]),
        max(each.compared for each in parts),
        search,
    )


class _Comparison:
    """All models on B tables, the most promising first, until no bound lies below the best BIC found."""

    def __init__(self, counts: Floats, models: Models) -> None:
        self.counts, self.models = counts, models
        self.log = np.log(counts[:, 1:].sum(axis=1))
        self.best = np.full(len(counts), np.inf)
        self.undetected, self.variance = np.full(len(counts), np.nan), np.full(len(counts), np.nan)
        self.code = np.zeros(len(counts), dtype=np.int64)
        self.verdicts = Verdicts()

    def done(self) -> Best:
        """Compares and answers."""
        limit = self._reached()
        queues = [self._queue(at, *bounds, limit[at]) for at, bounds in enumerate(zip(*self._bounds(), strict=True))]
        reach, step = 0, 4
        live = np.arange(len(self.counts))
        while live.size:
            part = slice(reach, reach + step)
            wanted = [queues[at][0][part][queues[at][1][part] < self.best[at]] for at in live]
            self._try(np.repeat(live, [len(some) for some in wanted]), np.concatenate(wanted))
            reach += step
            live = np.array([at for at in live if (queues[at][1][reach : reach + 1] < self.best[at]).any()], dtype=np.int64)
            step = min(64, step * 2)
        terms = self.models.rows(self.code)
        estimate = self.counts[:, 1:].sum(axis=1) + self.undetected
        return Best(estimate, self.undetected, self.variance, self.best, terms, len(self.models.codes), search=False)

    def _reached(self) -> Floats:
        """A BIC (B,) that some model reaches: that of the stepwise choice, where it has an answer."""
        chosen = stepwise(self.counts)
        got = fit(self.counts, chosen.terms, exact=False)
        bic = got.deviance + (chosen.terms != NONE).sum(axis=1) * self.log
        return np.where((chosen.verdict == FINE) & got.settled, bic + 1e-6 * (1 + np.abs(bic)), np.inf)

    def _bounds(self) -> tuple[Floats, Floats]:
        """Deviances that no model goes below: (B,) at all, and (B, interactions) without each interaction."""
        every = self.models.interactions
        start = _start(self.models.lists).tolist()
        rest = [[*start, *every], *([*start, *(other for other in every if other & term != term)] for term in every)]
        found = np.zeros((len(self.counts), len(rest)))
        for at, row in enumerate(rest):
            got = fit(self.counts, np.repeat(rows_of([row]), len(self.counts), axis=0), exact=False)
            found[:, at] = np.where(got.settled, got.deviance - 1e-4 - 1e-6 * got.deviance, 0.0)
        return np.maximum(found[:, 0], 0.0), np.maximum(found[:, 1:], 0.0)

    def _queue(self, at: int, least: float, without: Floats, limit: float) -> tuple[Ints, Floats]:
        """The models that could still win on one table, as codes and bounds, the least bound first."""
        codes, sizes, log = self.models.codes, self.models.sizes, self.log[at]
        needed = 0
        while (more := self._needed(without, limit, needed, log)) != needed:
            needed = more
        some = np.flatnonzero((codes & needed == needed) & (least + log * sizes < limit))
        codes, floors = codes[some], log * sizes[some]
        open_ = np.arange(len(codes))
        for place in np.argsort(-without).tolist():
            lacks = codes[open_] >> place & 1 == 0
            floors[open_[lacks]] += without[place]
            open_ = open_[~lacks]
        floors[open_] += least
        some = np.flatnonzero(floors < limit)
        some = some[np.argsort(floors[some], kind="stable")]
        return codes[some], floors[some]

    def _needed(self, without: Floats, limit: float, needed: int, log: float) -> int:
        """The interactions without which no model goes below the limit, given that those already found are in."""
        fewest = 1 + self.models.lists + needed.bit_count()
        return sum(1 << place for place, bound in enumerate(without) if bound + log * fewest >= limit)

    def _try(self, tables: Ints, codes: Ints) -> None:
        """Fits models (K,) on tables (K,), and keeps those that are better, finite and identifiable."""
        chunk = max(1, CELLS // self.counts.shape[-1])
        for first in range(0, len(codes), chunk):
            part = slice(first, first + chunk)
            rows = self.models.rows(codes[part])
            got = fit(self.counts[tables[part]], rows, exact=False)
            bic = got.deviance + (rows != NONE).sum(axis=1) * self.log[tables[part]]
            for each in np.argsort(bic, kind="stable"):
                if got.settled[each] and bic[each] < self.best[tables[part][each]]:
                    self._keep(tables[part][each], codes[part][each], rows[each : each + 1], bic[each])

    def _keep(self, at: int, code: int, row: Ints, bic: float) -> None:
        single = fit(self.counts[at][None], row)
        if self.verdicts(self.counts[at][None], row, single)[0] == FINE:
            self.best[at], self.code[at] = bic, code
            self.undetected[at], self.variance[at] = single.undetected[0], single.variance[0]


def _searched(counts: Floats, order: int) -> Best:
    """Forward from main effects, one term at a time while BIC falls; a triple only where its pairs are in. One table (1, 2**t)."""
    lists = counts.shape[-1].bit_length() - 1
    log = float(np.log(counts[0, 1:].sum()))
    current = _start(lists).tolist()
    verdicts = Verdicts()
    least = np.inf  # BIC
    tried = 0
    options = [current]
    while options:
        tried += len(options)
        rows = rows_of(options)
        step = max(1, CELLS // counts.shape[-1])
        deviance = [fit(counts, rows[at : at + step], exact=False).deviance for at in range(0, len(rows), step)]
        bic = np.concatenate(deviance) + log * rows.shape[1]
        better = [at for at in np.argsort(bic, kind="stable") if bic[at] < least]
        at = next((at for at in better if verdicts(counts, rows[at : at + 1])[0] == FINE), None)
        if at is None and tried > 1:
            break
        if at is not None:
            current, least = options[at], float(bic[at])
        options = [[*current, term] for term in _interactions(lists, order) if term not in current and _carried(term, current)]
    terms, bic = rows_of([current]), np.array([least])
    best = fit(counts, terms)
    found = np.isfinite(bic)
    undetected, variance = np.where(found, best.undetected, np.nan), np.where(found, best.variance, np.nan)
    return Best(counts[:, 1:].sum(axis=1) + undetected, undetected, variance, bic, terms, tried, search=True)


def _carried(term: int, model: Sequence[int]) -> bool:
    """Whether the model holds every pair within a triple, so that it stays hierarchical with it."""
    return term.bit_count() == 2 or all(term & ~(1 << each) in model for each in members(term))
