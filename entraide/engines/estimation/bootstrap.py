"""Intervals from bootstrap draws, with the whole choice of model repeated in each (BCa; quantiles of type 8)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from entraide.engines.estimation.histories import Histories
from entraide.engines.estimation.refusal import Refused
from entraide.engines.estimation.subsets import Floats
from entraide.engines.sentence import gettext_noop as _

LEVELS = (0.025, 0.05, 0.1, 0.9, 0.95, 0.975)
MANY = 1_000_000
Estimator = Callable[[Floats], Floats]
"""From counts (B, 2**t) to estimates (B,), nan where refused."""


@dataclass(frozen=True)
class Interval:
    """BCa limits by level; bias z0, acceleration a; refused: draws without an answer, counted as greater than every other."""

    limits: dict[float, float]
    bias: float
    acceleration: float
    replicates: Floats
    refused: int


def check_number(number: int) -> None:
    """Refuses a number of draws that cannot be made."""
    if not 0 <= number <= MANY:
        raise Refused("input", _("The number of draws is between 0 and %(most)s."), most=MANY)


def draw(table: Histories, number: int, seed: int) -> Floats:
    """Multinomial resamples over the observed cells, (B, 2**t), the same for the same seed."""
    check_number(number)
    cells = np.nonzero(table.counts)[0]
    out = np.zeros((number, len(table.counts)))
    share = table.counts[cells] / table.total
    out[:, cells] = np.random.default_rng(seed).multinomial(int(table.total), share, size=number)
    return out


def bca(
    table: Histories,
    estimate: float,
    draws: Floats,
    estimator: Estimator,
    levels: tuple[float, ...] = LEVELS,
    replicates: Floats | None = None,
) -> Interval:
    """BCa limits of an estimate from draws (B, 2**t); refuses where the jackknife or the bias has no answer."""
    if replicates is None:
        replicates = estimator(draws)
    refused = int(np.isnan(replicates).sum())
    ranked = np.sort(np.where(np.isnan(replicates), np.inf, replicates))
    share = float((ranked < estimate).mean())
    if refused * 2 >= len(ranked):
        raise unstable(replicates)
    if share in (0.0, 1.0):
        raise Refused(
            "input",
            _("Every resample answers on the same side of the estimate, so its bias cannot be corrected."),
            _("Draw more resamples, or merge lists."),
        )
    acceleration = _acceleration(table, estimator)
    bias = float(ndtri(share))
    limits = {}
    for level in levels:
        z = bias + float(ndtri(level))
        limits[level] = quantile(ranked, float(ndtr(bias + z / (1 - acceleration * z))))
    return Interval(limits, bias, acceleration, replicates, refused)


def unstable(replicates: Floats) -> Refused:
    """The refusal where half of the resamples or more have no answer."""
    return Refused(
        "unstable",
        _("%(refused)s of %(all)s resamples have no answer: the table hangs on a few persons, so no figure is believed."),
        _("Merge the lists that overlap least, or drop one of them."),
        refused=int(np.isnan(replicates).sum()),
        all=len(replicates),
    )


def _acceleration(table: Histories, estimator: Estimator) -> float:
    cells = np.nonzero(table.counts)[0]
    less = np.repeat(table.counts[None, :], len(cells), axis=0)
    less[np.arange(len(cells)), cells] -= 1
    answers = estimator(less)
    if np.isnan(answers).any():
        raise Refused(
            "unstable",
            _("Without one single person the table has no answer: it hangs on that person."),
            _("Merge the lists that overlap least, or drop one of them."),
        )
    weight = table.counts[cells]
    off = (weight * answers).sum() / table.total - answers
    spread = (weight * off**2).sum() ** 1.5
    return float((weight * off**3).sum() / (6 * spread)) if spread > 0 else 0.0


def quantile(ranked: Floats, probability: float) -> float:
    """Type 8 of Hyndman & Fan: approximately median-unbiased."""
    count = len(ranked)
    place = probability * (count + 1 / 3) + 1 / 3
    low = int(np.floor(place + 4 * np.finfo(float).eps))
    part = place - low
    part = 0.0 if abs(part) < 4 * np.finfo(float).eps else part
    a, b = ranked[min(max(low, 1), count) - 1], ranked[min(max(low + 1, 1), count) - 1]
    return float(a if part == 0.0 or a == b else (1 - part) * a + part * b)
