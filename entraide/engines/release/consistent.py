"""Makes noisy tables agree: with each other, with one number of rows, and with the fact that counts are not negative."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from entraide.engines.release.arrays import Floats, Pair
from entraide.engines.release.domains import Domain
from entraide.engines.release.measure import Measured

ROUNDS = 30
FAINT = 0.9  # noisy counts below so many standard deviations are taken for nobody: combinations that do not exist are not made up
NOBODY = 2.0  # the same for single values, which are known much better


@dataclass(frozen=True)
class Targets:
    """What the rows shall keep: rows in all, shares of each value, shares of each pair of values."""

    rows: int
    singles: list[Floats]
    pairs: dict[Pair, Floats]


def agree(domain: Domain, measured: list[Measured]) -> Targets:
    """Best estimates from all measurements together: weights are inverse variances, then each table is fitted to common margins."""
    sizes = domain.sizes
    total = _total(measured)
    singles = [_single(column, sizes, domain, measured, total) for column in range(len(sizes))]
    if total < 0.5:
        return Targets(0, singles, {})
    tables = {(one.columns[0], one.columns[1]): _pair(one, singles, total) for one in measured}
    return Targets(round(total), singles, tables)


def _total(measured: list[Measured]) -> float:
    weights = np.array([1 / (one.variance * one.counts.size) for one in measured])
    sums = np.array([one.counts.sum() for one in measured])
    return max(0.0, float(weights @ sums / weights.sum()))


def _single(column: int, sizes: list[int], domain: Domain, measured: list[Measured], total: float) -> Floats:
    """Shares of the values of a column from its own count and from all pairs it is in."""
    own = domain.counted[column]
    weight = np.where(np.isnan(own), 0.0, 1 / domain.variance)
    summed = np.where(np.isnan(own), 0.0, own) * weight
    for one in measured:
        if column in one.columns:
            other = 1 - one.columns.index(column)
            precise = 1 / (one.variance * one.counts.shape[other])
            summed = summed + one.counts.sum(axis=other) * precise
            weight = weight + precise
    counts = np.asarray(summed / weight)
    sure = np.where(counts * np.sqrt(weight) > NOBODY, counts, 0.0)
    return simplex((sure if sure.any() else counts) / max(total, 1.0))


def simplex(shares: Floats) -> Floats:
    """The nearest shares that are not negative and sum to 1 (Duchi et al. 2008)."""
    falling = np.sort(shares)[::-1]
    over = np.cumsum(falling) - 1
    last = np.flatnonzero(falling - over / np.arange(1, len(shares) + 1) > 0)[-1]
    return np.asarray(np.maximum(shares - over[last] / (last + 1), 0.0))


def _pair(one: Measured, singles: list[Floats], total: float) -> Floats:
    rows, columns = singles[one.columns[0]], singles[one.columns[1]]
    deviation = one.variance**0.5 / total
    moved = one.counts / total
    moved = moved + ((rows - moved.sum(axis=1)) / moved.shape[1])[:, None]
    moved = moved + ((columns - moved.sum(axis=0)) / moved.shape[0])[None, :]
    return rake(np.where(moved > FAINT * deviation, moved, 0.0), [rows, columns])


def rake(table: Floats, margins: list[Floats]) -> Floats:
    """Iterative proportional fitting to one-way margins (Deming, Stephan 1940).

    A line that lost all its cells while its margin is not 0 is filled from the other margins, as if independent.
    """
    product = margins[0].reshape([-1] + [1] * (table.ndim - 1))
    for axis in range(1, table.ndim):
        product = product * margins[axis].reshape([-1 if place == axis else 1 for place in range(table.ndim)])
    for axis, margin in enumerate(margins):
        lost = (_margin(table, axis) <= 0) & (margin > 0)
        table = np.where(_along(lost, axis, table.ndim), product, table)
    for _ in range(ROUNDS):
        for axis, margin in enumerate(margins):
            present = _margin(table, axis)
            table = table * _along(np.divide(margin, present, out=np.zeros_like(margin), where=present > 0), axis, table.ndim)
    return table


def _margin(table: Floats, axis: int) -> Floats:
    return np.asarray(table.sum(axis=tuple(other for other in range(table.ndim) if other != axis)))


def _along(line: npt.NDArray[np.generic], axis: int, dimensions: int) -> npt.NDArray[Any]:
    return line.reshape([-1 if place == axis else 1 for place in range(dimensions)])


def triple(one: Measured, targets: Targets) -> Floats:
    """Shares of a table of three, fitted to the three pairs it contains."""
    a, b, c = one.columns
    deviation = one.variance**0.5 / targets.rows
    table = one.counts / targets.rows
    table = np.where(table > FAINT * deviation, table, 0.0)
    expected = [(2, targets.pairs[a, b]), (1, targets.pairs[a, c]), (0, targets.pairs[b, c])]
    for _ in range(ROUNDS):
        for axis, pair in expected:
            present = table.sum(axis=axis)
            factor = np.divide(pair, present, out=np.zeros_like(pair), where=present > 0)
            table = table * np.expand_dims(factor, axis)
    return np.asarray(table / max(float(table.sum()), 1e-12))
