"""What each room can count; collected from each room's `figures.py` when the site starts.

A tally counts persons or events of one body in one whole year. It runs as the body's agent, so the row policies decide what it
sees; what it returns is raw and goes straight into protection. Nobody is shown it.

What everybody can read anyway (who ratified what, what published reports recommend) is `Known`: it is counted as everybody, so that the row
policies keep out whatever is not public, and told exactly.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.functional import Promise

Text = str | Promise
Counts = Mapping[tuple[str, ...], int]
"""{one code per column of the group: how many}."""


@dataclass(frozen=True)
class Column:
    """One way in which what is counted differs. `values` are all codes it may have; empty: country codes, rare ones taken together.

    `indicator`: on the first column of a group, where that group tells something else than the tally does.
    """

    name: str
    values: tuple[str, ...] = ()
    indicator: str = ""


@dataclass(frozen=True)
class Tally:
    """What a room counts. The columns of one group are told in combination, different groups share nothing but the total.

    Everybody who is counted stands in one cell of each group. `count(since, until)` gives the raw counts of each group, for what was
    recorded from the day `since` to before the day `until`: so that years have nobody in common.
    """

    name: str
    label: Text
    indicator: str
    groups: tuple[tuple[Column, ...], ...]
    count: Callable[[date, date], Iterable[Counts]]


@dataclass(frozen=True)
class Fact:
    """A number that is public as it is: of which indicator, with its code in each dimension that is no total (`area` among them)."""

    indicator: str
    count: int
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asking:
    """For which body public facts are counted: some are its own or its State's, seen by everybody all the same."""

    body: UUID
    country: str


@dataclass(frozen=True)
class Known:
    """What a room can count of what everybody reads. `count(asking, since, until)` runs as everybody, for each of several years."""

    name: str
    label: Text
    count: Callable[[Asking, date, date], Iterable[Fact]]


tallies: dict[str, Tally | Known] = {}


def tells_figures(tally: Tally | Known) -> Tally | Known:
    """Registers what a room can count."""
    tallies[tally.name] = tally
    return tally
