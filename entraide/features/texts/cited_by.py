"""What points at a provision: higher rooms add their panels, e.g. instruments, questions, findings."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.functional import Promise

from entraide.features.texts.models import Provision


@dataclass(frozen=True)
class Line:
    """One thing that points here."""

    text: str
    url: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Panel:
    """Lines of one kind under a title."""

    title: str | Promise
    lines: list[Line] = field(default_factory=list)


Maker = Callable[[HttpRequest, Provision], Panel]
_makers: list[Maker] = []


def on_provision_page(maker: Maker) -> Maker:
    """Marks a function of a higher room that says what of it points at a provision."""
    _makers.append(maker)
    return maker


def panels(request: HttpRequest, provision: Provision) -> list[Panel]:
    """Every panel that has something to say."""
    return [panel for panel in (maker(request, provision) for maker in _makers) if panel.lines]
