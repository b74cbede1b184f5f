"""Verbs on the person's agreement, the legal basis and the basis of transfer: three records, never one."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entraide.features.cases import ended, queries, rules
from entraide.features.cases.agreements import Agreement, AgreementText
from entraide.features.cases.choices import SHAREABLE, AgreementDecision, AgreementEnd, LegalBasisKind, Manner
from entraide.features.cases.models import Case, LegalBasis, TransferBasis
from entraide.features.cases.services import tell
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import Verdict, refuse, require
from entraide.kernel.access.sides import POLICING
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock
from entraide.kernel.base.ids import uuid7
from entraide.kernel.bodies import queries as bodies
from entraide.kernel.bodies.models import Body
from entraide.kernel.vault import services as vault

Consequence = Callable[[Acting, Case, Agreement], None]
_consequences: list[Consequence] = []


def on_agreement_ended(consequence: Consequence) -> Consequence:
    """Marks what a higher room does, in the same transaction, when an agreement is withdrawn, narrowed or replaced."""
    _consequences.append(consequence)
    return consequence


def _may_ask(by: Acting, case: Case, recipient: Body) -> Verdict:
    return rules.may_ask(by, case, recipient, vetted=bodies.is_vetted(recipient.pk))


@transaction.atomic
def record_agreement(
    *,
    by: Acting,
    case: Case,
    recipient: Body,
    purpose: str,
    groups: list[str],
    valid_until: date | None,
    text: AgreementText,
    manner: str,
    interpreter: str = "",
    guardian: str = "",
    witness: str = "",
    told_copies_stay: bool = False,
    given_on: date | None = None,
    identifier: UUID | None = None,
) -> Agreement:
    """Records that the person agreed; replaces her earlier answer for this recipient and purpose."""
    case = queries.locked(case)
    require(_may_ask(by, case, recipient))
    require(
        rules.may_agree(
            by, case, has_guardian=bool(guardian), witnessed=manner != Manner.SPOKEN or bool(witness), valid_until=valid_until,
            told=told_copies_stay, to_police=recipient.kind in POLICING,
        )
    )  # fmt: skip
    chosen = [group for group in SHAREABLE if group in groups]
    if not chosen:
        require(refuse("nothing", _("Tick at least one kind of information, or record a refusal.")))
    people = {name: value for name, value in (("interpreter", interpreter), ("guardian", guardian), ("witness", witness)) if value}
    return _answer(
        by, case, recipient, purpose, AgreementDecision.GIVEN, text, manner, given_on, people, identifier,
        groups=[str(group) for group in chosen], valid_until=valid_until, told_copies_stay=told_copies_stay,
    )  # fmt: skip


@transaction.atomic
def record_refusal(
    *,
    by: Acting,
    case: Case,
    recipient: Body,
    purpose: str,
    text: AgreementText,
    manner: str = "",
    interpreter: str = "",
    identifier: UUID | None = None,
) -> Agreement:
    """Records that the person refused, in whatever manner. Nothing else depends on it: help goes on."""
    case = queries.locked(case)
    require(_may_ask(by, case, recipient))
    people = {"interpreter": interpreter} if interpreter else {}
    return _answer(by, case, recipient, purpose, AgreementDecision.REFUSED, text, manner, None, people, identifier)


def _answer(
    by: Acting,
    case: Case,
    recipient: Body,
    purpose: str,
    decision: AgreementDecision,
    text: AgreementText,
    manner: str,
    given_on: date | None,
    people: dict[str, str],
    identifier: UUID | None,
    *,
    groups: list[str] | None = None,
    valid_until: date | None = None,
    told_copies_stay: bool = False,
) -> Agreement:
    sent_twice = queries.agreements(case).filter(pk=identifier).first() if identifier else None
    if sent_twice:
        return sent_twice
    before = queries.agreements(case).filter(recipient=recipient, purpose=purpose, ended_at__isnull=True).first()
    if before:
        _end(by, before, AgreementEnd.REPLACED)
    identifier = identifier or uuid7()
    key = vault.store().fetch(case.key)
    answer = Agreement.objects.create(
        id=identifier, case=case, decision=decision, recipient=recipient, purpose=purpose, groups=groups or [], valid_until=valid_until,
        text=text, manner=manner, interpreter="interpreter" in people, has_guardian="guardian" in people, told_copies_stay=told_copies_stay,
        sealed=vault.seal_fields(key, case=case.pk, record=identifier, values=people),
        given_on=given_on or clock.today(), recorded_by=by.hand, follows=before.pk if before else None,
    )  # fmt: skip
    if decision == AgreementDecision.REFUSED or (before and not set(before.groups) <= set(answer.groups)):
        _follow_up(by, case, answer)
    record(by=by, action="cases.record_agreement", kind="agreement", object_id=identifier, case=case.pk, detail={"decision": str(decision)})
    if before and before.decision == AgreementDecision.GIVEN and _less(answer, before):
        ended.remember(before)
    return answer


def _less(answer: Agreement, before: Agreement) -> bool:
    """Whether the person allows less than before, or for a shorter time: an older backup must not bring the former answer back."""
    nearer = bool(answer.valid_until and before.valid_until and answer.valid_until < before.valid_until)
    return nearer or not set(before.groups) <= set(answer.groups)


def _end(by: Acting, answer: Agreement, how: AgreementEnd) -> None:
    answer.ended_at, answer.ended_how, answer.ended_by = clock.now(), how, by.post
    answer.save(update_fields=["ended_at", "ended_how", "ended_by"])


def _follow_up(by: Acting, case: Case, ended: Agreement) -> None:
    for consequence in _consequences:
        consequence(by, case, ended)


@transaction.atomic
def withdraw(*, by: Acting, case: Case, answer: Agreement) -> None:
    """Ends an agreement at once; every holder of a copy that rested on it is told."""
    case = queries.locked(case)
    answer = queries.agreements(case).get(pk=answer.pk)
    require(rules.may_end_agreement(by, case, answer))
    _end(by, answer, AgreementEnd.WITHDRAWN)
    _follow_up(by, case, answer)
    tell(by=by, case=case, what="agreement_withdrawn", detail={"agreement": str(answer.pk)})
    record(by=by, action="cases.withdraw_agreement", kind="agreement", object_id=answer.pk, case=case.pk)
    ended.remember(answer)


@transaction.atomic
def narrow(*, by: Acting, case: Case, answer: Agreement, groups: list[str], valid_until: date | None = None) -> Agreement:
    """Replaces an agreement by one for fewer field groups or a nearer day, in one step; it can never grow this way."""
    case = queries.locked(case)
    answer = queries.agreements(case).get(pk=answer.pk)
    require(rules.may_end_agreement(by, case, answer))
    kept = [group for group in answer.groups if group in groups]
    until = min(valid_until or answer.valid_until or clock.today(), answer.valid_until or clock.today())
    require(rules.may_narrow(by, case, answer, groups=kept, until=until))
    _end(by, answer, AgreementEnd.NARROWED)
    identifier = uuid7()
    key = vault.store().fetch(case.key)
    people = vault.open_fields(key, case=case.pk, record=answer.pk, sealed=answer.sealed)
    narrower = Agreement.objects.create(
        id=identifier, case=case, decision=AgreementDecision.GIVEN, recipient=answer.recipient, purpose=answer.purpose, groups=kept,
        valid_until=until, text=answer.text, manner=answer.manner, interpreter=answer.interpreter, has_guardian=answer.has_guardian,
        told_copies_stay=answer.told_copies_stay, sealed=vault.seal_fields(key, case=case.pk, record=identifier, values=people),
        given_on=clock.today(), recorded_by=by.hand, follows=answer.pk,
    )  # fmt: skip
    _follow_up(by, case, answer)
    record(by=by, action="cases.narrow_agreement", kind="agreement", object_id=identifier, case=case.pk, detail={"groups": kept})
    ended.remember(answer, narrower)
    return narrower


@transaction.atomic
def add_legal_basis(
    *, by: Acting, case: Case, kind: str, provision: str, document: str = "", recipient: Body | None = None, groups: list[str] | None = None
) -> LegalBasis:
    """Records why this body may handle and pass on the data; a legal duty names its document, recipient and field groups."""
    case = queries.locked(case)
    require(_may_ask(by, case, recipient) if recipient else rules.may_write(by, case))
    if kind == LegalBasisKind.LEGAL_DUTY and not (document and recipient and groups):
        require(refuse("duty", _("A legal duty needs the reference of its document, the recipient and what must be passed on.")))
    what = {"kind": kind, "provision": provision, "document": document, "recipient": recipient, "groups": groups or []}
    there = queries.legal_bases(case).filter(**what).first()
    if there:  # the same form sent twice
        return there
    basis = LegalBasis.objects.create(case=case, recorded_by=by.hand, **what)
    record(by=by, action="cases.add_legal_basis", kind="legal_basis", object_id=basis.pk, case=case.pk, detail={"kind": kind})
    return basis


@transaction.atomic
def add_transfer_basis(*, by: Acting, case: Case, kind: str, recipient: Body, document: str) -> TransferBasis:
    """Records why the data may leave the country for this recipient."""
    case = queries.locked(case)
    require(_may_ask(by, case, recipient))
    what = {"kind": kind, "recipient": recipient, "document": document}
    there = queries.transfer_bases(case).filter(**what).first()
    if there:  # the same form sent twice
        return there
    basis = TransferBasis.objects.create(case=case, recorded_by=by.hand, **what)
    record(by=by, action="cases.add_transfer_basis", kind="transfer_basis", object_id=basis.pk, case=case.pk, detail={"kind": kind})
    return basis
