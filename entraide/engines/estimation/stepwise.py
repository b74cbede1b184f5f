"""Stepwise choice of pairs for a sparse table, on many tables at once (Chan, Silverman & Vincent 2021).

From main effects; each absent pair has fitted overlap m and observed o and p = min(P(X ≤ o), P(X ≥ o)), X ~ Poisson(m); the pair with
the smallest p below the threshold enters if the larger model is finite and identifiable; ties go to the first in the order 12, 13, …, 23, …
The published method never checks the model it starts from, so a resample where nothing is added can answer 1e10; here the model the
answer rests on is always checked, unless `original` asks for the published behaviour.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from scipy.special import gammainc, pdtr

from entraide.engines.estimation.existence import FINE, Verdicts
from entraide.engines.estimation.loglinear import NONE, fit
from entraide.engines.estimation.subsets import Floats, Ints, above, of_size

THRESHOLD = 0.02
TIE = 1e-9  # relative
CELLS = 1 << 18  # of one batch: bounds memory whatever the number of draws


@dataclass(frozen=True)
class Chosen:
    """Answers for B tables: estimate (B,) of all persons, nan where refused; verdict (B,); terms (B, p); variance (B,) of its log."""

    estimate: Floats
    undetected: Floats
    variance: Floats
    verdict: Ints
    terms: Ints

    def interactions(self, at: int) -> list[int]:
        """The chosen pairs of one table, in the order they came in."""
        return [int(term) for term in self.terms[at] if int(term).bit_count() == 2]


def stepwise(
    counts: Floats,
    *,
    threshold: float = THRESHOLD,
    original: bool = False,
    threads: int = 1,
    progress: Callable[[float], None] | None = None,
) -> Chosen:
    """Chooses and fits a model for each table of counts (B, 2**t), cell 0 ignored; batches bound the memory."""
    size = max(1, CELLS // counts.shape[-1])
    parts = [counts[at : at + size] for at in range(0, len(counts), size)]
    done = []
    with ThreadPoolExecutor(threads) as pool:
        for part in pool.map(lambda each: _batch(each, threshold, original), parts):
            done.append(part)
            if progress:
                progress(len(done) / len(parts))
    width = max(each.terms.shape[1] for each in done)
    return Chosen(
        np.concatenate([each.estimate for each in done]),
        np.concatenate([each.undetected for each in done]),
        np.concatenate([each.variance for each in done]),
        np.concatenate([each.verdict for each in done]),
        np.concatenate([np.pad(each.terms, ((0, 0), (0, width - each.terms.shape[1])), constant_values=NONE) for each in done]),
    )


def _batch(counts: Floats, threshold: float, original: bool) -> Chosen:
    tables, cells = counts.shape
    counts = counts.copy()
    counts[:, 0] = 0.0
    lists = cells.bit_length() - 1
    pairs = np.array(of_size(lists, 2), dtype=np.int64)
    observed = above(counts)[:, pairs]
    start = np.array([0, *(1 << each for each in range(lists))], dtype=np.int64)
    terms = np.full((tables, len(start) + len(pairs)), NONE, dtype=np.int64)
    terms[:, : len(start)] = start
    width = np.full(tables, len(start))
    verdicts = Verdicts()
    live = np.arange(tables)
    first = fit(counts, terms[:, : len(start)], exact=False)
    mu = np.where(first.cells, first.mu, 0.0)
    undetected, variance = first.undetected.copy(), first.variance.copy()
    verdict = np.zeros(tables, dtype=np.int64) if original else verdicts(counts, terms[:, : len(start)], first)
    while live.size:
        absent = ~(terms[live][:, :, None] == pairs[None, None, :]).any(axis=1)
        p = np.where(absent, surprise(observed[live], above(mu[live])[:, pairs]), 1.0)
        order = ranked(p)
        rank = np.zeros(live.size, dtype=np.int64)
        entered = np.zeros(live.size, dtype=bool)
        trying = np.arange(live.size)
        while trying.size:
            best = order[trying, np.minimum(rank[trying], len(pairs) - 1)]
            trying = trying[(rank[trying] < len(pairs)) & (p[trying, best] < threshold)]
            if not trying.size:
                break
            best = order[trying, rank[trying]]
            rows = live[trying]
            larger = terms[rows].copy()
            larger[np.arange(len(rows)), width[rows]] = pairs[best]
            larger = larger[:, : width[rows].max() + 1]
            tried = fit(counts[rows], larger, exact=False)
            good = verdicts(counts[rows], larger, tried) == FINE
            terms[rows[good], width[rows[good]]] = pairs[best[good]]
            width[rows[good]] += 1
            mu[rows[good]] = np.where(tried.cells, tried.mu, 0.0)[good]
            undetected[rows[good]], variance[rows[good]], verdict[rows[good]] = tried.undetected[good], tried.variance[good], FINE
            entered[trying[good]] = True
            rank[trying] += 1
            trying = trying[~good]
        live = live[entered]
    known = verdict == FINE
    undetected, variance = np.where(known, undetected, np.nan), np.where(known, variance, np.nan)
    return Chosen(counts.sum(axis=1) + undetected, undetected, variance, verdict, terms[:, : width.max()])


def ranked(p: Floats) -> Ints:
    """Places (tables, pairs) in rising order of p; p-values that differ by rounding alone are ties, which go by place."""
    rising = np.argsort(p, axis=1, kind="stable")
    value = np.take_along_axis(p, rising, axis=1)
    group = np.zeros(p.shape, dtype=np.int64)
    np.put_along_axis(group, rising[:, 1:], np.cumsum(value[:, 1:] > value[:, :-1] * (1 + TIE), axis=1), axis=1)
    return np.argsort(group, axis=1, kind="stable")


def surprise(observed: Floats, fitted: Floats) -> Floats:
    """min(P(X ≤ o), P(X ≥ o)) for X ~ Poisson(m)."""
    fitted = np.maximum(fitted, 0.0)
    at_least = np.where(observed > 0, gammainc(np.maximum(observed, 1.0), fitted), 1.0)
    return np.asarray(np.minimum(pdtr(observed, fitted), at_least))
