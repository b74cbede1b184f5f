"""Numbers over time as steps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import number_format

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 48, 24, 24, 32


@dataclass(frozen=True)
class Series:
    """A line: its name and its points in order of time."""

    label: str
    points: Sequence[tuple[date, int]]


@dataclass(frozen=True)
class Tick:
    """A mark on an axis, in picture units."""

    at: float
    label: str


@dataclass(frozen=True)
class Line:
    """A drawn series: SVG path data, and where its last value stands."""

    label: str
    path: str
    kind: str
    x: float
    y: float
    last: int


@dataclass(frozen=True)
class Curve:
    """Ready for its tag; `rows` are the same figures year by year."""

    title: str
    unit: str
    width: int
    height: int
    left: int
    right: float
    base: float
    lines: list[Line]
    across: list[Tick]
    up: list[Tick]
    labels: list[str]
    rows: list[tuple[int, list[int]]]


def figure(value: int) -> str:
    """A number on an axis, in the reader's notation."""
    return number_format(value, use_l10n=True, force_grouping=True)


def curve(series: Sequence[Series], *, title: str, unit: str, until: date | None = None) -> Curve | None:
    """Step lines up to the day `until`, the last day of all otherwise; None where there is not one point."""
    given = [one for one in series if one.points]
    if not given:
        return None
    first = min(one.points[0][0] for one in given)
    last = max([one.points[-1][0] for one in given] + ([until] if until else []))
    days = max((last - first).days, 1)
    top = nice(max(value for one in given for _day, value in one.points))

    def x(day: date) -> float:
        return round(LEFT + (day - first).days / days * (WIDTH - LEFT - RIGHT), 1)

    def y(value: int) -> float:
        return round(HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM), 1)

    lines = [_line(one, number, x, y, last) for number, one in enumerate(given)]
    years = range(first.year, last.year + 1)
    step = max(1, -(-len(years) // 6))
    across = [Tick(max(x(max(date(year, 1, 1), first)), LEFT), str(year)) for year in years if (year - first.year) % step == 0]
    up = [Tick(y(value), figure(value)) for value in sorted({0, top // 2, top})]
    rows = [(year, [_value(one, date(year, 12, 31)) for one in given]) for year in years]
    labels = [one.label for one in given]
    return Curve(title, unit, WIDTH, HEIGHT, LEFT, WIDTH - RIGHT, HEIGHT - BOTTOM, lines, across, up, labels, rows)


def _line(one: Series, number: int, x: Callable[[date], float], y: Callable[[int], float], last: date) -> Line:
    path, at = "", y(0)
    for day, value in one.points:
        path += f"{'L' if path else 'M'}{x(day)} {at}L{x(day)} {y(value)}"
        at = y(value)
    path += f"L{x(last)} {at}"
    return Line(one.label, path, "abcde"[number % 5], x(last), at, one.points[-1][1])


def _value(one: Series, day: date) -> int:
    return next((value for at, value in reversed(one.points) if at <= day), 0)


def nice(value: int) -> int:
    """The next of 2, 4, 6, 8, 10, 20, 40 … not below: an axis whose half is whole."""
    size = 1
    while True:
        for step in (2, 4, 6, 8, 10):
            if step * size >= value:
                return step * size
        size *= 10
