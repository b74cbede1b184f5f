"""What higher rooms show on the page of a case; collected when the site starts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from entraide.features.cases.models import Case
from entraide.kernel.access.context import Acting


@dataclass(frozen=True)
class Line:
    """A line of the case's timeline."""

    at: datetime
    text: str | Promise
    detail: str | Promise = ""
    url: str = ""


@dataclass(frozen=True)
class Panel:
    """A part of the case page: a template with its context, and the lines it adds to the timeline."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)


PanelMaker = Callable[[Acting, Case], Panel]
makers: list[PanelMaker] = []


def on_case_page(maker: PanelMaker) -> PanelMaker:
    """Marks a function that makes a panel for the page of a case."""
    makers.append(maker)
    return maker
