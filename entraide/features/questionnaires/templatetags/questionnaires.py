"""Looking things up in mappings, for the page of a section."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def has(mapping: Mapping[str, str], key: str) -> bool:
    """Whether the key is there."""
    return key in mapping


@register.filter
def item(mapping: Mapping[str, str], key: str) -> str:
    """What stands under the key."""
    return mapping.get(key, "")
