"""Whose word counts where several recorded the same: the depositary's before the State's own, the State's before the facts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from entraide.features.treaties.choices import STATEMENTS, ActKind


@dataclass(frozen=True, order=True)
class Claim:
    """An act as somebody recorded it; `rank` is 0 for the facts, 1 for the State itself, 2 for the depositary."""

    instrument: str
    state: str
    kind: str
    on: str
    rank: int


def counting(claims: Iterable[Claim]) -> set[Claim]:
    """Those that count. The highest rank replaces lower ones of the same kind, but for what a withdrawal separates from it."""
    rows = sorted(claims)
    left: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if row.kind == ActKind.WITHDRAWAL:
            left.setdefault((row.instrument, row.state), []).append(row.on)
    found: set[Claim] = set()
    for (instrument, state, kind), same in groupby(rows, key=lambda row: (row.instrument, row.state, row.kind)):
        own = list(same)
        notices = [] if kind == ActKind.WITHDRAWAL else left.get((instrument, state), [])
        found |= set(own) if kind in STATEMENTS else _highest(own, notices)
    return found


def _highest(rows: Sequence[Claim], notices: Sequence[str]) -> set[Claim]:
    spells: dict[int, list[Claim]] = {}
    for row in rows:
        spells.setdefault(sum(notice <= row.on for notice in notices), []).append(row)
    return {row for spell in spells.values() for row in spell if row.rank == max(each.rank for each in spell)}
