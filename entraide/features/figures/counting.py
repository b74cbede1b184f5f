"""Counting a year of one's own files. The body's agent counts; the analyst never sees a row nor a raw number."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import IntegrityError, transaction

from entraide.features.figures import rules
from entraide.features.figures.choices import Origin
from entraide.features.figures.models import Cell, Number, Table
from entraide.features.figures.protection import protect
from entraide.kernel.access.context import Acting, acting_as, agent_of, as_everybody
from entraide.kernel.access.rules import Refused, require
from entraide.kernel.audit.services import record
from entraide.kernel.base.figures import Asking, Column, Counts, Known, Tally, tallies
from entraide.kernel.bodies.queries import get

YEARS = 10
"""Years that a table of public facts tells, the one asked for being the last."""


@transaction.atomic
def count(*, by: Acting, tally: str, year: int) -> Table:
    """Counts a year that is over, once; what may be told is filed and never changes. Of public facts the years up to it, again at will."""
    require(rules.may_count(by, tally, year))
    what, body = tallies[tally], get(by.body)
    public = isinstance(what, Known)
    table = Table(
        holder=by.body, origin=Origin.COUNTED, tally=tally, year=year, smallest=None if public else smallest(), already_public=public,
        made_by=by.hand, invented=body.invented, source=body.name,
    )  # fmt: skip
    cells = _known(by, what, table, body.country) if isinstance(what, Known) else _counted(by, what, table, body.country)
    table.digest = digest(cells)
    try:
        with transaction.atomic():
            table.save(force_insert=True)
    except IntegrityError:  # somebody counted the same year at the same moment
        raise Refused(rules.COUNTED) from None
    Cell.objects.bulk_create(cells)
    record(by=by, action="figures.count", kind="figures", object_id=table.pk, detail={"tally": tally, "year": year})
    return table


def _counted(by: Acting, what: Tally, table: Table, area: str) -> list[Cell]:
    """One's own files, counted by the body's agent and protected before anybody sees them."""
    assert table.year is not None
    lines = protect(_raw(by, what, table.year), smallest())
    return [
        _cell(table, place, table.year, indicator=line.indicator or what.indicator, area=area, low=line.low, high=line.high, **line.codes)
        for place, line in enumerate(lines)
    ]


def _raw(by: Acting, what: Tally, year: int) -> list[tuple[Sequence[Column], Counts]]:
    with acting_as(agent_of(by.body, by.side)):
        counts = list(what.count(date(year, 1, 1), date(year + 1, 1, 1)))
    return list(zip(what.groups, counts, strict=True))


def _known(by: Acting, what: Known, table: Table, country: str) -> list[Cell]:
    """What everybody sees, counted as everybody: nothing confidential can come into it, whatever a room asks for."""
    assert table.year is not None
    asking = Asking(by.body, country)
    with as_everybody():
        found = [
            (year, fact)
            for year in range(table.year - YEARS + 1, table.year + 1)
            for fact in what.count(asking, date(year, 1, 1), date(year + 1, 1, 1))
        ]
    return [
        _cell(table, place, year, indicator=fact.indicator, low=fact.count, high=fact.count, **fact.codes)
        for place, (year, fact) in enumerate(found)
    ]


def _cell(table: Table, place: int, year: int, *, indicator: str, low: int, high: int, **codes: str) -> Cell:
    return Cell(table=table, holder=table.holder, place=place, indicator=indicator, year=year, low=low, high=high, **codes)


def digest(numbers: Sequence[Number]) -> str:
    """SHA-256 over the numbers and their codes, whatever their order: the same table has the same digest, however it was written."""
    lines = sorted(json.dumps(_plain(each)) for each in numbers)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _plain(each: Number) -> list[object]:
    high = None if each.high is None else f"{Decimal(each.high):.4f}"
    codes = [each.indicator, each.area, each.year, each.sex, each.age, each.form, each.citizenship, each.category]
    return [*codes, f"{Decimal(each.low):.4f}", high]


def smallest() -> int:
    """The smallest count of persons that this node tells."""
    return int(settings.ENTRAIDE_SMALLEST)
