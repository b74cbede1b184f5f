"""A picture in a report says what the page says beside it, and fits its page."""

import io

import docx
import pytest
from django.core.cache import cache

from entraide.features.figures import reporting
from entraide.features.figures.models import Release
from entraide.features.figures.paper_pictures import TALLEST, standalone
from entraide.features.figures.tests.releasing import filed, published
from entraide.kernel.access.context import Acting
from entraide.ui.pictures import Span, Trend, spans, trends

pytestmark = pytest.mark.django_db
YEARS = "Country,Year,Value\n" + "".join(f"{state},{year},{20 + year % 9}\n" for state in ("PT", "ES") for year in (2019, 2020, 2021))


@pytest.fixture
def release(analyst: Acting, reviewers: list[Acting]) -> Release:
    cache.clear()
    return published(analyst, reviewers, filed(analyst, YEARS, public=True))


BORDERS = "say nothing of the status of any territory"


def test_a_map_in_a_report_keeps_its_legend_and_what_its_borders_do_not_say(release: Release) -> None:
    told = reporting.report(release)
    picture = told.parts[0].picture
    assert picture is not None and [label for _key, label in picture.keys] == ["25 and more: 2"]
    paragraphs = [each.text for each in docx.Document(io.BytesIO(reporting.as_docx(told))).paragraphs]
    for text in (reporting.source(told), "\n".join(paragraphs)):
        assert "25 and more: 2" in text and BORDERS in text
    assert reporting.as_pdf(told).startswith(b"%PDF")


def test_the_lines_of_a_picture_are_named_beside_it() -> None:
    drawn = trends([Trend(name, [(year, 9, 9) for year in (2020, 2021)]) for name in ("Ardevia & Co", "Belmora")], title="Lines")
    assert drawn is not None
    picture = standalone("trends", drawn)
    assert [label for _key, label in picture.keys] == ["Ardevia & Co", "Belmora"]
    assert all("stroke:#0b5561" in key and "ui-curve__line--" in key for key, _label in picture.keys)
    assert [each.split(":")[0] for each in picture.captions] == ["Dots"]


@pytest.mark.parametrize("bars", [3, 60])
def test_no_picture_is_taller_than_its_page(bars: int) -> None:
    drawn = spans([Span(f"State {number}", number, number, str(number)) for number in range(bars)], title="Bars")
    assert drawn is not None
    assert standalone("spans", drawn).width * drawn.height / drawn.width <= TALLEST + 0.01
