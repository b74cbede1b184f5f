"""What each room can count; collected from each room's `figures.py` when the site starts.

A tally counts persons or events of one body in one whole year. It runs as the body's agent, so the row policies decide what it
sees; what it returns is raw and goes straight into protection. Nobody is shown it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

Text = str | Promise
Counts = Mapping[tuple[str, ...], int]
"""{one code per column of the group: how many}."""


@dataclass(frozen=True)
class Column:
    """One way in which what is counted differs. `values` are all codes it may have; empty: country codes, rare ones taken together."""

    name: str
    values: tuple[str, ...] = ()


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


tallies: dict[str, Tally] = {}


def tells_figures(tally: Tally) -> Tally:
    """Registers what a room can count."""
    tallies[tally.name] = tally
    return tally
