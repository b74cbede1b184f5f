"""Making a move of the table: under the referral's lock, on one side's copy, and telling the other side."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from entraide.features.cases.queries import hold_team
from entraide.features.referrals import talk
from entraide.features.referrals.choices import BEFORE_ACCEPTANCE, CARRIES, MACHINE, State
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.kernel.access import principals
from entraide.kernel.access.rules import Refused, refuse
from entraide.kernel.exchange.services import deliver

Referral = OutgoingReferral | IncomingReferral
WORDS = {"ask_back": "question", "answer": "answer", "accept_with_conditions": "conditions"}
MOVED = "referral.moved"
R = TypeVar("R", OutgoingReferral, IncomingReferral)


def lock(thread: UUID) -> None:
    """One move at a time on a referral, whichever side begins it; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 7260002))", [str(thread)])


def fresh(referral: R) -> R:
    """The referral as it is now, locked; refused where a colleague has meanwhile taken it into a case of her team."""
    lock(referral.thread)
    hold_team(referral.case_id)
    found = type(referral).objects.select_for_update(of=("self",)).filter(pk=referral.pk).first()
    if found is None:
        raise Refused(refuse("taken", _("A colleague has dealt with this meanwhile. It is now with the team of the case.")))
    return found


def carried(name: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Of some facts, those that this move may tell."""
    return {fact: value for fact, value in facts.items() if fact in CARRIES.get(name, ()) and value}


def apply(referral: Referral, name: str, facts: Mapping[str, Any], at: datetime, *, hand: UUID | None = None) -> None:
    """Puts a move into one side's copy and saves it; `hand` is the post of this side that makes it."""
    move, facts = MACHINE.move(name), carried(name, facts)
    referral.state, referral.changed_at = move.target, at
    referral.last_move, referral.moved_by = name if hand else "", hand
    if name in WORDS and facts.get("text"):
        talk.add(referral, by=move.by, kind=WORDS[name], text=str(facts["text"]))
    for field in ("reason", "outcome"):
        if facts.get(field):
            setattr(referral, field, facts[field])
    if facts.get("reply_by"):
        referral.reply_by = datetime.fromisoformat(str(facts["reply_by"]))
    _stamp(referral, move.target, at)
    referral.save()


def _stamp(referral: Referral, state: str, at: datetime) -> None:
    if state in {State.SENT, State.TELEPHONED}:
        referral.sent_at = referral.sent_at or at
    if state in {State.ACCEPTED, State.OFFERED, State.DECLINED, State.NO_CAPACITY, State.QUERIED}:
        referral.answered_at = at
    if state == State.ARRIVED:
        referral.arrived_at = at
    if state == State.CLOSED:
        referral.closed_at = at
    if isinstance(referral, OutgoingReferral) and state not in {State.DRAFT, *BEFORE_ACCEPTANCE, State.ACCEPTED}:
        referral.package = {}


def people(referral: Referral) -> list[UUID]:
    """Posts that should hear of a move on this side: the team, or the posts that receive."""
    return [principal for principal in referral.audience if principal != principals.agent(referral.holder)]


def tell_other_side(referral: Referral, name: str, facts: Mapping[str, Any], at: datetime) -> None:
    """Sends the move to the other side. It wrote or was written to first, so a lapsed vetting does not silence it."""
    outgoing = isinstance(referral, OutgoingReferral)
    sender, recipient = (referral.sender_id, referral.recipient_id) if outgoing else (referral.recipient_id, referral.sender_id)
    content = {"thread": str(referral.thread), "move": name, "facts": carried(name, facts), "at": at.isoformat()}
    deliver(MOVED, sender=sender, recipient=recipient, content=content, vetted=False)
