"""Figures on the desk: releases that wait for a review, or for the analyst who drafted them."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.features.figures.choices import READERS, WRITERS, ReleaseState
from entraide.features.figures.models import Release, Review
from entraide.kernel.access.context import Acting
from entraide.kernel.base.desk import Item, Pile, lays_on_the_desk


@lays_on_the_desk
def figures(by: Acting, limit: int) -> dict[str, Pile]:
    """What waits for me, and what I wait for."""
    if by.function not in READERS:
        return {}
    mine = Release.objects.filter(holder=by.body).order_by("id")
    reviewed = Review.objects.filter(account=by.person).values("release")
    to_review = mine.filter(state=ReleaseState.IN_REVIEW).exclude(drafter=by.person).exclude(pk__in=reviewed)
    piles = {"awaiting": _pile(to_review, limit, _("A release waits for your review"))}
    if by.function in WRITERS:
        cleared = mine.filter(state__in=[ReleaseState.CLEARED, ReleaseState.OBJECTED], drafter=by.person)
        own = _pile(cleared, limit, _("Two people have reviewed it, or somebody objects"))
        piles["awaiting"] = Pile(piles["awaiting"].count + own.count, (piles["awaiting"].items + own.items)[:limit])
        piles["waiting"] = _pile(mine.filter(state=ReleaseState.IN_REVIEW, drafter=by.person), limit, _("Being reviewed"))
    return piles


def _pile(rows: QuerySet[Release], limit: int, detail: str) -> Pile:
    items = [Item(row.title, reverse("figures:release", args=[row.pk]), detail, None, "waiting") for row in rows[:limit]]
    return Pile(rows.count(), items)
