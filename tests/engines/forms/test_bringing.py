"""A filled form read back: whatever people and programs did to it, what was written is an answer or stands in the list, with its place."""

import io
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entraide.engines.forms import Refused
from entraide.engines.forms.books import MOST_IN_CELL
from entraide.engines.forms.bringing import Brought, Printed, Spot, printed, read_filled
from entraide.engines.forms.offline import Entry, Words, table_from_text, write_document, write_sheet
from tests.engines.forms.spoiling import SHEET, WORD, Step, document_after, sheet_after, steps

REPLY = "0190a000-0000-7000-8000-000000000001"
WORDS = Words(
    title="Questionnaire", how="Write only where the answers stand.\nKeep the marks.", section="Section", question="Question", hint="Hint",
    answer="Answer", choose="Write the code:", mark="Do not change", long="Too long for a cell.",
)  # fmt: skip
ANSWERS = ["a first answer", "12", "two\nlines", "2026-11-26", "= not a formula", "é “quoted” العربية", "long " * 500, "Law"]


def entries() -> list[Entry]:
    return [
        Entry(f"q{at}", 0, 1, "Law" if at < 4 else "Practice", f"Question {at}?\nIn two lines", f"Hint {at % 3}", answer, (("yes", "Yes"),))
        for at, answer in enumerate(ANSWERS)
    ]


OWN = printed([(WORDS, entries())])
BOOK, WORD_FILE = write_sheet(REPLY, entries(), WORDS), write_document(REPLY, entries(), WORDS)


def told(brought: Brought) -> str:
    return "\n".join([*(each.text for each in brought.filled), *(each.text for each in brought.loose)])


def assert_nothing_is_lost(data: bytes, added: set[str]) -> None:
    try:
        brought = read_filled(data, OWN)
    except Refused:
        return
    text = told(brought)
    for written in {*ANSWERS, *added} - {"Law"}:  # what the form says itself is known only where it is an answer
        for line in written.splitlines():
            assert line.strip() in text, line[:40]


@pytest.mark.parametrize("data", [BOOK, WORD_FILE])
def test_a_form_that_nobody_spoilt_comes_back_as_it_went(data: bytes) -> None:
    brought = read_filled(data, OWN)
    assert {each.key: each.text for each in brought.filled} == {f"q{at}": text.strip() for at, text in enumerate(ANSWERS)}
    assert brought.replies == {REPLY}
    assert brought.loose == []


@given(steps(SHEET))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_written_in_a_workbook_is_lost(spoilt: list[tuple[Step, int, int]]) -> None:
    assert_nothing_is_lost(*sheet_after(BOOK, spoilt))


@given(steps(WORD))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_written_in_a_document_is_lost(spoilt: list[tuple[Step, int, int]]) -> None:
    assert_nothing_is_lost(*document_after(WORD_FILE, spoilt))


@pytest.mark.soak
@given(st.data())
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_is_lost_however_long_one_tries(data: st.DataObject) -> None:
    assert_nothing_is_lost(*sheet_after(BOOK, data.draw(steps(SHEET))))
    assert_nothing_is_lost(*document_after(WORD_FILE, data.draw(steps(WORD))))


@given(st.sampled_from([BOOK, WORD_FILE]), st.integers(0, 40_000), st.binary(max_size=4))
@settings(max_examples=40, deadline=None)
def test_a_file_cut_or_changed_anywhere_is_read_or_refused(data: bytes, at: int, put: bytes) -> None:
    for broken in (data[: at % len(data)], data[: at % len(data)] + put + data[at % len(data) + len(put) :]):
        try:
            read_filled(broken, OWN)
        except Refused as refused:
            assert refused.code


def changed(cell: str, value: object) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(BOOK))
    book["form"][cell].value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_formula_is_listed_with_its_place_and_is_no_empty_answer() -> None:
    brought = read_filled(changed("D3", "=6+6"), OWN)
    assert (Spot("row", 3, "form"), "formula", "=6+6") in [(each.spot, each.code, each.text) for each in brought.loose]
    assert "q1" not in {each.key for each in brought.filled}


def test_a_mark_that_names_another_question_is_told_and_not_followed() -> None:
    brought = read_filled(changed("E3", "[[q2#0@1]]"), OWN)
    assert [each.text for each in brought.filled if each.key == "q2"] == ["two\nlines"]
    assert "12" in next(each.text for each in brought.loose if each.spot == Spot("row", 3, "form") and each.code == "unsure")


def test_cells_far_to_the_right_are_refused_and_not_cut() -> None:
    with pytest.raises(Refused, match="too_many_columns"):
        read_filled(changed("HZ3", "far away"), OWN)


def test_a_picture_in_a_file_is_told() -> None:
    out = io.BytesIO(WORD_FILE)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/media/image1.png", b"x")
    assert ("picture", "word/media/image1.png") in [(each.code, each.text) for each in read_filled(out.getvalue(), OWN).loose]


def test_what_was_inserted_with_changes_tracked_is_read_and_what_was_deleted_is_not() -> None:
    opened = docx.Document(io.BytesIO(WORD_FILE))
    box = opened.tables[0].rows[1].cells[0].paragraphs[0]
    gone, run, text = OxmlElement("w:del"), OxmlElement("w:r"), OxmlElement("w:delText")
    text.text = "struck out"
    run.append(text)
    gone.append(run)
    box._p.append(gone)
    out = io.BytesIO()
    opened.save(out)
    assert read_filled(out.getvalue(), OWN).filled[0].text == "a first answer"


def test_an_answer_longer_than_a_cell_does_not_come_back_cut() -> None:
    long = Entry("q0", 0, 1, "Law", "Question 0?", answer="x" * (MOST_IN_CELL + 1))
    own = printed([(WORDS, [long])])
    brought = read_filled(write_sheet(REPLY, [long, Entry("q1", 0, 1, "Law", "Question 1?", answer="y")], WORDS), own)
    assert [each.key for each in brought.filled] == ["q1"] and "x" not in told(brought).replace("?", "")
    assert len(read_filled(write_document(REPLY, [long], WORDS), own).filled[0].text) == MOST_IN_CELL + 1


def test_lines_of_a_table_that_are_none_are_given_back() -> None:
    assert table_from_text("a | b = 1\nabout ten\na | b = 2\na | c =\n") == ({"a": {"b": "1", "c": ""}}, ["about ten", "a | b = 2"])


def test_without_what_the_form_says_everything_beside_an_answer_is_listed() -> None:
    assert "Question 0?" in told(read_filled(BOOK, Printed()))
