"""Pictures drawn on the server as SVG, each with the table of the same figures; no style but by classes, no script."""

from entraide.ui.pictures.curves import Curve, Series, curve
from entraide.ui.pictures.maps import Legend, Map, Mark, world_map
from entraide.ui.pictures.spans import Span, Spans, spans

__all__ = ["Curve", "Legend", "Map", "Mark", "Series", "Span", "Spans", "curve", "spans", "world_map"]
