"""Numbers side by side as bars, and what is known only as an interval as a pale bar from its lower to its upper end."""

from collections.abc import Sequence
from dataclasses import dataclass

from entraide.ui.pictures.curves import Tick, figure, nice

WIDTH, ROW, TOP, BOTTOM = 480, 44, 8, 28
LEFT, RIGHT = 8, 16


@dataclass(frozen=True)
class Span:
    """One line: what it is, its lower and upper end (None: no upper end known), a best value where there is one, and it in words."""

    label: str
    low: float
    high: float | None
    text: str
    value: float | None = None


@dataclass(frozen=True)
class Bar:
    """A drawn line: text above, solid to `low`, pale on to `high`; `value` marks the best value."""

    label: str
    text: str
    y: int
    start: float
    solid: float
    pale: float
    value: float | None
    open: bool


@dataclass(frozen=True)
class Spans:
    """Ready for its tag."""

    title: str
    width: int
    height: int
    base: int
    bars: list[Bar]
    across: list[Tick]
    pointed: bool


def spans(given: Sequence[Span], *, title: str, pointed: bool = False) -> Spans | None:
    """Bars from zero; with `pointed` only the interval and its best value are drawn. None where there is nothing to draw."""
    if not given:
        return None
    top = nice(int(max([each.high or each.value or each.low for each in given] + [each.low for each in given] + [1]) + 0.999))

    def x(value: float) -> float:
        return round(LEFT + value / top * (WIDTH - LEFT - RIGHT), 1)

    bars = []
    for number, each in enumerate(given):
        low, high = x(each.low), x(top if each.high is None else each.high)
        start = low if pointed else LEFT
        mark = None if each.value is None else x(each.value)
        bars.append(Bar(each.label, each.text, TOP + number * ROW, start, low - start, high - low, mark, each.high is None))
    base = TOP + len(given) * ROW
    across = [Tick(x(value), figure(value)) for value in sorted({0, top // 2, top})]
    return Spans(title, WIDTH, base + BOTTOM, base, bars, across, pointed)
