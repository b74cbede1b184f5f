"""What referrals can be counted by: those a body sent, by age of the person and by what became of them."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from django.utils.translation import gettext_lazy as _

from entraide.features.cases.choices import Age
from entraide.features.referrals.choices import State
from entraide.features.referrals.models import OutgoingReferral
from entraide.kernel.base.figures import Column, Counts, Tally, tells_figures

BECAME = {
    State.SENT: "open", State.QUERIED: "open", State.OFFERED: "open", State.TELEPHONED: "open", State.ACCEPTED: "accepted",
    State.ARRIVED: "arrived", State.NOT_ARRIVED: "accepted", State.CLOSED: "arrived", State.DECLINED: "declined",
    State.NO_CAPACITY: "declined", State.EXPIRED: "expired", State.RECALLED: "recalled",
}  # fmt: skip
AGE = {Age.ADULT: "Y_GE18", Age.CHILD: "Y0T17", Age.IN_DOUBT: "_U"}


def _sent(since: date, until: date) -> Iterable[Counts]:
    """By the day of sending; drafts count for nothing."""
    start, end = (datetime.combine(day, time(), UTC) for day in (since, until))
    rows = OutgoingReferral.objects.filter(sent_at__gte=start, sent_at__lt=end, state__in=BECAME).values_list("state", "age")
    return (Counter((BECAME[State(state)], AGE[Age(age)]) for state, age in rows),)


tells_figures(
    Tally(
        "referrals.sent",
        _("Referrals we sent"),
        "entraide.referrals",
        ((Column("category", tuple(dict.fromkeys(BECAME.values()))), Column("age", tuple(AGE.values()))),),
        _sent,
    )
)
