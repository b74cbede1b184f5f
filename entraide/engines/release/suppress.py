"""Withholds small cells of a table with its margins, and as many others as it takes that subtraction does not bring them back."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from entraide.engines.release import linked
from entraide.engines.release.arrays import Floats, Progress, quiet
from entraide.engines.release.cube import Axes, Cube


@dataclass(frozen=True)
class Withheld:
    """Per published table, the counts with withheld cells as the interval that everybody could derive (bounds are equal elsewhere)."""

    at_least: dict[Axes, Floats]
    at_most: dict[Axes, Floats]
    hidden: dict[Axes, Floats]  # 1 where withheld
    primary: int
    secondary: int


def suppress(cube: Cube, k: int, progress: Progress = quiet) -> Withheld:
    """Counts from 1 to k-1 and what protects them are withheld; zeros are told. The intervals are at least k wide."""
    counts, table = cube.flat().astype(np.float64), _linked(cube)
    small = (counts > 0) & (counts < k)
    inner = np.zeros(cube.counts.size, dtype=np.bool_)
    every = linked.withhold(table, np.concatenate([small, inner]), k, progress)
    hidden = every[: len(counts)]
    low, high = counts.copy(), counts.copy()
    places = np.flatnonzero(hidden)
    low[places], high[places] = linked.intervals(table, every, places, progress=progress)
    parts = [cube.split(values) for values in (low, high, hidden.astype(np.float64))]
    return Withheld(parts[0], parts[1], parts[2], int(small.sum()), int(hidden.sum() - small.sum()))


def _linked(cube: Cube) -> linked.Linked:
    """Published cells, then the inner cells that add up to them and that nobody publishes as such."""
    sums, counts = cube.sums(), cube.flat().astype(np.float64)
    published, inner = sums.shape
    price = 1 + np.sqrt(counts)
    price[0] = 1 + 10 * counts[0]  # the grand total goes last
    every = np.concatenate([counts, cube.counts.ravel()])
    return linked.Linked(
        every, sparse.csr_matrix(sparse.hstack([sparse.identity(published, format="csr"), -sums])), np.zeros(len(every)),
        np.full(len(every), np.inf), np.concatenate([price, np.full(inner, linked.UNTOLD)]),
        np.arange(len(every)) >= published,
    )  # fmt: skip
