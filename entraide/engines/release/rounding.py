"""Rounds counts to multiples of a base at random, right on average; tables of one or two columns still add up.

Cox 1987, "A constructive procedure for unbiased controlled rounding". Sums of three and more columns cannot always be kept; there each
cell is rounded by itself and the tables say so.
"""

import numpy as np

from entraide.engines.release.arrays import Ints
from entraide.engines.release.cube import Axes, Cube
from entraide.engines.release.randomness import Source, below

Place = tuple[int, int]


def rounded(cube: Cube, base: int, source: Source) -> tuple[dict[Axes, Ints], bool]:
    """Every published table in multiples of `base`, and whether they add up."""
    if cube.counts.ndim <= 2:
        flat = cube.counts.reshape(cube.counts.shape[0], -1)
        inner = controlled(flat, base, source).reshape(cube.counts.shape)
        made = Cube(cube.columns, inner, cube.published)
        return {axes: made.table(axes) for axes in cube.published}, True
    return {axes: single(cube.table(axes), base, source) for axes in cube.published}, False


def single(counts: Ints, base: int, source: Source) -> Ints:
    """Each count up with probability (count mod base)/base, otherwise down."""
    rest = counts % base
    up = below(source, base, counts.size).reshape(counts.shape) < rest
    return np.asarray(counts - rest + base * up)


def controlled(counts: Ints, base: int, source: Source) -> Ints:
    """A matrix in multiples of `base`: cells, row sums, column sums and the sum each next to the true one, and right on average."""
    rest = _closed(counts % base, base)
    while (open_ := _loop(rest, base)) is not None:
        up, down = open_[0::2], open_[1::2]
        forward = min([base - int(rest[place]) for place in up] + [int(rest[place]) for place in down])
        back = min([int(rest[place]) for place in up] + [base - int(rest[place]) for place in down])
        step = forward if int(below(source, forward + back, 1)[0]) < back else -back
        for number, place in enumerate(open_):
            rest[place] += step if number % 2 == 0 else -step
    return np.asarray(counts - counts % base + rest[:-1, :-1])


def _closed(rest: Ints, base: int) -> Ints:
    """With one more row and column that make all sums multiples of `base`."""
    wide = np.column_stack([rest, -rest.sum(axis=1) % base])
    return np.vstack([wide, -wide.sum(axis=0) % base])


def _loop(rest: Ints, base: int) -> list[Place] | None:
    """Cells that are not yet multiples, in a circle that turns alternately along a row and along a column; None when all are.

    Every row and column with one open cell has another, because its sum is a multiple: so a walk from line to line must meet itself.
    """
    open_ = rest % base != 0
    if not open_.any():
        return None
    lines = [("row", int(np.argwhere(open_)[0][0]))]
    cells: list[Place] = []
    while True:
        kind, number = lines[-1]
        across = np.flatnonzero(open_[number] if kind == "row" else open_[:, number]).tolist()
        places = [(number, other) if kind == "row" else (other, number) for other in across]
        cells.append(next(place for place in places if not cells or place != cells[-1]))
        met = ("column", cells[-1][1]) if kind == "row" else ("row", cells[-1][0])
        if met in lines:
            return cells[lines.index(met) :]
        lines.append(met)
