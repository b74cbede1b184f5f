"""The small values that views hand to components: every field has a default, so a template never meets a hole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import pgettext

from entraide.ui.moments import moment

Text = str | Promise
Kind = Literal["neutral", "active", "waiting", "done", "late", "special"]


def in_one_line(several: Iterable[Text]) -> str:
    """Several labels in one line; they may hold commas themselves."""
    return pgettext("between labels that hold commas", "; ").join(str(each) for each in several)


@dataclass(frozen=True)
class Link:
    """A link in breadcrumbs, tabs or a menu."""

    label: Text
    url: str = ""
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Row:
    """A line of a summary list; `ref` isolates a reference from the direction of the text around it."""

    key: Text
    value: Text = ""
    url: str = ""
    action: Text = ""
    ref: bool = False
    kind: Kind | Literal[""] = ""


@dataclass(frozen=True)
class Task:
    """A line of a task list; without `url` it cannot be started yet."""

    label: Text
    status: Text
    kind: Kind = "neutral"
    url: str = ""
    hint: Text = ""


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    label: Text
    numeric: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a table: text, a link when `url` is given, a status tag when `kind` is given."""

    text: Text = ""
    url: str = ""
    kind: Kind | Literal[""] = ""
    ref: bool = False


@dataclass(frozen=True)
class Moment:
    """Something that happened, for a timeline."""

    when: datetime | date
    title: Text
    by: Text = ""
    text: Text = ""
    url: str = ""

    @property
    def stamp(self) -> str:
        return moment(self.when)

    @property
    def machine_stamp(self) -> str:
        return self.when.isoformat()


@dataclass(frozen=True)
class Step:
    """One tick of a track."""

    label: Text
    done: bool = False
    note: Text = ""


@dataclass(frozen=True)
class Track:
    """One of the tracks that run side by side."""

    title: Text
    state: Text
    kind: Kind = "neutral"
    steps: Sequence[Step] = ()
    url: str = ""
    note: Text = ""


@dataclass(frozen=True)
class Difference:
    """One line of a comparison of two versions."""

    label: Text
    mine: Text
    theirs: Text

    @property
    def changed(self) -> bool:
        return str(self.mine) != str(self.theirs)
