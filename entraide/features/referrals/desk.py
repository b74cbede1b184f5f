"""Referrals on the desk: what awaits me, what I wait for, what is late."""

from django.db.models import Case, F, QuerySet, When
from django.utils.translation import gettext as _

from entraide.features.referrals import queries
from entraide.features.referrals.choices import AWAITS_RECIPIENT, BEFORE_ACCEPTANCE, State
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.features.referrals.shown import kind_of
from entraide.kernel.access.context import Acting
from entraide.kernel.accounts.choices import HOLDS_CASES
from entraide.kernel.base.desk import Item, Pile, lays_on_the_desk

TIMED = BEFORE_ACCEPTANCE | {State.EXPIRED}
"""States in which the time to reply still says something."""
Found = tuple[QuerySet[IncomingReferral], QuerySet[OutgoingReferral]]


@lays_on_the_desk
def referrals(by: Acting, limit: int) -> dict[str, Pile]:
    """Three piles of referrals, the most pressing first."""
    if by.function not in HOLDS_CASES:
        return {}
    found = {"awaiting": queries.awaiting_me(), "waiting": queries.waiting_for_others(), "late": queries.late()}
    return {name: _pile(pile, limit) for name, pile in found.items()}


def _pile(found: Found, limit: int) -> Pile:
    received, sent = found
    pressing = Case(When(state__in=TIMED, then=F("reply_by")), default=None).asc(nulls_last=True)
    first = [queryset.order_by(pressing, "-id")[:limit] for queryset in (received, sent)]
    items = sorted((_item(referral) for referral in [*first[0], *first[1]]), key=lambda item: item.pressing)
    return Pile(received.count() + sent.count(), items[:limit])


def _item(referral: IncomingReferral | OutgoingReferral) -> Item:
    if isinstance(referral, IncomingReferral):
        title = _("Referral %(reference)s from %(body)s") % {"reference": referral.reference, "body": referral.sender.name}
    else:
        title = _("Referral %(reference)s to %(body)s") % {"reference": referral.reference, "body": referral.recipient.name}
    due = referral.reply_by if referral.state in TIMED else None
    if referral.withdrawal_unanswered:
        return Item(title, referral.get_absolute_url(), _withdrawn(referral), due, "late")
    mine = isinstance(referral, IncomingReferral) and referral.state in AWAITS_RECIPIENT
    status = _("Waits for your answer") if mine else referral.get_state_display()
    return Item(title, referral.get_absolute_url(), status, due, kind_of(referral))


def _withdrawn(referral: IncomingReferral | OutgoingReferral) -> str:
    """A withdrawal that nobody answered matters more than where the referral stands."""
    if isinstance(referral, IncomingReferral):
        return _("Agreement withdrawn: say what became of your copy")
    return _("Agreement withdrawn: they have not answered")
