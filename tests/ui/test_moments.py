"""Moments in the reader's clock: what is typed is what is read again, in every zone, whatever its clock does."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django import forms
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from entraide.ui.forms import DateTimeField
from entraide.ui.moments import moment, moment_utc
from tests.ui.reading import Reading

ZONES = sorted(available_timezones() - {"localtime"})
MINUTES = st.integers(int(datetime(1990, 1, 1, tzinfo=UTC).timestamp() // 60), int(datetime(2037, 12, 31, tzinfo=UTC).timestamp() // 60))
TURNS = [  # a quarter of an hour around changes of the clock: Paris, New York, Lord Howe (half an hour), Apia (a day left out), Cairo
    *(datetime(2026, *at, tzinfo=UTC) for at in [(3, 29, 0, 45), (10, 25, 0, 15), (10, 25, 1, 15), (11, 1, 5, 30), (4, 4, 14, 45)]),
    datetime(2011, 12, 30, 9, 45, tzinfo=UTC), datetime(2026, 10, 29, 20, 30, tzinfo=UTC),
]  # fmt: skip


class Sample(forms.Form):
    """A time that somebody types."""

    at = DateTimeField()


def typed(day: str, month: str, year: str, clock: str) -> dict[str, str]:
    return {"at_day": day, "at_month": month, "at_year": year, "at_time": clock}


def shown_in_boxes(form: Sample) -> dict[str, str]:
    boxes = Reading(str(form["at"])).all("input")
    return {box["name"]: box["value"] for box in boxes}


@given(st.sampled_from(ZONES), st.one_of(st.sampled_from(TURNS), MINUTES.map(lambda each: datetime.fromtimestamp(each * 60, UTC))))
def test_a_moment_shown_in_the_boxes_is_read_as_the_same_moment(zone: str, when: datetime) -> None:
    with timezone.override(ZoneInfo(zone)):
        again = Sample(shown_in_boxes(Sample(initial={"at": when})))
        assert again.is_valid(), again.errors
        assert again.cleaned_data["at"] == when


@given(st.sampled_from(ZONES), st.datetimes(datetime(1990, 1, 1), datetime(2037, 12, 31)))
def test_what_is_typed_is_what_is_read_again_or_the_sentence_says_why_not(zone: str, wall: datetime) -> None:
    given = typed(str(wall.day), str(wall.month), str(wall.year), wall.strftime("%H:%M"))
    with timezone.override(ZoneInfo(zone)):
        form = Sample(given)
        if form.is_valid():
            assert shown_in_boxes(Sample(initial={"at": form.cleaned_data["at"]})) == given
        else:
            assert "because the clocks are set" in str(form.errors)


@pytest.mark.parametrize(
    ("zone", "clock", "told"),
    [
        ("Europe/Paris", "02:30", "Write 02:30 +02:00 or 02:30 +01:00."),
        ("Europe/Paris", "02:30 +05:00", "Write the time alone."),
        ("Asia/Bangkok", "02:30 +02:00", "Write the time alone."),
    ],
)
def test_an_hour_that_comes_twice_asks_which_one_is_meant(zone: str, clock: str, told: str) -> None:
    with timezone.override(ZoneInfo(zone)):
        assert told in str(Sample(typed("25", "10", "2026", clock)).errors)


@pytest.mark.parametrize(("clock", "hour"), [("02:30 +02:00", 0), ("02:30 +01:00", 1), ("0230 +0100", 1)])
def test_the_hour_that_was_meant_is_taken(clock: str, hour: int) -> None:
    with timezone.override(ZoneInfo("Europe/Paris")):
        form = Sample(typed("25", "10", "2026", clock))
        assert form.is_valid()
        assert form.cleaned_data["at"] == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)


def test_an_hour_that_is_left_out_is_refused() -> None:
    with timezone.override(ZoneInfo("Europe/Paris")):
        assert "does not exist" in str(Sample(typed("29", "3", "2026", "02:30")).errors)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Lima"])
def test_the_end_of_the_calendar_is_told_not_a_fault(zone: str) -> None:
    with timezone.override(ZoneInfo(zone)):
        assert "31 December 9998 or earlier" in str(Sample(typed("31", "12", "9999", "23:59")).errors)
        assert Sample(typed("1", "1", "1900", "00:00")).is_valid()


@pytest.mark.parametrize(
    ("language", "zone", "words"),
    [
        ("en", "Asia/Bangkok", "24 November 2026, 21:30 (Bangkok time)"),
        ("en", "America/Lima", "24 November 2026, 09:30 (Lima time)"),
        ("fr", "Europe/Paris", "24 novembre 2026 à 15\u00a0h\u00a030 (Paris)"),
        ("fr", "Africa/Cairo", "24 novembre 2026 à 16\u00a0h\u00a030 (Le Caire)"),
        ("en", "UTC", "24 November 2026, 14:30 UTC"),
    ],
)
def test_a_moment_says_whose_clock_it_is_in(language: str, zone: str, words: str) -> None:
    when = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
    with translation.override(language), timezone.override(ZoneInfo(zone)):
        assert moment(when) == words
        assert moment_utc(when).endswith(" UTC")
        assert moment(date(2026, 11, 24)).startswith("24 ")


def test_the_hour_that_comes_twice_says_which() -> None:
    with timezone.override(ZoneInfo("Europe/Paris")):
        assert moment(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) == "25 October 2026, 02:30 (Paris time) UTC+02:00"
