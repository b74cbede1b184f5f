"""Named reads of cases. The database decides which rows there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.http import Http404

from entraide.engines import identity
from entraide.features.cases import rules, values
from entraide.features.cases.agreements import Agreement
from entraide.features.cases.choices import AgreementDecision, Group, Relation
from entraide.features.cases.models import Case, CaseRecord, LegalBasis, Link, Note, Step, TeamMember, TransferBasis
from entraide.kernel.access.context import Acting, acting_as, agent_of
from entraide.kernel.audit.choices import Outcome
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock
from entraide.kernel.vault import services as vault
from entraide.kernel.vault.keystore import PersonKey


def get(case: UUID) -> Case:
    """The case, or the static 404 where it is not visible."""
    found = Case.objects.filter(pk=case).first()
    if found is None:
        raise Http404
    return found


def locked(case: Case) -> Case:
    """The case as it is now, held until the transaction ends: what is decided about a person is decided one after the other.

    Rows under it may still be written by whoever does not ask for this, e.g. an answer that arrives.
    """
    found = Case.objects.select_for_update(no_key=True).filter(pk=case.pk).first()
    if found is None:  # meanwhile taken out of the team
        raise Http404
    return found


def hold_team(case: UUID | None) -> None:
    """The case keeps its team until the transaction ends; whoever joins or leaves waits. Rows under it that must be locked are locked
    after this: a team's change locks the case first and then every row that carries its audience.
    """
    with connection.cursor() as cursor:
        cursor.execute("select 1 from cases_case where id = %s for key share", [case])


def listed(*, status: str = "", identification: str = "", age: str = "", country: str = "") -> QuerySet[Case]:
    """Visible cases, newest first; filtered by what is not personal."""
    cases = Case.objects.order_by("-opened_on", "-id")
    for name, value in (("status", status), ("identification", identification), ("age", age), ("country", country)):
        if value:
            cases = cases.filter(**{name: value})
    return cases


def countries() -> list[str]:
    """Countries in which persons of visible cases are."""
    return list(Case.objects.exclude(country="").order_by("country").values_list("country", flat=True).distinct())


def by_reference(reference: str) -> QuerySet[Case]:
    """Visible cases with this reference, however it was typed."""
    return Case.objects.filter(reference=reference.strip().upper())


def references(by: Acting, cases: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """{case: reference} of the body's own cases, for whoever watches over them and is in no team; the body's agent looks them up."""
    with acting_as(agent_of(by.body, by.side)):
        return dict(Case.objects.filter(pk__in={case for case in cases if case}).values_list("pk", "reference"))


def referred_to(by: Acting, reference: str) -> UUID | None:
    """Which of the body's own cases has this reference, however it was typed; as above."""
    with acting_as(agent_of(by.body, by.side)):
        return by_reference(reference).values_list("pk", flat=True).first()


def find(*, by: Acting, names: list[str], born: date | None = None, phone: str = "", document: str = "", email: str = "") -> QuerySet[Case]:
    """Visible cases of somebody with this name, number or address. Recorded: the search and what it found; never what was typed."""
    tokens = identity.tokens(
        vault.search_key(by.body),
        names=[name for name in names if name],
        born=born,
        phones=[phone] if phone else [],
        documents=[document] if document else [],
        emails=[email] if email else [],
        region=by.country or None,
    )
    hits = values.find_cases(by.body, tokens)
    record(by=by, action="cases.find", outcome=Outcome.READ, detail={"hits": len(hits)})
    for case in sorted(hits):
        record(by=by, action="cases.found", outcome=Outcome.READ, kind="case", object_id=case, case=case)
    return listed().filter(pk__in=hits)


def records(case: Case, groups: Iterable[str] | None = None) -> list[CaseRecord]:
    """The case's records, in the order of the groups."""
    found = CaseRecord.objects.filter(case=case)
    if groups is not None:
        found = found.filter(group__in=list(groups))
    order = {group: place for place, group in enumerate(Group.values)}
    return sorted(found, key=lambda record: order[record.group])


def read(*, by: Acting, case: Case, groups: Iterable[str], why: str = "cases.read") -> dict[str, values.Values]:
    """Opens field groups of a case: {group: values}. Every reading is recorded before anything is shown."""
    wanted = list(groups)
    record(
        by=by, action=why, outcome=Outcome.READ, kind="case", object_id=case.pk, case=case.pk, holder=case.holder, detail={"groups": wanted}
    )
    key = _key(case)
    return {found.group: values.opened(found, key) for found in records(case, wanted)} if key else {}


def _key(case: Case) -> PersonKey | None:
    """The person's key; None after erasure, also where the key went and the database did not hear of it."""
    if case.erased_on is not None:
        return None
    try:
        return vault.store().fetch(case.key)
    except vault.KeyGone:
        return None


@dataclass(frozen=True)
class SafeContact:
    """The person's rules for contact, as she gave them."""

    when: str = ""
    how: str = ""
    never: str = ""

    def __bool__(self) -> bool:
        """Whether any is recorded."""
        return bool(self.when or self.how or self.never)


def safe_contact(*, by: Acting, case: Case) -> SafeContact:
    """When and how contact is safe, and what must never be done. The reading is recorded."""
    found = read(by=by, case=case, groups=[Group.SAFE_CONTACT]).get(Group.SAFE_CONTACT, {})
    return SafeContact(*(str(found.get(name, "")) for name in ("ent_SafeContactWhen", "ent_SafeContactHow", "ent_SafeContactNever")))


@dataclass(frozen=True)
class NoteRead:
    """A note, opened."""

    at: datetime
    written_by: UUID
    text: str


def note_rows(case: Case) -> QuerySet[Note]:
    """The notes, unopened, newest first."""
    return Note.objects.filter(case=case).order_by("-created_at", "-id")


def notes(*, by: Acting, case: Case, rows: Iterable[Note] | None = None) -> list[NoteRead]:
    """These notes opened, or all, newest first; the reading is recorded."""
    found, key = list(note_rows(case) if rows is None else rows), _key(case)
    if not found or key is None:
        return []
    record(by=by, action="cases.read", outcome=Outcome.READ, kind="case", object_id=case.pk, case=case.pk, detail={"groups": ["notes"]})
    return [NoteRead(n.created_at, n.written_by, vault.open_fields(key, case=case.pk, record=n.pk, sealed=n.sealed)["text"]) for n in found]


@dataclass(frozen=True)
class LinkRead:
    """A link to a relative or companion, opened; `visible` says whether the other case is open to the reader."""

    id: UUID
    relation: str
    text: str
    other: UUID | None
    visible: bool

    @property
    def relation_label(self) -> str:
        """The relation in the reader's language."""
        return str(Relation(self.relation).label) if self.relation in Relation.values else self.relation


def links(*, by: Acting, case: Case) -> list[LinkRead]:
    """The case's links. That a linked case exists is shown; nothing of it is, unless the reader is in its team too."""
    found, key = list(Link.objects.filter(case=case).order_by("id")), _key(case)
    if not found or key is None:
        return []
    record(by=by, action="cases.read", outcome=Outcome.READ, kind="case", object_id=case.pk, case=case.pk, detail={"groups": ["links"]})
    open_to_reader = set(Case.objects.filter(pk__in=[link.other for link in found if link.other]).values_list("pk", flat=True))
    return [
        LinkRead(
            link.pk,
            link.relation,
            vault.open_fields(key, case=case.pk, record=link.pk, sealed=link.sealed)["text"],
            link.other,
            link.other in open_to_reader,
        )
        for link in found
    ]


def team(case: Case) -> QuerySet[TeamMember]:
    """The present team."""
    return TeamMember.objects.filter(case=case, until__isnull=True).order_by("since")


def steps(case: Case) -> dict[tuple[str, str], Step]:
    """{(track, code): step} for the steps that somebody has touched."""
    return {(step.track, step.code): step for step in Step.objects.filter(case=case)}


def agreements(case: Case) -> QuerySet[Agreement]:
    """Every answer of the person, newest first."""
    return Agreement.objects.filter(case=case).select_related("recipient", "text").order_by("-id")


def people_at(*, by: Acting, case: Case, answer: Agreement) -> dict[str, str]:
    """The names of interpreter, guardian and witness of one answer, where there were any. The reading is recorded."""
    key = _key(case)
    if not answer.sealed or key is None:
        return {}
    record(by=by, action="cases.read", outcome=Outcome.READ, kind="agreement", object_id=answer.pk, case=case.pk)
    return vault.open_fields(key, case=case.pk, record=answer.pk, sealed=answer.sealed)


def closing_reason(*, by: Acting, case: Case) -> str:
    """Why the case was closed; empty where it was not. The reading is recorded."""
    key = _key(case)
    if not case.closing_reason or key is None:
        return ""
    record(by=by, action="cases.read", outcome=Outcome.READ, kind="case", object_id=case.pk, case=case.pk)
    return vault.open_fields(key, case=case.pk, record=case.pk, sealed=case.closing_reason)["cas_ReasonForCaseClosure"]


def holds(case: Case, answer: Agreement) -> bool:
    """Whether an answer is in force today: not ended, not run out, and with a guardian where one is needed."""
    run_out = answer.valid_until is not None and answer.valid_until < clock.today()
    return answer.ended_at is None and not run_out and not rules.lacks_guardian(case, answer)


def in_force(case: Case, *, recipient: UUID, purpose: str) -> Agreement | None:
    """The person's answer in force for this recipient and purpose, given or refused; None when not asked, run out, or no guardian."""
    answer = agreements(case).filter(recipient=recipient, purpose=purpose, ended_at__isnull=True).first()
    return answer if answer and holds(case, answer) else None


def agreed_groups(case: Case, *, recipient: UUID, purpose: str) -> frozenset[str]:
    """The field groups that the person agreed to share with this recipient for this purpose, today."""
    answer = in_force(case, recipient=recipient, purpose=purpose)
    return frozenset(answer.groups) if answer and answer.decision == AgreementDecision.GIVEN else frozenset()


def legal_bases(case: Case) -> QuerySet[LegalBasis]:
    """Legal bases in force, newest first."""
    today = clock.today()
    return (
        LegalBasis.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=today), case=case).select_related("recipient").order_by("-id")
    )


def legal_duty(case: Case, recipient: UUID) -> LegalBasis | None:
    """A documented legal duty to pass data on to this recipient, if there is one."""
    return legal_bases(case).filter(kind="legal_duty", recipient=recipient).first()


def transfer_bases(case: Case) -> QuerySet[TransferBasis]:
    """Bases of transfer in force, newest first."""
    today = clock.today()
    return (
        TransferBasis.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=today), case=case)
        .select_related("recipient")
        .order_by("-id")
    )


def transfer_basis(case: Case, recipient: UUID) -> TransferBasis | None:
    """The basis on which data may leave the country for this recipient, if there is one."""
    return transfer_bases(case).filter(recipient=recipient).first()
