"""The world, with what is said of each State."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

WORLD = Path(__file__).parent / "world.json"


@dataclass(frozen=True)
class Mark:
    """What is said of one State: a kind from "a" (strongest) to "e", and a sentence. The way to its page stands in the table."""

    kind: str
    text: str


@dataclass(frozen=True)
class Legend:
    """What a kind means."""

    kind: str
    label: str
    count: int = 0


@dataclass(frozen=True)
class Shape:
    """One State: an outline, or a dot where it is too small for one."""

    code: str
    kind: str
    text: str
    path: str = ""
    x: int = 0
    y: int = 0


@dataclass(frozen=True)
class Map:
    """Ready for its tag."""

    title: str
    legend: list[Legend]
    shapes: list[Shape]
    others: list[str]
    width: int
    height: int
    note: str = ""


@cache
def world() -> dict[str, Any]:
    """The baked outlines; see `setup/map`."""
    found: dict[str, Any] = json.loads(WORLD.read_text(encoding="utf-8"))
    return found


def world_map(marks: Mapping[str, Mark], *, title: str, legend: Sequence[Legend], note: str = "") -> Map:
    """A map of marks by ISO 3166-1 alpha-2 code; what carries no mark is drawn as a place of which nothing is said; dots lie on top.

    `note` says what the counts of the legend leave out.
    """
    counts = Counter(mark.kind for mark in marks.values())
    shapes = [_shape(code, drawn, marks.get(code)) for code, drawn in world()["states"].items()]
    return Map(
        title=title,
        legend=[Legend(each.kind, each.label, counts[each.kind]) for each in legend],
        shapes=sorted(shapes, key=lambda shape: not shape.path),
        others=world()["others"],
        width=world()["width"],
        height=world()["height"],
        note=note,
    )


def _shape(code: str, drawn: str | list[int], mark: Mark | None) -> Shape:
    kind, text = (mark.kind, mark.text) if mark else ("", "")
    if isinstance(drawn, str):
        return Shape(code, kind, text, path=drawn)
    return Shape(code, kind, text, x=drawn[0], y=drawn[1])
