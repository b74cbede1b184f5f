"""Named reads of figures."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from entraide.features.figures.choices import SHOWN, ReleaseState, TableState
from entraide.features.figures.models import Cell, Estimate, Figure, Release, Review, Table


def tables() -> QuerySet[Table]:
    """Tables that the acting post sees, newest first."""
    return Table.objects.exclude(state=TableState.DISCARDED).defer("file").order_by("-id")


def table(identifier: UUID) -> Table:
    """One of them, or nothing found."""
    found = tables().filter(pk=identifier).first()
    if found is None:
        raise Http404
    return found


def cells(of: Table) -> QuerySet[Cell]:
    """Its cells in order."""
    return Cell.objects.filter(table=of).order_by("place")


def releases() -> QuerySet[Release]:
    """Releases that everybody sees, newest first."""
    return Release.objects.filter(public=True, state__in=SHOWN).order_by("-published_at", "-id")


def own_releases(body: UUID) -> QuerySet[Release]:
    """Everything that a body prepares or has published, newest first."""
    return Release.objects.filter(holder=body).exclude(state=ReleaseState.DISCARDED).order_by("-id")


def release(identifier: UUID) -> Release:
    """One of them, or nothing found."""
    found = Release.objects.filter(pk=identifier).exclude(state=ReleaseState.DISCARDED).first()
    if found is None:
        raise Http404
    return found


def versions(of: Release) -> QuerySet[Release]:
    """The versions of a release that the reader sees, newest first."""
    return Release.objects.filter(series=of.series).exclude(state=ReleaseState.DISCARDED).order_by("-number")


def figures(of: Release) -> QuerySet[Figure]:
    """Its numbers in order; of a withdrawn one only its body sees them."""
    return Figure.objects.filter(release=of).order_by("place")


def reviews(of: Release) -> QuerySet[Review]:
    """What reviewers said."""
    return Review.objects.filter(release=of).order_by("id")


def estimates() -> QuerySet[Estimate]:
    """Estimates of the acting body, newest first."""
    return Estimate.objects.order_by("-id")


def estimate(identifier: UUID) -> Estimate:
    """One of them, or nothing found."""
    found = estimates().filter(pk=identifier).first()
    if found is None:
        raise Http404
    return found
