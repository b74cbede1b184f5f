"""Links from one page of a list to the others, keeping whatever else is asked in the address."""

from typing import Any, NamedTuple

from django.core.paginator import Page
from django.http import QueryDict


class Turn(NamedTuple):
    """A page number with its address; a gap has neither."""

    number: int | None
    url: str
    current: bool


def turn(page: Page[Any], query: QueryDict, param: str = "page") -> dict[str, Any]:
    """Context of the pagination component: `previous` and `next` are addresses or empty."""

    def address(number: int) -> str:
        asked = query.copy()
        asked[param] = str(number)
        return f"?{asked.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    turns = [
        Turn(number, address(number), number == page.number) if isinstance(number, int) else Turn(None, "", False) for number in numbers
    ]
    return {
        "turns": turns if page.paginator.num_pages > 1 else [],
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
        "page": page,
    }
