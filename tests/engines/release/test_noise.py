"""The noise is the discrete Gaussian, exactly."""

from math import exp

import numpy as np
import pytest
from scipy import stats

from entraide.engines.release.noise import gaussian
from entraide.engines.release.randomness import Seeded


@pytest.mark.parametrize("variance", [1, 7, 400])
def test_draws_follow_the_exact_probabilities(variance: int) -> None:
    draws = gaussian(Seeded(11), variance, 40_000)
    reach = int(4 * variance**0.5) + 1
    values = np.arange(-reach, reach + 1)
    weights = np.array([exp(-(value**2) / (2 * variance)) for value in values])
    expected = weights / weights.sum() * len(draws)
    observed = np.array([(draws == value).sum() for value in values])
    enough = expected >= 10
    test = stats.chisquare(observed[enough], expected[enough] / expected[enough].sum() * observed[enough].sum())
    assert test.pvalue > 1e-4


def test_a_wrong_variance_would_be_noticed() -> None:
    draws = gaussian(Seeded(11), 9, 40_000)
    assert abs(float(np.var(draws)) - 9) < 0.3 and abs(float(np.mean(draws))) < 0.1


def test_it_draws_integers_and_no_less_than_asked() -> None:
    draws = gaussian(Seeded(1), 50, 1_000)
    assert draws.dtype == np.int64 and len(draws) == 1_000
    with pytest.raises(ValueError, match="variance"):
        gaussian(Seeded(1), 0, 1)
