"""Dates and times as boxes for day, month, year and clock, with a clear sentence for whatever is wrong."""

import datetime
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone, to_current_timezone
from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_EARLIEST = datetime.date(1900, 1, 1)
_CLOCK = re.compile(r"(\d{1,2})\s*[:.hH]?\s*(\d{2})")


class Parts(NamedTuple):
    """What was typed into the boxes, untouched, so that a wrong date can be shown again."""

    day: str
    month: str
    year: str
    time: str = ""


Typed = Parts | str | datetime.datetime | datetime.date | None


class Box(NamedTuple):
    """One box as the template draws it."""

    label: Promise
    name: str
    id: str
    value: str
    width: int
    numeric: bool


_LABELS: dict[str, Promise] = {"day": _("Day"), "month": _("Month"), "year": _("Year"), "time": _("Time, for example 14:30")}
_MISSING: dict[str, Promise] = {
    "day": _("The date must include a day."),
    "month": _("The date must include a month."),
    "year": _("The date must include a year."),
    "time": _("Enter the time, for example 14:30."),
}
_WIDTHS = {"day": 2, "month": 2, "year": 4, "time": 5}


class DateBoxes(forms.Widget):
    """Three boxes: day, month, year."""

    template_name = "ui/forms/widgets/date_boxes.html"
    use_fieldset = True
    names: tuple[str, ...] = ("day", "month", "year")

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        typed = self._typed(value)
        id_ = context["widget"]["attrs"].get("id", f"id_{name}")
        context["widget"]["invalid"] = "aria-invalid" in context["widget"]["attrs"]
        context["widget"]["boxes"] = [
            Box(_LABELS[part], f"{name}_{part}", f"{id_}_{part}", getattr(typed, part), _WIDTHS[part], part != "time")
            for part in self.names
        ]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> Parts | None:
        typed = Parts(*(str(data.get(f"{name}_{part}", "")).strip() for part in self.names))
        return typed if any(typed) else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> bool:
        return not any(f"{name}_{part}" in data for part in self.names)

    def id_for_label(self, id_: str, index: str | int | None = None) -> str:
        return f"{id_}_day" if id_ else id_

    def _typed(self, value: object) -> Parts:
        if isinstance(value, Parts):
            return value
        if isinstance(value, datetime.datetime):
            return Parts(str(value.day), str(value.month), str(value.year), value.strftime("%H:%M"))
        if isinstance(value, datetime.date):
            return Parts(str(value.day), str(value.month), str(value.year))
        return Parts("", "", "")


class DateTimeBoxes(DateBoxes):
    """Three boxes for the date and one for the clock."""

    names = ("day", "month", "year", "time")


class DateField(forms.DateField):
    """A date asked for in three boxes; `earliest` and `latest` are the inclusive bounds."""

    widget = DateBoxes
    default_error_messages = {"required": _("Enter the date.")}

    def __init__(self, *, earliest: datetime.date = _EARLIEST, latest: datetime.date | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value: Typed) -> datetime.date | None:
        if not isinstance(value, Parts):
            return super().to_python(value)
        return _bounded(_date(value), self.earliest, self.latest)


class DateTimeField(forms.DateTimeField):
    """A date in three boxes and a time in one, read in the current time zone."""

    widget = DateTimeBoxes
    default_error_messages = {"required": _("Enter the date and the time.")}

    def __init__(self, *, earliest: datetime.date = _EARLIEST, latest: datetime.date | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def prepare_value(self, value: object) -> object:
        return to_current_timezone(value) if isinstance(value, datetime.datetime) else value

    def to_python(self, value: Typed) -> datetime.datetime | None:
        if not isinstance(value, Parts):
            return super().to_python(value)
        day = _bounded(_date(value), self.earliest, self.latest)
        return from_current_timezone(datetime.datetime.combine(day, _time(value)))


def _date(typed: Parts) -> datetime.date:
    for part in ("day", "month", "year"):
        if not getattr(typed, part):
            raise _wrong(_MISSING[part], part)
    day = _number(typed.day, 2, "day", 1, 31, _("The day must be a number from 1 to 31."))
    month = _number(typed.month, 2, "month", 1, 12, _("The month must be a number from 1 to 12."))
    year = _number(typed.year, 4, "year", 1000, 9999, _("The year must have 4 figures, for example 1998."))
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise _wrong(_("This date does not exist. Check the day and the month."), "day") from None


def _number(text: str, figures: int, part: str, least: int, most: int, sentence: Promise) -> int:
    # isdecimal also accepts the figures of other scripts, which int() understands.
    if not text.isdecimal() or len(text) > figures or not least <= int(text) <= most:
        raise _wrong(sentence, part)
    return int(text)


def _time(typed: Parts) -> datetime.time:
    if not typed.time:
        raise _wrong(_MISSING["time"], "time")
    clock = _CLOCK.fullmatch(typed.time)
    if clock is None or int(clock[1]) > 23 or int(clock[2]) > 59:
        raise _wrong(_("Enter the time as hours and minutes, from 00:00 to 23:59."), "time")
    return datetime.time(int(clock[1]), int(clock[2]))


def _bounded(day: datetime.date, earliest: datetime.date, latest: datetime.date | None) -> datetime.date:
    if day < earliest:
        raise _wrong(_("The date must be %(bound)s or later."), "year", bound=date_format(earliest))
    if latest is not None and day > latest:
        raise _wrong(_("The date must be %(bound)s or earlier."), "year", bound=date_format(latest))
    return day


def _wrong(sentence: Promise, part: str, **params: str) -> ValidationError:
    """`part` tells the error summary which box to lead to."""
    return ValidationError(sentence, code="invalid", params={"part": part, **params})  # type: ignore[arg-type]  # lazy text is text
