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
from entraide.features.figures.protection import Line, protect
from entraide.kernel.access.context import Acting, acting_as, agent_of
from entraide.kernel.access.rules import Refused, require
from entraide.kernel.audit.services import record
from entraide.kernel.base.figures import Column, Counts, Tally, tallies
from entraide.kernel.bodies.queries import get


@transaction.atomic
def count(*, by: Acting, tally: str, year: int) -> Table:
    """Counts a year that is over, once; what may be told of it is filed and never changes."""
    require(rules.may_count(by, tally, year))
    what, k, body = tallies[tally], settings.ENTRAIDE_SMALLEST, get(by.body)
    lines = protect(_raw(by, what, year), k)
    table = Table(
        holder=by.body, origin=Origin.COUNTED, tally=tally, year=year, smallest=k, made_by=by.hand, invented=body.invented, source=body.name
    )
    cells = [_cell(table, what, place, line, body.country) for place, line in enumerate(lines)]
    table.digest = digest(cells)
    try:
        with transaction.atomic():
            table.save(force_insert=True)
    except IntegrityError:  # somebody counted the same year at the same moment
        raise Refused(rules.COUNTED) from None
    Cell.objects.bulk_create(cells)
    record(by=by, action="figures.count", kind="figures", object_id=table.pk, detail={"tally": tally, "year": year})
    return table


def _raw(by: Acting, what: Tally, year: int) -> list[tuple[Sequence[Column], Counts]]:
    with acting_as(agent_of(by.body, by.side)):
        counts = list(what.count(date(year, 1, 1), date(year + 1, 1, 1)))
    return list(zip(what.groups, counts, strict=True))


def _cell(table: Table, what: Tally, place: int, line: Line, area: str) -> Cell:
    return Cell(
        table=table, holder=table.holder, place=place, indicator=what.indicator, area=area, year=table.year, low=line.low, high=line.high,
        **line.codes,
    )  # fmt: skip


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
