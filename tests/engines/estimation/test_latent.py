"""Latent classes: the ladders draw from the posterior they say, meet each other on the published tables, and say so where they do not."""

import numpy as np
import pytest
from scipy.stats import nbinom

from entraide.engines.estimation import latent
from entraide.engines.estimation.histories import Histories
from entraide.engines.estimation.latent import CLASSES, agreement, rungs, sample, undetected
from entraide.engines.estimation.refusal import Refused
from tests.engines.estimation.tables import population, published, table

FEW = {"100": 4, "010": 3, "001": 2, "110": 3, "101": 2, "011": 2}


def expected(given: Histories, reach: list[int], draws: int = 300_000) -> list[float]:
    """P(undetected ≤ reach) without any chain: states drawn from the prior, weighted by how likely they make the table."""
    rng, lists = np.random.default_rng(11), len(given.names)
    concentration = rng.gamma(0.25, 4.0, size=draws)
    stick = np.minimum(rng.beta(1.0, np.maximum(concentration, 1e-300)[:, None], size=(draws, CLASSES - 1)), 1 - 1e-15)
    left = np.cumprod(np.column_stack([np.ones(draws), 1 - stick]), axis=1)
    share = left * np.column_stack([stick, np.ones(draws)])
    rate = rng.random((draws, CLASSES, lists))
    likely = np.zeros(draws)
    none = (share * np.prod(1 - rate, axis=2)).sum(axis=1)
    for at in np.nonzero(given.counts)[0]:
        on = np.array([at >> each & 1 for each in range(lists)], dtype=bool)
        chance = (share * np.prod(np.where(on, rate, 1 - rate), axis=2)).sum(axis=1)
        likely += given.counts[at] * np.log(chance / (1 - none))
    weight = np.exp(likely - likely.max())
    assert weight.sum() ** 2 / (weight**2).sum() > 2_000, "enough of them count"
    return [float((weight * nbinom.cdf(most, given.total, 1 - none)).sum() / weight.sum()) for most in reach]


@pytest.mark.parametrize("fewest", [50, 3])
def test_the_ladders_draw_from_the_posterior_that_weighting_the_prior_gives(fewest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    given, reach = table(FEW), [2, 5, 10, 20, 50, 200]
    monkeypatch.setattr(latent, "FEWEST", fewest)
    assert rungs(given.total) == (1 if fewest == 50 else 8)
    trace = undetected(given, 4, rounds=8)
    assert [float((trace <= most).mean()) for most in reach] == pytest.approx(expected(given, reach), abs=0.03)


def test_chains_that_stay_apart_are_noticed() -> None:
    draws = np.random.default_rng(5).normal(size=(2000, 4))
    assert agreement(draws)[0] < 1.01
    assert agreement(draws)[1] > 6000
    assert agreement(draws + np.arange(4) * 3)[0] > 1.5
    assert agreement(np.ones((2000, 4)) * np.arange(4))[0] == np.inf, "each chain stuck at a place of its own"


def test_chains_that_have_not_met_give_no_figure() -> None:
    with pytest.raises(Refused, match="chains of the latent class model do not agree") as told:
        sample(published("UKdat_5"), 1, rounds=1)
    assert told.value.kind == "unstable"


def test_the_same_seed_gives_the_same_answer_and_the_published_site_has_one() -> None:
    got = sample(published("Western"), 1)
    assert got == sample(published("Western"), 1)
    assert got.rhat < 1.1 and got.effective > 100 and 1_700 < got.median < 2_300


@pytest.mark.soak
@pytest.mark.parametrize(("name", "median"), [("UKdat_5", 21_200), ("Kosovo", 10_450)])
def test_the_chains_meet_on_the_large_published_tables_and_seeds_agree(name: str, median: float) -> None:
    """Medians of three long runs with other seeds; no other program's figure is at hand."""
    got = sample(published(name), 5)
    assert got.rhat < 1.05 and got.median == pytest.approx(median, rel=0.05)


@pytest.mark.soak
def test_intervals_of_latent_classes_cover_the_truth() -> None:
    hits = 0
    for seed in range(20):
        got = sample(Histories(tuple("ABCD"), population(2_000, [0.25, 0.3, 0.2, 0.35], seed)), seed)
        hits += got.limits[0.025] <= 2_000 <= got.limits[0.975]
    assert hits >= 16
