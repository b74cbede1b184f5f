"""Reads a page as tests want it: every element with its attributes, and the text."""

from html.parser import HTMLParser
from types import SimpleNamespace

from django.http import HttpRequest
from django.test import RequestFactory


class Reading(HTMLParser):
    """Elements and visible text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.elements if name == tag and all(attrs.get(key) == value for key, value in wanted.items())]

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] for _tag, attrs in self.elements if "id" in attrs]


def asked(path: str = "/", signed_in: bool = False) -> HttpRequest:
    """A request with just what the frame reads."""
    request = RequestFactory().get(path)
    request.user = SimpleNamespace(is_authenticated=signed_in)  # type: ignore[assignment]  # the frame asks nothing else
    return request
