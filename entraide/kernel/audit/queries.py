"""Reading the audit record."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from entraide.kernel.audit.choices import Outcome
from entraide.kernel.audit.models import AuditEntry


def visible(*, outcome: str = "", action: str = "") -> QuerySet[AuditEntry]:
    """What the acting data protection post may see, newest first."""
    entries = AuditEntry.objects.order_by("-id")
    if outcome:
        entries = entries.filter(outcome=outcome)
    return entries.filter(action=action) if action else entries


def openings(case: UUID | None = None) -> QuerySet[AuditEntry]:
    """Every read of personal data, newest first."""
    reads = visible(outcome=Outcome.READ)
    return reads.filter(case=case) if case else reads


@dataclass(frozen=True)
class Tail:
    """How far the chain reaches."""

    sealed: int
    unsealed: int
    head: str


def tail() -> Tail:
    """Numbers of sealed entries and of entries still waiting, and the last digest: kept elsewhere, it shows when the end was cut off."""
    with connection.cursor() as cursor:
        cursor.execute("select sealed, unsealed, head from app.audit_tail()")
        return Tail(*cursor.fetchone())


def first_broken() -> int | None:
    """The first position at which the chain does not hold, or None. Reads the whole record; for the command line."""
    with connection.cursor() as cursor:
        cursor.execute("select app.verify_audit()")
        row = cursor.fetchone()
    return None if row[0] is None else int(row[0])
