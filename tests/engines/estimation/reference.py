"""The stepwise method written down once more, slowly and plainly, from its description alone: one table, one fit, one programme at a time.

Nothing of the engine is used here. Sets of lists are frozensets; counts are a dictionary.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
from scipy.optimize import linprog
from scipy.stats import poisson

Set = frozenset[int]
Counts = Mapping[Set, float]


def every_cell(lists: int) -> list[Set]:
    return [frozenset(some) for size in range(1, lists + 1) for some in combinations(range(lists), size)]


def counted(counts: Sequence[float] | np.ndarray) -> dict[Set, float]:
    """From an array whose bit i is list i."""
    lists = len(counts).bit_length() - 1
    return {at: float(counts[sum(1 << each for each in at)]) for at in every_cell(lists)}


def own(counts: Counts, term: Set) -> float:
    return sum(number for at, number in counts.items() if at >= term)


def remains(counts: Counts, terms: list[Set]) -> tuple[list[Set], list[Set]]:
    """The cells and terms that stay: a term without persons takes its cells, and every term within reach, along."""
    empty = [term for term in terms if term and own(counts, term) == 0]
    return [at for at in counts if not any(at >= one for one in empty)], [t for t in terms if not any(t >= one for one in empty)]


def matrix_of(terms: list[Set], cells: list[Set]) -> np.ndarray:
    return np.array([[1.0 if at >= term else 0.0 for at in cells] for term in terms])


def verdict(counts: Counts, terms: list[Set]) -> str:
    """fine, infinite or ambiguous."""
    cells, kept = remains(counts, terms)
    a = matrix_of(kept, cells)
    if len(cells) < len(kept) or np.linalg.matrix_rank(a) < len(kept):
        return "ambiguous"
    n = np.array([counts[at] for at in cells])
    equal = np.hstack([a, np.zeros((len(kept), 1))])
    less = np.hstack([-np.eye(len(cells)), np.ones((len(cells), 1))])
    goal = np.array([0.0] * len(cells) + [-1.0])
    found = linprog(goal, A_ub=less, b_ub=np.zeros(len(cells)), A_eq=equal, b_eq=a @ n, bounds=[(None, None)] * (len(cells) + 1))
    return "fine" if found.status == 0 and -float(found.fun or 0.0) > 1e-7 * max(1.0, n.sum()) else "infinite"


def fitted(counts: Counts, terms: list[Set]) -> tuple[dict[Set, float], float, float]:
    """Fitted cells, persons on no list, deviance: Newton with halved steps on the plain likelihood, to the end."""
    cells, kept = remains(counts, terms)
    a = matrix_of(kept, cells).T
    n = np.array([counts[at] for at in cells])
    beta = np.linalg.lstsq(a, np.log(n + 0.5), rcond=None)[0]

    def loss(b: np.ndarray) -> float:
        with np.errstate(over="ignore"):
            return float(np.exp(a @ b).sum() - n @ (a @ b))

    for _ in range(200):
        mu = np.exp(a @ beta)
        step = np.linalg.lstsq(a.T @ (mu[:, None] * a), a.T @ (n - mu), rcond=None)[0]
        size = 1.0
        while loss(beta + size * step) > loss(beta) + 1e-12 * abs(loss(beta)) and size > 1e-6:
            size /= 2
        beta = beta + size * step
        if np.abs(step).max() < 1e-12:
            break
    mu = np.exp(a @ beta)
    deviance = 2 * sum((x * np.log(x / m) if x else 0.0) - (x - m) for x, m in zip(n, mu, strict=True))
    return dict(zip(cells, mu, strict=True)), float(np.exp(beta[kept.index(frozenset())])), deviance


def stepwise(counts: Counts, lists: int, threshold: float = 0.02) -> tuple[float | None, list[Set], str]:
    """All persons or None, the pairs in the order they came in, and the verdict on the last model."""
    terms = [frozenset(), *(frozenset([each]) for each in range(lists))]
    chosen: list[Set] = []
    while True:
        mu, _, _ = fitted(counts, terms)
        tried: list[tuple[float, Set]] = []
        for some in combinations(range(lists), 2):
            pair = frozenset(some)
            if pair not in chosen and verdict(counts, [*terms, pair]) == "fine":
                m, o = own(mu, pair), own(counts, pair)
                tried.append((min(poisson.cdf(o, m), poisson.sf(o - 1, m)), pair))
        least = min((p for p, _ in tried), default=1.0)
        p, best = next(((p, pair) for p, pair in tried if p <= least * (1 + 1e-9)), (1.0, frozenset[int]()))
        if p >= threshold:
            break
        terms.append(best)
        chosen.append(best)
    said = verdict(counts, terms)
    return (sum(counts.values()) + fitted(counts, terms)[1] if said == "fine" else None), chosen, said
