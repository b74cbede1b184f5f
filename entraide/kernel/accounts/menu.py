"""The menu by function: each app says in its `menu.py` what it offers to whom; collected when the site starts."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from entraide.kernel.access.context import Acting


@dataclass(frozen=True)
class Entry:
    """One line of the menu; no functions means everybody who acts."""

    label: str | Promise
    route: str
    place: int
    functions: frozenset[str] = field(default_factory=frozenset)


_entries: list[Entry] = []
_open: list[Entry] = []


def offer(*entries: Entry) -> None:
    """Adds lines to the menu."""
    _entries.extend(entries)


def offer_to_all(*entries: Entry) -> None:
    """Adds lines to the menu of whoever has not signed in."""
    _open.extend(entries)


def menu_for(by: Acting | None, request: HttpRequest) -> list[dict[str, object]]:
    """What base.html shows: label, address and whether one is there."""
    offered = _open if by is None else [entry for entry in _entries if not entry.functions or by.function in entry.functions]
    mine = sorted(offered, key=lambda entry: entry.place)
    urls = [reverse(entry.route) for entry in mine]
    here = max((url for url in urls if request.path.startswith(url) and url != "/"), key=len, default="/")
    return [{"label": str(entry.label), "url": url, "current": url == here} for entry, url in zip(mine, urls, strict=True)]
