"""The membership attack that is run before anything is published: can somebody who knows a person's whole row tell that she is in the data?

Half of a sample is released in the same way and at the same price (a shadow release); the attacker then guesses who was in it, in two ways.
He knows the true tables of persons outside the sample and scores a row by how much more often its pairs of values occur in the release than
there (a likelihood ratio, Homer et al. 2008); or he scores a row by the released row that it resembles most (distance to the closest
record). The better of the two is told. Advantage = share of members found - share of others taken for members, at a threshold learnt on
other rows. Small shadows are easier to attack than large releases, so the answer errs on the side of caution.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from math import exp, sqrt

import numpy as np

from entraide.engines.release.arrays import Bools, Codes, Floats, count, index

MOST, LEAST = 4_000, 200  # rows in the shadow
AT_ONCE = 500  # rows compared with all released ones: bounds memory
Making = Callable[[list[Codes]], list[Codes]]


@dataclass(frozen=True)
class Membership:
    """What the attacker gained, at best and in each way. `chance`: what luck gives in 19 of 20 runs; `bound`: the most (ε, δ) allows."""

    rows: int
    advantage: float
    by_pairs: float
    by_closest: float
    chance: float
    bound: float


def bound(epsilon: float, delta: float) -> float:
    """The largest advantage against (ε, δ)-differential privacy (Humphries et al. 2020)."""
    return 1.0 if epsilon > 50 else (exp(epsilon) - 1 + 2 * delta) / (exp(epsilon) + 1)


def membership(
    original: list[Codes], sizes: list[int], make: Making, *, epsilon: float, delta: float, draw: np.random.Generator
) -> Membership | None:
    """Runs the attack; `make` releases rows in the same codes. None when there are too few rows for an answer."""
    rows = len(original[0])
    shadow = min(MOST, rows // 3)
    if shadow < LEAST:
        return None
    order = draw.permutation(rows)[: 2 * shadow + max(shadow, min(rows - 2 * shadow, 100_000))]
    members, others, outside = ([column[part] for column in original] for part in np.split(order, [shadow, 2 * shadow]))
    released = make(members)
    if not len(released[0]):
        return Membership(shadow, 0.0, 0.0, 0.0, 1.0, bound(epsilon, delta))
    pairs = advantage(*(score(rows_, released, outside, sizes) for rows_ in (members, others)))
    near = advantage(*(closest(rows_, released) for rows_ in (members, others)))
    return Membership(shadow, max(pairs, near), pairs, near, 2 / sqrt(shadow), bound(epsilon, delta))


def closest(rows: list[Codes], released: list[Codes]) -> Floats:
    """For each row the most values that it shares with one released row, place by place."""
    most = np.zeros(len(rows[0]))
    for at in range(0, len(most), AT_ONCE):
        same = np.zeros((len(most[at : at + AT_ONCE]), len(released[0])), dtype=np.uint8)
        for column, made in zip(rows, released, strict=True):
            same += column[at : at + AT_ONCE, None] == made[None, :]
        most[at : at + AT_ONCE] = same.max(axis=1)
    return most


def score(rows: list[Codes], released: list[Codes], reference: list[Codes], sizes: list[int]) -> Floats:
    """For each row the summed logarithm of how much more frequent its pairs are in the release than in the reference."""
    total = np.zeros(len(rows[0]))
    for pair in combinations(range(len(sizes)), 2):
        made, true = ((count(table, pair, sizes).ravel() + 0.5) / len(table[0]) for table in (released, reference))
        total += np.log(made / true)[index(rows, pair, sizes)]
    return total


def advantage(members: Floats, others: Floats) -> float:
    """Threshold learnt on the first halves, advantage measured on the second halves."""
    half, rest = len(members) // 2, len(others) // 2
    tried = np.quantile(np.concatenate([members[:half], others[:rest]]), np.linspace(0.02, 0.98, 97))
    gains = [_gain(members[:half] > one, others[:rest] > one) for one in tried]
    best = tried[int(np.argmax(gains))]
    return _gain(members[half:] > best, others[rest:] > best)


def _gain(found: Bools, wrong: Bools) -> float:
    return float(found.mean() - wrong.mean())
