"""Numbers year by year: a line through what is known exactly, an upright bar where only a range is known."""

from collections.abc import Sequence
from dataclasses import dataclass

from entraide.ui.pictures.curves import Tick, figure, nice

WIDTH, HEIGHT = 480, 270
LEFT, RIGHT, TOP, BOTTOM = 64, 20, 20, 30
End = float | None
Point = tuple[int, float, End]
"""(year, lower end, upper end; None: no upper end known)."""


@dataclass(frozen=True)
class Trend:
    """One line: its name and its points in order of time."""

    label: str
    points: Sequence[Point]


@dataclass(frozen=True)
class Mark:
    """A drawn point: a dot where `height` is 0, otherwise a bar from `y` down."""

    x: float
    y: float
    height: float
    text: str


@dataclass(frozen=True)
class Drawn:
    """A drawn line with its marks."""

    label: str
    kind: str
    path: str
    marks: list[Mark]


@dataclass(frozen=True)
class Trends:
    """Ready for its tag."""

    title: str
    width: int
    height: int
    left: int
    right: int
    lines: list[Drawn]
    across: list[Tick]
    up: list[Tick]


def trends(given: Sequence[Trend], *, title: str) -> Trends | None:
    """Up to five lines; None where there are fewer than two years."""
    years = sorted({year for one in given for year, _low, _high in one.points})
    if len(years) < 2:
        return None
    top = nice(int(max(high if high is not None else low for one in given for _year, low, high in one.points) + 0.999) or 1)

    def x(year: int) -> float:
        return round(LEFT + (year - years[0]) / (years[-1] - years[0]) * (WIDTH - LEFT - RIGHT), 1)

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM), 1)

    lines = []
    for one, kind in zip(given, "abcde", strict=False):
        marks = [
            Mark(x(year), y(top if high is None else high), y(low) - y(top if high is None else high), f"{one.label}, {year}")
            for year, low, high in one.points
        ]
        lines.append(Drawn(one.label, kind, _path([(x(year), y(low)) if low == high else None for year, low, high in one.points]), marks))
    step = max(1, -(-len(years) // 7))
    across = [Tick(x(year), str(year)) for year in years[::step]]
    up = [Tick(y(value), figure(value)) for value in sorted({0, top // 2, top})]
    return Trends(title, WIDTH, HEIGHT, LEFT, WIDTH - RIGHT, lines, across, up)


def _path(places: Sequence[tuple[float, float] | None]) -> str:
    """A range breaks the line: what lies between is not known."""
    path, down = "", False
    for place in places:
        if place is not None:
            path += f"{'L' if down else 'M'}{place[0]} {place[1]}"
        down = place is not None
    return path
