"""Whose clock is shown: the zone an account chose, else the only one of the country of the post, else UTC."""

from datetime import UTC, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entraide.kernel.base.countries import country_name, in_reading_order
from entraide.ui.moments import zone_name

Choices = list[tuple[str, str | list[tuple[str, str]]]]

USUAL = "usual"
"""What the form calls the zone that follows from the country of the post."""


@cache
def _zones() -> dict[str, list[str]]:
    """{country: its zones} after CLDR, of those whose rules are known here."""
    known = available_timezones()
    return {country: [zone for zone in zones if zone in known] for country, zones in get_global("territory_zones").items()}


def zones_of(country: str) -> list[str]:
    """The zones of a country (ISO 3166 alpha-2); none where CLDR knows none."""
    return _zones().get(country, [])


def zone_of(chosen: str, country: str) -> tzinfo:
    """The zone in which somebody reads and types."""
    zones = [chosen] if chosen in available_timezones() else zones_of(country)
    return ZoneInfo(zones[0]) if len(zones) == 1 else UTC


def words(chosen: str, country: str) -> str:
    """In which zone times are shown, and why."""
    zone = zone_of(chosen, country)
    if zone is UTC and chosen != "UTC":
        reason = _("The country of this post has several time zones.") if zones_of(country) else _("You have not chosen a time zone.")
        return " ".join([reason, _("Until you choose yours, times are shown in UTC.")])
    return _("Times are shown in your time zone: %(zone)s.") % {"zone": zone_name(zone)}


def choices(country: str) -> Choices:
    """What can be chosen: the usual one, the zones of the country of the post, then all others."""
    usual = _("By the country of the post: %(zone)s") % {"zone": zone_name(zone_of("", country))}
    own: list[tuple[str, str]] = []
    rest: list[tuple[str, str]] = []
    for zone, label in _labels(get_language() or "en"):
        (own if zone in zones_of(country) else rest).append((zone, label))
    groups: Choices = [(country_name(country), own)] if own else []
    return [(USUAL, usual), *groups, (_("All others") if own else _("All"), [("UTC", "UTC"), *rest])]


@cache
def _labels(language: str) -> list[tuple[str, str]]:
    """(zone, "country: city") in the order of the language."""
    labels = [
        (zone, _("%(country)s: %(city)s") % {"country": country_name(country, language), "city": zone_name(ZoneInfo(zone))})
        for country, zones in _zones().items()
        for zone in zones
    ]
    return in_reading_order(labels)
