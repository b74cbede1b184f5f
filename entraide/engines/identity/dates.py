"""Canonical form of a date of birth."""

import re
from datetime import date

from .text import fold_digits, visible

_EARLIEST, _LATEST = 1850, 2399  # from 2400 on a year is Buddhist-era; below 1850 Hijri, Jalali or a slip
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/. ](\d{1,2})(?:[-/. ](\d{1,2})(?:[T ]\d{2}:\d{2}[\d:.+Z-]*)?)?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})")


def date_form(text_or_date: str | date) -> str | None:
    """Returns an ISO 8601 date: "1990-05-03", or as much as is known, "1990-05" or "1990"; None where there is no date to be sure of.

    Reads `date`, `datetime` (its day), and text in digits of any script: year first (ISO 8601 and with / . or space; 19900503), or
    year last with dots (day first), with / or - only where one reading is possible (13/05/1990, 05/05/1990; 03/05/1990 gives None).
    None for impossible dates and for years outside 1850-2399. Years of other calendars are not converted, since a silent
    conversion of a slip makes a false person: Buddhist-era years (2400-2700), Hijri and Jalali years give None, and whoever
    imports them converts them knowingly. Knows no today: future dates pass. A form of one precision never equals one of another.
    """
    if isinstance(text_or_date, date):
        return _form(text_or_date.year, text_or_date.month, text_or_date.day)
    text = fold_digits(visible(text_or_date)).strip()
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _form(*(int(number) if number else None for number in found.groups()))
    if found := _YEAR_LAST.fullmatch(text):
        return _year_last(int(found[1]), int(found[3]), int(found[4]), found[2])
    return None


def _year_last(first: int, second: int, year: int, separator: str) -> str | None:
    day_first = _form(year, second, first)
    month_first = _form(year, first, second)
    if separator == "." or month_first is None or day_first == month_first:
        return day_first
    return month_first if day_first is None else None


def _form(year: int | None, month: int | None = None, day: int | None = None) -> str | None:
    if year is None or not _EARLIEST <= year <= _LATEST:
        return None
    try:
        known = date(year, 1 if month is None else month, 1 if day is None else day).isoformat()
    except ValueError:
        return None
    return known[:4] if month is None else known[:7] if day is None else known
