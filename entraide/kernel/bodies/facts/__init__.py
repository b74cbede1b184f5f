"""Public facts: States, bodies that act against trafficking, and the seats they hold. What was not compared with a source says so."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from babel import Locale

UN_LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")
REGIONAL_GROUPS = ("African", "Asia-Pacific", "Eastern European", "GRULAC", "WEOG")


@dataclass(frozen=True, slots=True)
class State:
    """A member or observer of the United Nations; `regional_group` is None where sources differ or there is none."""

    code: str
    slug: str
    status: str
    regional_group: str | None
    names: Mapping[str, str]
    note: str
    source: str
    as_of: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A seat on the map: city and ISO 3166 alpha-2 code."""

    city: str
    country: str


@dataclass(frozen=True, slots=True)
class BodyFact:
    """A real body. Dates are as precise as known: 2004, 2004-10 or 2004-10-29. `unchecked` names facts not compared with a source."""

    slug: str
    names: Mapping[str, str]
    acronyms: tuple[str, ...]
    form: str
    level: str
    kind: str
    place: Place | None
    parents: tuple[str, ...]
    founded: str | None
    ended: str | None
    succeeded_by: str | None
    source: str
    as_of: str
    confirmed: bool
    unchecked: tuple[str, ...]
    note: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SeatFact:
    """A seat in a group, held by the body (or State) of this slug; `until`: first day it is no longer held. None: not known."""

    group: str
    holder: str
    role: str
    since: date | None
    until: date | None
    source: str
    as_of: str
    confirmed: bool
    note: str


def _read(name: str) -> dict[str, Any]:  # what JSON holds
    parsed: dict[str, Any] = json.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))
    return parsed


def state_slug(code: str) -> str:
    """The slug of a State as a body, from its ISO 3166 alpha-2 code."""
    return f"state-{code.lower()}"


def _cldr_names(code: str) -> Mapping[str, str]:
    return MappingProxyType({language: str(Locale(language).territories[code]) for language in UN_LANGUAGES})


@cache
def states() -> tuple[State, ...]:
    """The 193 members and two observers, by code. Names: CLDR through Babel; the observers' official names from the file."""
    held = _read("states.json")
    groups: dict[str, str | None] = {code: group for group, codes in held["members"].items() for code in codes.split()}
    groups |= dict.fromkeys(held["without_group"])
    notes = held["notes"] | held["without_group"]

    def made(code: str) -> State:
        official = held["observers"].get(code)
        return State(
            code=code,
            slug=state_slug(code),
            status="observer" if official else "member",
            regional_group=groups.get(code),
            names=MappingProxyType(official) if official else _cldr_names(code),
            note=notes.get(code, ""),
            source=held["source"],
            as_of=held["as_of"],
            confirmed=held["confirmed"],
        )

    return tuple(made(code) for code in sorted({*groups, *held["observers"]}))


@cache
def bodies() -> tuple[BodyFact, ...]:
    """The bodies of the report and the members of the inter-agency group, parents before children."""
    return tuple(
        BodyFact(
            slug=entry["slug"],
            names=MappingProxyType(entry["names"]),
            acronyms=tuple(entry.get("acronyms", ())),
            form=entry["form"],
            level=entry["level"],
            kind=entry["kind"],
            place=Place(**entry["place"]) if "place" in entry else None,
            parents=tuple(entry.get("parents", ())),
            founded=entry.get("founded"),
            ended=entry.get("ended"),
            succeeded_by=entry.get("succeeded_by"),
            source=entry["source"],
            as_of=entry["as_of"],
            confirmed=entry["confirmed"],
            unchecked=tuple(entry.get("unchecked", ())),
            note=MappingProxyType(entry.get("note", {})),
        )
        for entry in _read("bodies.json")["bodies"]
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def seats() -> tuple[SeatFact, ...]:
    """All seats, one per holder, role and term."""
    return tuple(
        SeatFact(
            group=block["group"],
            holder=state_slug(holder) if holder.isupper() else holder,
            role=block["role"],
            since=_day(block.get("from")),
            until=_day(block.get("until")),
            source=block["source"],
            as_of=block["as_of"],
            confirmed=block["confirmed"],
            note=block.get("note", ""),
        )
        for block in _read("seats.json")["blocks"]
        for holder in block["holders"].split()
    )


def seats_on(group: str, day: date, role: str = "member") -> tuple[SeatFact, ...]:
    """Seats of a group held on a day; an unknown beginning or end is taken as open."""
    return tuple(
        seat
        for seat in seats()
        if seat.group == group and seat.role == role and (not seat.since or seat.since <= day) and (not seat.until or day < seat.until)
    )
