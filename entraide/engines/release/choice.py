"""The exponential mechanism, exactly: by rejection with integers."""

from fractions import Fraction

import numpy as np

from entraide.engines.release.arrays import Ints
from entraide.engines.release.noise import exp_one
from entraide.engines.release.randomness import Source, below


def choose(source: Source, scores: Ints, epsilon: Fraction) -> int:
    """One index, with probability proportional to exp(epsilon·score/2); scores move by at most 1 with one person.

    A uniform candidate is kept with probability exp(-epsilon·(best - score)/2), otherwise another is drawn. epsilon-DP, hence
    epsilon²/8-zCDP (Cesar and Rogers 2021). McSherry, Talwar 2007.
    """
    best = int(scores.max())
    while True:
        for candidate in below(source, len(scores), 64).tolist():
            if exp_one(source, epsilon * (best - int(scores[candidate])) / 2):
                return int(candidate)


def choose_several(source: Source, scores: Ints, epsilon: Fraction, amount: int) -> list[int]:
    """`amount` different indices, one after the other; costs amount·epsilon²/8 of zCDP."""
    left = np.arange(len(scores))
    chosen: list[int] = []
    for _ in range(min(amount, len(scores))):
        place = choose(source, scores[left], epsilon)
        chosen.append(int(left[place]))
        left = np.delete(left, place)
    return chosen
