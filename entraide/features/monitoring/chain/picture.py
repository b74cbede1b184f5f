"""The chain as a picture: one band for each stage, lines down from one to the next; mirrored where one reads from right to left.

It is drawn twice, for a wide screen and for a telephone, each as wide as its screen: nothing scrolls sideways. What does not fit
into a band stands in one last box that says how many more there are; the table has them all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import wrap

from django.utils.translation import ngettext

from entraide.features.monitoring.chain.links import LABELS, Chain, Key, Link, Stage

GAP_X, GAP_Y, HEAD, BAND = 12, 10, 26, 22
LINE, ROWS = 18, 2
Gaps = Mapping[Stage, str]


@dataclass(frozen=True)
class Shape:
    """How a picture is laid out, in picture units, which are pixels of its screen."""

    name: str
    columns: int
    box: int
    high: int
    letters: int

    @property
    def width(self) -> int:
        """Of the whole."""
        return self.columns * (self.box + GAP_X) - GAP_X + 4


WIDE = Shape("wide", 5, 208, 70, 26)
NARROW = Shape("narrow", 2, 160, 74, 19)


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

    shape: Shape
    height: int
    heads: list[tuple[float, float, str]]
    boxes: list[Box]
    lines: list[str]

    @property
    def width(self) -> int:
        """Of the whole."""
        return self.shape.width


def pictures(chain: Chain, *, mirrored: bool, start: Key | None = None, gaps: Gaps | None = None) -> list[Picture]:
    """For a wide screen and for a telephone; none where there is nothing to draw."""
    drawn = [picture(chain, shape, mirrored=mirrored, start=start, gaps=gaps) for shape in (WIDE, NARROW)]
    return [each for each in drawn if each]


def picture(chain: Chain, shape: Shape, *, mirrored: bool, start: Key | None = None, gaps: Gaps | None = None) -> Picture | None:
    """One picture. gaps: what stands where a stage is empty; a stage with neither has no band."""
    if not chain.links:
        return None
    heads: list[tuple[float, float, str]] = []
    boxes: list[Box] = []
    places: dict[Key, tuple[float, float]] = {}
    y = 0
    for stage in Stage:
        found = sorted(chain.at(stage), key=lambda link: (link.key != start, not link.late))
        gap = (gaps or {}).get(stage, "")
        if not found and not gap:
            continue
        heads.append((shape.width - 2 if mirrored else 2, y + LINE, str(LABELS[stage])))
        shown, more = _fit(found, shape)
        kinds = [(link.title, "c" if link.late else "d" if link.key == start else "") for link in shown]
        kinds += [(gap, "gap")] if not found else [(_more(len(more)), "gap")] if more else []
        at = [_place(number, shape, y + HEAD, mirrored=mirrored) for number in range(len(kinds))]
        boxes += [_box(title, kind, *corner, shape) for (title, kind), corner in zip(kinds, at, strict=True)]
        places |= {link.key: at[number] for number, link in enumerate(shown)} | {link.key: at[-1] for link in more}
        y += HEAD + -(-len(kinds) // shape.columns) * (shape.high + GAP_Y) - GAP_Y + BAND
    lines = {_line(places[a], places[b], shape) for a, b in chain.drawn()}
    return Picture(shape, y - BAND + 2, heads, boxes, sorted(lines))


def _fit(found: list[Link], shape: Shape) -> tuple[list[Link], list[Link]]:
    """What has a box of its own, and what shares the last one."""
    room = shape.columns * ROWS
    return (found, []) if len(found) <= room else (found[: room - 1], found[room - 1 :])


def _more(count: int) -> str:
    return ngettext("and %(count)s more", "and %(count)s more", count) % {"count": count}


def _place(number: int, shape: Shape, top: float, *, mirrored: bool) -> tuple[float, float]:
    row, column = divmod(number, shape.columns)
    x = 2 + column * (shape.box + GAP_X)
    return (shape.width - x - shape.box if mirrored else x), top + row * (shape.high + GAP_Y)


def _box(title: str, kind: str, x: float, y: float, shape: Shape) -> Box:
    pieces = wrap(title, shape.letters) or [""]
    if len(pieces) > 3:
        pieces = [*pieces[:2], pieces[2][: shape.letters - 1] + "…"]
    first = y + shape.high / 2 - (len(pieces) - 1) * LINE / 2 + 5
    return Box(x, y, x + shape.box / 2, [(first + LINE * place, piece) for place, piece in enumerate(pieces)], kind, title)


def _line(a: tuple[float, float], b: tuple[float, float], shape: Shape) -> str:
    """From the foot of one box to the head of the other; within a band, from side to side."""
    half = shape.box / 2
    (x1, y1), (x2, y2) = (a[0] + half, a[1] + shape.high), (b[0] + half, b[1])
    if a[1] == b[1]:
        return f"M{x1} {y1}C{x1} {y1 + BAND} {x2} {y1 + BAND} {x2} {y1}"
    turn = max((y2 - y1) / 2, BAND)
    return f"M{x1} {y1}C{x1} {y1 + turn} {x2} {y2 - turn} {x2} {y2}"
