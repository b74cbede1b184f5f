"""Pictures drawn on the server as SVG, each with the table of the same figures; no style but by classes, no script."""

from entraide.ui.pictures.curves import Curve, Series, curve
from entraide.ui.pictures.maps import Legend, Map, Mark, world_map
from entraide.ui.pictures.pyramids import Layer, Pyramid, Side, pyramid
from entraide.ui.pictures.spans import Span, Spans, spans
from entraide.ui.pictures.trends import Trend, Trends, trends

__all__ = [
    "Curve", "Layer", "Legend", "Map", "Mark", "Pyramid", "Series", "Side", "Span", "Spans", "Trend", "Trends", "curve", "pyramid", "spans",
    "trends", "world_map",
]  # fmt: skip
