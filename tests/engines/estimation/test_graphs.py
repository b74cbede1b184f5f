"""Averaging over decomposable graphs, against the same sum written out by brute force."""

from itertools import combinations
from math import lgamma

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import gammaln

from entraide.engines.estimation import Refused, average
from entraide.engines.estimation.decomposable import _range, decomposable
from tests.engines.estimation.tables import population, table

Graph = frozenset[frozenset[int]]


def chordal(graph: Graph, lists: int) -> bool:
    """No circle of four or more without a chord: some order of taking away vertices whose neighbours all know each other."""
    left = set(range(lists))
    while left:
        for vertex in sorted(left):
            near = [other for other in left if frozenset({vertex, other}) in graph]
            if all(frozenset(pair) in graph for pair in combinations(near, 2)):
                left.remove(vertex)
                break
        else:
            return False
    return True


def cliques(graph: Graph, lists: int) -> list[frozenset[int]]:
    every = [
        frozenset(some)
        for size in range(1, lists + 1)
        for some in combinations(range(lists), size)
        if all(frozenset(pair) in graph for pair in combinations(some, 2))
    ]
    return [one for one in every if not any(one < other for other in every)]


def separators(parts: list[frozenset[int]]) -> list[frozenset[int]]:
    """Edges of a junction tree: a spanning tree of greatest overlaps (Jensen & Jensen 1994)."""
    joined, out = {0}, []
    while len(joined) < len(parts):
        a, b = max(
            ((a, b) for a in joined for b in range(len(parts)) if b not in joined), key=lambda pair: len(parts[pair[0]] & parts[pair[1]])
        )
        joined.add(b)
        out.append(parts[a] & parts[b])
    return out


def log_marginal(cells: dict[tuple[int, ...], float], over: frozenset[int], lists: int, missing: np.ndarray) -> np.ndarray:
    """Dirichlet-multinomial of the margin over some lists: each margin cell has the prior persons of the cells in it."""
    sums: dict[tuple[int, ...], float] = {}
    for at in np.ndindex(*[2] * lists):
        key = tuple(at[each] for each in sorted(over))
        sums[key] = sums.get(key, 0.0) + cells.get(at, 0.0)
    prior = 2.0**-lists * 2 ** (lists - len(over))
    whole, persons, none = prior * len(sums), sum(sums.values()), (0,) * len(over)
    fixed = lgamma(whole) - len(sums) * lgamma(prior) + sum(lgamma(prior + number) for at, number in sums.items() if at != none)
    return np.asarray(fixed + gammaln(prior + sums[none] + missing) - gammaln(whole + persons + missing))


def posterior(counts: np.ndarray, lists: int, most: int) -> tuple[dict[Graph, float], np.ndarray]:
    """Weights of all graphs and the posterior of 0 … most undetected, prior on N proportional to 1/N, every number by itself."""
    cells = {tuple(at >> bit & 1 for bit in range(lists)): float(counts[at]) for at in range(1, 1 << lists)}
    persons, pairs = sum(cells.values()), [frozenset(pair) for pair in combinations(range(lists), 2)]
    some_lists = [frozenset(some) for size in range(1, lists + 1) for some in combinations(range(lists), size)]
    missing = np.arange(most + 1.0)
    one = {over: log_marginal(cells, over, lists, missing) for over in some_lists}
    alike = gammaln(persons + missing + 1) - gammaln(missing + 1) - np.log(persons + missing)
    logs: dict[Graph, np.ndarray] = {}
    for size in range(len(pairs) + 1):
        for some in combinations(pairs, size):
            graph = frozenset(some)
            if chordal(graph, lists):
                parts = cliques(graph, lists)
                between = [part for part in separators(parts) if part]
                logs[graph] = alike + np.sum([one[part] for part in parts], axis=0) - np.sum([one[part] for part in between], axis=0)
    top = max(float(each.max()) for each in logs.values())
    mass = {graph: np.exp(each - top) for graph, each in logs.items()}
    total = sum(float(each.sum()) for each in mass.values())
    return {graph: float(each.sum()) / total for graph, each in mass.items()}, np.sum(list(mass.values()), axis=0) / total


CASES = {
    "three lists": {"100": 70, "010": 60, "001": 90, "110": 55, "101": 48, "011": 42, "111": 33},
    "three lists, two of one mind": {"100": 24, "010": 23, "001": 82, "110": 114, "101": 33, "011": 29, "111": 65},
    "four lists": {
        "1000": 45, "0100": 56, "0010": 44, "0001": 57, "1100": 34, "0011": 45, "1010": 33, "0101": 42, "1001": 31, "0110": 28,
        "1111": 23, "1110": 22, "0111": 19,
    },
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_posterior_is_that_of_every_graph_and_every_number_written_out(case: str) -> None:
    given_table = table(CASES[case])
    lists = len(given_table.names)
    weights, mass = posterior(given_table.counts, lists, 300_000)
    got = average(given_table)
    for share, edges, _median in got.graphs:
        graph = frozenset(frozenset(bit for bit in range(lists) if edge >> bit & 1) for edge in edges)
        assert share == pytest.approx(weights[graph], rel=1e-3)
    running = np.cumsum(mass)
    assert got.median == given_table.total + np.searchsorted(running, 0.5), "below a thousand every number is counted by itself"
    assert got.limits[0.025] == given_table.total + np.searchsorted(running, 0.025)
    assert got.limits[0.975] == pytest.approx(given_table.total + np.searchsorted(running, 0.975), rel=0.005)


@pytest.mark.parametrize("lists", [3, 4])
def test_graphs_cliques_and_separators_are_those_found_by_brute_force(lists: int) -> None:
    pairs = [frozenset(pair) for pair in combinations(range(lists), 2)]
    wanted = {frozenset(some) for size in range(len(pairs) + 1) for some in combinations(pairs, size) if chordal(frozenset(some), lists)}
    found = {}
    for edges, parts, between in decomposable(lists):
        graph = frozenset(_bits(edge) for edge in edges)
        found[graph] = (parts, between)
    assert set(found) == wanted
    for graph, (parts, between) in found.items():
        own = cliques(graph, lists)
        assert sorted(map(sorted, map(_bits, parts))) == sorted(map(sorted, own))
        assert sorted(map(sorted, map(_bits, between))) == sorted(map(sorted, separators(own)))


def _bits(mask: int) -> frozenset[int]:
    return frozenset(bit for bit in range(mask.bit_length()) if mask >> bit & 1)


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(4)))
def test_the_order_of_the_lists_changes_nothing(order: list[int]) -> None:
    counts = population(800, [0.2, 0.3, 0.15, 0.25], 3)
    moved = np.zeros(16)
    for cell in range(16):
        moved[sum((cell >> old & 1) << new for new, old in enumerate(order))] = counts[cell]
    names = tuple("ABCD")
    one, other = (average(type(table({"10": 1}))(names, each)) for each in (counts, moved))
    assert one.median == other.median and one.limits == other.limits


def test_the_widths_of_the_range_cover_every_number_once() -> None:
    places, widths = _range(5000.0)
    ends = np.concatenate([[-0.5], (places[1:] + places[:-1]) / 2])
    assert widths[:1000] == pytest.approx(1.0) and ends[1:] == pytest.approx(np.cumsum(widths)[:-1] - 0.5)


def test_a_table_without_overlap_is_refused_though_the_prior_would_answer() -> None:
    with pytest.raises(Refused, match="No one is on two lists") as told:
        average(table({"100": 50, "010": 40, "001": 60}))
    assert told.value.kind == "not-identifiable" and "Match" in told.value.remedy


def test_an_answer_that_could_be_anything_is_refused() -> None:
    with pytest.raises(Refused, match="hardly limits it") as told:
        average(table({"100": 50, "010": 40, "001": 60, "110": 5}))
    assert told.value.kind == "unstable" and "Merge" in told.value.remedy
