"""Two groups by age, back to back: a population pyramid; pale beyond what is known for certain."""

from collections.abc import Sequence
from dataclasses import dataclass

from entraide.ui.pictures.curves import Tick, figure, nice

WIDTH, ROW, TOP, BOTTOM = 480, 46, 30, 30
MIDDLE, REACH = WIDTH // 2, WIDTH // 2 - 12


@dataclass(frozen=True)
class Side:
    """One number: its ends and it in words."""

    low: float
    high: float | None
    text: str


@dataclass(frozen=True)
class Layer:
    """One age group: its name, left and right."""

    label: str
    left: Side
    right: Side


@dataclass(frozen=True)
class Bar:
    """A drawn bar: solid, then pale; `x` is its left edge, `pale_x` that of the pale part."""

    y: int
    x: float
    solid: float
    pale_x: float
    pale: float


@dataclass(frozen=True)
class Drawn:
    """A drawn layer."""

    label: str
    left_text: str
    right_text: str
    y: int
    bars: list[Bar]


@dataclass(frozen=True)
class Pyramid:
    """Ready for its tag."""

    title: str
    left: str
    right: str
    width: int
    height: int
    middle: int
    base: int
    layers: list[Drawn]
    across: list[Tick]


def pyramid(layers: Sequence[Layer], *, left: str, right: str, title: str) -> Pyramid | None:
    """Ages from the youngest; the oldest is drawn on top."""
    if not layers:
        return None
    sides = [side for layer in layers for side in (layer.left, layer.right)]
    top = nice(int(max(side.high if side.high is not None else side.low for side in sides) + 0.999) or 1)

    def long(value: float) -> float:
        return round(value / top * REACH, 1)

    drawn = []
    for number, layer in enumerate(reversed(layers)):
        y = TOP + number * ROW
        bars = []
        for side, leftward in ((layer.left, True), (layer.right, False)):
            solid = long(side.low)
            pale = long(top if side.high is None else side.high) - solid
            x = MIDDLE - solid if leftward else MIDDLE
            bars.append(Bar(y + 20, x, solid, x - pale if leftward else MIDDLE + solid, pale))
        drawn.append(Drawn(layer.label, layer.left.text, layer.right.text, y, bars))
    base = TOP + len(layers) * ROW
    half = figure(top // 2)
    across = [Tick(MIDDLE - long(top / 2), half), Tick(MIDDLE, "0"), Tick(MIDDLE + long(top / 2), half)]
    return Pyramid(title, left, right, WIDTH, base + BOTTOM, MIDDLE, base, drawn, across)
