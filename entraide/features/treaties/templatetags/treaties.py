"""Words of acts for the templates."""

from django import template

from entraide.features.treaties.choices import ActKind

register = template.Library()


@register.filter
def act_label(kind: str) -> str:
    """An act in words."""
    return str(ActKind(kind).label)
