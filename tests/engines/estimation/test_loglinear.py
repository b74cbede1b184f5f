"""Fits against closed forms, the score equations, brute force and what was published."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entraide.engines.estimation.bootstrap import quantile
from entraide.engines.estimation.existence import AMBIGUOUS, FINE, INFINITE, Verdicts, design, interior
from entraide.engines.estimation.loglinear import fit, rows_of
from entraide.engines.estimation.stepwise import stepwise
from entraide.engines.estimation.subsets import Floats, above, below, of_size
from tests.engines.estimation.tables import table


def main_effects(lists: int) -> list[int]:
    return [0, *(1 << each for each in range(lists))]


def test_two_lists_give_lincoln_and_petersen() -> None:
    two = table({"10": 60, "01": 40, "11": 20})
    got = fit(two.counts[None], rows_of([main_effects(2)]))
    assert two.total + got.undetected[0] == pytest.approx(80 * 60 / 20, rel=1e-10)


def test_three_lists_with_two_pairs_have_a_closed_form() -> None:
    three = table({"100": 50, "010": 30, "001": 40, "110": 12, "011": 9, "101": 16, "111": 5})
    got = fit(three.counts[None], rows_of([[*main_effects(3), 0b011, 0b110]]))
    assert got.undetected[0] == pytest.approx(50 * 40 / 16, rel=1e-10)


def test_sums_over_sets_are_sums_over_sets() -> None:
    values = np.random.default_rng(1).random(16)
    assert above(values) == pytest.approx([sum(values[w] for w in range(16) if w & s == s) for s in range(16)])
    assert below(values) == pytest.approx([sum(values[w] for w in range(16) if w & s == w) for s in range(16)])


tables = st.lists(st.integers(0, 40), min_size=15, max_size=15).map(lambda cells: np.array([0.0, *map(float, cells)]))
models = st.sets(st.sampled_from(of_size(4, 2))).map(lambda pairs: [*main_effects(4), *sorted(pairs)])


@settings(max_examples=150, deadline=None)
@given(tables, models)
def test_fitted_equals_observed_on_every_term(counts: Floats, model: list[int]) -> None:
    terms = rows_of([model])
    got = fit(counts[None], terms)
    if not counts.sum() or Verdicts()(counts[None], terms, got)[0] != FINE or got.mu[got.cells].min() < 1e-6:
        return
    inside = np.where(got.cells, got.mu, 0.0)
    kept = terms[0][got.kept[0]]
    assert above(inside)[0][kept] == pytest.approx(above(np.where(got.cells, counts, 0.0))[0][kept], rel=1e-7, abs=1e-6)


@settings(max_examples=120, deadline=None)
@given(tables, models)
def test_a_fit_that_proves_itself_agrees_with_the_linear_programme(counts: Floats, model: list[int]) -> None:
    if not counts.sum():
        return
    terms = rows_of([model])
    got = fit(counts[None], terms)
    assert Verdicts()(counts[None], terms, got)[0] == Verdicts()(counts[None], terms)[0]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([0, 0, 1, 3]), min_size=7, max_size=7), st.sets(st.sampled_from(of_size(3, 2))))
def test_the_linear_programme_agrees_with_a_search_for_a_positive_table(cells: list[int], pairs: set[int]) -> None:
    """Brute force: for integer tables, x > 0 exists iff every cell can be made positive by some x ≥ 0 of the same margins (convexity)."""
    from scipy.optimize import linprog

    counts = np.array([0.0, *map(float, cells)])
    if not counts.sum():
        return
    terms, kept = np.array([*main_effects(3), *sorted(pairs)]), np.arange(1, 8)
    matrix = design(terms, kept)
    every = [
        float(linprog(-np.eye(7)[at], A_eq=matrix, b_eq=matrix @ counts[1:], bounds=[(0, None)] * 7, method="highs").fun or 0.0)
        for at in range(7)
    ]
    assert interior(counts, terms, kept) == all(value < -1e-9 for value in every)


def test_a_list_no_one_shares_is_refused_not_answered() -> None:
    lonely = table({"100": 50, "010": 30, "001": 40})
    assert stepwise(lonely.counts[None]).verdict[0] in {INFINITE, AMBIGUOUS}
    assert np.isnan(stepwise(lonely.counts[None]).estimate[0])
    assert stepwise(lonely.counts[None], original=True).estimate[0] > 1e8, "the flag reproduces what was published"


def test_the_saturated_pairs_of_two_lists_are_not_identifiable() -> None:
    two = table({"10": 60, "01": 40, "11": 20})
    assert Verdicts()(two.counts[None], rows_of([[*main_effects(2), 0b11]]))[0] == AMBIGUOUS


@settings(max_examples=40, deadline=None)
@given(tables, st.permutations(range(4)))
def test_the_order_of_the_lists_does_not_matter(counts: Floats, order: list[int]) -> None:
    if not counts.sum():
        return
    moved = np.zeros(16)
    for cell in range(16):
        moved[sum((cell >> old & 1) << new for new, old in enumerate(order))] = counts[cell]
    terms = rows_of([main_effects(4)])
    one, other = fit(counts[None], terms), fit(moved[None], terms)
    if Verdicts()(counts[None], terms, one)[0] == FINE and one.mu[one.cells].min() > 1e-6:
        assert one.undetected[0] == pytest.approx(other.undetected[0], rel=1e-7)


def test_quantiles_are_of_type_8() -> None:
    ranked = np.array([1.0, 2.0, 4.0, 8.0, 16.0])
    assert quantile(ranked, 0.5) == 4.0
    assert quantile(ranked, 0.25) == pytest.approx(5 / 3)
    assert quantile(ranked, 0.999) == 16.0
