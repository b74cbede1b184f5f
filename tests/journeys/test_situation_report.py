"""The situation report in English and French: compiled, reviewed, released, read as PDF and Word, then withdrawn wherever one looks."""

from io import BytesIO

import docx
import pypdf
import pytest
from django.db import transaction

from entraide.kernel.access.context import Acting
from tests import world
from tests.journeys.conftest import PASSWORD, Person, Visitors
from tests.journeys.test_figures import agree, draft

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
OWN = (
    b"Country,Year,Sex,Age,Value\nPT,2021,Total,Total,62\nPT,2021,Female,Total,41\nPT,2021,Male,Total,21\n"
    b"PT,2021,Female,Children,3\nPT,2021,Female,Adults,38\nPT,2021,Male,Children,8\nPT,2021,Male,Adults,13\n"
    b"PT,2021,Total,Children,11\nPT,2021,Total,Adults,51\n"
)
REASON = "Invented: one office was counted twice."
SAID = {
    "en": ("0 to 11", "Detected is not existing.", "A range is no error", "Victims detected by sex and age", "Under 18"),
    "fr": (
        "0 à 11",
        "Repéré ne veut pas dire existant.",
        "Un intervalle n’est pas une erreur",
        "Victimes repérées par sexe et âge",
        "Moins de 18 ans",
    ),
}


@pytest.fixture
def people() -> dict[str, Acting]:
    """An analyst and two who review, of one body."""
    with transaction.atomic():
        home = world.body("casa", country="PT", name="Casa Aurora")
        return {function: world.post(home, function, password=PASSWORD) for function in ("analyst", "coordinator", "data_protection")}


def bring_own_table(analyst: Person) -> None:
    """Given the body's own table, not public: three girls could be worked out from its totals."""
    analyst.go("/figures/tables/bring/")
    analyst.page.locator("[name=file]").set_input_files({"name": "t.csv", "mimeType": "text/csv", "buffer": OWN})
    analyst.page.locator("[name=title]").fill("Invented table")
    analyst.page.locator("[name=source]").fill("Casa Aurora")
    analyst.press("Try the file")
    analyst.press("File this table")
    analyst.sees("The table is filed.")


def downloaded(reader: Person, label: str) -> bytes:
    with reader.page.expect_download() as waiting:
        reader.page.get_by_role("link", name=reader.says(label), exact=True).click()
    return waiting.value.path().read_bytes()


def lines_of_word(data: bytes) -> tuple[str, list[list[str]]]:
    """All text of a Word file, and the rows of all its tables."""
    document = docx.Document(BytesIO(data))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    return "\n".join([*(each.text for each in document.paragraphs), *("\t".join(row) for row in rows)]), rows


def check_report(reader: Person) -> None:
    """Both files, opened by readers that are not ours, say the numbers, the limits, and no count below five."""
    small, detected, ranges, title, children = SAID[reader.language]
    pdf = "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(downloaded(reader, "Situation report (PDF)"))).pages)
    word, rows = lines_of_word(downloaded(reader, "Situation report (Word)"))
    for text in (" ".join(pdf.split()).replace("\u00a0", " "), word.replace("\u00a0", " ")):
        for said in (small, detected, ranges, title, children, "62", "41", "21", "Casa Aurora", "tip.victims"):
            assert said in text, f"{said} is not in the report"
    counts = {cell for row in rows for cell in row if cell.isdigit()}
    assert {"62", "41", "21", "11", "51"} <= counts and not counts & {"1", "2", "3", "4"}
    girls = [row for row in rows if len(row) == 3 and row[1] == children]
    assert sorted(row[2] for row in girls) == [small, small], "neither the girls nor the boys can be worked out"
    assert len(docx.Document(BytesIO(downloaded(reader, "Situation report (Word)"))).inline_shapes) >= 1, "a picture beside its table"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_situation_report_is_released_read_and_withdrawn(visitors: Visitors, people: dict[str, Acting], language: str) -> None:
    analyst = visitors.sign_in(world.account_of(people["analyst"]), language)
    bring_own_table(analyst)
    path = draft(analyst)
    for function in ("coordinator", "data_protection"):
        agree(visitors.sign_in(world.account_of(people[function]), language), path)
    analyst.go(path)
    analyst.press("Publish")
    analyst.sees("The release is published.")
    reader = visitors.visit(language, width=390)
    reader.go(path)
    check_report(reader)
    old = [f"{path}report/pdf/", f"{path}report/docx/", *(f"{path}file/{form}/" for form in ("csv", "xlsx", "sdmx"))]
    assert all(reader.page.request.get(reader.address + link).status == 200 for link in old)

    analyst.press("Withdraw")
    analyst.page.locator("[name=reason]").fill(REASON)
    analyst.press("Withdraw this release")
    is_withdrawn(reader, path, old)
    visitors.errors.clear()  # the browser notes the answers of old links


def is_withdrawn(reader: Person, path: str, old: list[str]) -> None:
    """List, page, old links, API and exports: each says so, none tells a number."""
    reader.go("/figures/")
    reader.sees("Withdrawn")
    reader.go(path + "?again=1")
    reader.sees_text(REASON)
    reader.has_no_barriers()
    for link in old:
        answer = reader.page.request.get(reader.address + link)
        assert answer.status == 410 and REASON in answer.text() and "tip.victims" not in answer.text(), link
        reader.go(link + "?again=1")  # a browser may keep a copy for minutes
        reader.sees_text(REASON)
    reader.has_no_barriers()
    identifier = path.strip("/").split("/")[-1]
    told = reader.page.request.get(f"{reader.address}/api/figures/releases/{identifier}").json()
    assert (told["state"], told["reason"]) == ("withdrawn", REASON)
    numbers = reader.page.request.get(f"{reader.address}/api/figures/releases/{identifier}/numbers").json()
    assert numbers["items"] == []
