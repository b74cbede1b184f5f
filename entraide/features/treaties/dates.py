"""Days that are known as well as they are known: a day, a month, a year, or only that it was before another day."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

FIRST_DAY = date(1900, 1, 1)
TOO_OLD = _("Give a day from 1900 on: no instrument recorded here is older.")
PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, order=True)
class Span:
    """From the earliest to the latest possible day; both the same where the day is known."""

    earliest: date
    latest: date

    @property
    def known(self) -> bool:
        """Whether the day itself is known."""
        return self.earliest == self.latest

    def __str__(self) -> str:
        return self.earliest.isoformat() if self.known else f"{self.earliest.isoformat()}/{self.latest.isoformat()}"


def span(partial: str, *, within: Span) -> Span:
    """ISO 8601 with year, year-month or full day; empty: some day `within`. Raises ValueError for anything else."""
    if not partial:
        return within
    match = PARTIAL.fullmatch(partial)
    if match is None:
        raise ValueError(partial)
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if day is not None and month is not None:
        return Span(date(year, month, day), date(year, month, day))
    first, last = month or 1, month or 12
    return Span(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def add_months(day: date, months: int) -> date:
    """The same day of the month later, or the last day of that month (31 January and one month: 28 or 29 February)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def first_of_month_after(day: date, months: int) -> date:
    """The first day of the month that follows the expiry of so many months: 24 October and three months: 1 February."""
    later = add_months(day, months)
    return date(later.year + later.month // 12, later.month % 12 + 1, 1)


def add_days(day: date, days: int) -> date:
    """So many days later."""
    return day + timedelta(days=days)
