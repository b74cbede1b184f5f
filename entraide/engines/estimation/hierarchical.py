"""BIC over every hierarchical log-linear model with interactions of two, or of two and three lists; chosen again in each resample.

BIC = deviance + terms × log n (n persons observed); a term whose own count is zero still counts. Up to six lists every model of order
two is compared, up to five every model of order three; beyond, a forward search is made and says so. In a resample a model is skipped
only where it provably cannot win: its deviance is at least that of the largest model without any one of the terms it lacks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np

from entraide.engines.estimation.existence import FINE, Verdicts
from entraide.engines.estimation.loglinear import NONE, fit, rows_of
from entraide.engines.estimation.refusal import Refused
from entraide.engines.estimation.stepwise import CELLS
from entraide.engines.estimation.subsets import Floats, Ints, members, of_size

EXHAUSTIVE = {2: 6, 3: 5}
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


@cache
def family(lists: int, order: int) -> Ints:
    """Every hierarchical model of at most that order, one row of terms each."""
    start = [0, *(1 << each for each in range(lists))]
    pairs, triples = of_size(lists, 2), of_size(lists, 3) if order > 2 else ()
    out = []
    for size in range(len(pairs) + 1):
        for some in combinations(pairs, size):
            whole = [term for term in triples if _carried(term, some)]
            for count in range(len(whole) + 1):
                out += [[*start, *some, *more] for more in combinations(whole, count)]
    return rows_of(out)


def best_by_bic(counts: Floats, order: int, progress: Progress | None = None) -> Best:
    """The model of least BIC for each table of counts (B, 2**t), cell 0 ignored."""
    lists = counts.shape[-1].bit_length() - 1
    if lists > EXHAUSTIVE[order]:
        if len(counts) > 1:
            raise Refused(
                "too-large", f"With {lists} lists the models of order {order} are searched, and the search is not repeated in resamples."
            )
        return _searched(counts, order)
    models = family(lists, order)
    lacks = _lacks(models, lists, order)
    size = max(1, min(len(counts), (1 << 22) // len(models)))
    parts = []
    for at in range(0, len(counts), size):
        parts.append(_exhaustive(counts[at : at + size], models, lacks))
        if progress:
            progress(min(1.0, (at + size) / len(counts)))
    estimate, undetected, variance, bic, terms = (np.concatenate(each) for each in zip(*parts, strict=True))
    return Best(estimate, undetected, variance, bic, terms.astype(np.int64), compared=len(models), search=False)


def _lacks(models: Ints, lists: int, order: int) -> np.ndarray:
    """(M, terms): which interactions each model has not, in the order of `_interactions`."""
    return np.array([(models != term).all(axis=1) for term in _interactions(lists, order)]).T


def _interactions(lists: int, order: int) -> tuple[int, ...]:
    return of_size(lists, 2) + (of_size(lists, 3) if order > 2 else ())


def _exhaustive(counts: Floats, models: Ints, lacks: np.ndarray) -> tuple[Floats, Floats, Floats, Floats, Ints]:
    tables, cells = counts.shape
    lists = cells.bit_length() - 1
    order = max(int(term).bit_count() for term in models[-1])
    every = _interactions(lists, order)
    log = np.log(counts[:, 1:].sum(axis=1))
    size = (models != NONE).sum(axis=1)
    start = [0, *(1 << each for each in range(lists))]
    floor = np.zeros((tables, len(models)))
    if len(models) > 4 * len(every):  # else the bounds cost more than they save
        for at, term in enumerate(every):
            rest = [*start, *(other for other in every if other & term != term)]
            least = fit(counts, np.repeat(rows_of([rest]), tables, axis=0), exact=False)
            deviance = np.where(least.settled, least.deviance - 1e-4 - 1e-6 * least.deviance, 0.0)
            floor[:, lacks[:, at]] = np.maximum(floor[:, lacks[:, at]], deviance[:, None])
    floor += log[:, None] * size[None, :]
    best = np.full(tables, np.inf)
    undetected = np.full(tables, np.nan)
    variance = np.full(tables, np.nan)
    terms = np.full((tables, models.shape[1]), NONE, dtype=np.int64)
    queue = np.argsort(floor, axis=1)
    reach = np.zeros(tables, dtype=np.int64)
    verdicts = Verdicts()
    live = np.arange(tables)
    step = 4
    while live.size:
        ahead = reach[live][:, None] + np.arange(step)[None, :]
        chosen = queue[live[:, None], np.minimum(ahead, len(models) - 1)]
        wanted = (ahead < len(models)) & (floor[live[:, None], chosen] < best[live][:, None])
        row, col = np.nonzero(wanted)
        for at in range(0, len(row), max(1, CELLS // cells)):
            part = slice(at, at + max(1, CELLS // cells))
            own, which = live[row[part]], chosen[row[part], col[part]]
            rows = models[which][:, : size[which].max()]
            got = fit(counts[own], rows, exact=False)
            bic = got.deviance + size[which] * log[own]
            for each in np.argsort(bic, kind="stable"):
                if not bic[each] < best[own[each]] or not got.settled[each]:
                    continue
                one = slice(each, each + 1)
                single = fit(counts[own[one]], rows[one])
                if verdicts(counts[own[one]], rows[one], single)[0] == FINE:
                    at_table = own[each]
                    best[at_table], undetected[at_table], variance[at_table] = bic[each], single.undetected[0], single.variance[0]
                    terms[at_table] = models[which[each]]
        reach[live] += step
        live = live[wanted.all(axis=1)]
        step = min(64, step * 2)
    return counts[:, 1:].sum(axis=1) + undetected, undetected, variance, best, terms


def _searched(counts: Floats, order: int) -> Best:
    """Forward from main effects, one term at a time while BIC falls; a triple only where its pairs are in."""
    lists = counts.shape[-1].bit_length() - 1
    log = float(np.log(counts[0, 1:].sum()))
    current = [0, *(1 << each for each in range(lists))]
    verdicts = Verdicts()
    answer = (np.nan, np.nan, np.inf)  # undetected, variance, BIC
    tried = 0
    options = [current]
    while options:
        tried += len(options)
        rows = rows_of(options)
        step = max(1, CELLS // counts.shape[-1])
        fits = [fit(counts, rows[at : at + step]) for at in range(0, len(rows), step)]
        bic = np.concatenate([each.deviance for each in fits]) + log * rows.shape[1]
        better = [at for at in np.argsort(bic, kind="stable") if bic[at] < answer[2]]
        at = next((at for at in better if verdicts(counts, rows[at : at + 1])[0] == FINE), None)
        if at is None and tried > 1:
            break
        if at is not None:
            part, place = fits[at // step], at % step
            current, answer = options[at], (float(part.undetected[place]), float(part.variance[place]), float(bic[at]))
        options = [[*current, term] for term in _interactions(lists, order) if term not in current and _carried(term, current)]
    undetected, variance, value = (np.array([each]) for each in answer)
    return Best(counts[:, 1:].sum(axis=1) + undetected, undetected, variance, value, rows_of([current]), tried, search=True)


def _carried(term: int, model: Sequence[int]) -> bool:
    """Whether the model holds every pair within a triple, so that it stays hierarchical with it."""
    return term.bit_count() == 2 or all(term & ~(1 << each) in model for each in members(term))
