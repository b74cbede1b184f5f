"""SDG 16.2.2: victims per 100,000 residents, detected only and with the estimated undetected; the ends of a range stay a range."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from entraide.features.figures.codes import TOTAL
from entraide.features.figures.estimates_told import of_whom, persons
from entraide.features.figures.models import Estimate, Figure, Number, Table
from entraide.features.figures.shown import plain

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


def rests_on(numbers: Sequence[Number], populations: Sequence[Table], estimates: Sequence[Estimate]) -> Iterator[str]:
    """Which population and which estimates the rates among these numbers come from; nothing where there is no rate."""
    made = [each for each in numbers if each.indicator in {"sdg.16.2.2.detected", "sdg.16.2.2.all"}]
    if not made:
        return
    years = ", ".join(str(year) for year in sorted({each.year for each in made if each.year}))
    told = "; ".join(_("“%(title)s” (%(source)s)") % {"title": each.name, "source": each.source} for each in populations)
    yield _("SDG 16.2.2 divides by the resident population of %(years)s: %(tables)s.") % {"years": years, "tables": told}
    used = {_who(each) for each in made if each.indicator == "sdg.16.2.2.all"}
    for each in estimates:
        if (each.area, each.year, each.sex, each.age) in used and each.finished_at:
            yield _(
                "SDG 16.2.2 with the undetected, %(whom)s: from the estimate “%(title)s” as finished on %(day)s. Detected are the "
                "%(persons)s persons on its lists, perhaps others than the victims of a table."
            ) % {
                "whom": of_whom(each), "title": each.title, "day": date_format(each.finished_at, "DATE_FORMAT"),
                "persons": plain(persons(each)),
            }  # fmt: skip


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
