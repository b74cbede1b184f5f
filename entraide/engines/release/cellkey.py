"""Cell-key perturbation: the same group of persons always gets the same noise, in whichever table it appears.

Every row has a random key; the sum of the keys of a cell's rows looks its noise up in a table made beforehand. Fraser, Wooton 2005;
Marley, Leaver 2011; the noise has the greatest entropy for mean 0, the given variance and largest deviation, makes no count negative and
leaves none from 1 to `least`-1 (Giessing 2016). It is not differentially private.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from entraide.engines.release.arrays import Bools, Codes, Columns, Floats, Ints, index
from entraide.engines.release.cube import Axes, Cube
from entraide.engines.release.randomness import Source, below
from entraide.engines.release.refusal import Refused
from entraide.engines.sentence import gettext_noop as _

KEYS = 2**32


@dataclass(frozen=True)
class Noise:
    """For each count (the last row for all larger ones) the running probabilities of the moves -largest … +largest."""

    largest: int
    steps: Floats  # (counts, 2 * largest + 1)


def table(*, largest: int = 5, variance: float = 2.0, least: int = 3) -> Noise:
    """The noise table. A count of 0 stays 0; results from 1 to `least`-1 do not occur."""
    moves = np.arange(-largest, largest + 1)
    steps = [np.where(moves >= 0, 1.0, 0.0)]
    for count in range(1, largest + least + 1):
        after = count + moves
        allowed = (after == 0) | (after >= least)
        steps.append(np.cumsum(_widest(moves, allowed, variance)))
    return Noise(largest, np.array(steps))


def _widest(moves: Ints, allowed: Bools, variance: float) -> Floats:
    """Greatest entropy on the allowed moves with mean 0 and `variance`, or the nearest variance that the moves allow."""
    some = moves[allowed].astype(np.float64)
    if not (some <= 0).any() or not (some >= 0).any():
        raise Refused(_("The noise table cannot be right on average with these limits."))
    below_, above = -some[some <= 0], some[some >= 0]
    smallest, largest = float(below_.min() * above.min()), float(below_.max() * above.max())
    aim = min(max(variance, smallest + 0.05), largest - 0.05)

    def dual(bend: Floats) -> float:
        exponent = bend[0] * some + bend[1] * (some**2 - aim)
        return float(np.log(np.exp(exponent - exponent.max()).sum()) + exponent.max())

    best = minimize(dual, np.zeros(2), method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-14, "maxiter": 4000}).x
    weight = np.exp(best[0] * some + best[1] * some**2 - (best[0] * some + best[1] * some**2).max())
    chances = np.zeros(len(moves))
    chances[allowed] = weight / weight.sum()
    return chances


def keys(rows: int, source: Source) -> Ints:
    """One key per row, below 2**32. Keep them secret, and the same for every table of these rows."""
    return below(source, KEYS, rows)


def perturbed(cube: Cube, codes: list[Codes], sizes: list[int], given: Ints, noise: Noise) -> dict[Axes, Ints]:
    """Every published table with the noise of its cells; tables do not add up exactly."""
    made = {}
    for axes in cube.published:
        counts = cube.table(axes)
        columns: Columns = tuple(cube.columns[axis] for axis in axes)
        cells = index(codes, columns, sizes) if columns else np.zeros(len(given), dtype=np.int64)
        made[axes] = counts + lookup(counts.ravel(), _cell_keys(cells, given, counts.size), noise).reshape(counts.shape)
    return made


def _cell_keys(cells: Ints, given: Ints, size: int) -> Ints:
    high = np.bincount(cells, weights=(given >> 16).astype(np.float64), minlength=size).astype(np.int64)
    low = np.bincount(cells, weights=(given & 0xFFFF).astype(np.float64), minlength=size).astype(np.int64)
    return np.asarray((high % (1 << 16) * (1 << 16) + low) % KEYS)


def lookup(counts: Ints, cell_keys: Ints, noise: Noise) -> Ints:
    """The move of each cell."""
    line = noise.steps[np.minimum(counts, len(noise.steps) - 1)]
    moved = (line < ((cell_keys + 0.5) / KEYS)[:, None]).sum(axis=1) - noise.largest
    return np.asarray(np.minimum(moved, noise.largest), dtype=np.int64)
