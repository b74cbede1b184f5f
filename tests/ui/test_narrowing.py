"""Lists are narrowed by codes that occur in them, and by nothing else."""

from operator import itemgetter
from typing import Any

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.utils import translation

from entraide.ui.forms import Renderer
from entraide.ui.narrowing import Facet, RowsFilter
from tests.ui.reading import Reading

ROWS = [("late", "SN"), ("sent", "SN"), ("late", "FR")]
FACETS = [
    Facet("state", "State", itemgetter(0), lambda row: row[0].title()),
    Facet("country", "Country", itemgetter(1), itemgetter(1)),
]


def narrowed(asked: str, rows: Any = ROWS, **more: Any) -> RowsFilter[tuple[str, str]]:
    made = RowsFilter(QueryDict(asked), rows, *FACETS, **more)
    made.renderer = Renderer()
    return made


def panel(form: RowsFilter[Any]) -> Reading:
    translation.activate("en")
    return Reading(Template("{% load ui %}{% filter_panel form %}").render(Context({"form": form})))


@pytest.mark.parametrize(
    ("asked", "kept"),
    [("", ROWS), ("state=late", [ROWS[0], ROWS[2]]), ("state=late&country=FR", [ROWS[2]]), ("state=sent&country=FR", []),
     ("state=Amina", ROWS), ("page=2", ROWS)],
)  # fmt: skip
def test_rows_that_answer_as_asked_are_kept_and_nonsense_narrows_nothing(asked: str, kept: list[tuple[str, str]]) -> None:
    assert narrowed(asked).kept == kept


def test_only_answers_that_occur_are_offered_in_their_words() -> None:
    page = panel(narrowed("state=late"))
    assert [option["value"] for option in page.all("option")] == ["", "late", "sent", "", "FR", "SN"]
    assert "Filter is on" in page.text and not page.all("input", type="text")


def test_a_list_whose_rows_answer_alike_has_no_filter_and_an_empty_result_says_so() -> None:
    assert not panel(narrowed("", ROWS[:1])).elements
    assert "Nothing in this list fits" in panel(narrowed("state=sent&country=FR")).text
    assert "Select a valid choice" in panel(narrowed("state=Amina")).text


def test_what_stands_beside_the_filter_in_the_address_stays_and_is_no_filter() -> None:
    page = panel(narrowed("part=victims", keep=("part",)))
    assert page.all("input", type="hidden", name="part", value="victims")
    assert "Filter is on" not in page.text
