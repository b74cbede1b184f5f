"""Verbs on a case: open, write, decide, close. Each checks its rule first and writes its audit entry last."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entraide.features.cases import fields, opening, queries, rules, values
from entraide.features.cases.choices import CASE_MACHINE, IDENTIFICATION_MACHINE, STEPS, Age, Group, Origin, StepState
from entraide.features.cases.models import Case, CaseRecord, Event, IdentificationDecision, Link, Note, Step, TeamMember
from entraide.kernel.access import principals
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import Reading, Stale, refuse, require
from entraide.kernel.accounts import leaving
from entraide.kernel.accounts import queries as accounts
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock
from entraide.kernel.base.ids import uuid7
from entraide.kernel.vault import services as vault
from entraide.kernel.vault.keystore import PersonKey

CLOSING = frozenset({"close", "close_referred"})


@transaction.atomic
def open_case(
    *,
    by: Acting,
    age: str,
    values_by_group: Mapping[str, Mapping[str, values.Value]] | None = None,
    country: str = "",
    origin: str = Origin.ENTERED,
    team: list[UUID] | None = None,
    key: PersonKey | None = None,
    opened_on: date | None = None,
    invented: bool = False,
    identifier: UUID | None = None,
) -> Case:
    """Opens a case for one person with a key of her own; the post that opens it is its first team member."""
    drawn = opening.draw(
        by=by, age=age, values_by_group=values_by_group or {}, country=country, origin=origin, team=team, key=key, opened_on=opened_on,
        invented=invented, identifier=identifier,
    )  # fmt: skip
    opening.write([drawn])
    return drawn.case


def _write(by: Acting, case: Case, key: PersonKey, group: str, given: Mapping[str, values.Value]) -> CaseRecord:
    found = CaseRecord.objects.filter(case=case, group=group).first()
    row = found or CaseRecord(case=case, group=group, version=0)
    values.seal_into(row, key, given)
    row.version, row.changed_at, row.changed_by = row.version + 1, clock.now(), by.post
    row.save(force_insert=found is None, update_fields=["coded", "sealed", "version", "changed_at", "changed_by"] if found else None)
    return row


def tell(*, by: Acting, case: Case, what: str, detail: dict[str, str] | None = None) -> None:
    """Writes a line into the case's timeline; codes and identifiers only."""
    Event.objects.create(case=case, what=what, detail=detail or {}, by_post=by.post)


@transaction.atomic
def save_group(*, by: Acting, case: Case, group: str, given: Mapping[str, values.Value], seen_version: int) -> CaseRecord:
    """Writes one field group; when somebody else changed it since `seen_version`, refuses with both versions and changes nothing."""
    case = queries.locked(case)
    require(rules.may_write(by, case))
    key = vault.store().fetch(case.key)
    row = CaseRecord.objects.filter(case=case, group=group).first()
    if (row.version if row else 0) != seen_version:
        raise _stale(by, case, group, given)
    row = _write(by, case, key, group, given)
    if group in values.SEARCHED_GROUPS:
        values.reindex(case, key)
    record(by=by, action="cases.save_group", kind="case", object_id=case.pk, case=case.pk, detail={"group": group})
    return row


def _stale(by: Acting, case: Case, group: str, given: Mapping[str, values.Value]) -> Stale:
    """Both versions; telephone and address under the rules for using them."""
    theirs = queries.read(by=by, case=case, groups=[group]).get(group, {})
    contact = asdict(queries.safe_contact(by=by, case=case)) if group == Group.CONTACT else None
    reading = Reading(action="cases.read", case=case.pk, groups=(group,) if contact is None else (group, Group.SAFE_CONTACT))
    return Stale(mine=fields.labelled(given), theirs=fields.labelled(theirs), reading=reading, contact=contact)


@transaction.atomic
def receive_values(*, by: Acting, case: Case, values_by_group: Mapping[str, Mapping[str, values.Value]]) -> None:
    """Files what arrived with a referral, each group on top of nothing: a received case begins empty."""
    require(rules.may_write(by, case))
    key = vault.store().fetch(case.key)
    for group, given in values_by_group.items():
        _write(by, case, key, group, given)
    values.reindex(case, key)
    record(by=by, action="cases.receive", kind="case", object_id=case.pk, case=case.pk, detail={"groups": sorted(values_by_group)})


@transaction.atomic
def write_note(*, by: Acting, case: Case, text: str, identifier: UUID | None = None) -> Note:
    """Adds a note, sealed."""
    case = queries.locked(case)
    require(rules.may_write(by, case))
    identifier = identifier or uuid7()
    key = vault.store().fetch(case.key)
    sealed = vault.seal_fields(key, case=case.pk, record=identifier, values={"text": text})
    note = Note.objects.create(id=identifier, case=case, sealed=sealed, written_by=by.hand)
    record(by=by, action="cases.write_note", kind="note", object_id=note.pk, case=case.pk)
    return note


@transaction.atomic
def link_person(*, by: Acting, case: Case, relation: str, text: str, other: Case | None = None, identifier: UUID | None = None) -> Link:
    """Notes a relative or companion; opens nobody's case to anybody."""
    case = queries.locked(case)
    require(rules.may_write(by, case))
    identifier = identifier or uuid7()
    sealed = vault.seal_fields(vault.store().fetch(case.key), case=case.pk, record=identifier, values={"text": text})
    link = Link.objects.create(id=identifier, case=case, relation=relation, sealed=sealed, other=other.pk if other else None)
    record(by=by, action="cases.link", kind="link", object_id=link.pk, case=case.pk)
    return link


@transaction.atomic
def add_to_team(*, by: Acting, case: Case, post: UUID, post_side: str) -> None:
    """Adds a post of the same body and side; from now on it sees the whole case."""
    require(rules.may_change_team(by, case, post_side))
    if not accounts.case_holders(case.holder).filter(pk=post).exists():
        require(refuse("not_colleague", _("Only a colleague at your own body who holds cases can join the team.")))
    if not TeamMember.objects.filter(case=case, post=post, until__isnull=True).exists():
        _join(by, case, post, "add_to_team")


@transaction.atomic
def hand_over(*, by: Acting, case: Case, post: UUID) -> None:
    """Gives a case that a post leaves with nobody to a colleague; the administrator's act, who sees nothing of the case."""
    _join(by, case, post, "hand_over")


def _join(by: Acting, case: Case, post: UUID, action: str) -> None:
    _reseat(case, [*_members(case), post])
    TeamMember.objects.create(case=case, post=post, added_by=by.post)
    tell(by=by, case=case, what="team_added", detail={"post": str(post)})
    record(by=by, action=f"cases.{action}", kind="case", object_id=case.pk, case=case.pk, detail={"post": str(post)})


@transaction.atomic
def remove_from_team(*, by: Acting, case: Case, post: UUID) -> None:
    """Takes a post out of the team; it sees the case no more. The last member and oneself cannot be taken out."""
    require(rules.may_write(by, case))
    leaving.stay({by.hand})
    members = _members(case)
    if post == by.post:
        require(refuse("oneself", _("Another member of the team must take you out, so that somebody remains responsible.")))
    if post not in members:
        return
    TeamMember.objects.filter(case=case, post=post, until__isnull=True).update(until=clock.now())
    tell(by=by, case=case, what="team_removed", detail={"post": str(post)})
    record(by=by, action="cases.remove_from_team", kind="case", object_id=case.pk, case=case.pk, detail={"post": str(post)})
    _reseat(case, [member for member in members if member != post])


def _members(case: Case) -> list[UUID]:
    queries.locked(case)
    return list(queries.team(case).values_list("post", flat=True))


def _reseat(case: Case, members: list[UUID]) -> None:
    """Gives the case a new audience; the rows under it follow by their composite keys."""
    case.audience = principals.audience(case.holder, members)
    case.save(update_fields=["audience"])


@transaction.atomic
def move(*, by: Acting, case: Case, name: str, reason: str = "") -> None:
    """Changes the case's status along its machine."""
    case = queries.locked(case)
    require(rules.may_write(by, case))
    require(CASE_MACHINE.verdict(name, state=case.status, by="team", function=by.function))
    if name in CLOSING and not reason.strip():
        require(refuse("reason", _("Write in a sentence why the case is closed.")))
    case.status, case.changed_at = CASE_MACHINE.move(name).target, clock.now()
    if reason:
        key = vault.store().fetch(case.key)
        case.closing_reason = vault.seal_fields(key, case=case.pk, record=case.pk, values={"cas_ReasonForCaseClosure": reason})
    case.save(update_fields=["status", "changed_at", "closing_reason"])
    tell(by=by, case=case, what="status", detail={"status": case.status})
    record(by=by, action=f"cases.{name}", kind="case", object_id=case.pk, case=case.pk)


@transaction.atomic
def decide_identification(
    *, by: Acting, case: Case, name: str, decider: str, decider_name: str, decided_on: date
) -> IdentificationDecision:
    """Records a decision on identification and who took it."""
    case = queries.locked(case)
    require(rules.may_write(by, case))
    require(IDENTIFICATION_MACHINE.verdict(name, state=case.identification, by="team", function=by.function))
    if decided_on > clock.today():
        require(refuse("future", _("A decision cannot lie in the future.")))
    case.identification, case.changed_at = IDENTIFICATION_MACHINE.move(name).target, clock.now()
    case.save(update_fields=["identification", "changed_at"])
    decision = IdentificationDecision.objects.create(
        case=case, status=case.identification, decider=decider, decider_name=decider_name, decided_on=decided_on, recorded_by=by.post
    )
    record(
        by=by, action="cases.decide_identification", kind="case", object_id=case.pk, case=case.pk, detail={"status": case.identification}
    )
    return decision


@transaction.atomic
def settle_age(*, by: Acting, case: Case, age: str, seen: str) -> None:
    """Settles whether the person is a child; until then a person of doubtful age is treated as one.

    When somebody else settled it since it was `seen`, refuses with both answers and changes nothing.
    """
    case = queries.locked(case)
    require(rules.may_settle_age(by, case, age))
    if case.age != seen:
        label = str(_("Is the person a child?"))
        raise Stale(mine={label: str(Age(age).label)}, theirs={label: str(Age(case.age).label)})
    case.age, case.changed_at = Age(age), clock.now()
    case.save(update_fields=["age", "changed_at"])
    tell(by=by, case=case, what="age", detail={"age": age})
    record(by=by, action="cases.settle_age", kind="case", object_id=case.pk, case=case.pk, detail={"age": age})


@transaction.atomic
def set_step(*, by: Acting, case: Case, track: str, code: str, state: str) -> None:
    """Marks a step on a track as to do, done or not needed."""
    case = queries.locked(case)
    require(rules.may_write(by, case))
    if code not in STEPS.get(track, {}) or state not in StepState.values:
        require(refuse("no_such_step", _("There is no such step on this track.")))
    row = Step(case=case, track=track, code=code, state=state, changed_at=clock.now(), changed_by=by.hand)
    Step.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["case", "track", "code"],
        update_fields=["state", "changed_at", "changed_by"],
    )
    record(by=by, action="cases.set_step", kind="case", object_id=case.pk, case=case.pk, detail={"step": code, "state": state})
