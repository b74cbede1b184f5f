"""What one takes along: reports on paper, the matrix, JSON, a calendar, feeds; the public parts cached, the State's copy without NGOs."""

import json
import zipfile
from datetime import date
from io import BytesIO
from xml.etree import ElementTree

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from entraide.engines import texts as engine
from entraide.features.monitoring import services
from entraide.features.monitoring.feeds import _folded
from entraide.features.monitoring.models import Edition, Recommendation
from entraide.features.monitoring.paper import lines, verbs_of
from entraide.features.monitoring.tests import scenes
from entraide.features.monitoring.tests.scenes import Scene
from entraide.features.monitoring.typesetting import source
from entraide.features.texts.models import Provision
from entraide.features.treaties import services as treaties
from entraide.features.treaties.loading import load_instruments
from entraide.features.treaties.models import Instrument
from entraide.kernel.access.context import Acting, acting_as
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return Scene()


def got(by: Acting | None, route: str, *arguments: object, **headers: str) -> HttpResponse:
    client = world.client_of(by) if by else Client()
    return client.get(reverse(f"monitoring:{route}", args=arguments), headers=headers)  # type: ignore[return-value]  # the test client's own class


def test_a_published_report_is_a_word_document_with_its_numbers_and_the_annexed_comments(scene: Scene) -> None:
    edition = scene.published(scene.evaluation()).edition
    answer = got(None, "report_file", edition.pk, "docx")
    text = engine.read_docx(answer.content, "en").text
    shown = [(node.number, node.text or node.heading) for node in text.walk()]
    assert ("1", "The team found few identified victims.") in shown and ("2", "urges to train the front line.") in shown
    assert "We thank the team." in [words for _number, words in shown]


def test_hidden_signs_in_what_a_state_says_stop_neither_its_report_nor_its_feed(scene: Scene) -> None:
    """A State that could break the page could keep its report from being published, for ever: what is adopted never changes."""
    evaluation, hidden = scene.evaluation(), "\x01\x0b\x0c\x1b\u202e\ufffe"
    edition, by = scene.sent(evaluation), scene.speakers["XA"]
    page = world.client_of(by).post(reverse("monitoring:comment", args=[edition.pk]), {"text": f"We {hidden}thank the team.", "seen": ""})
    assert "hidden character" in page.content.decode(), "pages refuse them; what comes another way is cleaned"
    with acting_as(by):
        services.comment(by=by, edition=edition, text=f"We {hidden}thank the team.")
        services.submit(by=by, edition=edition)
    evaluation = scene.move(evaluation, "take_comments", "adopt", "publish")
    with acting_as(scene.secretariat):
        final = Edition.objects.get(evaluation=evaluation, kind="final")
        asked = Recommendation.objects.get(edition=final)
    with acting_as(by):
        services.reply(by=by, recommendation=asked, position="accepted", text=f"We {hidden}accept.")
    for form in ("docx", "pdf"):
        assert got(None, "report_file", final.pk, form).status_code == 200
    assert "We thank the team." in [
        node.text for node in engine.read_docx(got(None, "report_file", final.pk, "docx").content, "en").text.walk()
    ]
    with acting_as(scene.committee):
        texts = {"en": f"The committee {hidden}asks."}
        services.decide(by=scene.committee, evaluation=evaluation, texts=texts, recommendations=[asked], due=None)
    feed = ElementTree.fromstring(got(None, "state_feed", "XA").content)
    assert "The committee asks." in "".join(feed.itertext())


def test_what_a_state_does_with_a_treaty_stands_in_its_feed_and_in_that_of_the_provision(scene: Scene) -> None:
    with as_steward():
        load_instruments(using="default")
    by = world.post(world.body("office", kind="coordination", country="PT"), "coordinator")
    untoc = Instrument.objects.get(slug="untoc")
    with acting_as(by):
        treaties.record_act(
            by=by, state="PT", instrument=untoc, kind="declaration", on="2026-03", text="The central authority is the office.",
            source="journal", as_of=date(2026, 6, 1),
        )  # fmt: skip
    provision = Provision.objects.get(document__slug="untoc", eid="art_18")
    for route, whose in (("state_feed", "PT"), ("provision_feed", provision.pk)):
        feed = got(None, route, whose).content.decode()
        assert "The central authority is the office." in feed and "Portugal: Declaration" in feed, route
    assert "Ratification" in got(None, "state_feed", "PT").content.decode()
    assert "Ratification" not in got(None, "provision_feed", provision.pk).content.decode(), "what was done before is no news"
    assert got(None, "state_feed", "ZZ").status_code == 404


def test_a_report_is_a_pdf_in_which_no_word_is_a_command(scene: Scene) -> None:
    evaluation = scene.evaluation()
    edition = scene.draft(evaluation)
    hostile = '#panic("x") \\ " $ @a <b> `c` \u202f«é» عربي'
    from entraide.features.monitoring import services

    with acting_as(scene.secretariat):
        services.add_paragraph(by=scene.secretariat, edition=edition, text=hostile)
        written = source(edition, lines(edition), verbs_of(edition), "en")
    assert '\\"x\\"' in written
    answer = got(scene.secretariat, "report_file", edition.pk, "pdf")
    assert answer.content.startswith(b"%PDF") and len(answer.content) > 5_000


def test_a_report_on_paper_has_its_cover_its_notes_and_every_script(scene: Scene) -> None:
    """A comment in Arabic is read from the right; what the State itself said is a footnote, what an NGO said is not."""
    evaluation, by, arabic = scene.evaluation(), scene.speakers["XA"], "نشكر الفريق على عمله."
    edition = scene.sent(evaluation)
    with acting_as(by):
        services.comment(by=by, edition=edition, text=arabic)
        services.submit(by=by, edition=edition)
    scene.move(evaluation, "take_comments", "adopt", "publish")
    with acting_as(scene.secretariat):
        final = Edition.objects.get(evaluation=evaluation, kind="final")
    made = got(None, "report_file", final.pk, "pdf").content
    assert b"pdfaid:part>2<" in made and b"pdfuaid:part>1<" in made
    pages = pypdfium2.PdfDocument(made)
    read = [one.get_textpage().get_text_range() for one in pages]
    assert "Greta-Like" in read[0] and final.symbol in read[0] and "Final report" in read[0] and "Public" in read[0]
    assert "I.Identification" in read[0].replace(" ", "") and "Reply of the State, question 4" in read[0]
    assert final.symbol in read[1] and "Comments of the State" in read[1] and arabic.split()[0] in read[1]
    assert "Open Door" not in "".join(read) and "Heard at a shelter" not in "".join(read)
    word = got(None, "report_file", final.pk, "docx").content
    with zipfile.ZipFile(BytesIO(word)) as package:
        body, cover = (package.read(f"word/{name}.xml").decode() for name in ("document", "header2"))
    assert "<w:bidi/>" in body.split(arabic)[0].rsplit("<w:p>", 1)[1] and "<w:rtl/>" in body.split(arabic)[0].rsplit("<w:r>", 1)[1]
    assert final.symbol in cover and "Final report" in cover
    text = engine.read_docx(word, "en").text
    assert [note.text for node in text.walk() for note in node.footnotes] == ["Reply of the State, question 4"]
    assert arabic in [node.text for node in text.walk()] and text.title == final.titles["en"], "the cover is no part of the text"


def test_the_states_copy_on_paper_carries_no_ngo(scene: Scene) -> None:
    edition = scene.sent(scene.evaluation())
    answer = got(scene.speakers["XA"], "report_file", edition.pk, "docx")
    told = " ".join(node.text + node.heading for node in engine.read_docx(answer.content, "en").text.walk())
    assert "few identified victims" in told and "Open Door" not in told
    with acting_as(scene.speakers["XA"]):
        written = source(edition, lines(edition), {}, "en")
    assert "Open Door" not in written
    assert got(scene.ngo, "report_file", edition.pk, "docx").status_code == 404
    assert got(scene.speakers["XA"], "report_file", edition.pk, "exe").status_code == 404


def test_what_is_public_is_cached_and_what_one_post_gets_is_kept_nowhere(scene: Scene) -> None:
    edition = scene.published(scene.evaluation()).edition
    first = got(None, "report_file", edition.pk, "docx")
    assert first["Cache-Control"] == "public, max-age=300"
    again = got(None, "report_file", edition.pk, "docx", **{"If-None-Match": first["ETag"]})
    assert again.status_code == 304 and not again.content
    assert got(scene.speakers["XA"], "report_file", edition.pk, "docx")["Cache-Control"] == "private, no-store"


def test_the_matrix_is_a_workbook_and_ranks_only_where_the_mechanism_allows(scene: Scene) -> None:
    evaluation = scene.evaluation(scene.round(scene.mechanism(), ("XA", "XB")))
    scene.published(evaluation)
    round = evaluation.round
    sheet = load_workbook(BytesIO(got(None, "matrix_file", round.pk).content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[1] == [None, "XA", "XB"] and rows[2][1:] == ["Met in part", None]
    page = got(None, "matrix", round.pk).content.decode()
    assert "does not allow States to be ranked" in page and "Nothing visible to you" in page
    assert Client().get(reverse("monitoring:matrix", args=[round.pk]), {"order": "result"}).status_code == 403
    plan = scene.evaluation(scene.round(scene.mechanism("work-plan", **scenes.WORK_PLAN), ("XC",)), "XC")
    scene.draft(plan)
    scene.move(plan, "adopt", "publish")
    ranked = Client().get(reverse("monitoring:matrix", args=[plan.round.pk]), {"order": "result"})
    assert ranked.status_code == 200 and "50 %" in ranked.content.decode()


def test_recommendations_are_json_with_the_facets_of_the_universal_index(scene: Scene) -> None:
    scene.published(scene.evaluation())
    told = json.loads(got(None, "recommendations_json").content)["recommendations"]
    assert len(told) == 1 and told[0]["verb"] == "urges" and told[0]["sdg_targets"] == ["8.7"]
    assert told[0]["themes"] == ["identification"] and told[0]["affected_persons"] == ["all"] and told[0]["country"] == "XA"


def test_the_calendar_has_every_day_that_the_reader_may_see(scene: Scene) -> None:
    scene.sent(scene.evaluation())
    text = got(None, "calendar").content.decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n") and text.count("BEGIN:VEVENT") == 1 and "DTSTART;VALUE=DATE:" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_lines_of_a_calendar_are_folded_without_cutting_a_sign() -> None:
    line = "SUMMARY:" + "é€😀" * 40
    folded = _folded(line)
    assert folded[0] + "".join(part[1:] for part in folded[1:]) == line and all(len(part.encode()) <= 75 for part in folded)


def test_a_state_and_a_provision_have_their_feeds(scene: Scene) -> None:
    scene.published(scene.evaluation())
    for answer in (got(None, "state_feed", "XA"), got(None, "provision_feed", scene.provisions[0].pk)):
        feed = ElementTree.fromstring(answer.content)
        titles = [entry.findtext("{http://www.w3.org/2005/Atom}title") for entry in feed.iter("{http://www.w3.org/2005/Atom}entry")]
        assert any(title and "urges to train the front line." in title for title in titles)
        assert got(None, "state_feed", "XA", **{"If-None-Match": got(None, "state_feed", "XA")["ETag"]}).status_code == 304
    assert got(None, "state_feed", "FR").status_code == 404


def test_a_draft_stands_in_no_feed_file_or_calendar_of_the_public(scene: Scene) -> None:
    edition = scene.draft(scene.evaluation())
    for route, arguments in (("recommendations_json", []), ("state_feed", ["XA"]), ("calendar", [])):
        assert b"to train the front line" not in got(None, route, *arguments).content
    assert got(None, "report_file", edition.pk, "pdf").status_code == 404
    assert not Edition.objects.exists()
