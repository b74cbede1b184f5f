"""An XLSForm that people and programs spoilt: every text that stood in it is in the form or in the list of what was not placed."""

import io
from dataclasses import asdict

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entraide.engines.forms import Refused, read_xlsform, write_xlsform
from tests.engines.forms.books import workbook
from tests.engines.forms.spoiling import (
    Step,
    comment,
    copy_sheet,
    formula,
    hide,
    insert_column,
    insert_row,
    move_rows,
    note_in_row,
    paste_again,
    sheet_after,
    steps,
    swap_columns,
)  # fmt: skip
from tests.engines.forms.test_xlsform import CHOICES, SURVEY

GOOD = workbook(SURVEY, CHOICES, (("form_title", "form_id", "default_language"), ("Law of the land", "law-1", "English (en)")))
STEPS: tuple[Step, ...] = (
    insert_row, note_in_row, move_rows, swap_columns, insert_column, hide, copy_sheet, paste_again, formula, comment,
)  # fmt: skip
WORDS = [str(cell) for row in (*SURVEY, *CHOICES) for cell in row[2:] if cell and str(cell) != "yes"] + ["Law of the land"]


def kept(data: bytes) -> str:
    found = read_xlsform(data)
    return str(asdict(found.form)) + str([asdict(each) for each in found.problems])


def assert_nothing_is_lost(data: bytes, added: set[str]) -> None:
    try:
        text = kept(data)
    except Refused:
        return
    for word in {*WORDS, *added}:
        assert word in text or repr(word)[1:-1] in text, word


@given(steps(STEPS))
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_in_an_xlsform_is_lost(spoilt: list[tuple[Step, int, int]]) -> None:
    assert_nothing_is_lost(*sheet_after(GOOD, spoilt))


@pytest.mark.soak
@given(st.data())
@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_in_an_xlsform_is_lost_however_long_one_tries(data: st.DataObject) -> None:
    assert_nothing_is_lost(*sheet_after(GOOD, data.draw(steps(STEPS))))


def spoilt(sheet: str, cells: dict[str, str]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(GOOD))
    for at, text in cells.items():
        book[sheet][at].value = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("sheet", "cells", "code"),
    [
        ("survey", {"J1": "=1+1", "J2": "under a formula"}, "column"), ("survey", {"J1": "a heading alone"}, "column_empty"),
        ("survey", {"C11": "said at the end"}, "end_more"), ("survey", {"E3": "said of a group"}, "group_more"),
        ("survey", {"L2": "under nothing"}, "no_heading"), ("survey", {"J1": "label::English (en)", "J2": "said twice"}, "cell_twice"),
        ("survey", {"J1": "label", "J2": "in no language"}, "cell_twice"),
        ("choices", {"D1": "region", "D2": "kept nowhere"}, "choice_more"), ("choices", {"H2": "under nothing"}, "no_heading"),
        ("settings", {"D2": "under nothing"}, "no_heading"), ("settings", {"D1": "Form ID", "D2": "said twice"}, "cell_twice"),
        ("settings", {"D1": "version", "D2": "=1+1"}, "formula"), ("survey", {"J1": "repeat_count", "J2": "seven"}, "question_more"),
    ],
)  # fmt: skip
def test_what_has_no_place_is_told_with_its_text(sheet: str, cells: dict[str, str], code: str) -> None:
    found = read_xlsform(spoilt(sheet, cells))
    last = next(iter(cells.values())) if code == "column" else list(cells.values())[-1]
    told = [(each.sheet, each.code) for each in found.problems if last in each.text]
    assert "\\x00" not in str(asdict(found.form)) + str(found.problems), "a sign that no database keeps"
    assert (sheet, code) in told


def test_a_sheet_that_stands_twice_or_means_nothing_is_told_whole() -> None:
    book = openpyxl.load_workbook(io.BytesIO(GOOD))
    book.create_sheet("Survey ").append(["a second survey"])
    book.create_sheet("notes").append(["ask the ministry"])
    out = io.BytesIO()
    book.save(out)
    found = read_xlsform(out.getvalue())
    assert {each.sheet: each.cells["rows"] for each in found.problems} == {"Survey ": "1: a second survey", "notes": "1: ask the ministry"}
    assert len(found.form.questions()) == 6


def test_a_table_in_which_somebody_wrote_more_than_figures_stays_a_group_of_questions() -> None:
    head = ("type", "name", "label::English (en)", "relevant", "entraide::kind")
    rows = [
        ("begin group", "t", "Table", None, "table"),
        ("decimal", "t__a__x", "A – X", None, "cell"),
        ("decimal", "t__b__x", "B – X", None, "cell"),
    ]
    for change in ((None, None), (2, "C – X changed"), (3, "${t__a__x} > 1")):
        body = [list(row) for row in rows]
        if change[0]:
            body[2][change[0]] = change[1]
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "survey"
        for row in (head, ("begin group", "around", "Around"), *body, ("end group",), ("end group",)):
            sheet.append(list(row))
        out = io.BytesIO()
        book.save(out)
        kinds = [question.kind for question in read_xlsform(out.getvalue()).form.questions()]
        assert kinds == (["decimal", "decimal"] if change[0] else ["table"]), change
        assert read_xlsform(write_xlsform(read_xlsform(out.getvalue()).form)).form.questions()
