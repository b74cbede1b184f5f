"""HTCDS files out: equal to what came in, as far as a value has not changed since."""

import json
from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from entraide.engines import htcds
from entraide.features.cases import recognising
from entraide.features.cases.choices import Group
from entraide.features.cases.models import Case, CaseRecord
from entraide.features.cases.recognising import EXPORTED, SOURCE
from entraide.features.cases.spelling import from_case_values
from entraide.features.cases.values import opened
from entraide.kernel.access.context import Acting
from entraide.kernel.audit.choices import Outcome
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.audit.services import entry
from entraide.kernel.vault import services as vault

LARGEST = 5_000


def export(
    *, by: Acting, cases: QuerySet[Case] | Sequence[Case], format_: str = "", guard: bool = False, contact: bool = True
) -> tuple[bytes, htcds.Dialect]:
    """The cases as a file, in the dialect of the file they came from (ODS spelling where they came from none).

    Each case exported is a reading of everything in it, and recorded as one. What HTCDS has no field for stays out, and so does a
    person whose key is gone. Where neither a number of its own nor its values say which case a row is, its reference here does, so that
    the file brought back finds it. Without `contact`, telephone and address stay out where rules for safe contact are recorded, since these
    have no field.
    """
    kept = [case for case in cases[:LARGEST] if case.erased_on is None]
    living = vault.living([case.key for case in kept])
    kept = [case for case in kept if case.key in living]
    rows = _rows(kept)
    left_out = frozenset() if contact else frozenset(case for case, found in rows.items() if _has_rules(found))
    groups = {case.pk: EXPORTED - {Group.CONTACT} if case.pk in left_out else EXPORTED for case in kept}
    AuditEntry.objects.bulk_create([_reading(by, case, groups[case.pk]) for case in kept])
    search_key = vault.search_key(by.body)
    found = sorted((_read(case, rows.get(case.pk, []), groups[case.pk], search_key) for case in kept), key=lambda read: read[0])
    dialects = [dialect for _place, _record, dialect in found if dialect is not None]
    dialect = dialects[0] if dialects and all(each == dialects[0] for each in dialects) else htcds.Dialect(format=format_ or "csv")
    records = [each for _place, each, _dialect in found]
    if (format_ or dialect.format) == "xlsx":
        return htcds.write_xlsx(records, dialect), dialect
    return htcds.write_csv(records, dialect, guard=guard), dialect


def _rows(cases: list[Case]) -> dict[UUID, list[CaseRecord]]:
    """The records of all these cases, read at once."""
    found: dict[UUID, list[CaseRecord]] = {}
    for row in CaseRecord.objects.filter(case__in=cases).order_by("id"):
        found.setdefault(row.case_id, []).append(row)
    return found


def _has_rules(rows: list[CaseRecord]) -> bool:
    return any(row.group == Group.SAFE_CONTACT and row.sealed for row in rows)


def _reading(by: Acting, case: Case, groups: frozenset[str]) -> AuditEntry:
    return entry(
        by=by, action="cases.export", outcome=Outcome.READ, kind="case", object_id=case.pk, case=case.pk, holder=case.holder,
        detail={"groups": sorted(groups)},
    )  # fmt: skip


def _read(
    case: Case, rows: list[CaseRecord], groups: frozenset[str], search_key: bytes
) -> tuple[tuple[str, int, str], htcds.Record, htcds.Dialect | None]:
    key = vault.store().fetch(case.key)
    values: dict[str, htcds.Value] = {}
    for row in rows:
        if row.group in groups:
            values |= from_case_values(opened(row, key))
    source = next((row for row in rows if row.group == SOURCE), None)
    if source is None:
        return ("", 0, str(case.pk)), htcds.Record(values, source_id=case.reference), None
    texts = vault.open_fields(key, case=case.pk, record=source.pk, sealed=source.sealed)
    written = json.loads(texts["source"])
    kinds = {name: htcds.Kind(kind) for name, kind in written["kinds"].items()}
    made = htcds.Record(values, written["raw"], kinds, written["source_id"])
    if not made.source_id and recognising.content(search_key, made) != source.coded["content"]:
        made.source_id = case.reference
    return ("", int(source.coded["place"]), str(case.pk)), made, htcds.Dialect.from_json(written["dialect"])
