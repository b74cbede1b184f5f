"""Named reads of referrals. The database decides which rows there are."""

from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from entraide.features.cases.choices import Status
from entraide.features.cases.models import Case
from entraide.features.referrals.choices import AWAITS_RECIPIENT, AWAITS_SENDER, RUN_OUT, UNDER_WAY, State
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.kernel.base import clock

Found = TypeVar("Found", QuerySet[OutgoingReferral], QuerySet[IncomingReferral])


def outgoing(identifier: UUID) -> OutgoingReferral:
    """A referral sent by the acting body, or the static 404."""
    found = OutgoingReferral.objects.select_related("case", "sender", "recipient").filter(pk=identifier).first()
    if found is None:
        raise Http404
    return found


def incoming(identifier: UUID) -> IncomingReferral:
    """A referral received by the acting body, or the static 404."""
    found = IncomingReferral.objects.select_related("case", "sender", "recipient").filter(pk=identifier).first()
    if found is None:
        raise Http404
    return found


def sent(*, state: str = "", urgency: str = "", country: str = "", overdue: bool = False) -> QuerySet[OutgoingReferral]:
    """Visible referrals sent, newest first."""
    found = OutgoingReferral.objects.select_related("recipient").order_by("-created_at", "-id")
    return _narrowed(found.filter(_due()) if overdue else found, state=state, urgency=urgency, recipient__country=country)


def received(*, state: str = "", urgency: str = "", country: str = "", overdue: bool = False) -> QuerySet[IncomingReferral]:
    """Visible referrals received, newest first."""
    found = IncomingReferral.objects.select_related("sender").order_by("-created_at", "-id")
    return _narrowed(found.filter(_due()) if overdue else found, state=state, urgency=urgency, sender__country=country)


def _due() -> Q:
    """Past the time to reply, and nobody has answered."""
    return Q(state__in=[*RUN_OUT, State.TELEPHONED], reply_by__lte=clock.now())


def _narrowed(found: Found, **wanted: str) -> Found:
    return found.filter(**{name: value for name, value in wanted.items() if value})


def of_case(case: Case) -> tuple[list[OutgoingReferral], list[IncomingReferral]]:
    """The referrals under a case: (sent, received)."""
    return (
        list(OutgoingReferral.objects.filter(case=case).select_related("recipient").order_by("-id")),
        list(IncomingReferral.objects.filter(case=case).select_related("sender").order_by("-id")),
    )


def awaiting_me() -> tuple[QuerySet[IncomingReferral], QuerySet[OutgoingReferral]]:
    """What the acting post's side must do next: answers to give, questions and conditions to settle, withdrawals to answer."""
    unanswered = Q(withdrawn_at__isnull=False, withdrawal_answer="")
    return (
        received().filter(Q(state__in=[*AWAITS_RECIPIENT, State.ACCEPTED, State.ARRIVED, State.NOT_ARRIVED]) | unanswered),
        sent().filter(Q(state__in=[State.DRAFT, *AWAITS_SENDER, State.NOT_ARRIVED]) | _left_alone(State.DECLINED, State.NO_CAPACITY)),
    )


def waiting_for_others() -> tuple[QuerySet[IncomingReferral], QuerySet[OutgoingReferral]]:
    """What the other side must do next."""
    unanswered = Q(withdrawn_at__isnull=False, withdrawal_answer="")
    return (
        received().filter(state__in=AWAITS_SENDER),
        sent().filter(Q(state__in=[*AWAITS_RECIPIENT, State.ACCEPTED, State.ARRIVED]) | unanswered),
    )


def _left_alone(*states: str) -> Q:
    """Nobody took the person on, and no other body is asked yet: the sender's to act on, as long as the case is open."""
    asked = OutgoingReferral.objects.filter(case=OuterRef("case")).exclude(state=State.DISCARDED)
    elsewhere = asked.filter(Q(created_at__gt=OuterRef("created_at")) | Q(state__in=[State.DRAFT, *UNDER_WAY]))
    still_open = Q(case__status__in=[Status.ACTIVE, Status.FOLLOW_UP], case__erased_on__isnull=True)
    return Q(~Exists(elsewhere), still_open, state__in=states)


def late() -> tuple[QuerySet[IncomingReferral], QuerySet[OutgoingReferral]]:
    """Referrals past their reply-by time, expired ones nobody acted on included."""
    return received(overdue=True), sent().filter(_due() | _left_alone(State.EXPIRED))


def overdue() -> list[tuple[UUID, str, UUID]]:
    """(holder, side, id) of every sent referral past its time, of all bodies: for the clock's job, which then acts as each agent."""
    with connection.cursor() as cursor:
        cursor.execute("select holder, side, referral from app.overdue_referrals(%s)", [clock.now()])
        return [tuple(row) for row in cursor.fetchall()]
