"""Opening cases: the rows of a case are drawn first and written together, since imports open cases by the thousand."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import IntegrityError, models, transaction

from entraide.features.cases import rules, values
from entraide.features.cases.choices import IDENTIFICATION_MACHINE, Origin
from entraide.features.cases.models import Case, CaseRecord, Event, IdentificationDecision, SearchToken, TeamMember
from entraide.kernel.access import principals
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import require
from entraide.kernel.accounts import leaving
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.audit.services import entry
from entraide.kernel.base import clock
from entraide.kernel.base.ids import uuid7
from entraide.kernel.vault import services as vault
from entraide.kernel.vault.keystore import PersonKey

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that a tired ear or eye confuses
TRIES = 5


@dataclass
class Opening:
    """A case and everything under it, not yet written."""

    case: Case
    key: PersonKey
    members: list[TeamMember]
    records: list[CaseRecord] = field(default_factory=list)
    tokens: list[SearchToken] = field(default_factory=list)
    decisions: list[IdentificationDecision] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    entries: list[AuditEntry] = field(default_factory=list)


def draw(
    *,
    by: Acting,
    age: str,
    values_by_group: Mapping[str, Mapping[str, values.Value]],
    country: str = "",
    origin: str = Origin.ENTERED,
    team: list[UUID] | None = None,
    key: PersonKey | None = None,
    source_id: str | None = None,
    opened_on: date | None = None,
    invented: bool = False,
    identifier: UUID | None = None,
    search_key: bytes | None = None,
) -> Opening:
    """A case for one person with a key of her own; the post that opens it is its first team member."""
    require(rules.may_open(by))
    members = team or ([by.post] if by.post else [])
    key = key or vault.new_key(by.body)
    case = Case(
        id=identifier or uuid7(), holder=by.body, side=by.side, audience=principals.audience(by.body, members), key=key.id, age=age,
        country=country, origin=origin, source_id=source_id, opened_on=opened_on or clock.today(), invented=invented,
    )  # fmt: skip
    opening = Opening(case, key, [TeamMember(case=case, post=post, added_by=by.post) for post in members])
    opening.records = [_sealed(by, case, key, group, given) for group, given in values_by_group.items()]
    searched = {name: value for group in values.SEARCHED_GROUPS for name, value in values_by_group.get(group, {}).items()}
    if searched:
        opening.tokens = values.token_rows(case, search_key or vault.search_key(case.holder), searched)
    opening.events.append(Event(case=case, what="opened", detail={"origin": origin}, by_post=by.post))
    opening.entries.append(entry(by=by, action="cases.open", kind="case", object_id=case.pk, case=case.pk))
    return opening


def _sealed(by: Acting, case: Case, key: PersonKey, group: str, given: Mapping[str, values.Value]) -> CaseRecord:
    row = CaseRecord(case=case, group=group, version=1, changed_at=clock.now(), changed_by=by.post)
    values.seal_into(row, key, given)
    return row


def decide(opening: Opening, *, by: Acting, name: str, decider: str) -> None:
    """Adds the first decision on identification to a case that is not yet written."""
    case = opening.case
    require(IDENTIFICATION_MACHINE.verdict(name, state=case.identification, by="team", function=by.function))
    case.identification = IDENTIFICATION_MACHINE.move(name).target
    opening.decisions.append(
        IdentificationDecision(case=case, status=case.identification, decider=decider, decided_on=clock.today(), recorded_by=by.post)
    )
    detail = {"status": case.identification}
    opening.entries.append(entry(by=by, action="cases.decide_identification", kind="case", object_id=case.pk, case=case.pk, detail=detail))


def write(openings: Sequence[Opening]) -> None:
    """Writes all of them, one statement for each table, under references that are free at the body."""
    for left in reversed(range(TRIES)):
        for opening in openings:
            opening.case.reference = _reference()
        try:
            with transaction.atomic():
                Case.objects.bulk_create([opening.case for opening in openings])
        except IntegrityError as error:
            if "case_reference_once_per_body" not in str(error) or not left:
                raise
        else:
            break
    for model, rows in _under(openings):
        model._default_manager.bulk_create(rows)
    leaving.stay({member.post for opening in openings for member in opening.members})


def _under(openings: Sequence[Opening]) -> list[tuple[type[models.Model], list[models.Model]]]:
    return [
        (TeamMember, [row for opening in openings for row in opening.members]),
        (CaseRecord, [row for opening in openings for row in opening.records]),
        (SearchToken, [row for opening in openings for row in opening.tokens]),
        (IdentificationDecision, [row for opening in openings for row in opening.decisions]),
        (Event, [row for opening in openings for row in opening.events]),
        (AuditEntry, [row for opening in openings for row in opening.entries]),
    ]


def _reference() -> str:
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(7))
    return f"{drawn[:3]}-{drawn[3:]}"
