"""The engine against the method written down once more, and against what was published."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from entraide.engines.estimation import Order, bca, stepwise, study
from entraide.engines.estimation.existence import AMBIGUOUS, FINE, INFINITE, Verdicts
from entraide.engines.estimation.loglinear import fit, rows_of
from entraide.engines.estimation.stepwise import ranked
from entraide.engines.estimation.subsets import Floats, members
from tests.engines.estimation import reference
from tests.engines.estimation.tables import CHOSEN, PUBLISHED, SETS, beside, published, resamples, thousand

SAID = {FINE: "fine", INFINITE: "infinite", AMBIGUOUS: "ambiguous"}


@st.composite
def sparse(draw: st.DrawFn, fewest: int = 3, most: int = 5) -> Floats:
    """Tables as they are found: many on one list, few on two, almost nobody on more."""
    lists = draw(st.integers(fewest, most))
    seed = draw(st.integers(0, 2**31))
    made = np.random.default_rng(seed)
    counts = np.zeros(1 << lists)
    for at in range(1, 1 << lists):
        mean = made.gamma(1.0, (60.0, 8.0, 1.0, 0.3, 0.1, 0.1)[at.bit_count() - 1])
        counts[at] = made.poisson(mean)
    assume(all(counts[np.arange(len(counts)) >> each & 1 == 1].sum() for each in range(lists)))
    return counts


def agree(counts: Floats) -> None:
    lists = len(counts).bit_length() - 1
    got = stepwise(counts[None])
    estimate, pairs, said = reference.stepwise(reference.counted(counts), lists)
    assert [frozenset(members(term)) for term in got.interactions(0)] == pairs
    assert SAID[int(got.verdict[0])] == said
    if estimate is None:
        assert np.isnan(got.estimate[0]), "never a number"
    else:
        assert got.estimate[0] == pytest.approx(estimate, rel=1e-6)


@settings(max_examples=40, deadline=None)
@given(sparse())
def test_sparse_tables_of_three_to_five_lists_answer_as_the_plain_method_does(counts: Floats) -> None:
    agree(counts)


@pytest.mark.soak
@settings(max_examples=400, deadline=None)
@given(sparse(most=6))
def test_sparse_tables_of_up_to_six_lists_answer_as_the_plain_method_does(counts: Floats) -> None:
    agree(counts)


@settings(max_examples=60, deadline=None)
@given(sparse(), st.data())
def test_any_model_fits_as_plain_newton_does_and_is_judged_alike(counts: Floats, data: st.DataObject) -> None:
    lists = len(counts).bit_length() - 1
    every = [at for at in range(1 << lists) if at.bit_count() in (2, 3)]
    pairs = data.draw(st.sets(st.sampled_from([at for at in every if at.bit_count() == 2]), max_size=5))
    triples = [at for at in every if at.bit_count() == 3 and all(at & ~(1 << bit) in pairs for bit in members(at))]
    model = [0, *(1 << each for each in range(lists)), *sorted(pairs), *triples]
    sets = [frozenset(members(term)) for term in model]
    said = reference.verdict(reference.counted(counts), sets)
    got = fit(counts[None], rows_of([model]))
    assert SAID[int(Verdicts()(counts[None], rows_of([model]), got)[0])] == said
    if said == "fine":
        _, undetected, deviance = reference.fitted(reference.counted(counts), sets)
        assert got.undetected[0] == pytest.approx(undetected, rel=1e-6)
        assert got.deviance[0] == pytest.approx(deviance, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("name", SETS)
def test_the_published_estimate_terms_and_interval_come_out(name: str) -> None:
    given_table = published(name)
    alone, estimate, wald, _ = PUBLISHED[name]
    main = fit(given_table.counts[None], rows_of([[0, *(1 << each for each in range(len(given_table.names)))]]))
    assert given_table.total + main.undetected[0] == pytest.approx(alone, abs=0.06)
    family = study(given_table, Order(methods=["stepwise"], bootstrap=0)).families[0]
    assert family.estimate == pytest.approx(estimate, abs=0.006)
    assert family.interval is not None and tuple(map(round, family.interval)) == wald and family.interval_kind == "Wald"
    assert family.terms == CHOSEN[name]
    plain, pairs, _ = reference.stepwise(reference.counted(given_table.counts), len(given_table.names))
    assert family.estimate == pytest.approx(plain, rel=1e-9)
    assert [":".join(given_table.names[each] for each in sorted(pair)) for pair in pairs] == CHOSEN[name]


@pytest.mark.parametrize("name", SETS)
def test_published_resamples_come_out(name: str) -> None:
    counts, estimates = resamples(name)
    assert stepwise(counts).estimate == pytest.approx(estimates, rel=1e-10)


@beside
@pytest.mark.parametrize("name", SETS)
def test_every_published_resample_and_the_limits_drawn_from_them_come_out(name: str) -> None:
    counts, estimates = thousand(name)
    replicates = stepwise(counts)
    assert len(estimates) == 1000 and (replicates.verdict == FINE).all()
    assert np.abs(replicates.estimate / estimates - 1).max() < 1e-6
    assert (stepwise(counts, original=True).estimate == replicates.estimate).all(), "in these three sets the start always holds"
    table = published(name)
    interval = bca(table, float(stepwise(table.counts[None]).estimate[0]), counts, lambda some: stepwise(some).estimate)
    assert (round(interval.limits[0.025]), round(interval.limits[0.975])) == PUBLISHED[name][3]


@settings(max_examples=40, deadline=None)
@given(sparse(most=4), st.data())
def test_neither_the_order_of_the_lists_nor_threads_nor_company_change_an_answer(counts: Floats, data: st.DataObject) -> None:
    lists = len(counts).bit_length() - 1
    order = data.draw(st.permutations(range(lists)))
    moved = np.zeros_like(counts)
    for at in range(len(counts)):
        moved[sum((at >> old & 1) << new for new, old in enumerate(order))] = counts[at]
    alone, other = stepwise(counts[None]), stepwise(moved[None])
    back = {frozenset(order[each] for each in members(term)) for term in other.interactions(0)}
    assume({frozenset(members(term)) for term in alone.interactions(0)} == back)  # equal p-values go by the order of the lists
    assert other.estimate[0] == pytest.approx(alone.estimate[0], rel=1e-7, nan_ok=True)
    together = stepwise(np.array([moved, counts, counts * 3]), threads=2)
    assert together.estimate[1] == pytest.approx(alone.estimate[0], rel=1e-12, nan_ok=True)


def test_the_limits_are_those_of_the_formula_written_out() -> None:
    """BCa after Efron 1987, with quantiles of type 8 (Hyndman & Fan 1996), on a few resamples of a published table."""
    table = published("Kosovo")
    draws = np.random.default_rng(4).multinomial(4400, table.counts / 4400, size=60).astype(float)
    whole, replicates = float(stepwise(table.counts[None]).estimate[0]), sorted(stepwise(draws).estimate)
    z0 = norm.ppf(sum(each < whole for each in replicates) / 60)
    left = []
    for at in np.nonzero(table.counts)[0]:
        less = table.counts.copy()
        less[at] -= 1
        left.append((table.counts[at], float(stepwise(less[None]).estimate[0])))
    middle = sum(n * j for n, j in left) / sum(n for n, _ in left)
    a = sum(n * (middle - j) ** 3 for n, j in left) / (6 * sum(n * (middle - j) ** 2 for n, j in left) ** 1.5)
    got = bca(table, whole, draws, lambda some: stepwise(some).estimate)
    for level in (0.025, 0.1, 0.95):
        q = norm.cdf(z0 + (z0 + norm.ppf(level)) / (1 - a * (z0 + norm.ppf(level))))
        assert got.limits[level] == pytest.approx(float(np.quantile(replicates, q, method="median_unbiased")), rel=1e-9)


def test_pairs_that_surprise_alike_but_for_rounding_enter_in_their_order() -> None:
    """Two pairs with the same margins and overlaps: their p-values differ in the last digits of a float, or do not."""
    cells = [0, 136, 0, 9, 3, 2, 0, 2, 21, 34, 3, 0, 7, 0, 0, 0, 0, 32, 0, 2, 4, 1, 1, 1, 4, 1, 3, 1, 0, 1, 1, 0]
    assert stepwise(np.array([cells], dtype=float)).interactions(0)[:2] == [0b10010, 0b10100]
    assert ranked(np.array([[0.3, 0.1 + 1e-16, 0.2, 0.1, 0.1 + 1e-7]])).tolist() == [[1, 3, 4, 2, 0]]


def test_the_published_start_is_not_checked_and_the_flag_alone_brings_it_back() -> None:
    torn = np.zeros((1, 8))
    torn[0, [1, 2, 4, 3]] = 50, 30, 40, 0  # nobody is on two lists
    assert np.isnan(stepwise(torn).estimate[0])
    assert stepwise(torn, original=True).estimate[0] > 1e8
