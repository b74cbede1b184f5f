"""Which rows of a file are cases of this body already: imported before, or exported from here, whoever entered them."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from entraide.engines import htcds
from entraide.features.cases.choices import Group
from entraide.features.cases.models import Case, CaseRecord
from entraide.features.cases.spelling import from_case_values
from entraide.features.cases.values import opened
from entraide.kernel.access.context import Acting, acting_as, agent_of
from entraide.kernel.audit.choices import Outcome
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.audit.services import entry
from entraide.kernel.base import clock
from entraide.kernel.vault import services as vault

SOURCE = "source"
"""Group of the row that keeps, sealed, how a case was written in its file; nobody agrees to share it and nothing shows it."""
EXPORTED = frozenset(str(group) for group in Group if group != Group.SAFE_CONTACT)


@dataclass(frozen=True)
class Known:
    """Rows, by their number in the file, that are cases of the body."""

    at_body: frozenset[int]
    visible: frozenset[int]
    differing: frozenset[int]
    """Those of the visible that bring a value which the case does not have."""


def recognise(*, by: Acting, rows: Sequence[htcds.Row]) -> Known:
    """A case is known by the row it came from, or by its reference here, which an export writes where a case came from no file."""
    key = vault.search_key(by.body)
    signs = {row.number: (identity(key, row), row.source_id or "") for row in rows}
    wanted = Case.objects.filter(
        Q(source_id__in=[sign for sign, _reference in signs.values()])
        | Q(reference__in=[reference for _sign, reference in signs.values() if reference]),
        holder=by.body,
    )
    with acting_as(agent_of(by.body, by.side)):  # no person sees them all, and what is compared is only what the reader sees
        at_body = _known(signs, wanted)
    visible = _known(signs, wanted.all())
    return Known(frozenset(at_body), frozenset(visible), _differing(by, key, rows, visible))


def _known(signs: Mapping[int, tuple[str, str]], cases: QuerySet[Case]) -> dict[int, Case]:
    """{row: case}; the row that a case came from goes before a number that happens to be some reference."""
    found = list(cases)
    by_source, by_reference = {case.source_id: case for case in found}, {case.reference: case for case in found}
    known = {row: by_source.get(sign) or by_reference.get(reference) for row, (sign, reference) in signs.items()}
    return {row: case for row, case in known.items() if case}


def _differing(by: Acting, key: bytes, rows: Iterable[htcds.Row], known: Mapping[int, Case]) -> frozenset[int]:
    """Rows that are neither what was imported nor what the case says now. A case is opened for this only where it must be."""
    kept = CaseRecord.objects.filter(case__in=known.values(), group=SOURCE).values_list("case_id", "coded")
    contents = {case: coded.get("content") for case, coded in kept}
    changed = [row for row in rows if row.number in known and contents.get(known[row.number].pk) != content(key, row)]
    now = _opened(by, [known[row.number] for row in changed])
    return frozenset(row.number for row in changed if _brings(row, now.get(known[row.number].pk)))


def _brings(row: htcds.Row, now: Mapping[str, htcds.Value | None] | None) -> bool:
    """Whether a row holds a value that the case does not; one that it leaves out was held back by the export."""
    return now is not None and any(now.get(name) != value for name, value in row.values.items())


def _opened(by: Acting, cases: Sequence[Case]) -> dict[UUID, dict[str, htcds.Value | None]]:
    """{case: its values as a file would give them back}, each recorded as a reading; without erased persons."""
    there = vault.living([case.key for case in cases])
    cases = [case for case in cases if case.erased_on is None and case.key in there]
    keys = {case.pk: vault.store().fetch(case.key) for case in cases}
    AuditEntry.objects.bulk_create([_reading(by, case) for case in cases])
    found: dict[UUID, dict[str, htcds.Value | None]] = {case.pk: {} for case in cases}
    for record in CaseRecord.objects.filter(case__in=keys, group__in=EXPORTED):
        values = from_case_values(opened(record, keys[record.case_id]))
        found[record.case_id] |= {name: _as_read(name, value) for name, value in values.items()}
    return found


def _as_read(name: str, value: htcds.Value) -> htcds.Value | None:
    return htcds.as_read(htcds.FIELDS[name], value, clock.today())


def _reading(by: Acting, case: Case) -> AuditEntry:
    return entry(
        by=by, action="cases.compare", outcome=Outcome.READ, kind="case", object_id=case.pk, case=case.pk, holder=case.holder,
        detail={"groups": sorted(EXPORTED)},
    )  # fmt: skip


def identity(key: bytes, row: htcds.Record) -> str:
    """What a row is known by when it comes again: its number, else its values. Keyed, since personal values could be guessed."""
    return _digest(key, "id", row.source_id.encode()) if row.source_id else content(key, row)


def content(key: bytes, row: htcds.Record) -> str:
    """A keyed digest of a row's values."""
    return _digest(key, "row", row.fingerprint())


def _digest(key: bytes, kind: str, text: bytes) -> str:
    return hmac.new(key, b"entraide-htcds-1\x1f" + kind.encode() + b"\x1f" + text, hashlib.sha256).hexdigest()
