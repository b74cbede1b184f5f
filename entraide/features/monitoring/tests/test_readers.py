"""Files and feeds as their readers read them: a calendar (RFC 5545), feeds (RFC 4287), the matrix in a workbook, CSV."""

import json
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from entraide.features.monitoring.choices import Result
from entraide.features.monitoring.matrix import Matrix, workbook
from entraide.features.monitoring.tests.scenes import Scene
from entraide.kernel.base import clock

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def scene() -> Scene:
    return Scene()


def got(route: str, *arguments: object, lang: str = "", accept: str = "en") -> bytes:
    asked = {"lang": lang} if lang else {}
    return Client().get(reverse(f"monitoring:{route}", args=arguments), asked, headers={"accept-language": accept}).content


def events(text: str) -> list[dict[str, str]]:
    """A calendar as RFC 5545 says to read it: unfolded, one property a line."""
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "") and all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    found: list[dict[str, str]] = []
    for line in text.replace("\r\n ", "").split("\r\n"):
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            found[-1][name] = value
    return found


def test_a_calendar_is_read_as_the_standard_says_and_changes_only_when_something_changed(scene: Scene) -> None:
    scene.sent(scene.evaluation())
    text = got("calendar").decode()
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:") and text.endswith("END:VCALENDAR\r\n")
    for event in events(text):
        assert event["UID"].startswith("urn:") and re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"]) and event["SUMMARY"]
        assert event["DTSTART;VALUE=DATE"] < event["DTEND;VALUE=DATE"]
    assert len({event["UID"] for event in events(text)}) == len(events(text)) == 1
    with clock.at(clock.now() + timedelta(days=3)):
        assert got("calendar").decode() == text


@pytest.mark.parametrize("route", ["state_feed", "provision_feed"])
def test_a_feed_has_what_the_standard_asks_and_no_id_says_two_things(scene: Scene, route: str) -> None:
    scene.published(scene.evaluation())
    whose = "XA" if route == "state_feed" else scene.provisions[0].pk
    said: dict[str, str] = {}
    for lang, accept in (("en", "fr"), ("fr", "en"), ("", "en"), ("", "fr"), ("xx", "en")):
        feed = ElementTree.fromstring(got(route, whose, lang=lang, accept=accept))
        language = lang if lang in {"en", "fr"} else accept
        link = feed.find(f"{ATOM}link[@rel='self']")
        assert feed.get(XML_LANG) == language and link is not None and (link.get("href") or "").endswith(f"/atom/?lang={language}")
        assert feed.findtext(f"{ATOM}author/{ATOM}name")
        found = feed.findall(f"{ATOM}entry")
        assert found and len({entry.findtext(f"{ATOM}id") for entry in found}) == len(found)
        for each in (feed, *found):
            name, title, updated = (each.findtext(f"{ATOM}{part}") or "" for part in ("id", "title", "updated"))
            assert name.startswith("urn:") and title and datetime.fromisoformat(updated) <= datetime.now(UTC)
            assert said.setdefault(name, f"{title} {updated}") == f"{title} {updated}", "an id is one thing, in one language"
            assert each is feed or each.find(f"{ATOM}link[@rel='alternate']") is not None


def test_the_matrix_is_read_by_a_spreadsheet_with_every_row_and_runs_nothing(scene: Scene) -> None:
    hostile = Matrix([("XA", "=cmd()"), ("XB", "B")], [("+1\x0b", [Result.MET, ""]), ("@x", ["", ""]), ("plain", ["", ""])], ["-c", "", ""])
    sheet = load_workbook(BytesIO(workbook(hostile, "=title()"))).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows(max_col=2)] == [
        ["=title()", None], [None, "Cluster"], ["+1", "-c"], ["@x", None], ["plain", None],
    ]  # fmt: skip
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}, "no cell is a formula"
    evaluation = scene.evaluation()
    scene.published(evaluation)
    page = got("matrix", evaluation.round.pk).decode()
    real = load_workbook(BytesIO(got("matrix_file", evaluation.round.pk))).active
    assert real is not None and real.max_row - 2 == page.count('<th scope="row"')


def test_every_recommendation_carries_every_facet(scene: Scene) -> None:
    scene.published(scene.evaluation())
    for told in json.loads(got("recommendations_json"))["recommendations"]:
        assert set(told) == {
            "id", "mechanism", "round", "country", "verb", "strength", "text", "themes", "affected_persons", "sdg_targets", "document",
            "due", "published", "provision", "continues", "escalation", "invented",
        }  # fmt: skip
        assert all(told[name] for name in ("id", "mechanism", "country", "verb", "text", "themes", "affected_persons", "sdg_targets"))
