"""Tables that come in files: tried first, filed whole or not at all, thrown away; the same table again is not filed twice.

A tried file may hold counts that its source has not published: it lies sealed under a key of its own, which goes with it.
"""

import json
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

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
from entraide.kernel.files.sealed import open_file, seal_file
from entraide.kernel.vault import services as vault

SHOWN_REMARKS = 20
SEALED = "sealed"
KEPT = timedelta(days=7)
"""How long a tried file waits for somebody to decide."""
TWICE = refuse("twice", _("This table is filed already. It was not filed twice."))
NOTHING = refuse("nothing", _("Not one number of this file has a place: there is nothing to file."))
UNSEEN = refuse("unseen", _("Some numbers of the file have no place. Say that you have looked at the list before you file the rest."))
GONE = refuse("gone", _("The tried file can no longer be opened. Throw it away and bring it again."))


@transaction.atomic
def try_file(*, by: Acting, data: bytes, name: str, title: str, source: str, already_public: bool, asked: engine.Asked) -> Table:
    """Reads a file and keeps it sealed with what was found; files nothing. Raises the engine's Unreadable where it is no table."""
    require(rules.may_write(by))
    reading = engine.read(data, name, asked)
    table = Table(
        holder=by.body, origin=Origin.IMPORTED, state=TableState.TRIED, title=title, source=source, already_public=already_public,
        file_name="table.xlsx" if data[:4] == b"PK\x03\x04" else "table.csv", made_by=by.hand, invented=get(by.body).invented,
    )  # fmt: skip
    table.digest = digest(_cells(table, reading))
    table.key, table.file = seal_file(by.body, belongs_to=table.pk, data=data)
    table.report = {"asked": asdict(asked), SEALED: _sealed(table, _report(reading))}
    table.save(force_insert=True)
    record(by=by, action="figures.try_table", kind="figures", object_id=table.pk)
    wait = app.configure_task("figures.forget_table", schedule_in={"days": KEPT.days})
    wait.defer(body=str(by.body), side=str(by.side), table=str(table.pk))
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


def _sealed(table: Table, report: dict[str, Any]) -> str:
    """What was found quotes the file, names and unpublished numbers included: it lies under the same key."""
    assert table.key is not None
    return vault.seal_fields(vault.store().fetch(table.key), case=table.pk, record=table.key, values={SEALED: json.dumps(report)})[SEALED]


def found_in(table: Table) -> dict[str, Any]:
    """What the trial found: sums, and every number that has no place."""
    if SEALED not in table.report:
        return dict(table.report)
    try:
        key = vault.store().fetch(table.key) if table.key else None
        if key is None:
            raise vault.KeyGone
        opened = vault.open_fields(key, case=table.pk, record=key.id, sealed={SEALED: table.report[SEALED]})
    except vault.KeyGone:
        raise Refused(GONE) from None
    return dict(json.loads(opened[SEALED]))


def _kept(found: dict[str, Any]) -> dict[str, Any]:
    """What stays when the table is filed: where something was left out and why, not what stood there."""
    left_out = [[row, column, "", reason, None, None, sheet] for row, column, _text, reason, _low, _high, sheet in found["unplaced"]]
    return {name: found[name] for name in ("placed", "placed_low", "not_known", "encoding", "separator")} | {"unplaced": left_out}


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
    found, asked = found_in(table), engine.Asked(**table.report["asked"])
    if not found["placed"]:
        require(NOTHING)
    if found["unplaced"] and not seen:
        require(UNSEEN)
    if filed_twin(table):
        require(TWICE)
    cells = _cells(table, engine.read(_opened(table), table.file_name, asked))
    Cell.objects.bulk_create(cells, batch_size=2000)
    table.state, table.report = TableState.FILED, _kept(found)
    try:
        with transaction.atomic():
            _drop_file(table, "state", "report")
    except IntegrityError:  # filed by a colleague at the same moment
        raise Refused(TWICE) from None
    record(by=by, action="figures.file_table", kind="figures", object_id=table.pk, detail={"cells": len(cells)})
    return table


def _opened(table: Table) -> bytes:
    try:
        if table.key is None:
            raise vault.KeyGone
        return open_file(table.key, belongs_to=table.pk, sealed=bytes(table.file))
    except vault.KeyGone:
        raise Refused(GONE) from None


def _drop_file(table: Table, *changed: str) -> None:
    """The file goes, and with the change its key."""
    table.file, key = b"", table.key
    table.save(update_fields=["file", *changed])
    if key is not None:
        transaction.on_commit(lambda: vault.destroy(key))


@transaction.atomic
def discard(*, by: Acting, table: Table) -> None:
    """Throws a tried file away."""
    table = Table.objects.select_for_update().get(pk=table.pk)
    require(TABLE_MACHINE.verdict("discard", state=table.state, by="analyst", function=by.function))
    _discarded(by, table, "discard")


@transaction.atomic
def forget(*, by: Acting, table: Table) -> None:
    """Throws away a tried file about which nobody decided in time."""
    if table.state in TABLE_MACHINE.move("forget").sources:
        _discarded(by, table, "forget")


def _discarded(by: Acting, table: Table, move: str) -> None:
    table.state, table.report = TABLE_MACHINE.move(move).target, {}
    _drop_file(table, "state", "report")
    record(by=by, action=f"figures.{move}_table", kind="figures", object_id=table.pk)
