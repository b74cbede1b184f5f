"""Named reads of figures."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from entraide.features.figures.choices import TableState
from entraide.features.figures.models import Cell, Table


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
