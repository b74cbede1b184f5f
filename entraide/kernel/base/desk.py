"""What a room lays on the desk; collected from each room's `desk.py` when the site starts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Item:
    """One thing to look at: a title without anything personal, where it leads, and until when: a moment, or the end of a day."""

    title: str | Promise
    url: str
    detail: str | Promise = ""
    due: datetime | date | None = None
    kind: str = "neutral"

    @property
    def pressing(self) -> tuple[bool, datetime]:
        """What is due first stands first."""
        if self.due is None or isinstance(self.due, datetime):
            return self.due is None, self.due or datetime.max.replace(tzinfo=UTC)
        return False, datetime.combine(self.due, time.max, UTC)


@dataclass(frozen=True)
class Pile:
    """Things of one kind: how many there are, and the first few."""

    count: int
    items: list[Item] = field(default_factory=list)


PILES = ("awaiting", "waiting", "late")
Maker = Callable[[Any, int], dict[str, Pile]]
"""(acting post, how many items at most) -> {pile name: pile}."""
makers: list[Maker] = []


def lays_on_the_desk(maker: Maker) -> Maker:
    """Marks a room's function that says what awaits the acting post, what it waits for, what is late."""
    makers.append(maker)
    return maker
