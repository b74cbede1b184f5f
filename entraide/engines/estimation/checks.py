"""What an estimate is worth on this table: does it find a list it knows the size of, and what if persons were matched wrongly."""

from dataclasses import dataclass

import numpy as np

from entraide.engines.estimation.histories import Histories
from entraide.engines.estimation.refusal import Refused
from entraide.engines.estimation.stepwise import stepwise
from entraide.engines.estimation.subsets import Floats, Ints
from entraide.engines.sentence import gettext_noop as _

Z = 1.959963984540054
TRIALS = 200


@dataclass(frozen=True)
class Found:
    """One list taken as a population of known size: how many of it the other lists lead to. estimate is nan where refused."""

    name: str
    size: float
    seen: float
    estimate: float
    low: float
    high: float

    @property
    def hit(self) -> bool:
        """Whether the known size lies in the 95 % interval."""
        return bool(self.low <= self.size <= self.high)


def internal_consistency(table: Histories) -> list[Found]:
    """For each list, its size estimated from its overlaps with the others alone (after Binette & Steorts 2022); three lists or more."""
    lists = len(table.names)
    if lists < 3:
        return []
    out = []
    cells = np.arange(1 << lists)
    for each, name in enumerate(table.names):
        inside = cells[cells >> each & 1 == 1]
        small = np.zeros(1 << (lists - 1))
        for cell in inside:
            small[(cell & ((1 << each) - 1)) | (cell >> (each + 1) << each)] += table.counts[cell]
        size, seen = small.sum(), small[1:].sum()
        if not seen:
            out.append(Found(name, size, 0.0, np.nan, np.nan, np.nan))
            continue
        got = stepwise(small[None])
        error = got.variance[0] ** 0.5 * Z
        low, high = seen + got.undetected[0] * np.exp([-error, error])
        out.append(Found(name, float(size), float(seen), float(got.estimate[0]), float(low), float(high)))
    return out


@dataclass(frozen=True)
class Relinked:
    """Estimates over tables corrected for a rate of missed and of false links: 5 %, median and 95 %, with how many had no answer."""

    missed: float
    false: float
    low: float
    median: float
    high: float
    refused: int
    trials: int


def check_rates(missed: float, false: float) -> None:
    """Refuses rates of missed and false links that cannot be."""
    if not 0 <= missed < 1 or not 0 <= false < 1:
        raise Refused("input", _("Rates of links are from 0 to below 1."), _("Write 0.05 for five in a hundred."))


def linkage(table: Histories, missed: float, false: float, seed: int, trials: int = TRIALS) -> Relinked:
    """What the estimate would be if that share of true links was missed and that share of the links made was false.

    False links are undone first: that share of persons on several lists is split, one list apart from the rest. Then links
    missed are made: persons on one list alone join persons on other lists until the missing share of links is there. Both at random.
    """
    check_rates(missed, false)
    rng = np.random.default_rng(seed)
    counts = np.array([_relinked(table.counts, missed, false, rng) for _ in range(trials)])
    estimates = stepwise(counts).estimate
    refused = int(np.isnan(estimates).sum())
    if refused * 10 > trials:
        raise Refused(
            "unstable",
            _("With these rates of missed and false links %(refused)s of %(all)s corrected tables have no answer."),
            _("Improve the matching before estimating."),
            refused=refused,
            all=trials,
        )
    low, median, high = np.nanquantile(estimates, [0.05, 0.5, 0.95])
    return Relinked(missed, false, float(low), float(median), float(high), refused, trials)


def _relinked(counts: Floats, missed: float, false: float, rng: np.random.Generator) -> Floats:
    out = counts.astype(np.int64)
    lists = len(counts).bit_length() - 1
    for cell in range(1, len(out)):
        bits = [1 << each for each in range(lists) if cell >> each & 1]
        if len(bits) > 1:
            split = rng.binomial(out[cell], false)
            out[cell] -= split
            for bit, number in zip(bits, rng.multinomial(split, [1 / len(bits)] * len(bits)), strict=True):
                out[bit] += number
                out[cell & ~bit] += number
    size = np.array([cell.bit_count() for cell in range(len(out))])
    links = float((np.maximum(size - 1, 0) * out).sum())
    lost = rng.poisson(links * missed / (1 - missed))
    singles = [1 << each for each in range(lists)]
    weight = np.array([out[bit] * _likely(out, counts, bit) for bit in singles])
    if lost and weight.sum() > 0:
        joins = rng.multinomial(lost, weight.ravel() / weight.sum()).reshape(weight.shape)
        for row, bit in enumerate(singles):
            for other in np.nonzero(joins[row])[0]:
                made = min(joins[row, other], out[bit], out[other])
                out[bit] -= made
                out[other] -= made
                out[other | bit] += made
    return out.astype(np.float64)


def _likely(out: Ints, counts: Floats, bit: int) -> Floats:
    """Missed links resemble the links that were made: a partner is drawn as often as its join with this list occurs, plus a little."""
    cells = np.arange(len(out))
    free = (cells & bit == 0) & (cells > 0) & (out > 0)
    weight = np.where(free, counts[cells | bit] + 0.5, 0.0)
    return np.asarray(weight / weight.sum() if weight.sum() else weight)
