"""Days as each language writes them, on whatever way they reach the page."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format

from entraide.kernel.base.days import day_words
from entraide.ui.moments import moment


@pytest.mark.parametrize(
    ("language", "day", "words"),
    [
        ("fr", date(2026, 3, 1), "1er mars 2026"),
        ("fr", date(2026, 3, 2), "2 mars 2026"),
        ("fr", date(2026, 3, 11), "11 mars 2026"),
        ("fr", date(2026, 3, 21), "21 mars 2026"),
        ("en", date(2026, 3, 1), "1 March 2026"),
        ("ar", date(2026, 3, 2), "2 مارس 2026"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it_wherever_it_is_shown(language: str, day: date, words: str) -> None:
    with translation.override(language):
        page = Template('{{ day }}|{{ day|date:"DATE_FORMAT" }}|{{ day|date }}').render(Context({"day": day}))
        assert page.split("|") == [words] * 3
        assert date_format(day) == day_words(day.isoformat()) == moment(day) == words
        assert date_format(day, "MONTH_DAY_FORMAT") == words.removesuffix(" 2026")
        assert moment(datetime(2026, day.month, day.day, 14, 30, tzinfo=UTC)).startswith(words)
