"""Tags that draw pictures; what they take and an example stand in `entraide/ui/README.md`."""

from typing import Any

from django import template

from entraide.ui.pictures import Curve, Map, Pyramid, Spans, Trends

register = template.Library()


@register.inclusion_tag("ui/pictures/world_map.html")
def world_map(map: Map) -> dict[str, Any]:
    """The map with its legend."""
    return {"map": map}


@register.inclusion_tag("ui/pictures/curve.html")
def curve(curve: Curve) -> dict[str, Any]:
    """The curve with its table."""
    return {"curve": curve}


@register.inclusion_tag("ui/pictures/spans.html")
def spans(spans: Spans) -> dict[str, Any]:
    """Numbers and intervals side by side; their table stands beside them on the page."""
    return {"spans": spans}


@register.inclusion_tag("ui/pictures/trends.html")
def trends(trends: Trends) -> dict[str, Any]:
    """Numbers year by year; their table stands beside them on the page."""
    return {"trends": trends}


@register.inclusion_tag("ui/pictures/pyramid.html")
def pyramid(pyramid: Pyramid) -> dict[str, Any]:
    """Two groups by age, back to back; their table stands beside them on the page."""
    return {"pyramid": pyramid}
