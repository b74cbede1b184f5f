"""Words of acts for the templates."""

from collections.abc import Mapping

from django import template

from entraide.features.treaties.choices import ActKind
from entraide.kernel.base.countries import country_name
from entraide.kernel.base.days import day_words
from entraide.kernel.base.names import localised

register = template.Library()


@register.filter
def country(code: str) -> str:
    """A State's name in the reader's language."""
    return country_name(code)


@register.filter
def named(names: Mapping[str, str]) -> str:
    """A name in the reader's language."""
    return localised(names)


@register.filter
def day(partial: str) -> str:
    """A day, a month or a year in words."""
    return day_words(partial)


@register.filter
def act_label(kind: str) -> str:
    """An act in words."""
    return str(ActKind(kind).label)
