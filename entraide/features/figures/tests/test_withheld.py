"""A release says how many numbers are withheld and why, where its numbers are read, and by that tells nothing that its ranges do not."""

import io

import docx
import openpyxl
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from entraide.features.figures import counting, reporting
from entraide.features.figures.models import Figure, Release
from entraide.features.figures.tests.releasing import PEOPLE, drafted, filed, published
from entraide.features.figures.withheld import said, withheld
from entraide.kernel.access.context import Acting, acting_as

pytestmark = pytest.mark.django_db
ONE_SMALL = "Country,Year,Sex,Value\nPT,2021,Total,12\nPT,2021,Female,9\nPT,2021,Male,3\nPT,2020,Total,2\n"
BOTH_SMALL = ONE_SMALL.replace("Female,9", "Female,8").replace("Male,3", "Male,4")
SMALL, WIDER = "below the threshold of 5: 1.", "Numbers withheld in a wider range: 2."


@pytest.fixture
def release(analyst: Acting, reviewers: list[Acting]) -> Release:
    cache.clear()
    return published(analyst, reviewers, filed(analyst, ONE_SMALL, public=False))


def test_the_page_the_workbook_and_the_report_say_how_many_and_why(release: Release) -> None:
    page = Client().get(release.get_absolute_url()).content.decode()
    assert SMALL in page and WIDER in page
    answer = Client().get(reverse("figures:release_file", args=[release.pk, "xlsx"]))
    about = [str(row[1]) for row in openpyxl.load_workbook(io.BytesIO(answer.content))["About"].values]
    assert any(SMALL in line for line in about) and any(WIDER in line for line in about)
    told = reporting.report(release)
    for text in (reporting.source(told), "\n".join(each.text for each in docx.Document(io.BytesIO(reporting.as_docx(told))).paragraphs)):
        assert SMALL in text and WIDER in text


def test_in_french_too(release: Release) -> None:
    with translation.override("fr"):
        page = Client(headers={"accept-language": "fr"}).get(release.get_absolute_url()).content.decode()
    assert "sous le seuil de 5" in page and "suppression secondaire" in page


def test_what_is_said_is_a_function_of_what_everybody_reads_anyway() -> None:
    """Of two withheld numbers it is not said whether one is small or both: the same ranges, the same sentences, whatever the truth."""
    ranges = [(0, 12), (0, 12), (1, 4), (12, 12)]
    shown = [Figure(indicator="tip.victims", low=low, high=high, protected=mark) for mark in (True, False) for low, high in ranges]
    assert said(shown[:4], 5) == said(shown[4:], 5) and withheld(shown[:4], 5) == (1, 2)


def test_two_tables_with_the_same_ranges_say_the_same(analyst: Acting) -> None:
    told = []
    for text in (ONE_SMALL, BOTH_SMALL):
        release = drafted(analyst, filed(analyst, text, public=False))
        with acting_as(analyst):
            numbers = list(Figure.objects.filter(release=release).order_by("place"))
        told.append(([(each.low, each.high) for each in numbers], said(numbers, 5)))
    assert told[0][0] == told[1][0] and told[0][1] == told[1][1]


def test_where_nothing_is_withheld_nothing_is_said(analyst: Acting) -> None:
    release = drafted(analyst, filed(analyst))
    with acting_as(analyst):
        assert said(Figure.objects.filter(release=release), 5) == []


def test_a_counted_table_is_named_in_the_language_of_the_reader_not_of_the_draft(analyst: Acting) -> None:
    with acting_as(analyst), translation.override("fr"):
        table = counting.count(by=analyst, tally="treaties.bound", year=2024)
    release = drafted(analyst, table)
    names = []
    for language in ("en", "fr"):
        with translation.override(language):
            assert release.told_sources[0]["title"] == table.name
            names.append(table.name)
    assert names[0] != names[1]


def test_a_report_of_rates_without_estimates_has_no_heading_of_them_and_its_colons_are_french(analyst: Acting) -> None:
    release = drafted(analyst, filed(analyst), filed(analyst, PEOPLE, indicator="population"))
    with acting_as(analyst):
        text = reporting.source(reporting.report(release))
        with translation.override("fr"):
            french = reporting.source(reporting.report(release))
    assert "What these figures rest on" in text and "estimates were made" not in text
    assert "Victims\u00a0: Test" in french
