"""What everybody sees: the page of a release, its files and report, the API; and what they see no more once it is withdrawn."""

import csv
import io
import json
import re
from collections.abc import Callable

import docx
import openpyxl
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from entraide.features.figures import files, mapping, publishing
from entraide.features.figures.models import Release
from entraide.features.figures.tests.releasing import PEOPLE, VICTIMS, drafted, filed, published
from entraide.kernel.access.context import Acting, acting_as
from tests import world

pytestmark = pytest.mark.django_db
SOME = VICTIMS + "ES,2021,Total,400\nFR,2021,Total,<5\nPT,2021,Total\n"
MORE = "Country,Year,Sex,Age,Value\nPT,2022,Female,Children,12\nPT,2022,Male,Children,7\nPT,2022,Female,Adults,30\nPT,2022,Male,Adults,<5\n"


@pytest.fixture
def release(analyst: Acting, reviewers: list[Acting]) -> Release:
    cache.clear()
    return published(analyst, reviewers, filed(analyst, SOME), filed(analyst, MORE), filed(analyst, PEOPLE, indicator="population"))


@pytest.fixture
def withdraw(analyst: Acting, release: Release) -> Callable[[], None]:
    def do() -> None:
        with acting_as(analyst):
            publishing.withdraw(by=analyst, release=release, reason="Counted one office twice.")

    return do


def page(release: Release, part: str = "", language: str = "en") -> str:
    client = Client(headers={"accept-language": language})
    return client.get(release.get_absolute_url(), {"part": part} if part else {}).content.decode()


def test_everybody_reads_it_without_signing_in(release: Release) -> None:
    shown = page(release)
    assert "Victims detected by State" in shown and "1 to 4" in shown and "tip.victims" in shown
    assert "Detected is not existing" in shown and "Work on this release" not in shown
    assert release.get_absolute_url() in Client().get(reverse("figures:home")).content.decode()


def test_a_map_a_pyramid_and_lines_stand_beside_their_tables(release: Release) -> None:
    assert '<svg class="ui-map"' in page(release, "tip-victims-area") and "Spain: 400" in page(release, "tip-victims-area")
    pyramid = page(release, "tip-victims-area-sex-age") + page(release, "tip-victims-sex-age")
    assert "<svg" in pyramid and "<table" in pyramid
    for part in ("tip-victims-area", "sdg-16-2-2-detected"):
        assert page(release, part).count("<table") >= 1


def test_it_is_written_in_french_too(release: Release) -> None:
    shown = page(release, language="fr")
    assert "Victimes repérées par État" in shown and "1 à 4" in shown and "Repéré ne veut pas dire existant" in shown


def test_pictures_put_the_space_before_the_colon_that_french_asks_for(release: Release) -> None:
    with translation.override("fr"):
        assert "Espagne\u00a0: 400" in page(release, "tip-victims-area", language="fr")
        bars = page(release, "tip-victims-sex", language="fr") + page(release, "tip-victims-area-sex", language="fr")
    assert "\u00a0: " in bars and not re.search(r"<desc>[^<]*[^\u00a0]: ", bars)


def test_a_browser_may_keep_the_page_for_minutes_and_asks_by_its_tag(release: Release, withdraw: Callable[[], None]) -> None:
    client = Client()
    first = client.get(release.get_absolute_url())
    assert first["Cache-Control"] == "public, max-age=300"
    again = client.get(release.get_absolute_url(), headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    withdraw()
    assert client.get(release.get_absolute_url(), headers={"if-none-match": first["ETag"]}).status_code == 200


def test_whoever_is_signed_in_keeps_no_copy(release: Release, analyst: Acting) -> None:
    answer = world.client_of(analyst).get(release.get_absolute_url())
    assert answer["Cache-Control"] == "private, no-store" and "ETag" not in answer and "Withdraw" in answer.content.decode()


def test_only_an_analyst_is_led_to_a_new_version_and_others_read_why_not(
    release: Release, analyst: Acting, reviewers: list[Acting]
) -> None:
    way = reverse("figures:new_version", args=[release.pk])
    theirs, ours = (world.client_of(by).get(release.get_absolute_url()).content.decode() for by in (reviewers[0], analyst))
    assert way in ours and way not in theirs and "Only an analyst does this." in theirs


def test_withdrawn_the_reason_stands_where_the_numbers_were(release: Release, withdraw: Callable[[], None]) -> None:
    before = page(release)
    withdraw()
    shown = page(release)
    assert "1 to 4" in before and "Counted one office twice." in shown and "Do not use these numbers" in shown
    assert "1 to 4" not in shown and '<svg class="ui-curve' not in shown and '<svg class="ui-map' not in shown
    for name, form in (("release_file", "csv"), ("release_file", "sdmx"), ("release_file", "xlsx"), ("report", "pdf"), ("report", "docx")):
        answer = Client().get(reverse(f"figures:{name}", args=[release.pk, form]))
        assert answer.status_code == 410 and "Counted one office twice." in answer.content.decode()
    told = json.loads(Client().get(f"/api/figures/releases/{release.pk}").content)
    assert (told["state"], told["reason"]) == ("withdrawn", "Counted one office twice.")
    assert json.loads(Client().get(f"/api/figures/releases/{release.pk}/numbers").content)["items"] == []


def test_a_draft_is_not_found_by_anybody_else(analyst: Acting) -> None:
    draft = drafted(analyst)
    other = world.client_of(world.post(world.body(), "analyst"))
    for url in (
        draft.get_absolute_url(), reverse("figures:release_file", args=[draft.pk, "csv"]),
        reverse("figures:report", args=[draft.pk, "pdf"]),
        f"/api/figures/releases/{draft.pk}", f"/api/figures/releases/{draft.pk}/numbers",
    ):  # fmt: skip
        assert Client().get(url).status_code == 404 and other.get(url).status_code == 404
    for name in ("review", "withdraw", "new_version"):
        assert other.get(reverse(f"figures:{name}", args=[draft.pk])).status_code == 404
    assert other.post(reverse("figures:move", args=[draft.pk, "submit"])).status_code == 404


def test_the_three_files_tell_the_same_numbers(release: Release) -> None:
    def file(form: str) -> bytes:
        return Client().get(reverse("figures:release_file", args=[release.pk, form])).content

    plain = list(csv.DictReader(io.StringIO(file("csv").decode("utf-8-sig"))))
    sdmx = list(csv.DictReader(io.StringIO(file("sdmx").decode())))
    sheet = openpyxl.load_workbook(io.BytesIO(file("xlsx")))["Figures"]
    assert len(plain) == len(sdmx) == sheet.max_row - 1 == 14
    assert [row["low"] for row in plain] == [row["LOWER"] for row in sdmx]
    assert list(sdmx[0])[:3] == ["STRUCTURE", "STRUCTURE_ID", "ACTION"] and {row["ACTION"] for row in sdmx} == {"I"}
    small = next(row for row in sdmx if row["REF_AREA"] == "FR")
    assert (small["OBS_VALUE"], small["LOWER"], small["UPPER"], small["OBS_STATUS"]) == ("", "1", "4", "Q"), "a range is no zero"
    assert next(row for row in sdmx if row["INDICATOR"] == "SDG_16_2_2_DETECTED")["OBS_VALUE"] == "0.4"


def test_its_own_csv_comes_back_in_without_losing_a_unit(release: Release) -> None:
    from entraide.engines.tables import read

    reading = read(Client().get(reverse("figures:release_file", args=[release.pk, "csv"])).content, "x.csv")
    assert reading.reconciles and {(each.area, each.low, each.high) for each in reading.cells} >= {("FR", 1, 4), ("ES", 400, 400)}


@pytest.mark.parametrize(("language", "words"), [("en", "Victims detected by State"), ("fr", "Victimes repérées par État")])
def test_the_report_says_the_same_in_both_languages(release: Release, language: str, words: str) -> None:
    client = Client(headers={"accept-language": language})
    document = docx.Document(io.BytesIO(client.get(reverse("figures:report", args=[release.pk, "docx"])).content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert words in text and "400" in cells and ("1 to 4" in cells or "1 à 4" in cells) and len(document.inline_shapes) >= 2
    pdf = client.get(reverse("figures:report", args=[release.pk, "pdf"])).content
    assert pdf.startswith(b"%PDF") and len(pdf) > 10_000 and b"pdfuaid:part>1<" in pdf


def test_words_of_others_are_no_markup_in_the_report(analyst: Acting) -> None:
    from entraide.engines.typesetting import quoted
    from entraide.features.figures.reporting import as_pdf, report

    hostile = 'x"); #eval("1") \\ $a$ *b* <i>'
    draft = drafted(analyst, filed(analyst, f'Country,Year,Category,Value\nPT,2021,"{hostile.replace(chr(34), chr(34) * 2)}",7\n'))
    with acting_as(analyst):
        assert as_pdf(report(draft)).startswith(b"%PDF")
        shown = world.client_of(analyst).get(draft.get_absolute_url()).content.decode()
    assert "<i>" not in shown and quoted('a"b\\') == '"a\\"b\\\\"'


def test_programs_read_numbers_by_definition_with_their_range(release: Release) -> None:
    listed = json.loads(Client().get("/api/figures/releases").content)
    assert [each["id"] for each in listed["items"]] == [str(release.pk)]
    told = json.loads(Client().get(f"/api/figures/releases/{release.pk}/numbers?definition=tip.victims&area=FR").content)["items"]
    assert [(each["value"], float(each["low"]), float(each["high"])) for each in told] == [(None, 1.0, 4.0)]
    tags = {each["tag"] for each in json.loads(Client().get("/api/figures/definitions").content)}
    assert {"tip.victims", "sdg.16.2.2.all"} <= tags


def test_the_definitions_say_what_is_not_established(release: Release) -> None:
    shown = Client().get(reverse("figures:definitions")).content.decode()
    assert "official code lists of IC-TIP still have to be taken" in shown and "02041" in shown and "Not confirmed" in shown
    assert not any(each.ictip for each in mapping.FORMS), "when a code is found, the page, Limits and this test say so together"
    assert len(re.findall(r">\s*Not established\s*<", shown)) == len(mapping.FORMS), "each kind of exploitation without a code says so"
    assert shown.count("Codes not established") == len(mapping.ENTITIES) == 4
    limits = Client().get(reverse("limits")).content.decode()
    assert "code lists of IC-TIP are not in Entraide" in limits and "says “Not established” wherever" in limits


def test_from_the_pages_a_release_goes_all_the_way(analyst: Acting, reviewers: list[Acting]) -> None:
    table = filed(analyst)
    client = world.client_of(analyst)
    words = {f"{name}_{language}": f"{name} {language}" for name in ("title", "summary") for language in ("en", "fr")}
    assert "Choose at least one table" in client.post(reverse("figures:draft"), words).content.decode()
    client.post(reverse("figures:draft"), words | {"tables": [str(table.pk)]})
    with acting_as(analyst):
        release = Release.objects.get()
    move = {name: reverse("figures:move", args=[release.pk, name]) for name in ("submit", "publish", "discard")}
    assert client.get(move["submit"]).status_code == 404 and client.post(move["publish"]).status_code == 403
    for _press in range(2):
        assert client.post(move["submit"]).status_code == 302
    review = reverse("figures:review", args=[release.pk])
    assert client.get(review).status_code == 403, "the drafter"
    for reviewer in reviewers:
        other = world.client_of(reviewer)
        assert "title en" in other.get("/").content.decode(), "it lies on the reviewer's desk"
        assert "Say what is wrong" in other.post(review, {"answer": "object"}).content.decode()
        assert other.post(review, {"answer": "agree"}).status_code == 302
        assert other.post(move["publish"]).status_code == 403, "only an analyst publishes"
    assert client.post(move["publish"]).status_code == 302
    assert "title en" in Client().get(release.get_absolute_url()).content.decode()


def test_a_part_is_narrowed_by_what_it_is_told_by_and_the_kept_page_is_not_mixed_up(release: Release) -> None:
    client, address, part = Client(), release.get_absolute_url(), {"part": "tip-victims-area"}
    whole = client.get(address, part).content.decode()
    assert "Portugal</bdi></th>" in whole and "Spain</bdi></th>" in whole
    narrowed = client.get(address, part | {"area": "ES"})
    shown = narrowed.content.decode()
    assert "Spain</bdi></th>" in shown and "Portugal</bdi></th>" not in shown and 'name="part" value="tip-victims-area"' in shown
    assert client.get(address, part, headers={"if-none-match": narrowed["ETag"]}).status_code == 200
    assert "Portugal</bdi></th>" in client.get(address, part).content.decode()


def test_a_text_that_begins_like_a_formula_is_a_text_in_every_workbook() -> None:
    for data in (files.as_xlsx([], [("Title", "=1+1")]), files.sheet("xlsx", ["=1+1"], [["=2+2", 3]])):
        cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(data)) for row in sheet.iter_rows() for cell in row]
        assert [cell.data_type for cell in cells if str(cell.value).startswith("=")] and "f" not in {cell.data_type for cell in cells}
