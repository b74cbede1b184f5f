"""XLSForm in and out: what is understood, what is told, that nothing is lost, and that what goes out comes back the same."""

import io
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entraide.engines.forms import Form, Option, Question, Refused, Section, read_xlsform, write_xlsform
from entraide.engines.forms.books import read_book, write_book
from tests.engines.forms.books import large, workbook

SURVEY = [
    ("text", "who", "Who answers?", "Qui répond ?"),
    ("begin group", "law", "Law", "Loi"),
    ("select_one yn", "has_law", "Is there a law?", "Existe-t-il une loi ?", "yes", None, None, None, "Any law counts"),
    ("text", "which", "Which?", "Laquelle ?", None, "${has_law} = 'yes' and selected(${whom}, 'a')"),
    ("select_multiple whom", "whom", "Whom does it protect?", "Qui protège-t-elle ?"),
    ("begin repeat", "each", "Each measure", "Chaque mesure"),
    ("integer", "cost", "Cost", "Coût", None, None, ". >= 0", "Not below nothing"),
    ("end repeat",),
    ("file", "proof", "Evidence", "Pièce"),
    ("end group",),
]
CHOICES = [("yn", "yes", "Yes"), ("yn", "no", "No"), ("whom", "a", "Adults"), ("whom", "c", "Children")]


def test_sections_questions_conditions_repeats_and_languages_are_placed() -> None:
    found = read_xlsform(workbook(SURVEY, CHOICES, (("form_title", "form_id", "default_language"), ("Law", "law-1", "English (en)"))))
    assert found.problems == []
    form = found.form
    assert (form.code, form.titles, form.languages) == ("law-1", {"en": "Law"}, ["en", "fr"])
    assert [section.key for section in form.sections] == ["part_1", "law"] and form.sections[0].loose
    by_key = {question.key: question for question in form.questions()}
    assert {key: question.kind for key, question in by_key.items()} == {
        "who": "text", "has_law": "yes_no", "which": "text", "whom": "many", "cost": "integer", "proof": "file",
    }  # fmt: skip
    assert by_key["has_law"].required and by_key["has_law"].hints == {"en": "Any law counts"}
    assert by_key["which"].condition == "${has_law} = 'yes' and selected(${whom}, 'a')"
    assert by_key["cost"].constraint_texts == {"en": "Not below nothing"} and by_key["cost"].labels["fr"] == "Coût"
    repeat = form.sections[1].parts[3]
    assert isinstance(repeat, Section) and repeat.repeats


def test_what_goes_out_comes_back_the_same() -> None:
    form = read_xlsform(workbook(SURVEY, CHOICES, (("form_title", "form_id"), ("Law", "law-1")))).form
    again = read_xlsform(write_xlsform(form))
    assert again.problems == [] and again.form == form


def test_a_form_of_300_questions_goes_in_and_out_whole() -> None:
    found = read_xlsform(large(300))
    assert found.problems == [] and len(found.form.questions()) == 300
    assert read_xlsform(write_xlsform(found.form)).form == found.form


BROKEN = [
    ("calculate", "sum", "Sum", "Somme"),
    ("geopoint", "where", "Where", "Où"),
    ("text", "odd", "Odd", "Étrange", None, "jr:choice-name(${who}, 'x')"),
    ("text", "lost", "Lost", "Perdue", None, "${nowhere} = 1"),
    ("select_one gone", "gone", "Gone", "Partie"),
    ("text", "who", "Twice", "Deux fois"),
    ("text", "1 bad name", "Badly named", "Mal nommée"),
    ("text", None, "Unnamed", "Sans nom"),
    ("text", "silent"),
    (None, "untyped", "Untyped"),
    ("telepathy", "mind", "Mind"),
    ("end group",),
    ("begin repeat", "outer", "Outer"),
    ("begin repeat", "inner", "Inner"),
    ("text", "deep", "Deep", None, "${who} = 'x'"),
    ("end repeat",),
]


def test_a_damaged_form_lists_what_it_could_not_place_with_sheet_row_and_reason_and_loses_nothing() -> None:
    found = read_xlsform(
        workbook([SURVEY[0], *BROKEN], [("yn", "yes", "Yes"), ("yn", "yes", "Again"), ("yn", None, "Nameless")], notes=[("x",)])
    )
    told = {(problem.sheet, problem.row, problem.code) for problem in found.problems}
    assert told >= {
        ("survey", 3, "calculation"), ("survey", 4, "other_kind"), ("survey", 5, "expression_function"),
        ("survey", 6, "expression_unknown"),
        ("survey", 7, "list_missing"), ("survey", 8, "name_twice"), ("survey", 9, "name_changed"), ("survey", 10, "name_missing"),
        ("survey", 11, "no_label"), ("survey", 12, "no_type"), ("survey", 13, "type"), ("survey", 14, "end_without_begin"),
        ("survey", 16, "nested_repeat"), ("survey", 17, "required_expression"), ("survey", 15, "no_end"), ("choices", 3, "choice_twice"),
        ("choices", 4, "choice_without_name"), ("notes", 0, "sheet"),
    }  # fmt: skip
    kept = [*(text for question in found.form.questions() for text in question.labels.values())]
    kept += [text for part in found.form.walk() if isinstance(part, Section) for text in part.titles.values()]
    kept += [text for problem in found.problems for text in (problem.text, *problem.cells.values())]
    for row in BROKEN:
        for cell in row[2:]:
            assert cell is None or any(str(cell) in text for text in kept), cell
    out = write_xlsform(found.form, found.problems)
    again = read_xlsform(out).form
    assert [question.key for question in again.questions()] == [question.key for question in found.form.questions()]
    assert b"telepathy" in b"".join(zipfile.ZipFile(io.BytesIO(out)).read(name) for name in zipfile.ZipFile(io.BytesIO(out)).namelist())


def test_a_repeat_within_a_repeat_is_told_and_goes_out_as_the_repeat_it_was() -> None:
    rows = [
        ("begin repeat", "outer", "Outer"), ("begin repeat", "inner", "Inner"), ("text", "deep", "Deep"),
        ("end repeat",), ("end repeat",),
    ]  # fmt: skip
    found = read_xlsform(workbook(rows))
    assert [(each.code, each.text) for each in found.problems] == [("nested_repeat", "inner")]
    inner = next(part for part in found.form.walk() if isinstance(part, Section) and part.key == "inner")
    assert not inner.repeats
    out = write_xlsform(found.form)
    kinds = [cells[0] for _row, cells in read_book(out)["survey"]]
    assert kinds == ["type", "begin_repeat", "begin_repeat", "text", "end_repeat", "end_repeat"]
    assert read_xlsform(out).form == found.form


def test_a_formula_is_never_run_nor_written() -> None:
    found = read_xlsform(workbook([("text", "who", '=HYPERLINK("http://x")', "Qui ?")]))
    assert ("survey", 2, "formula") in {(each.sheet, each.row, each.code) for each in found.problems}
    form = Form(
        titles={"en": "=1+1"}, languages=["en"], sections=[Section("a", {"en": "A"}, parts=[Question("b", "text", {"en": "=cmd()"})])]
    )
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(write_xlsform(form))).read("xl/worksheets/sheet1.xml")
    assert read_xlsform(write_xlsform(form)).form.questions()[0].labels == {"en": "=cmd()"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"), (b"type,name\ntext,a", "not_this_format"), (b"PK\x03\x04broken", "not_this_format"),
        (b"x" * (10 * 2**20 + 1), "too_big"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as wrong:
        read_xlsform(data)
    assert wrong.value.code == code


def test_a_bomb_and_a_workbook_without_a_survey_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 80_000_000)
    with pytest.raises(Refused, match="bomb"):
        read_xlsform(out.getvalue())
    with pytest.raises(Refused, match="no_survey"):
        read_xlsform(write_book({"other": [["type"], ["text"]]}))


def test_a_file_cut_or_changed_anywhere_is_read_or_refused_and_nothing_else() -> None:
    whole, dice = large(40), random.Random(7)
    for _time in range(60):
        broken = bytearray(whole)
        for _byte in range(dice.randint(1, 30)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        try:
            read_xlsform(bytes(broken[: dice.randint(len(broken) // 2, len(broken))] if dice.random() < 0.5 else broken))
        except Refused as wrong:
            assert wrong.code


words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
keys = st.integers(0, 10_000).map(lambda number: f"k{number}")


@st.composite
def forms(draw: st.DrawFn) -> Form:
    used: set[str] = set()

    def key() -> str:
        found = draw(keys.filter(lambda each: each not in used))
        used.add(found)
        return found

    def texts() -> dict[str, str]:
        return {language: draw(words) for language in ("en", "fr")}

    def question() -> Question:
        kind = draw(st.sampled_from(["text", "long", "integer", "decimal", "date", "one", "many", "file", "note", "table"]))
        made = Question(key(), kind, texts(), required=draw(st.booleans()) and kind != "table")
        if kind in {"one", "many"}:
            made.options = [Option(f"o{number}", texts()) for number in range(draw(st.integers(1, 4)))]
            made.extra["list"] = f"list_{made.key}"
        if kind == "table":
            made.rows = [Option(f"r{number}", texts()) for number in range(draw(st.integers(1, 3)))]
            made.columns = [Option(f"c{number}", texts()) for number in range(draw(st.integers(1, 3)))]
        return made

    def section(depth: int, inside_repeat: bool) -> Section:
        repeats = not inside_repeat and draw(st.booleans())
        parts: list[Section | Question] = [question() for _each in range(draw(st.integers(1, 3)))]
        if depth and draw(st.booleans()):
            parts.append(section(depth - 1, inside_repeat or repeats))
        return Section(key(), texts(), repeats=repeats, parts=parts)

    return Form("code", texts(), languages=["en", "fr"], sections=[section(2, False) for _each in range(draw(st.integers(1, 3)))])


@settings(max_examples=40, deadline=None)
@given(forms())
def test_any_form_goes_out_and_comes_back_the_same(form: Form) -> None:
    again = read_xlsform(write_xlsform(form))
    assert again.problems == [] and again.form == form
