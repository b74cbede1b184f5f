"""Who counts, files, estimates, reviews, publishes and withdraws."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from entraide.features.figures.choices import READERS, WRITERS, ReleaseState
from entraide.features.figures.models import Release, Review, Table
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import ALLOWED, Verdict, refuse
from entraide.kernel.base import clock
from entraide.kernel.base.figures import Known, tallies

COUNTED = refuse(
    "counted", _("This year has been counted. It is never counted again: the difference between two counts could give a person away.")
)


def may_write(by: Acting) -> Verdict:
    """An analyst makes tables, estimates and releases of her own body."""
    if by.function not in WRITERS:
        return refuse("function", _("Only an analyst does this. Switch to such a post if you hold one."))
    return ALLOWED


def may_read(by: Acting) -> Verdict:
    """What analysts make is read at their body."""
    if by.function not in READERS:
        return refuse("function", _("The post you act for does not include this. Switch to another post if you hold one."))
    return ALLOWED


def may_count(by: Acting, tally: str, year: int) -> Verdict:
    """Only whole years that are over, and each of them once; what everybody can read anyway as often as one likes."""
    verdict = may_write(by)
    if verdict and year >= clock.today().year:
        return refuse("not_over", _("Only a year that is over is counted: a count that grows day by day gives away who came last."))
    if verdict and not isinstance(tallies[tally], Known) and counted(by.body, tally, year):
        return COUNTED
    return verdict


def counted(body: UUID, tally: str, year: int) -> bool:
    """Whether the body has counted this already."""
    return Table.objects.filter(holder=body, tally=tally, year=year).exists()


def may_review(by: Acting, release: Release) -> Verdict:
    """Two people review, each once, and neither of them drafted it: accounts count, not posts."""
    verdict = may_read(by)
    if verdict and by.account == release.drafter:
        return refuse("own_draft", _("You drafted this release. Two other people review it."))
    if verdict and release.state not in {ReleaseState.IN_REVIEW, ReleaseState.CLEARED}:
        return refuse("wrong_state", _("This is no longer possible: it is now “%(state)s”.") % {"state": release.get_state_display()})
    if verdict and Review.objects.filter(release=release, account=by.person).exists():
        return refuse("reviewed", _("You have reviewed this release already."))
    return verdict
