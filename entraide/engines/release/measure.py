"""Counts with noise: every pair of columns, weighted for the workload, and chosen tables of three."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import numpy as np

from entraide.engines.release.arrays import Codes, Columns, Floats, Ints, Pair, Progress, count, quiet
from entraide.engines.release.budget import variance_for
from entraide.engines.release.choice import choose_several
from entraide.engines.release.noise import gaussian
from entraide.engines.release.randomness import Source
from entraide.engines.sentence import gettext_noop as _
from entraide.engines.sentence import say

LARGEST_TRIPLE = 400  # cells; above, the noise drowns what a table of three could add
FINE = 10**6


@dataclass(frozen=True)
class Measured:
    """One table with noise of a known whole variance per cell."""

    columns: Columns
    counts: Floats
    variance: int


def shares(cells: list[int], rho: Fraction) -> list[Fraction]:
    """ρ over tables so that the sum of their expected errors is least: proportional to cells^(2/3). Sums to at most `rho`."""
    weights = [max(1, int(FINE * size ** (2 / 3))) for size in cells]
    return [rho * weight / sum(weights) for weight in weights]


def pairs(codes: list[Codes], sizes: list[int], rho: Fraction, source: Source, progress: Progress = quiet) -> list[Measured]:
    """Every pair of columns, costing ρ together."""
    wanted: list[Pair] = list(combinations(range(len(sizes)), 2))
    given = shares([sizes[a] * sizes[b] for a, b in wanted], rho)
    measured = []
    for done, (pair, share) in enumerate(zip(wanted, given, strict=True)):
        measured.append(table(codes, pair, sizes, variance_for(share), source))
        progress(say(_("Counting with noise")), (done + 1) / len(wanted))
    return measured


def table(codes: list[Codes], columns: Columns, sizes: list[int], variance: int, source: Source) -> Measured:
    """One table with discrete Gaussian noise; one person moves one cell by 1, so it costs 1/(2·variance)."""
    exact = count(codes, columns, sizes)
    noise = gaussian(source, variance, exact.size).reshape(exact.shape)
    return Measured(columns, (exact + noise).astype(np.float64), variance)


def candidates(sizes: list[int]) -> list[Columns]:
    """The triples that are small enough to be worth measuring; depends on the admitted domain only."""
    return [
        three for three in combinations(range(len(sizes)), 3) if 8 <= sizes[three[0]] * sizes[three[1]] * sizes[three[2]] <= LARGEST_TRIPLE
    ]


def useful_triples(
    codes: list[Codes], sizes: list[int], made: list[Codes], rows: int, *, amount: int, rho: Fraction, variance: int, source: Source
) -> list[Columns]:
    """The triples that the rows made so far get most wrong, chosen by the exponential mechanism for ρ together.

    Score: Σ|true - made| less the noise that measuring would bring (√(2/π)·σ per cell). Adding a person moves it by at most 1.
    """
    offered = candidates(sizes)
    if not offered or not rows:
        return []
    amount = min(amount, len(offered))
    scores = np.array([_wrong(codes, made, three, sizes, rows) - _noise(three, sizes, variance) for three in offered], dtype=np.int64)
    epsilon = _root(8 * rho / amount)
    return [offered[place] for place in choose_several(source, scores, epsilon, amount)]


def _wrong(codes: list[Codes], made: list[Codes], columns: Columns, sizes: list[int], rows: int) -> int:
    scaled: Ints = np.rint(count(made, columns, sizes) * (rows / len(made[0]))).astype(np.int64)
    return int(np.abs(count(codes, columns, sizes) - scaled).sum())


def _noise(columns: Columns, sizes: list[int], variance: int) -> int:
    return int(0.8 * variance**0.5 * float(np.prod([sizes[column] for column in columns])))


def _root(value: Fraction) -> Fraction:
    """A fraction whose square is at most `value`."""
    from math import isqrt

    fine = 1 << 30
    return Fraction(isqrt(value.numerator * fine * fine // value.denominator), fine)
