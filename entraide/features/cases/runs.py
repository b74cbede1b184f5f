"""A file on its way in: kept sealed, tried, filed whole or not at all, thrown away; large ones in the background, with a stop."""

import json
from base64 import b64decode, b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from procrastinate.contrib.django import app

from entraide.features.cases import importing, rules
from entraide.features.cases.choices import IMPORT_MACHINE, RunState
from entraide.features.cases.models import ImportRun
from entraide.kernel.access import principals
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.rules import Refused, require
from entraide.kernel.audit.choices import Outcome
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock
from entraide.kernel.base.ids import uuid7
from entraide.kernel.vault import services as vault

READ_AT_ONCE = 100_000
"""Bytes that are read while somebody waits."""
FILE_AT_ONCE = 100
"""Rows that are filed while somebody waits."""
KEPT = timedelta(days=7)
"""How long a tried file waits for somebody to decide."""


class Stopped(Exception):
    """Somebody asked to stop."""


@dataclass(frozen=True)
class Place:
    """A rejected value: where it stands, what stands there and why not."""

    row: int
    column: str
    field: str
    code: str
    params: dict[str, str | int]
    shown: str


@dataclass(frozen=True)
class Found:
    """What the trial found, as it is kept."""

    rows: int
    new: int
    already_here: int
    conflicts: list[int]
    left_out: list[str]
    problems: list[Place]
    elsewhere: int = 0
    overtaken: bool = False
    """Somebody else filed rows of this file while it was to be filed; this is what was found afterwards."""

    @property
    def ok(self) -> bool:
        """Whether the file can be filed as it is."""
        return not self.problems and not self.conflicts


@transaction.atomic
def keep(*, by: Acting, data: bytes, name: str, leave_out: bool) -> ImportRun:
    """Keeps a file sealed and tries it: at once when it is small, otherwise in the background."""
    require(rules.may_open(by))
    identifier, key = uuid7(), vault.new_key(by.body)
    values = {"file": b64encode(data).decode(), "name": _plain(name), "leave_out": str(int(leave_out))}
    run = ImportRun.objects.create(
        id=identifier, holder=by.body, side=by.side, audience=principals.audience(by.body, [by.hand]), key=key.id, by_post=by.hand,
        state=RunState.READING, sealed=vault.seal_fields(key, case=identifier, record=identifier, values=values),
    )  # fmt: skip
    record(by=by, action="cases.try_import", kind="import", object_id=run.pk)
    if len(data) <= READ_AT_ONCE:
        read(by=by, run=run)
    else:
        _defer("cases.read_import", by, run)
    app.configure_task("cases.forget_import", schedule_in={"days": KEPT.days}).defer(body=str(by.body), side=str(by.side), run=str(run.pk))
    return run


def _plain(name: str) -> str:
    """The ending only: names of files name people."""
    lower = name.lower()
    return "file.xlsx" if lower.endswith((".xlsx", ".xlsm")) else "file.csv" if lower.endswith((".csv", ".txt", ".tsv")) else "file"


def _defer(task: str, by: Acting, run: ImportRun) -> None:
    app.configure_task(task).defer(account=str(by.account), post=str(by.hand), run=str(run.pk))


def _move(run: ImportRun, name: str, by: str, function: str = "") -> None:
    require(IMPORT_MACHINE.verdict(name, state=run.state, by=by, function=function))
    run.state = IMPORT_MACHINE.move(name).target


def _opened(run: ImportRun) -> dict[str, str]:
    return vault.open_fields(vault.store().fetch(run.key), case=run.pk, record=run.pk, sealed=run.sealed)


def _check(by: Acting, values: dict[str, str]) -> importing.Checked:
    return importing.check(by=by, data=b64decode(values["file"]), filename=values["name"], ignore_unknown=values["leave_out"] == "1")


@transaction.atomic
def read(*, by: Acting, run: ImportRun) -> None:
    """The trial: keeps what it found, sealed beside the file."""
    if run.state != RunState.READING:  # read already, or thrown away before its turn came
        return
    checked = _check(by, _opened(run))
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state != RunState.READING:  # thrown away meanwhile
        return
    _move(run, "read", "clock")
    _keep_found(run, checked)


def _keep_found(run: ImportRun, checked: importing.Checked, *, overtaken: bool = False) -> None:
    problems = [[each.row, each.column, each.field or "", each.code, dict(each.params), each.shown] for each in checked.reading.problems]
    found = {
        "rows": len(checked.reading.rows), "new": len(checked.new), "already_here": checked.already_here,
        "conflicts": list(checked.conflicts), "left_out": list(checked.reading.left_out), "problems": problems,
        "elsewhere": checked.elsewhere, "overtaken": overtaken,
    }  # fmt: skip
    key = vault.store().fetch(run.key)
    run.sealed |= vault.seal_fields(key, case=run.pk, record=run.pk, values={"found": json.dumps(found, ensure_ascii=False)})
    run.rows = len(checked.new)
    run.save(update_fields=["state", "sealed", "rows"])


def look(*, by: Acting, run: ImportRun) -> Found:
    """What the trial found, to be shown. Values of rejected cells stand in it, for whoever brought the file: the reading is recorded."""
    record(by=by, action="cases.read_import", outcome=Outcome.READ, kind="import", object_id=run.pk)
    return found(run)


def found(run: ImportRun) -> Found:
    """What the trial found."""
    kept = json.loads(_opened(run)["found"])
    return Found(**kept | {"problems": [Place(*each) for each in kept["problems"]]})


@transaction.atomic
def ask_to_file(*, by: Acting, run: ImportRun) -> None:
    """Files at once when there are few rows, otherwise in the background; asked twice, it is filed once."""
    if run.state in {RunState.FILING, RunState.FILED}:
        return
    _move(run, "file", "team", by.function)
    if not found(run).ok:
        require(importing.PROBLEMS)
    run.done, run.stop_asked = 0, False
    run.save(update_fields=["state", "done", "stop_asked"])
    if run.rows <= FILE_AT_ONCE:
        _file(by, run)
    else:
        _defer("cases.file_import", by, run)


@transaction.atomic
def look_again(*, by: Acting, run: ImportRun) -> None:
    """Tries the file anew, after somebody else filed rows of it."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state in {RunState.CHECKED, RunState.INTERRUPTED}:
        _keep_found(run, _check(by, _opened(run)), overtaken=True)


@transaction.atomic
def ask_to_stop(*, by: Acting, run: ImportRun) -> None:
    """Asks the background to stop; what it filed so far is undone."""
    require(IMPORT_MACHINE.verdict("stop", state=run.state, by="team", function=by.function))
    run.stop_asked = True
    run.save(update_fields=["stop_asked"])


@transaction.atomic
def discard(*, by: Acting, run: ImportRun) -> None:
    """Throws the file away, and its key."""
    if run.state != RunState.DISCARDED:
        _move(run, "discard", "team", by.function)
        _forget(run)
        record(by=by, action="cases.discard_import", kind="import", object_id=run.pk)


@transaction.atomic
def forget(*, by: Acting, run: ImportRun) -> None:
    """Throws away a file that nobody decided about in time."""
    if run.state in IMPORT_MACHINE.move("forget").sources:
        _move(run, "forget", "clock")
        _forget(run)
        record(by=by, action="cases.forget_import", kind="import", object_id=run.pk)


def _forget(run: ImportRun) -> None:
    run.sealed, run.finished_at = {}, clock.now()
    run.save(update_fields=["state", "created_cases", "already_here", "sealed", "finished_at"])
    transaction.on_commit(lambda: vault.destroy(run.key))


def _file(by: Acting, run: ImportRun, *, watched: bool = False) -> None:
    checked = _check(by, _opened(run))
    if len(checked.new) != run.rows:  # not what somebody looked at and agreed to
        require(importing.OVERTAKEN)
    cases = importing.file_rows(by=by, checked=checked, progress=(lambda done, total: _tell(by, run.pk, done)) if watched else _silent)
    _move(run, "filed", "clock")
    run.created_cases, run.already_here = len(cases), checked.already_here + checked.elsewhere
    _forget(run)


def _silent(done: int, total: int) -> None:
    """Nobody watches."""


def file_in_background(*, by: Acting, run: UUID) -> None:
    """The job: one transaction for the whole file. Stopped or failed, nothing is filed, the file stays and can be filed again."""
    try:
        with transaction.atomic(), acting_as(by):
            found_run = _claimed(run)
            if found_run is not None:
                _file(by, found_run, watched=True)
    except Stopped:
        _put_back(by, run)
    except Refused as refused:  # e.g. somebody else filed the same rows meanwhile, or other values under the same numbers
        _put_back(by, run, again=True, overtaken=refused.verdict.code == importing.OVERTAKEN.code)
    except Exception:
        _put_back(by, run)
        raise


def _claimed(run: UUID) -> ImportRun | None:
    """The run, when it is to be filed and no other worker is at it."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"import {run}"])
        if not cursor.fetchone()[0]:
            return None
    return ImportRun.objects.filter(pk=run, state=RunState.FILING).first()


def _put_back(by: Acting, identifier: UUID, *, again: bool = False, overtaken: bool = False) -> None:
    with transaction.atomic(), acting_as(by):
        run = ImportRun.objects.select_for_update().filter(pk=identifier, state=RunState.FILING).first()
        if run is None:
            return
        _move(run, "put_back", "clock")
        run.save(update_fields=["state"])
        if again:
            _keep_found(run, _check(by, _opened(run)), overtaken=overtaken)
        record(by=by, action="cases.stop_import", kind="import", object_id=run.pk)


def _tell(by: Acting, run: UUID, done: int) -> None:
    """Notes how far it is on a connection of its own, since the long one shows nothing before its end; stops where that was asked."""

    def note() -> bool:
        try:
            with transaction.atomic(), acting_as(by):
                ImportRun.objects.filter(pk=run).update(done=done)
                return ImportRun.objects.filter(pk=run, stop_asked=True).exists()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as thread:
        if thread.submit(note).result():
            raise Stopped
