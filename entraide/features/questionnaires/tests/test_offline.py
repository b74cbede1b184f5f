"""A reply taken along and brought back, as a workbook and as a document: conflicts are shown, nothing is overwritten in silence."""

import io
from collections.abc import Callable

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from entraide.features.questionnaires import queries, services
from entraide.features.questionnaires.models import Answer, Instance, Question, Reply
from entraide.features.questionnaires.outline import _published
from entraide.features.questionnaires.tests import scenes
from entraide.kernel.access.context import acting_as
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db


def fill_sheet(data: bytes, answers: dict[str, str]) -> bytes:
    """Writes answers into the workbook as a person would: in the column before the mark."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row in book["form"].iter_rows():
        for key, text in answers.items():
            if str(row[4].value).startswith(f"[[{key}#"):
                row[3].value = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fill_document(data: bytes, answers: dict[str, str]) -> bytes:
    """Writes answers into the document as a person would: in the box under each question."""
    opened = docx.Document(io.BytesIO(data))
    for table in opened.tables:
        for key, text in answers.items():
            if f"[[{key}#" in table.rows[0].cells[0].text:
                table.rows[1].cells[0].text = text
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


Fill = Callable[[bytes, dict[str, str]], bytes]
both = pytest.mark.parametrize(("form", "fill"), [("xlsx", fill_sheet), ("docx", fill_document)])


def download(scene: scenes.Scene, reply: Reply, form: str) -> bytes:
    answer = world.client_of(scene.focal).get(reverse("questionnaires:offline", args=[reply.pk, form]))
    assert answer.status_code == 200
    return bytes(answer.content)


def upload(scene: scenes.Scene, reply: Reply, data: bytes, name: str) -> str:
    answer = world.client_of(scene.focal).post(reverse("questionnaires:upload", args=[reply.pk]), {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 200
    return answer.content.decode()


@both
def test_what_was_filled_offline_comes_back_and_what_was_not_touched_stays(form: str, fill: Fill) -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    scenes.write(scene, scene.focal, reply, {"has_law": "yes", "which_law": "Act 1"})
    taken = download(scene, reply, form)
    filled = fill(taken, {"how_many": "12", "whom": "adults children", "which_law": "Act 1\nand Act 2 ’é’"})
    assert "Everything in the file is part of the reply now." in upload(scene, reply, filled, f"reply.{form}")
    with acting_as(scene.focal):
        assert {row.question.key: row.value for row in queries.answers(reply)} == {
            "has_law": "yes", "which_law": "Act 1\nand Act 2 ’é’", "how_many": 12, "whom": ["children", "adults"],
        }  # fmt: skip
        versions = {row.question.key: row.version for row in queries.answers(reply)}
    assert versions["has_law"] == 1, "untouched"
    upload(scene, reply, filled, f"reply.{form}")
    with acting_as(scene.focal):
        assert {row.question.key: row.version for row in queries.answers(reply)} == versions, "brought back twice changes nothing"


@both
def test_conflicts_are_shown_and_neither_side_is_lost(form: str, fill: Fill) -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    scenes.write(scene, scene.focal, reply, {"has_law": "yes", "which_law": "Act 1", "how_many": 1})
    taken = download(scene, reply, form)
    scenes.write(scene, scene.focal, reply, {"which_law": "Changed here", "how_many": 2}, version=1)
    text = upload(scene, reply, fill(taken, {"which_law": "Changed there"}), f"reply.{form}")
    assert "Answers that stand in two versions" in text and "Which law?" in text and "How many?" not in text
    with acting_as(scene.focal):
        values = {row.question.key: row.value for row in Answer.objects.select_related("question")}
        assert values["which_law"] == "Changed here" and values["how_many"] == 2, "what was not touched offline does not come back"
        assert queries.undecided(reply).get().value == "Changed there"


@both
def test_what_cannot_be_read_as_an_answer_is_listed_with_its_words_and_the_rest_is_saved(form: str, fill: Fill) -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    taken = download(scene, reply, form)
    text = upload(scene, reply, fill(taken, {"how_many": "around twelve", "has_law": "yes"}), f"reply.{form}")
    assert "around twelve" in text and "Write a number" in text
    with acting_as(scene.focal):
        assert {row.question.key: row.value for row in queries.answers(reply)} == {"has_law": "yes"}


@both
def test_a_form_of_another_reply_and_files_that_are_none_are_refused(form: str, fill: Fill) -> None:
    scene = scenes.asked()
    mine = scenes.begin(scene.focal)
    theirs = scenes.begin(scene.other_focal)
    answer = world.client_of(scene.other_focal).get(reverse("questionnaires:offline", args=[theirs.pk, form]))
    assert "This file belongs to another reply" in upload(scene, mine, fill(answer.content, {"has_law": "no"}), f"x.{form}")
    for broken in (b"", b"hello", answer.content[: len(answer.content) // 2], b"PK\x03\x04" + b"\x00" * 500):
        assert "There is a problem" in upload(scene, mine, broken, f"x.{form}")
    with acting_as(scene.focal):
        assert not Answer.objects.exists()


def test_whoever_writes_a_part_takes_along_that_part_alone() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    with acting_as(scene.focal):
        services.assign(by=scene.focal, reply=reply, body=scene.bodies["police"], question=scene.questions["has_law"])
    answer = world.client_of(scene.police).get(reverse("questionnaires:offline", args=[reply.pk, "xlsx"]))
    marks = [row[4].value for row in openpyxl.load_workbook(io.BytesIO(answer.content))["form"].iter_rows(min_row=2)]
    assert marks == ["[[has_law#0@0]]"]


@both
def test_what_somebody_typed_on_here_is_no_conflict_with_a_form_that_comes_back_untouched(form: str, fill: Fill) -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    scenes.write(scene, scene.focal, reply, {"has_law": "yes", "which_law": "Act 1"})
    taken = download(scene, reply, form)
    scenes.write(scene, scene.focal, reply, {"which_law": "Act 1 of 2019"}, version=1, going=True)
    assert "Everything in the file is part of the reply now." in upload(scene, reply, fill(taken, {}), f"reply.{form}")
    with acting_as(scene.focal):
        assert not queries.undecided(reply).exists()


@both
def test_the_form_says_what_is_done_on_the_page(form: str, fill: Fill) -> None:
    scene = scenes.asked()
    taken = download(scene, scenes.begin(scene.focal), form)
    if form == "docx":
        text = " ".join(each.text for each in docx.Document(io.BytesIO(taken)).paragraphs)
    else:
        text = str(list(openpyxl.load_workbook(io.BytesIO(taken))["about"].values))
    assert "bring the form back and download it again: Each measure" in text and "Files to be added" not in text


def fill_place(data: bytes, form: str, mark: str, text: str) -> bytes:
    """Writes one answer under the question of a mark such as `key#2`."""
    out = io.BytesIO()
    if form == "docx":
        opened = docx.Document(io.BytesIO(data))
        box = next(table for table in opened.tables if f"[[{mark}@" in table.rows[0].cells[0].text)
        box.rows[1].cells[0].text = text
        opened.save(out)
    else:
        book = openpyxl.load_workbook(io.BytesIO(data))
        next(row for row in book["form"].iter_rows() if str(row[4].value).startswith(f"[[{mark}@"))[3].value = text
        book.save(out)
    return out.getvalue()


@both
def test_what_repeats_can_be_filled_once_more_offline_and_brought_back_twice_is_there_once(form: str, fill: Fill) -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    key = next(question.key for question in scene.questions.values() if question.section.repeats)
    filled = fill_place(fill_place(download(scene, reply, form), form, f"{key}#1", "First"), form, f"{key}#3", "Third")
    for _again in range(2):
        assert "Everything in the file is part of the reply now." in upload(scene, reply, filled, f"reply.{form}")
        with acting_as(scene.focal):
            assert list(Instance.objects.order_by("number").values_list("number", flat=True)) == [1, 3]
            assert sorted((row.instance, row.value) for row in queries.answers(reply)) == [(1, "First"), (3, "Third")]
    later = fill_place(filled, form, f"{key}#2", "Second")
    upload(scene, reply, later, f"reply.{form}")
    with acting_as(scene.focal):
        assert {row.value for row in queries.answers(reply)} == {"First", "Second", "Third"}
    with acting_as(scene.focal):
        services.remove_instance(by=scene.focal, reply=reply, instance=Instance.objects.get(number=2))
    page = upload(scene, reply, later, f"reply.{form}")
    assert "Second" in page and "not asked here" in page, "what was taken away on the page is not brought back, and its words are shown"


@both
def test_an_emptied_box_takes_no_answer_away_and_is_told(form: str, fill: Fill) -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    scenes.write(scene, scene.focal, reply, {"has_law": "yes", "which_law": "Act 1"})
    page = upload(scene, reply, fill(download(scene, reply, form), {"which_law": ""}), f"reply.{form}")
    assert "Left empty in the file; what stands here was kept." in page and "Which law?" in page
    with acting_as(scene.focal):
        assert {row.question.key: row.value for row in queries.answers(reply)} == {"has_law": "yes", "which_law": "Act 1"}


def test_an_altered_mark_a_formula_and_words_beside_are_listed_whole_with_their_place() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    book = openpyxl.load_workbook(io.BytesIO(download(scene, reply, "xlsx")))
    sheet = book["form"]
    places = {str(row[4].value).split("#")[0].strip("["): at for at, row in enumerate(sheet.iter_rows(min_row=2), start=2)}
    law, many = places["has_law"], places["how_many"]
    sheet.cell(law, 4).value, sheet.cell(law, 5).value = "we have " + "many laws " * 60 + "END", "[[has_law#0]]"
    sheet.cell(many, 4).value, sheet.cell(many, 9).value = "=6*7", "see the annex"
    out = io.BytesIO()
    book.save(out)
    page = upload(scene, reply, out.getvalue(), "reply.xlsx")
    for told in (f"Sheet “form”, row {law}", "many laws END", "[[has_law#0]]", f"Sheet “form”, row {many}", "=6*7", "see the annex"):
        assert told in page, told
    assert page.count("Sheet “") == 3, "nothing that the form itself says is listed"


@both
def test_what_a_form_taken_along_in_french_says_is_not_listed_when_it_comes_back_in_english(form: str, fill: Fill) -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    address = reverse("questionnaires:offline", args=[reply.pk, form])
    taken = world.client_of(scene.focal).get(address, headers={"accept-language": "fr"}).content
    assert "Everything in the file is part of the reply now." in upload(scene, reply, fill(taken, {"has_law": "yes"}), f"reply.{form}")


def test_a_question_answered_twice_in_a_file_is_answered_by_neither_and_both_are_listed() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    book = openpyxl.load_workbook(io.BytesIO(fill_sheet(download(scene, reply, "xlsx"), {"how_many": "12"})))
    book.copy_worksheet(book["form"])
    out = io.BytesIO()
    book.save(out)
    assert "Everything in the file" in upload(scene, reply, out.getvalue(), "reply.xlsx"), "the same twice is said once"
    book.worksheets[-1].title = "other"
    for row in book.worksheets[-1].iter_rows():
        if str(row[4].value).startswith("[[how_many#"):
            row[3].value = "13"
    for row in book["form"].iter_rows():
        if str(row[4].value).startswith("[[how_many#"):
            row[3].value = "14"
    out = io.BytesIO()
    book.save(out)
    page = upload(scene, reply, out.getvalue(), "reply.xlsx")
    assert page.count("answers this question more than once") == 2
    with acting_as(scene.focal):
        assert [row.value for row in queries.answers(reply)] == [12]


@both
def test_a_table_keeps_its_figures_and_lists_each_line_that_is_none(form: str, fill: Fill) -> None:
    scene = scenes.asked()
    with as_steward():
        parts = {name: [{"code": code, "labels": {"en": code}} for code in codes] for name, codes in GRID.items()}
        Question.objects.filter(pk=scene.questions["how_many"].pk).update(kind="table", grid=parts, constraint="")
    _published.cache_clear()
    scene.questions["how_many"].refresh_from_db()
    reply = scenes.begin(scene.focal)
    scenes.write(scene, scene.focal, reply, {"how_many": {"2024": {"girls": "1", "boys": "2"}}})
    lines = ["2024 | girls =", "2024 | boys = 3", "2025 | girls = about ten", "2025 | boys = 4", "2026 | boys = 5", "see the annex"]
    page = upload(scene, reply, fill(download(scene, reply, form), {"how_many": "\n".join(lines)}), f"reply.{form}")
    for told in ("Left empty in the file", "2025 | girls = about ten", "2026 | boys = 5", "see the annex"):
        assert told in page, told
    with acting_as(scene.focal):
        assert [row.value for row in queries.answers(reply)] == [{"2024": {"girls": "1", "boys": "3"}, "2025": {"boys": "4"}}]


GRID = {"rows": ("2024", "2025"), "columns": ("girls", "boys")}
