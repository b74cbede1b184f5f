"""Moments as the reader's own clock shows them, the zone said; what is of legal record is shown in UTC, for everybody alike."""

from datetime import UTC, date, datetime, tzinfo

from babel import Locale
from babel.dates import get_timezone_location
from django.utils.formats import date_format
from django.utils.timezone import get_current_timezone, is_aware
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def zone_name(zone: tzinfo | None = None) -> str:
    """The city by which a zone is known in the reader's language (CLDR), "UTC" for UTC; without `zone` the reader's own."""
    zone = zone or get_current_timezone()
    if str(zone) in {"UTC", "Etc/UTC"}:
        return "UTC"
    locale = Locale.parse((get_language() or "en").replace("-", "_"))
    return str(get_timezone_location(zone, locale=locale, return_city=True)).rsplit("/", 1)[-1]  # America/Argentina/Buenos_Aires


def moment(when: datetime | date | None) -> str:
    """A moment in the reader's clock, a day as it is; nothing for nothing."""
    return _said(when, get_current_timezone())


def moment_utc(when: datetime | date | None) -> str:
    """A moment of legal record."""
    return _said(when, UTC)


def offset(when: datetime) -> str:
    """How far a moment's clock is from UTC, e.g. +05:30."""
    return when.isoformat()[-6:]


def is_said_twice(when: datetime) -> bool:
    """Whether the clock shows this hour twice that night, because it is set back."""
    return when.replace(fold=0).utcoffset() != when.replace(fold=1).utcoffset()


def _said(when: datetime | date | None, zone: tzinfo) -> str:
    if when is None:
        return ""
    if not isinstance(when, datetime) or not is_aware(when):
        return date_format(when, "DATETIME_FORMAT" if isinstance(when, datetime) else "DATE_FORMAT")
    local = when.astimezone(zone)
    told, place = date_format(local, "DATETIME_FORMAT"), zone_name(zone)
    if place == "UTC":
        return _("%(moment)s UTC") % {"moment": told}
    words = _("%(moment)s (%(place)s time)") % {"moment": told, "place": place}
    return f"{words} UTC{offset(local)}" if is_said_twice(local) else words
