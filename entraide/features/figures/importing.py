"""Tables that come in files: tried first, filed whole or not at all; the same table again is not filed twice."""

from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from entraide.engines import tables as engine
from entraide.engines.tables.reader import differences
from entraide.features.figures import rules
from entraide.features.figures.choices import TABLE_MACHINE, Origin, TableState
from entraide.features.figures.counting import digest
from entraide.features.figures.models import Cell, Table
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import Refused, refuse, require
from entraide.kernel.audit.services import record
from entraide.kernel.bodies.queries import get

SHOWN_REMARKS = 20
TWICE = refuse("twice", _("This table is filed already. It was not filed twice."))
NOTHING = refuse("nothing", _("Not one number of this file has a place: there is nothing to file."))
UNSEEN = refuse("unseen", _("Some numbers of the file have no place. Say that you have looked at the list before you file the rest."))


@transaction.atomic
def try_file(*, by: Acting, data: bytes, name: str, title: str, source: str, already_public: bool, asked: engine.Asked) -> Table:
    """Reads a file and keeps it with what was found; files nothing. Raises the engine's Unreadable where it is no table."""
    require(rules.may_write(by))
    reading = engine.read(data, name, asked)
    table = Table(
        holder=by.body, origin=Origin.IMPORTED, state=TableState.TRIED, title=title, source=source, already_public=already_public,
        file=data,
        file_name="table.xlsx" if data[:4] == b"PK\x03\x04" else "table.csv", made_by=by.hand, invented=get(by.body).invented,
        report=_report(reading) | {"asked": asdict(asked)},
    )  # fmt: skip
    table.digest = digest(_cells(table, reading))
    table.save(force_insert=True)
    record(by=by, action="figures.try_table", kind="figures", object_id=table.pk)
    return table


def _report(reading: engine.Reading) -> dict[str, Any]:
    return {
        "placed": len(reading.cells),
        "placed_low": reading.placed_low,
        "unplaced_low": reading.unplaced_low,
        "seen_low": reading.seen_low,
        "not_known": reading.not_known,
        "encoding": reading.encoding,
        "separator": reading.separator,
        "remarks": reading.remarks[:SHOWN_REMARKS],
        "unplaced": [[each.row, each.column, each.text, each.reason, each.low, each.high, each.sheet] for each in reading.unplaced],
        "differences": [[each.row, each.column, each.low, name, low, high] for each, name, low, high in differences(reading)],
    }


def _cells(table: Table, reading: engine.Reading) -> list[Cell]:
    return [
        Cell(
            table=table, holder=table.holder, place=place, indicator=each.indicator, area=each.area, year=each.year, low=each.low,
            high=each.high, **each.codes,
        )
        for place, each in enumerate(reading.cells)
    ]  # fmt: skip


def filed_twin(table: Table) -> Table | None:
    """The same table, filed before."""
    return Table.objects.filter(holder=table.holder, digest=table.digest, state=TableState.FILED).exclude(pk=table.pk).first()


@transaction.atomic
def file_table(*, by: Acting, table: Table, seen: bool) -> Table:
    """Files every number that has a place, in one go; `seen`: whoever files has looked at the list of those without one."""
    table = Table.objects.select_for_update().get(pk=table.pk)
    require(TABLE_MACHINE.verdict("file", state=table.state, by="analyst", function=by.function))
    if not table.report["placed"]:
        require(NOTHING)
    if table.report["unplaced"] and not seen:
        require(UNSEEN)
    if filed_twin(table):
        require(TWICE)
    cells = _cells(table, engine.read(bytes(table.file), table.file_name, engine.Asked(**table.report["asked"])))
    Cell.objects.bulk_create(cells, batch_size=2000)
    table.state, table.file = TableState.FILED, b""
    try:
        with transaction.atomic():
            table.save(update_fields=["state", "file"])
    except IntegrityError:  # filed by a colleague at the same moment
        raise Refused(TWICE) from None
    record(by=by, action="figures.file_table", kind="figures", object_id=table.pk, detail={"cells": len(cells)})
    return table


@transaction.atomic
def discard(*, by: Acting, table: Table) -> None:
    """Throws a tried file away."""
    table = Table.objects.select_for_update().get(pk=table.pk)
    require(TABLE_MACHINE.verdict("discard", state=table.state, by="analyst", function=by.function))
    table.state, table.file, table.report = TableState.DISCARDED, b"", {}
    table.save(update_fields=["state", "file", "report"])
    record(by=by, action="figures.discard_table", kind="figures", object_id=table.pk)
