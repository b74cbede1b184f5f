"""What the two sides of a referral tell each other; every handler runs as the receiving body's agent."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404

from entraide.features.cases import fields
from entraide.features.cases import services as case_services
from entraide.features.referrals.choices import MACHINE, RECIPIENT, SENDER, State
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.features.referrals.moving import MOVED, apply, lock
from entraide.features.referrals.reception import open_received
from entraide.kernel.access import principals
from entraide.kernel.access.context import Acting, current
from entraide.kernel.access.rules import Refused, refuse
from entraide.kernel.accounts.choices import RECEIVES
from entraide.kernel.audit.services import record
from entraide.kernel.base.ids import uuid7
from entraide.kernel.exchange.services import Message, deliver, handles
from entraide.kernel.notices.services import notify
from entraide.kernel.vault import services as vault

Referral = OutgoingReferral | IncomingReferral
COPIED = ("state", "purpose", "urgency", "age", "gender", "languages", "needs", "fields", "by_telephone", "invented", "reference")


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
        **{name: _time(content[name]) for name in ("reply_by", "called_at", "sent_at")},
    )
    record(by=agent, action="referrals.arrive", kind="referral", object_id=UUID(content["thread"]))
    notify(circles)


def _mine(message: Message) -> Referral:
    """This body's copy of the referral that a message speaks of; only its other side may speak of it."""
    thread = UUID(message.content["thread"])
    lock(thread)
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
    teller = RECIPIENT if isinstance(referral, OutgoingReferral) else SENDER
    move = MACHINE.move(name)
    if move.by not in {teller, "clock"} or referral.state not in move.sources:
        raise Refused(refuse("out_of_step", f"{name} from {referral.state}"))
    if isinstance(referral, IncomingReferral) and move.target == State.ACCEPTED and referral.accepted_by:
        open_received(by=_agent(), referral=referral, team=[referral.accepted_by])
    apply(referral, name, facts, datetime.fromisoformat(message.content["at"]))
    record(by=_agent(), action=f"referrals.{name}", kind="referral", object_id=referral.thread, case=referral.case_id)
    if isinstance(referral, OutgoingReferral) and referral.state == State.ACCEPTED:
        hand_over(referral)
    notify(_awaiting(referral))


def _awaiting(referral: Referral) -> list[UUID]:
    """Posts that should hear of a move: the team, or the posts that receive."""
    return [principal for principal in referral.audience if principal != principals.agent(referral.holder)]


def hand_over(referral: OutgoingReferral) -> None:
    """After acceptance the frozen package goes to the recipient and is emptied here."""
    key = vault.store().fetch(referral.case.key)
    texts = vault.open_fields(key, case=referral.case_id, record=referral.pk, sealed=referral.package)
    referral.package = {}
    referral.save(update_fields=["package"])
    record(
        by=current(),
        action="referrals.hand_over",
        holder=referral.holder,
        kind="referral",
        object_id=referral.thread,
        case=referral.case_id,
    )
    content: dict[str, Any] = {"thread": str(referral.thread), "values": {name: json.loads(text) for name, text in texts.items()}}
    deliver("referral.identity", sender=referral.sender_id, recipient=referral.recipient_id, content=content)


@handles("referral.identity")
def file_identity(message: Message) -> None:
    """Files the package in the recipient's own case, under the recipient's own key."""
    referral = _mine(message)
    if not isinstance(referral, IncomingReferral) or referral.case is None or referral.state != State.ACCEPTED:
        raise Refused(refuse("out_of_step", "identity"))
    case_services.receive_values(by=_agent(), case=referral.case, values_by_group=fields.by_group(message.content["values"]))


@handles("referral.withdrawn")
def hear_withdrawal(message: Message) -> None:
    """The person withdrew or narrowed her agreement after acceptance: the recipient must answer what became of its copy."""
    referral = _mine(message)
    if not isinstance(referral, IncomingReferral):
        raise Refused(refuse("out_of_step", "withdrawn"))
    referral.withdrawn_at = referral.changed_at = datetime.fromisoformat(message.content["at"])
    referral.withdrawal_answer, referral.withdrawal_answered_at = "", None
    referral.save(update_fields=["withdrawn_at", "withdrawal_answer", "withdrawal_answered_at", "changed_at"])
    record(by=_agent(), action="referrals.withdrawn", kind="referral", object_id=referral.thread, case=referral.case_id)
    notify(_awaiting(referral))


@handles("referral.withdrawal_answered")
def hear_answer(message: Message) -> None:
    """What the recipient did with its copy."""
    referral = _mine(message)
    if not isinstance(referral, OutgoingReferral):
        raise Refused(refuse("out_of_step", "withdrawal_answered"))
    at = datetime.fromisoformat(message.content["at"])
    referral.withdrawal_answer, referral.withdrawal_answered_at, referral.changed_at = message.content["answer"], at, at
    referral.save(update_fields=["withdrawal_answer", "withdrawal_answered_at", "changed_at"])
    record(by=_agent(), action="referrals.withdrawal_answered", kind="referral", object_id=referral.thread, case=referral.case_id)
    notify(_awaiting(referral))
