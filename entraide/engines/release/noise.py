"""Exact discrete Gaussian noise with integers only.

Canonne, Kamath, Steinke 2020, "The discrete Gaussian for differential privacy", algorithms 1 to 3. No floating point number is involved, so
the low bits of an answer tell nothing. The time it takes depends on what is drawn; it runs offline, where nobody watches the clock.
This implementation awaits a review from outside.
"""

from fractions import Fraction
from math import isqrt

import numpy as np

from entraide.engines.release.arrays import Bools, Ints
from entraide.engines.release.randomness import Source, below, below_any

LARGEST = 2**26  # of the variance, for the vectorised form: every product below stays under 2**62
REACH = 2**30  # of |y| * t, likewise; beyond it a candidate is judged by integers of any size


def gaussian(source: Source, variance: int, amount: int) -> Ints:
    """`amount` independent draws: P(x) proportional to exp(-x²/(2·variance)) over the integers. variance ≥ 1."""
    if variance < 1:
        raise ValueError("variance must be at least 1")
    if variance > LARGEST:
        return np.array([gaussian_any(source, variance) for _ in range(amount)], dtype=np.int64)
    scale = isqrt(variance) + 1
    kept: list[Ints] = []
    missing = amount
    while missing > 0:
        tried = laplace(source, scale, missing + missing // 2 + 16)
        kept.append(tried[_accepted(source, tried, variance, scale)])
        missing -= len(kept[-1])
    return np.concatenate(kept)[:amount] if kept else np.zeros(0, dtype=np.int64)


def _accepted(source: Source, tried: Ints, variance: int, scale: int) -> Bools:
    """Each candidate with probability exp(-(|y| - σ²/t)² / 2σ²) = exp(-(|y|t - σ²)² / 2σ²t²)."""
    size = np.abs(tried)
    wide = size > REACH // scale
    over = (np.where(wide, 0, size) * scale - variance) ** 2
    accepted = exp_any(source, over, 2 * variance * scale**2)
    for place in np.flatnonzero(wide):
        distance = (int(size[place]) * scale - variance) ** 2
        accepted[place] = exp_one(source, Fraction(distance, 2 * variance * scale**2))
    return accepted


def laplace(source: Source, scale: int, amount: int) -> Ints:
    """At most `amount` draws (some are rejected): P(x) proportional to exp(-|x|/scale) over the integers."""
    low = below(source, scale, amount)
    low = low[exp_unit(source, low, scale)]
    high = np.zeros(len(low), dtype=np.int64)
    going = np.arange(len(low))
    while going.size:
        going = going[exp_unit(source, np.ones(going.size, dtype=np.int64), 1)]
        high[going] += 1
    drawn = low + scale * high
    negative = below(source, 2, len(drawn)) == 1
    keep = ~(negative & (drawn == 0))
    drawn[negative] *= -1
    return np.asarray(drawn[keep])


def exp_unit(source: Source, above: Ints, under: int) -> Bools:
    """True with probability exp(-above/under), for 0 ≤ above ≤ under, element by element (algorithm 1, first case)."""
    answer = np.zeros(len(above), dtype=np.bool_)
    going, step = np.arange(len(above)), 1
    while going.size:
        on = below(source, under * step, going.size) < above[going]
        answer[going[~on]] = step % 2 == 1
        going, step = going[on], step + 1
    return answer


def exp_any(source: Source, above: Ints, under: int) -> Bools:
    """True with probability exp(-above/under) for any above ≥ 0: as many times exp(-1) as fit, then the rest."""
    whole, rest = above // under, above % under
    answer = np.ones(len(above), dtype=np.bool_)
    going, done = np.flatnonzero(whole > 0), 0
    while going.size:
        held = exp_unit(source, np.ones(going.size, dtype=np.int64), 1)
        answer[going[~held]] = False
        done += 1
        going = going[held & (whole[going] > done)]
    alive = np.flatnonzero(answer)
    answer[alive] = exp_unit(source, rest[alive], under)
    return answer


def exp_one(source: Source, exponent: Fraction) -> bool:
    """True with probability exp(-exponent), for any exponent ≥ 0, with integers of any size."""
    while exponent > 1:
        if not exp_one(source, Fraction(1)):
            return False
        exponent -= 1
    step = 1
    while below_any(source, exponent.denominator * step) < exponent.numerator:
        step += 1
    return step % 2 == 1


def gaussian_any(source: Source, variance: int) -> int:
    """One draw for a variance of any size; the plain form of the same algorithm."""
    scale = isqrt(variance) + 1
    while True:
        low = below_any(source, scale)
        if not exp_one(source, Fraction(low, scale)):
            continue
        high = 0
        while exp_one(source, Fraction(1)):
            high += 1
        size, negative = low + scale * high, below_any(source, 2) == 1
        if negative and size == 0:
            continue
        if exp_one(source, Fraction((size * scale - variance) ** 2, 2 * variance * scale**2)):
            return -size if negative else size
