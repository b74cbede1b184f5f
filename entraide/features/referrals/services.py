"""Verbs on a referral: draft, send, answer, hand over, report back."""

from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entraide.features.cases import erasure
from entraide.features.cases import queries as cases
from entraide.features.cases.models import Case
from entraide.features.referrals import rules
from entraide.features.referrals.choices import MACHINE, REPLY_HOURS, DeclineReason, Outcome, State, Urgency, WithdrawalAnswer
from entraide.features.referrals.handover import announce, freeze, hand_over
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.features.referrals.moving import apply, fresh, lock, people, tell_other_side
from entraide.features.referrals.reception import open_received
from entraide.features.referrals.shown import asked_rows
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import Stale, refuse, require
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock
from entraide.kernel.base.ids import uuid7
from entraide.kernel.bodies.models import Body
from entraide.kernel.exchange.services import deliver
from entraide.kernel.notices.services import notify
from entraide.kernel.vault import services as vault

LONGEST_WAIT = timedelta(days=60)
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
    token: UUID | None = None,
) -> OutgoingReferral:
    """Begins a referral; nothing leaves yet. The same `token` of the same post begins it once."""
    require(rules.may_refer(by, case, recipient))
    thread = uuid5(case.pk, f"{by.hand}:{token}") if token else uuid7()
    lock(thread)
    begun = OutgoingReferral.objects.filter(thread=thread).first()
    if begun:
        return begun
    referral = OutgoingReferral.objects.create(
        case=case, thread=thread, made_by=by.hand, reference=case.reference, sender_id=by.body, recipient=recipient, purpose=purpose,
        urgency=urgency, needs=needs, chosen=chosen, reply_by=reply_by or proposed_reply_by(urgency), age=case.age, invented=case.invented,
    )  # fmt: skip
    _note(by, referral, "draft")
    return referral


def proposed_reply_by(urgency: str) -> datetime:
    """When an answer should be there, counted from now."""
    return clock.now() + timedelta(hours=REPLY_HOURS[Urgency(urgency)])


def version(referral: OutgoingReferral) -> str:
    """Which state of a draft somebody has before her."""
    return referral.changed_at.isoformat()


@transaction.atomic
def revise(
    *, by: Acting, referral: OutgoingReferral, urgency: str, needs: list[str], chosen: list[str], reply_by: datetime, seen: str
) -> None:
    """Changes a draft; when a colleague changed it since the version `seen`, refuses with both and changes nothing."""
    referral = fresh(referral)
    require(MACHINE.verdict("send", state=referral.state, by="sender", function=by.function))
    theirs = asked_rows(referral)
    stale = version(referral) != seen
    referral.urgency, referral.needs, referral.chosen, referral.reply_by = urgency, needs, chosen, reply_by
    if stale:
        raise Stale(mine=asked_rows(referral), theirs=theirs)
    referral.changed_at = clock.now()
    referral.save(update_fields=["urgency", "needs", "chosen", "reply_by", "changed_at"])
    _note(by, referral, "revise")


@transaction.atomic
def send(*, by: Acting, referral: OutgoingReferral, seen: str = "") -> OutgoingReferral:
    """Freezes exactly the fields that may go and sends the summary; the rest follows acceptance.

    seen: digest of the preview that was looked at; where given, nothing else is sent.
    """
    return _leave(by, referral, "send", seen)


@transaction.atomic
def telephone(*, by: Acting, referral: OutgoingReferral, seen: str = "") -> OutgoingReferral:
    """Tells the recipient of what was agreed by telephone; it confirms, then gets the data."""
    return _leave(by, referral, "telephone", seen)


def _leave(by: Acting, referral: OutgoingReferral, name: str, seen: str) -> OutgoingReferral:
    cases.locked(referral.case)  # first the case, then the referral, as a withdrawal does: what is agreed now is agreed until this has left
    referral = fresh(referral)
    require(rules.may(by, referral, name))
    _require_time(referral.reply_by)
    freeze(by, referral, seen)
    apply(referral, name, {}, clock.now(), hand=by.hand)
    announce(referral)
    _note(by, referral, name)
    return referral


@transaction.atomic
def draft_call(
    *,
    by: Acting,
    case: Case,
    recipient: Body,
    purpose: str,
    needs: list[str],
    chosen: list[str],
    called_at: datetime,
    account: str,
    token: UUID | None = None,
) -> OutgoingReferral:
    """Begins the record of an urgent referral made by telephone: what was said is sealed at once, nothing leaves yet."""
    now = clock.now()
    if called_at > now or called_at < now - timedelta(days=7):
        require(refuse("called_at", _("Give the time of the call: within the last seven days, and not in the future.")))
    referral = draft(
        by=by, case=case, recipient=recipient, purpose=purpose, urgency=Urgency.IMMEDIATE, needs=needs, chosen=chosen, token=token
    )
    if not referral.by_telephone:
        referral.by_telephone, referral.called_at = True, called_at
        key = vault.store().fetch(case.key)
        referral.call = vault.seal_fields(key, case=case.pk, record=referral.pk, values={"call": account})
        referral.save(update_fields=["by_telephone", "called_at", "call"])
    return referral


@transaction.atomic
def record_call(
    *, by: Acting, case: Case, recipient: Body, purpose: str, needs: list[str], chosen: list[str], called_at: datetime, account: str
) -> OutgoingReferral:
    """An urgent referral made by telephone, recorded afterwards, in one step."""
    require(rules.may_pass_on(by, case, recipient, purpose=purpose, by_telephone=True))
    begun = draft_call(
        by=by, case=case, recipient=recipient, purpose=purpose, needs=needs, chosen=chosen, called_at=called_at, account=account
    )
    return telephone(by=by, referral=begun)


@transaction.atomic
def make(*, by: Acting, referral: R, name: str, **facts: str) -> R:
    """Makes one of the moves that need no more than a reason, a text or an outcome, and tells the other side."""
    referral = fresh(referral)
    require(rules.may(by, referral, name))
    _complete(name, facts)
    now = clock.now()
    apply(referral, name, facts, now, hand=by.hand)
    if name != "discard":
        tell_other_side(referral, name, facts, now)
    _note(by, referral, name)
    if name == "agree_conditions" and isinstance(referral, OutgoingReferral):
        hand_over(referral)
    return referral


def _complete(name: str, facts: dict[str, str]) -> None:
    if name in {"decline", "deny_call"} and facts.get("reason") not in DeclineReason.values:
        require(refuse("reason", _("Choose a reason: it tells the sender where to turn next.")))
    if name == "report_outcome" and facts.get("outcome") not in Outcome.values:
        require(refuse("outcome", _("Choose the outcome.")))
    if name in {"ask_back", "answer", "accept_with_conditions"} and not facts.get("text", "").strip():
        require(refuse("text", _("Write the question, the answer or the conditions.")))
    if facts.get("reply_by"):
        _require_time(datetime.fromisoformat(facts["reply_by"]))


def _require_time(reply_by: datetime | None) -> None:
    """A time to reply lies ahead, and not so far that it never comes."""
    if reply_by is None or not timedelta() < reply_by - clock.now() <= LONGEST_WAIT:
        require(refuse("reply_by", _("Set a time to reply that lies in the future, at most 60 days from now.")))


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
    apply(referral, name, facts, now, hand=by.hand)
    tell_other_side(referral, name, facts, now)
    _note(by, referral, name)
    return IncomingReferral.objects.get(pk=referral.pk)


@transaction.atomic
def answer_withdrawal(*, by: Acting, referral: IncomingReferral, answer: str) -> None:
    """Answers the person's withdrawal; erasing means that this body's own copy is destroyed now."""
    referral = fresh(referral)
    if answer not in WithdrawalAnswer.values:
        require(refuse("answer", _("Choose what you did with your copy.")))
    require(rules.may_answer_withdrawal(by, referral, answer))
    now = clock.now()
    referral.withdrawal_answer, referral.withdrawal_answered_at, referral.changed_at = answer, now, now
    referral.last_move, referral.moved_by = "answer_withdrawal", by.hand
    referral.save(update_fields=["withdrawal_answer", "withdrawal_answered_at", "changed_at", "last_move", "moved_by"])
    content = {"thread": str(referral.thread), "answer": answer, "at": now.isoformat()}
    deliver("referral.withdrawal_answered", sender=referral.recipient_id, recipient=referral.sender_id, content=content, vetted=False)
    _note(by, referral, "answer_withdrawal")
    if answer == WithdrawalAnswer.ERASED and referral.case is not None and referral.case.erased_on is None:
        erasure.erase(by=by, case=referral.case, requested_by_person=True)  # last: a destroyed key does not come back


def expire(*, holder: UUID, referral: OutgoingReferral) -> bool:
    """The clock's move, made as the sender's agent; returns whether it was still due."""
    referral = fresh(referral)
    due = referral.state in MACHINE.move("expire").sources and referral.reply_by is not None and referral.reply_by <= clock.now()
    if due:
        now = clock.now()
        apply(referral, "expire", {}, now)
        tell_other_side(referral, "expire", {}, now)
        record(by=None, action="referrals.expire", holder=holder, kind="referral", object_id=referral.thread, case=referral.case_id)
        notify(people(referral))
    return due
