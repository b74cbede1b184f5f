"""The chain as a picture: one column for each stage, lines between; mirrored where one reads from right to left."""

from dataclasses import dataclass
from textwrap import wrap

from entraide.features.monitoring.chain.links import LABELS, Chain, Key, Link, Stage

WIDE, HIGH, GAP_X, GAP_Y, TOP = 184, 74, 34, 14, 40
LETTERS, LINES = 19, 3


@dataclass(frozen=True)
class Box:
    """A link in picture units; `lines` are pieces of its title with their heights."""

    x: float
    y: float
    middle: float
    lines: list[tuple[float, str]]
    kind: str
    title: str


@dataclass(frozen=True)
class Picture:
    """Ready for its template."""

    width: int
    height: int
    heads: list[tuple[float, str]]
    boxes: list[Box]
    lines: list[str]
    box_width: int = WIDE
    box_height: int = HIGH


def picture(chain: Chain, *, mirrored: bool, start: Key | None = None) -> Picture | None:
    """The picture; None where there is nothing to draw. Stages without a link have no column."""
    stages = [stage for stage in Stage if chain.at(stage)]
    if not stages:
        return None
    width = len(stages) * (WIDE + GAP_X) - GAP_X + 4
    places: dict[Key, tuple[float, float]] = {}
    for column, stage in enumerate(stages):
        x = 2 + column * (WIDE + GAP_X)
        for row, link in enumerate(chain.at(stage)):
            places[link.key] = (width - x - WIDE if mirrored else x, TOP + row * (HIGH + GAP_Y))
    height = TOP + max(len(chain.at(stage)) for stage in stages) * (HIGH + GAP_Y)
    heads = [(2 + column * (WIDE + GAP_X) + WIDE / 2, str(LABELS[stage])) for column, stage in enumerate(stages)]
    if mirrored:
        heads = [(width - x, label) for x, label in heads]
    boxes = [_box(link, *places[link.key], link.key == start) for link in chain.links.values()]
    return Picture(width, height, heads, boxes, [_line(places[a], places[b], mirrored) for a, b in chain.drawn()])


def _box(link: Link, x: float, y: float, start: bool) -> Box:
    pieces = wrap(link.title, LETTERS) or [""]
    if len(pieces) > LINES:
        pieces = [*pieces[: LINES - 1], pieces[LINES - 1][: LETTERS - 1] + "…"]
    first = y + HIGH / 2 - (len(pieces) - 1) * 9 + 5
    kind = "c" if link.late else "d" if start else ""
    return Box(x, y, x + WIDE / 2, [(first + 18 * place, piece) for place, piece in enumerate(pieces)], kind, link.title)


def _line(a: tuple[float, float], b: tuple[float, float], mirrored: bool) -> str:
    """From the end of one box to the beginning of the other; within a column, beside it."""
    (ax, ay), (bx, by) = a, b
    out, into = (0, WIDE) if mirrored else (WIDE, 0)
    turn = -GAP_X / 2 if mirrored else GAP_X / 2
    x1, y1, x2, y2 = ax + out, ay + HIGH / 2, bx + into, by + HIGH / 2
    if ax == bx:
        x2 = bx + out
        return f"M{x1} {y1}C{x1 + turn} {y1} {x2 + turn} {y2} {x2} {y2}"
    return f"M{x1} {y1}C{x1 + turn} {y1} {x2 - turn} {y2} {x2} {y2}"
