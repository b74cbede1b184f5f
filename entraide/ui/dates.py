"""Dates and times as boxes for day, month, year and clock, with a clear sentence for whatever is wrong."""

import datetime
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import get_current_timezone, is_aware
from django.utils.translation import gettext_lazy as _

from entraide.ui.moments import is_said_twice, offset, zone_name

_EARLIEST = datetime.date(1900, 1, 1)
_LATEST = datetime.date(9998, 12, 31)  # the last that every zone can show
_CLOCK = re.compile(r"(\d{1,2})\s*[:.hH]?\s*(\d{2})(?:\s*([+−-])(\d{2}):?(\d{2}))?")


class Parts(NamedTuple):
    """What was typed into the boxes, untouched, so that a wrong date can be shown again."""

    day: str
    month: str
    year: str
    time: str = ""


Typed = Parts | str | datetime.datetime | datetime.date | None


class Box(NamedTuple):
    """One box as the template draws it."""

    label: str | Promise
    name: str
    id: str
    value: str
    width: int
    numeric: bool


_LABELS: dict[str, Promise] = {"day": _("Day"), "month": _("Month"), "year": _("Year"), "time": _("Time (%(place)s), for example 14:30")}
_MISSING: dict[str, Promise] = {
    "day": _("The date must include a day."),
    "month": _("The date must include a month."),
    "year": _("The date must include a year."),
    "time": _("Enter the time, for example 14:30."),
}
_WIDTHS = {"day": 2, "month": 2, "year": 4, "time": 5}


def _bare(text: str) -> Parts | None:
    """A date that an address carries as YYYY-MM-DD; anything else is said to be wrong, never passed over."""
    year, month, day = text.split("-") if text.count("-") == 2 else ("", "", text)
    return Parts(day, month, year) if text else None


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
            Box(_label(part), f"{name}_{part}", f"{id_}_{part}", getattr(typed, part), _WIDTHS[part], part != "time") for part in self.names
        ]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> Parts | None:
        typed = Parts(*(str(data.get(f"{name}_{part}", "")).strip() for part in self.names))
        return typed if any(typed) else _bare(str(data.get(name, "")).strip())

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> bool:
        return not any(each in data for each in (name, *(f"{name}_{part}" for part in self.names)))

    def id_for_label(self, id_: str, index: str | int | None = None) -> str:
        return f"{id_}_day" if id_ else id_

    def _typed(self, value: object) -> Parts:
        if isinstance(value, Parts):
            return value
        if isinstance(value, datetime.datetime):
            clock = value.strftime("%H:%M") + (f" {offset(value)}" if is_aware(value) and is_said_twice(value) else "")
            return Parts(str(value.day), str(value.month), str(value.year), clock)
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
    """A date in three boxes and a time in one, typed and shown in the reader's clock; what is made of them is in UTC."""

    widget = DateTimeBoxes
    default_error_messages = {"required": _("Enter the date and the time.")}

    def __init__(self, *, earliest: datetime.date = _EARLIEST, latest: datetime.date = _LATEST, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def prepare_value(self, value: object) -> object:
        return value.astimezone(get_current_timezone()) if isinstance(value, datetime.datetime) else value

    def to_python(self, value: Typed) -> datetime.datetime | None:
        if not isinstance(value, Parts):
            return super().to_python(value)
        day = _bounded(_date(value), self.earliest, self.latest)
        clock, said = _time(value)
        return _moment(datetime.datetime.combine(day, clock), said)


def _label(part: str) -> str | Promise:
    """The box for the clock says whose clock."""
    return str(_LABELS[part]) % {"place": zone_name()} if part == "time" else _LABELS[part]


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


def _time(typed: Parts) -> tuple[datetime.time, datetime.timedelta | None]:
    """The clock, and how far it is from UTC where that was said."""
    if not typed.time:
        raise _wrong(_MISSING["time"], "time")
    clock = _CLOCK.fullmatch(typed.time)
    if clock is None or int(clock[1]) > 23 or int(clock[2]) > 59:
        raise _wrong(_("Enter the time as hours and minutes, from 00:00 to 23:59."), "time")
    said = datetime.timedelta(hours=int(clock[4]), minutes=int(clock[5])) * (1 if clock[3] == "+" else -1) if clock[3] else None
    return datetime.time(int(clock[1]), int(clock[2])), said


def _moment(shown: datetime.datetime, said: datetime.timedelta | None) -> datetime.datetime:
    """The one moment at which the reader’s clock shows this; refused where there is none, or two and it was not said which."""
    zone = get_current_timezone()
    both = {shown.replace(tzinfo=zone, fold=fold).astimezone(datetime.UTC) for fold in (0, 1)}
    local = sorted(each.astimezone(zone) for each in both)
    found = [each for each in local if each.replace(tzinfo=None, fold=0) == shown and said in (None, each.utcoffset())]
    if len(found) == 1:
        return found[0].astimezone(datetime.UTC)
    if found:
        ways = {"first": f"{shown:%H:%M} {offset(found[0])}", "second": f"{shown:%H:%M} {offset(found[1])}"}
        raise _wrong(_("This time comes twice, because the clocks are set back. Write %(first)s or %(second)s."), "time", **ways)
    if said is not None:
        raise _wrong(_("The clock of %(place)s is never that far from UTC on this day. Write the time alone."), "time", place=zone_name())
    raise _wrong(_("This time does not exist, because the clocks are set forward. Write an earlier or a later one."), "time")


def _bounded(day: datetime.date, earliest: datetime.date, latest: datetime.date | None) -> datetime.date:
    if day < earliest:
        raise _wrong(_("The date must be %(bound)s or later."), "year", bound=date_format(earliest))
    if latest is not None and day > latest:
        raise _wrong(_("The date must be %(bound)s or earlier."), "year", bound=date_format(latest))
    return day


def _wrong(sentence: Promise, part: str, **params: str) -> ValidationError:
    """`part` tells the error summary which box to lead to."""
    return ValidationError(sentence, code="invalid", params={"part": part, **params})  # type: ignore[arg-type]  # lazy text is text
