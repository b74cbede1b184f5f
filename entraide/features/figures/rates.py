"""SDG 16.2.2: victims per 100,000 residents, detected only and with the estimated undetected; the ends of a range stay a range."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from entraide.features.figures.codes import TOTAL
from entraide.features.figures.models import Figure, Number

PER = Decimal(100_000)
PLACES = Decimal("0.01")
Who = tuple[str, int | None, str, str]


def rates(numbers: Sequence[Number]) -> Iterator[Figure]:
    """A rate for every number of victims whose State, year, sex and age have a population; the form of exploitation may be any."""
    people: dict[Who, Number] = {_who(each): each for each in numbers if each.indicator == "population" and each.form == TOTAL}
    for each in numbers:
        tag = {"tip.victims": "sdg.16.2.2.detected", "estimate.all": "sdg.16.2.2.all"}.get(each.indicator)
        population = people.get(_who(each))
        if tag is None or population is None or not population.exact or not population.low or each.citizenship != TOTAL:
            continue
        if tag == "sdg.16.2.2.detected" and each.category != TOTAL:
            continue
        yield _rate(tag, each, population.low)


def _rate(tag: str, each: Number, people: Decimal) -> Figure:
    """The ends are rounded away from the middle, so that a range never shrinks; an exact count gives one number."""
    down, up = (ROUND_HALF_UP, ROUND_HALF_UP) if each.exact else (ROUND_FLOOR, ROUND_CEILING)
    return Figure(
        indicator=tag, area=each.area, year=each.year, sex=each.sex, age=each.age, form=each.form, category=each.category,
        low=_per(each.low, people, down), high=None if each.high is None else _per(each.high, people, up),
        best=None if each.best is None else _per(each.best, people, ROUND_HALF_UP),
    )  # fmt: skip


def _who(each: Number) -> Who:
    return (each.area, each.year, each.sex, each.age)


def _per(count: Decimal, population: Decimal, rounding: str) -> Decimal:
    return (PER * Decimal(count) / Decimal(population)).quantize(PLACES, rounding=rounding)
