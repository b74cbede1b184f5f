"""Which picture goes with a block: each stands beside the table of the same numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from entraide.features.figures.codes import word
from entraide.features.figures.models import Number
from entraide.features.figures.shown import Block, Row, plain, told
from entraide.ui.pictures import (
    Layer,
    Legend,
    Map,
    Mark,
    Pyramid,
    Side,
    Span,
    Spans,
    Trend,
    Trends,
    pyramid,
    spans,
    trends,
    world_map,
)  # fmt: skip
from entraide.ui.pictures.maps import world
from entraide.ui.templatetags.ui import colon

MOST, LINES = 30, 5
SHADES = {1: "b", 2: "da", 3: "dba"}
"""From light to dark, so that the order shows without colour."""


@dataclass(frozen=True)
class Picture:
    """At most one of each."""

    spans: Spans | None = None
    trends: Trends | None = None
    pyramid: Pyramid | None = None
    map: Map | None = None


def of(block: Block) -> Picture | None:
    """A map for States, a pyramid for sex and age, lines for a few rows over years, bars for one year of a short block."""
    areas = block.dimensions == ("area",)
    shown = Picture(
        map=_map(block) if areas else None,
        pyramid=_pyramid(block) if block.dimensions == ("sex", "age") else None,
        trends=_trends(block) if len(block.rows) <= LINES and len(block.years) > 1 else None,
    )
    if shown.pyramid or shown.trends or (shown.map and len(block.rows) > MOST):
        return shown
    bars = _bars(block) if block.dimensions and len(block.rows) <= MOST else None
    return Picture(spans=bars, map=shown.map) if bars or shown.map else None


def _high(number: Number) -> float | None:
    return None if number.high is None else float(number.high)


def _label(row: Row) -> str:
    return " · ".join(row.labels)


def _bars(block: Block) -> Spans | None:
    estimate = block.definition.tag in {"estimate.all", "sdg.16.2.2.all"}
    given = [
        Span(_label(row), float(number.low), _high(number), told(number), None if number.best is None else float(number.best))
        for row in block.rows
        if (number := row.numbers[-1]) is not None
    ]
    return spans(given, title=_titled(block), pointed=estimate)


def _titled(block: Block) -> str:
    return f"{block.title}, {block.years[-1] or ''}".rstrip(", ")


def _trends(block: Block) -> Trends | None:
    given = [Trend(_label(row) or str(block.definition.label), _points(row)) for row in block.rows]
    return trends([each for each in given if each.points], title=block.title)


def _points(row: Row) -> list[tuple[int, float, float | None]]:
    return [(each.year, float(each.low), _high(each)) for each in row.numbers if each and each.year]


def _pyramid(block: Block) -> Pyramid | None:
    """Women left, men right, as pyramids are drawn; other groups stand in the table."""
    found = {row.codes: row.numbers[-1] for row in block.rows}
    ages = list(dict.fromkeys(age for _sex, age in found))
    layers = [Layer(word("age", age), _side(found.get(("F", age))), _side(found.get(("M", age)))) for age in ages]
    kept = [layer for layer in layers if layer.left.text != "–" or layer.right.text != "–"]
    return pyramid(kept, left=word("sex", "F"), right=word("sex", "M"), title=_titled(block))


def _side(number: Number | None) -> Side:
    return Side(0, 0, "–") if number is None else Side(float(number.low), _high(number), told(number))


def _map(block: Block) -> Map | None:
    """States in up to three shades by their last year; who has no number is drawn as a place of which nothing is said."""
    found = {row.codes[0]: row.numbers[-1] for row in block.rows}
    known = {area: number for area, number in found.items() if number is not None and area in world()["states"]}
    if not known:
        return None
    limits = _limits([float(number.low) for number in known.values()])
    shades = SHADES[len(limits)] if limits else ""
    marks = {
        area: Mark(shades[_shade(float(number.low), limits)], f"{word('area', area)}{colon()} {told(number)}")
        for area, number in known.items()
    }
    legend = [Legend(shade, _from(limits, place)) for place, shade in enumerate(shades)]
    return world_map(marks, title=_titled(block), legend=legend)


def _from(limits: Sequence[float], place: int) -> str:
    if place + 1 < len(limits):
        return _("%(low)s to below %(high)s") % {"low": plain(limits[place]), "high": plain(limits[place + 1])}
    return _("%(low)s and more") % {"low": plain(limits[place])}


def _limits(values: Sequence[float]) -> list[float]:
    """Lower limits of classes of about the same number of States."""
    ordered = sorted(values)
    count = min(len(SHADES), len(set(ordered)))
    return sorted({ordered[len(ordered) * part // count] for part in range(count)}) if count else []


def _shade(value: float, limits: Sequence[float]) -> int:
    return max(place for place, low in enumerate(limits) if value >= low)
