"""Bayesian averaging over decomposable graphs (Madigan & York 1997): hyper-Dirichlet prior on the cells, prior on N proportional to 1/N.

Each clique and separator is scored once for every number of undetected persons; a graph is the sum of its cliques less its separators.
The number of undetected runs over every whole number up to 1,000 and then over steps of half a per cent, each weighted by its width.
"""

from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
from scipy.special import gammaln, logsumexp

from entraide.engines.estimation.histories import Histories
from entraide.engines.estimation.refusal import Refused, refuse_wide
from entraide.engines.estimation.subsets import Floats, members
from entraide.engines.sentence import gettext_noop as _

MOST_LISTS = 6
OUTER = (0.025, 0.975)
AT_ONCE = 256  # graphs
EDGE = 1e-3  # mass allowed at the far end of the range


@dataclass(frozen=True)
class Averaged:
    """Posterior of all persons: median, limits by level; graphs: (probability, edges, own median), likeliest first.

    No mean: the posterior falls so slowly that its mean may not exist.
    """

    median: float
    limits: dict[float, float]
    graphs: list[tuple[float, list[int], float]]
    compared: int


def average(table: Histories, levels: tuple[float, ...] = OUTER, strength: float | None = None) -> Averaged:
    """Averages over all decomposable graphs of up to six lists. strength: prior persons per cell, by default 2**-t."""
    lists = len(table.names)
    if lists > MOST_LISTS:
        raise Refused(
            "too-large",
            _("Decomposable graphs are compared for up to %(most)s lists; here are %(lists)s."),
            _("Choose or merge lists."),
            most=MOST_LISTS,
            lists=lists,
        )
    table.refuse_unshared()
    delta = 2.0**-lists if strength is None else strength
    total = table.total
    missing, width = _range(total)
    graphs = decomposable(lists)
    scores = np.zeros((1 << lists, len(missing)))
    for some in range(1, 1 << lists):
        at = members(some)
        own = np.zeros(1 << len(at))
        for cell in np.nonzero(table.counts)[0]:
            own[sum((int(cell) >> bit & 1) << place for place, bit in enumerate(at))] += table.counts[cell]
        prior = delta * 2.0 ** (lists - len(at))
        whole = prior * len(own)
        fixed = (gammaln(prior + own[1:]) - gammaln(prior)).sum() + gammaln(whole)
        scores[some] = fixed + gammaln(prior + own[0] + missing) - gammaln(prior) - gammaln(whole + total + missing)
    parts = np.array([_row(cliques, separators, lists) for _, cliques, separators in graphs])
    alike = gammaln(total + missing + 1) - gammaln(missing + 1) - np.log(total + missing) + np.log(width)
    each, posterior = _mixed(parts, scores, alike)
    weight = np.exp(each - logsumexp(each))
    if posterior[-len(posterior) // 100 :].sum() > EDGE:
        raise Refused(
            "unstable",
            _("The averaged answer has no upper end on this table."),
            _("Merge the lists that overlap least, or drop one of them."),
        )
    everyone = total + missing
    limits = {level: _point(everyone, posterior, level) for level in (*levels, *OUTER)}
    refuse_wide(limits[OUTER[0]], limits[OUTER[1]])
    likeliest = np.argsort(-weight, kind="stable")[:10]
    own = np.exp(parts[likeliest] @ scores + alike - each[likeliest, None])
    return Averaged(
        _point(everyone, posterior, 0.5),
        {level: limits[level] for level in levels},
        [(float(weight[at]), list(graphs[at][0]), _point(everyone, own[place], 0.5)) for place, at in enumerate(likeliest.tolist())],
        len(graphs),
    )


def _mixed(parts: Floats, scores: Floats, alike: Floats) -> tuple[Floats, Floats]:
    """Log evidence of each graph (G,) and the posterior over all graphs (N,); a few graphs at a time, which bounds the memory."""
    each = np.empty(len(parts))
    posterior, top = np.zeros(len(alike)), -np.inf
    for at in range(0, len(parts), AT_ONCE):
        log = parts[at : at + AT_ONCE] @ scores + alike
        highest = log.max(axis=1)
        mass = np.exp(log - highest[:, None])
        each[at : at + AT_ONCE] = highest + np.log(mass.sum(axis=1))
        higher = max(top, float(highest.max()))
        posterior = posterior * np.exp(top - higher) + np.exp(highest - higher) @ mass
        top = higher
    return each, posterior / posterior.sum()


def _range(total: float) -> tuple[Floats, Floats]:
    missing = [float(each) for each in range(1001)]
    while missing[-1] < 1e4 * total + 1e6:
        missing.append(float(int(missing[-1] * 1.005)))
    places = np.array(missing)
    ends = np.concatenate([[-0.5], (places[1:] + places[:-1]) / 2, [places[-1] + 0.5]])
    return places, np.diff(ends)


def _point(values: Floats, mass: Floats, level: float) -> float:
    return float(values[min(int(np.searchsorted(np.cumsum(mass), level)), len(values) - 1)])


def _row(cliques: list[int], separators: list[int], lists: int) -> Floats:
    row = np.zeros(1 << lists)
    for clique in cliques:
        row[clique] += 1
    for separator in separators:
        row[separator] -= 1
    row[0] = 0.0
    return row


@cache
def decomposable(lists: int) -> list[tuple[tuple[int, ...], list[int], list[int]]]:
    """Every decomposable graph: its edges, cliques and separators as bit masks (1, 2, 8, 61, 822, 18154 graphs for 1 to 6 lists)."""
    pairs = [1 << a | 1 << b for a, b in combinations(range(lists), 2)]
    out = []
    for size in range(len(pairs) + 1):
        for edges in combinations(pairs, size):
            parts = _parts(edges, lists)
            if parts:
                out.append((edges, *parts))
    return out


def _parts(edges: tuple[int, ...], lists: int) -> tuple[list[int], list[int]] | None:
    """Cliques and separators by maximum cardinality search, or None where the graph has a hole."""
    near = [0] * lists
    for edge in edges:
        a, b = members(edge)
        near[a] |= 1 << b
        near[b] |= 1 << a
    seen, cliques, separators = 0, [], []
    current = 0
    for _turn in range(lists):
        node = max((each for each in range(lists) if not seen >> each & 1), key=lambda each: ((near[each] & seen).bit_count(), -each))
        before = near[node] & seen
        if any(before & ~(near[each] | 1 << each) for each in members(before)):
            return None
        if before == current and seen:
            current |= 1 << node
        else:
            if seen:
                cliques.append(current)
                separators.append(before)
            current = before | 1 << node
        seen |= 1 << node
    return [*cliques, current], separators
