"""What the two sides of a referral tell each other; every handler runs as the receiving body's agent."""

from datetime import date, datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from entraide.features.cases import fields
from entraide.features.cases import services as case_services
from entraide.features.cases.queries import hold_team
from entraide.features.referrals.choices import CLOCK, MACHINE, NEVER_ACCEPTED, RECIPIENT, SENDER, State, WithdrawalAnswer
from entraide.features.referrals.handover import COPIED, TIMES, hand_over
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.features.referrals.moving import MOVED, apply, lock, people
from entraide.features.referrals.reception import open_received
from entraide.features.referrals.rules import has_run_out
from entraide.kernel.access import principals
from entraide.kernel.access.context import Acting, current
from entraide.kernel.access.rules import Refused, refuse
from entraide.kernel.accounts.choices import RECEIVES
from entraide.kernel.accounts.queries import addresses
from entraide.kernel.audit.services import record
from entraide.kernel.base.ids import uuid7
from entraide.kernel.exchange.services import Message, handles
from entraide.kernel.notices.services import notify
from entraide.kernel.vault import services as vault

Referral = OutgoingReferral | IncomingReferral


def _agent() -> Acting:
    agent = current()
    assert agent is not None  # deliver() opened it
    return agent


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@handles("referral.sent")
def file_referral(message: Message) -> None:
    """Files an arriving referral for the posts that receive; they see a summary without identity."""
    content, agent = message.content, _agent()
    identifier = uuid7()
    circles = [principals.circle(message.recipient, function) for function in sorted(RECEIVES)]
    IncomingReferral.objects.create(
        id=identifier,
        holder=message.recipient,
        side=agent.side,
        audience=principals.audience(message.recipient, circles),
        key=vault.new_key(message.recipient).id,
        thread=UUID(content["thread"]),
        sender_id=message.sender,
        recipient_id=message.recipient,
        **{name: content[name] for name in COPIED},
        **{name: _time(content[name]) for name in TIMES},
        agreed_until=date.fromisoformat(content["agreed_until"]) if content["agreed_until"] else None,
    )
    record(by=agent, action="referrals.arrive", kind="referral", object_id=UUID(content["thread"]))
    notify(circles)


def _mine(message: Message) -> Referral:
    """This body's copy of the referral that a message speaks of; only its other side may speak of it."""
    thread = UUID(message.content["thread"])
    lock(thread)
    hold_team(OutgoingReferral.objects.filter(thread=thread, recipient_id=message.sender).values_list("case_id", flat=True).first())
    hold_team(IncomingReferral.objects.filter(thread=thread, sender_id=message.sender).values_list("case_id", flat=True).first())
    outgoing = OutgoingReferral.objects.select_for_update(of=("self",)).filter(thread=thread, recipient_id=message.sender).first()
    incoming = (
        None
        if outgoing
        else IncomingReferral.objects.select_for_update(of=("self",)).filter(thread=thread, sender_id=message.sender).first()
    )
    if outgoing is None and incoming is None:
        raise Http404
    return outgoing or incoming  # type: ignore[return-value]  # one of them is there


@handles(MOVED)
def follow(message: Message) -> None:
    """Makes on this side the move that the other side made, when the table allows it."""
    referral = _mine(message)
    name, facts = message.content["move"], message.content["facts"]
    _require_in_step(referral, name)
    if isinstance(referral, IncomingReferral) and name == "agree_conditions":
        open_received(by=_agent(), referral=referral, team=_takers(referral))
    apply(referral, name, facts, datetime.fromisoformat(message.content["at"]))
    record(by=_agent(), action=f"referrals.{name}", kind="referral", object_id=referral.thread, case=referral.case_id)
    if isinstance(referral, OutgoingReferral) and referral.state == State.ACCEPTED:
        hand_over(referral)
    notify(people(referral))


def _require_in_step(referral: Referral, name: str) -> None:
    """The other side may make its own moves from here; only the sender's side tells that the time ran out, and only when it did."""
    tellers = {RECIPIENT} if isinstance(referral, OutgoingReferral) else {SENDER, CLOCK}
    move = next((move for move in MACHINE.moves if move.name == name), None)
    late = has_run_out(referral)
    if move is None or move.by not in tellers or referral.state not in move.sources or (late and name not in {"recall", "expire"}):
        raise Refused(refuse("out_of_step", _("The other side has moved on meanwhile. Open the referral again to see where it stands.")))
    if name == "expire" and not late:
        raise Refused(refuse("too_early", _("The time to reply has not passed yet.")))


def _takers(referral: IncomingReferral) -> list[UUID]:
    """Who gets the case: the post that offered; where nobody holds it any more, all posts that receive."""
    offered = [referral.accepted_by] if referral.accepted_by else []
    return offered if offered and addresses(offered) else people(referral)


@handles("referral.identity")
def file_identity(message: Message) -> None:
    """Files the package in the recipient's own case, under the recipient's own key; what was not announced is not taken."""
    referral, given = _mine(message), message.content["values"]
    if not isinstance(referral, IncomingReferral) or referral.case is None or referral.state != State.ACCEPTED:
        raise Refused(refuse("out_of_step", _("No data are expected here.")))
    if not set(given) <= set(referral.fields):
        raise Refused(refuse("not_announced", _("More data came than were announced; nothing was taken.")))
    case_services.receive_values(by=_agent(), case=referral.case, values_by_group=fields.by_group(given))


@handles("referral.withdrawn")
def hear_withdrawal(message: Message) -> None:
    """The person withdrew or narrowed her agreement after acceptance: the recipient must answer what became of its copy."""
    referral = _mine(message)
    if not isinstance(referral, IncomingReferral):
        raise Refused(refuse("out_of_step", _("Only the sender tells of a withdrawal.")))
    referral.withdrawn_at = referral.changed_at = datetime.fromisoformat(message.content["at"])
    referral.withdrawn_groups, referral.withdrawal_answer, referral.withdrawal_answered_at = message.content["groups"], "", None
    referral.save(update_fields=["withdrawn_at", "withdrawn_groups", "withdrawal_answer", "withdrawal_answered_at", "changed_at"])
    record(by=_agent(), action="referrals.withdrawn", kind="referral", object_id=referral.thread, case=referral.case_id)
    notify(people(referral))


@handles("referral.shortened")
def hear_nearer_day(message: Message) -> None:
    """The person agrees to a nearer day than before."""
    referral = _mine(message)
    if not isinstance(referral, IncomingReferral):
        raise Refused(refuse("out_of_step", _("Only the sender tells until when the person agrees.")))
    referral.agreed_until = date.fromisoformat(message.content["until"])
    referral.save(update_fields=["agreed_until"])
    record(by=_agent(), action="referrals.shortened", kind="referral", object_id=referral.thread, case=referral.case_id)
    notify(people(referral))


@handles("referral.erased")
def forget(message: Message) -> None:
    """The person had herself erased: what was said here about her goes, where it did not become a case of this body's own."""
    referral = _mine(message)
    if not isinstance(referral, IncomingReferral) or referral.state not in NEVER_ACCEPTED:
        raise Refused(refuse("out_of_step", _("This referral was accepted: the person’s withdrawal reaches the case.")))
    referral.talk = []
    referral.save(update_fields=["talk"])
    record(by=_agent(), action="referrals.forget", kind="referral", object_id=referral.thread)
    vault.destroy(referral.key)


@handles("referral.withdrawal_answered")
def hear_answer(message: Message) -> None:
    """What the recipient did with its copy."""
    referral = _mine(message)
    if not isinstance(referral, OutgoingReferral) or referral.withdrawn_at is None or message.content["answer"] not in WithdrawalAnswer:
        raise Refused(refuse("out_of_step", _("Nothing was withdrawn here that could be answered.")))
    at = datetime.fromisoformat(message.content["at"])
    referral.withdrawal_answer, referral.withdrawal_answered_at, referral.changed_at = message.content["answer"], at, at
    referral.save(update_fields=["withdrawal_answer", "withdrawal_answered_at", "changed_at"])
    record(by=_agent(), action="referrals.withdrawal_answered", kind="referral", object_id=referral.thread, case=referral.case_id)
    notify(people(referral))
