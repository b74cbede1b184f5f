"""Pages of a list in the API: the items, how many there are, and the address of the next page."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Schema
from pydantic import Field

T = TypeVar("T")
LARGEST = 200


class Page(Schema):
    """Which page, and how many items on it."""

    page: int = Field(1, ge=1, le=1_000_000)
    size: int = Field(50, ge=1, le=LARGEST)


class Paged(Schema, Generic[T]):
    """One page of a list."""

    items: list[T]
    count: int
    next: str | None = None


def paged(
    request: HttpRequest, found: QuerySet[Any] | Sequence[Any], wanted: Page, write: Callable[[Any], object]
) -> dict[str, object]:  # rows of any room
    """The page asked for, each row written by `write`; past the last page there is nothing to find."""
    pages = Paginator(found, wanted.size)
    if wanted.page > pages.num_pages:
        raise Http404
    page = pages.get_page(wanted.page)
    query = request.GET.copy()
    query["page"] = str(wanted.page + 1)
    onward = request.build_absolute_uri(f"{request.path}?{query.urlencode()}") if page.has_next() else None
    return {"items": [write(row) for row in page], "count": pages.count, "next": onward}
