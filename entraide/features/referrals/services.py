"""Verbs on a referral: draft, send, answer, hand over, report back."""

import json
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entraide.features.cases import erasure
from entraide.features.cases import queries as cases
from entraide.features.cases.models import Case
from entraide.features.referrals import package, rules
from entraide.features.referrals.choices import MACHINE, REPLY_HOURS, DeclineReason, Outcome, State, Urgency, WithdrawalAnswer
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.features.referrals.moving import apply, fresh, tell_other_side
from entraide.features.referrals.reception import open_received
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import refuse, require
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock
from entraide.kernel.bodies.models import Body
from entraide.kernel.exchange.services import deliver
from entraide.kernel.vault import services as vault

Referral = OutgoingReferral | IncomingReferral
R = TypeVar("R", OutgoingReferral, IncomingReferral)


def _note(by: Acting, referral: Referral, action: str) -> None:
    record(by=by, action=f"referrals.{action}", kind="referral", object_id=referral.thread, case=referral.case_id)


@transaction.atomic
def draft(
    *,
    by: Acting,
    case: Case,
    recipient: Body,
    purpose: str,
    urgency: str,
    needs: list[str],
    chosen: list[str],
    reply_by: datetime | None = None,
) -> OutgoingReferral:
    """Begins a referral; nothing leaves yet."""
    require(rules.may_refer(by, case, recipient))
    summary = _summary(by, case)
    referral = OutgoingReferral.objects.create(
        case=case, made_by=by.hand, reference=case.reference, sender_id=by.body, recipient=recipient, purpose=purpose, urgency=urgency,
        needs=needs, chosen=chosen, reply_by=reply_by or clock.now() + timedelta(hours=REPLY_HOURS[Urgency(urgency)]),
        age=case.age, invented=case.invented, **summary,
    )  # fmt: skip
    _note(by, referral, "draft")
    return referral


def _summary(by: Acting, case: Case) -> dict[str, Any]:
    """What the recipient learns before accepting: languages and gender, beside age and needs; no identity."""
    found = cases.read(by=by, case=case, groups=["identity", "communication"], why="referrals.summary")
    spoken = found.get("communication", {})
    languages = [spoken[name] for name in ("prs_PrimaryLanguage", "prs_SecondaryLanguage") if spoken.get(name)]
    return {"gender": found.get("identity", {}).get("prs_Gender", ""), "languages": languages}


@transaction.atomic
def revise(*, by: Acting, referral: OutgoingReferral, urgency: str, needs: list[str], chosen: list[str], reply_by: datetime) -> None:
    """Changes a draft."""
    referral = fresh(referral)
    require(MACHINE.verdict("send", state=referral.state, by="sender", function=by.function))
    referral.urgency, referral.needs, referral.chosen, referral.reply_by = urgency, needs, chosen, reply_by
    referral.save(update_fields=["urgency", "needs", "chosen", "reply_by"])
    _note(by, referral, "revise")


@transaction.atomic
def send(*, by: Acting, referral: OutgoingReferral) -> OutgoingReferral:
    """Freezes exactly the fields that may go and sends the summary; the rest follows acceptance."""
    referral = fresh(referral)
    require(rules.may(by, referral, "send"))
    if referral.reply_by is None or referral.reply_by <= clock.now():
        require(refuse("reply_by", _("Set a time to reply that lies in the future.")))
    _freeze(by, referral)
    now = clock.now()
    apply(referral, "send", {}, now)
    _announce(referral)
    _note(by, referral, "send")
    return referral


def _freeze(by: Acting, referral: OutgoingReferral) -> None:
    """Copies the fields that go into the referral, sealed for it alone: later edits of the case do not reach the package."""
    case, recipient = referral.case, referral.recipient_id
    found = package.compose(
        by=by, case=case, recipient=recipient, purpose=referral.purpose, chosen=referral.chosen, by_telephone=referral.by_telephone
    )
    if not found.values:
        require(refuse("nothing_goes", _("Nothing that may go is recorded yet. Fill in what the person agreed to share, or tick it.")))
    texts = {name: json.dumps(value, ensure_ascii=False) for name, value in found.values.items()}
    referral.package = vault.seal_fields(vault.store().fetch(case.key), case=case.pk, record=referral.pk, values=texts)
    referral.fields = list(texts)
    answer = cases.in_force(case, recipient=recipient, purpose=referral.purpose)
    basis, transfer = cases.legal_duty(case, recipient) or cases.legal_bases(case).first(), cases.transfer_basis(case, recipient)
    referral.agreement = answer.pk if answer else None
    referral.legal_basis, referral.transfer_basis = basis.pk if basis else None, transfer.pk if transfer else None


def _announce(referral: OutgoingReferral) -> None:
    content = {
        name: getattr(referral, name)
        for name in (
            "state",
            "purpose",
            "urgency",
            "age",
            "gender",
            "languages",
            "needs",
            "fields",
            "by_telephone",
            "invented",
            "reference",
        )
    }
    times = {name: value.isoformat() if (value := getattr(referral, name)) else None for name in ("reply_by", "called_at", "sent_at")}
    content |= times | {"thread": str(referral.thread)}
    deliver("referral.sent", sender=referral.sender_id, recipient=referral.recipient_id, content=content)


@transaction.atomic
def record_call(
    *, by: Acting, case: Case, recipient: Body, purpose: str, needs: list[str], chosen: list[str], called_at: datetime, account: str
) -> OutgoingReferral:
    """An urgent referral made by telephone, recorded afterwards: the recipient confirms what was agreed, then gets the data."""
    require(rules.may_pass_on(by, case, recipient, purpose=purpose, by_telephone=True))
    now = clock.now()
    if called_at > now or called_at < now - timedelta(days=7):
        require(refuse("called_at", _("Give the time of the call: within the last seven days, and not in the future.")))
    referral = draft(by=by, case=case, recipient=recipient, purpose=purpose, urgency=Urgency.IMMEDIATE, needs=needs, chosen=chosen)
    referral.by_telephone, referral.called_at = True, called_at
    key = vault.store().fetch(case.key)
    referral.call = vault.seal_fields(key, case=case.pk, record=referral.pk, values={"call": account})
    _freeze(by, referral)
    apply(referral, "telephone", {}, now)
    _announce(referral)
    _note(by, referral, "telephone")
    return referral


@transaction.atomic
def make(*, by: Acting, referral: R, name: str, **facts: str) -> R:
    """Makes one of the moves that need no more than a reason, a text or an outcome, and tells the other side."""
    referral = fresh(referral)
    require(rules.may(by, referral, name))
    _complete(name, facts)
    now = clock.now()
    apply(referral, name, facts, now)
    if name != "discard":
        tell_other_side(referral, name, facts, now)
    _note(by, referral, name)
    return referral


def _complete(name: str, facts: dict[str, str]) -> None:
    if name in {"decline", "deny_call"} and facts.get("reason") not in DeclineReason.values:
        require(refuse("reason", _("Choose a reason: it tells the sender where to turn next.")))
    if name == "report_outcome" and facts.get("outcome") not in Outcome.values:
        require(refuse("outcome", _("Choose the outcome.")))
    if name in {"ask_back", "answer", "accept_with_conditions"} and not facts.get("text", "").strip():
        require(refuse("text", _("Write the question, the answer or the conditions.")))


@transaction.atomic
def accept(*, by: Acting, referral: IncomingReferral, name: str = "accept", text: str = "") -> IncomingReferral:
    """Accepts (also: with conditions, or what was agreed by telephone). Opens the recipient's own case; identity follows."""
    referral = fresh(referral)
    require(rules.may(by, referral, name))
    facts = {"text": text} if text else {}
    _complete(name, facts)
    now = clock.now()
    referral.accepted_by = by.post
    if MACHINE.move(name).target == State.ACCEPTED and by.post:
        open_received(by=by, referral=referral, team=[by.post])
    apply(referral, name, facts, now)
    tell_other_side(referral, name, facts, now)
    _note(by, referral, name)
    return IncomingReferral.objects.get(pk=referral.pk)


@transaction.atomic
def answer_withdrawal(*, by: Acting, referral: IncomingReferral, answer: str) -> None:
    """Answers the person's withdrawal; erasing means that this body's own copy is destroyed now."""
    referral = fresh(referral)
    require(rules.may_answer_withdrawal(by, referral))
    if answer not in WithdrawalAnswer.values:
        require(refuse("answer", _("Choose what you did with your copy.")))
    now = clock.now()
    referral.withdrawal_answer, referral.withdrawal_answered_at, referral.changed_at = answer, now, now
    referral.save(update_fields=["withdrawal_answer", "withdrawal_answered_at", "changed_at"])
    if answer == WithdrawalAnswer.ERASED and referral.case is not None:
        erasure.erase(by=by, case=referral.case, requested_by_person=True)
    content = {"thread": str(referral.thread), "answer": answer, "at": now.isoformat()}
    deliver("referral.withdrawal_answered", sender=referral.recipient_id, recipient=referral.sender_id, content=content, vetted=False)
    _note(by, referral, "answer_withdrawal")


def expire(*, holder: UUID, referral: OutgoingReferral) -> bool:
    """The clock's move, made as the sender's agent; returns whether it was still due."""
    referral = fresh(referral)
    due = referral.state in MACHINE.move("expire").sources and referral.reply_by is not None and referral.reply_by <= clock.now()
    if due:
        now = clock.now()
        apply(referral, "expire", {}, now)
        tell_other_side(referral, "expire", {}, now)
        record(by=None, action="referrals.expire", holder=holder, kind="referral", object_id=referral.thread, case=referral.case_id)
    return due
