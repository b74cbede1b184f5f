"""An invented table of persons: 20 columns whose pairs have up to 120 cells, with missing values, rare values and impossible pairs."""

import csv
from pathlib import Path

import numpy as np
import numpy.typing as npt

SIZES = (12, 10, 10, 10, 8, 8, 8, 8, 8, 6, 6, 6, 6, 5, 5, 4, 4, 4, 3, 3)
FACETS = 3  # who the person is, the way, the exploitation: each has kinds of its own, which sway each other
KINDS = 12
POSSIBLE = 0.2  # share of the values of a column that occur in a kind at all
Codes = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]


def table(rows: int, seed: int) -> Codes:
    """(rows, 20) codes; 0 is missing. Column c belongs to facet c mod 3. A facet's kind allows some values of its columns and never
    others; within it the neighbour on the left sways the choice, and in the last three columns two other columns together.
    """
    draw = np.random.default_rng(seed)
    kinds = _kinds(draw, rows)
    codes = np.zeros((rows, len(SIZES)), dtype=np.int64)
    for column, size in enumerate(SIZES):
        if column >= len(SIZES) - 3:
            swayed_by = codes[:, column - 12] * 64 + codes[:, column - 5]
        else:
            swayed_by = codes[:, column - 1] if column else kinds[0]
        sway = draw.gamma(1.0, size=(int(swayed_by.max()) + 1, size)) + 0.05
        codes[:, column] = _pick(draw, _allowed(draw, size)[kinds[column % FACETS]] * sway[swayed_by])
    return codes


def _kinds(draw: np.random.Generator, rows: int) -> list[Codes]:
    common = 1 / np.arange(1, KINDS + 1) ** 0.8
    kinds = [draw.choice(KINDS, size=rows, p=common / common.sum())]
    while len(kinds) < FACETS:
        sway = draw.gamma(0.7, size=(KINDS, KINDS)) + 0.05
        kinds.append(_pick(draw, (common * sway)[kinds[-1]]))
    return kinds


def _allowed(draw: np.random.Generator, size: int) -> Weights:
    """(kinds, size) weights: a common popularity, bent for each kind; what a kind does not allow is 0."""
    bent = draw.gamma(1.0, size=(KINDS, size)) * draw.dirichlet(np.full(size, 1.5))
    never = draw.random((KINDS, size)) > POSSIBLE
    never[np.arange(KINDS), draw.integers(size, size=KINDS)] = False
    return np.where(never, 0.0, bent + 1e-6)


def _pick(draw: np.random.Generator, weights: Weights) -> Codes:
    steps = weights.cumsum(axis=1)
    steps /= steps[:, -1:]
    return np.asarray((draw.random((len(weights), 1)) >= steps).sum(axis=1), dtype=np.int64)


def names() -> list[str]:
    """Names of the columns."""
    return [f"c{column:02}" for column in range(len(SIZES))]


def write(path: Path, codes: Codes) -> None:
    """As CSV; a missing value is an empty cell."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(names())
        writer.writerows([f"v{value}" if value else "" for value in row] for row in codes.tolist())
