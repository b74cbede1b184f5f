"""Writing to the audit record."""

from collections.abc import Mapping
from uuid import UUID

from django.db import connection, transaction

from entraide.kernel.access.context import Acting
from entraide.kernel.audit.choices import Outcome
from entraide.kernel.audit.models import AuditEntry

Detail = Mapping[str, str | int | bool | list[str]]


def entry(
    *,
    by: Acting | None,
    action: str,
    outcome: Outcome = Outcome.DONE,
    holder: UUID | None = None,
    kind: str = "",
    object_id: UUID | None = None,
    case: UUID | None = None,
    detail: Detail | None = None,
    account: UUID | None = None,
) -> AuditEntry:
    """An entry that is not yet written, for those who write many together."""
    return AuditEntry(
        account=by.account if by else account,
        post=by.post if by else None,
        body=by.body if by else None,
        side=by.side if by else "",
        holder=holder or (by.body if by else None),
        action=action,
        outcome=outcome,
        object_kind=kind,
        object_id=object_id,
        case=case,
        detail=dict(detail or {}) | ({"token": str(by.token)} if by and by.token else {}),
    )


def record(
    *,
    by: Acting | None,
    action: str,
    outcome: Outcome = Outcome.DONE,
    holder: UUID | None = None,
    kind: str = "",
    object_id: UUID | None = None,
    case: UUID | None = None,
    detail: Detail | None = None,
    account: UUID | None = None,
) -> None:
    """Writes one entry in the present transaction; it stands or falls with the change it tells of."""
    entry(
        by=by, action=action, outcome=outcome, holder=holder, kind=kind, object_id=object_id, case=case, detail=detail, account=account
    ).save(force_insert=True)


def record_apart(
    *,
    by: Acting | None,
    action: str,
    outcome: Outcome,
    object_id: UUID | None = None,
    case: UUID | None = None,
    detail: Detail | None = None,
    account: UUID | None = None,
) -> None:
    """Writes an entry after work was rolled back, in a transaction of its own."""
    with transaction.atomic():
        record(by=by, action=action, outcome=outcome, object_id=object_id, case=case, detail=detail, account=account)


def seal(limit: int = 5_000) -> int:
    """Chains up to `limit` committed entries; returns how many. One sealer at a time; a second one returns 0."""
    with connection.cursor() as cursor:
        cursor.execute("select app.seal_audit(%s)", [limit])
        return int(cursor.fetchone()[0])
