"""Pages of whoever writes and circulates questionnaires."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from entraide.features.questionnaires import queries
from entraide.features.questionnaires.models import Circulation, Question, Questionnaire, Section
from entraide.features.questionnaires.tests import scenes
from entraide.features.questionnaires.tests.browsing import day, page, post, url
from entraide.kernel.access.context import acting_as
from tests import world
from tests.engines.forms.books import large, workbook

pytestmark = pytest.mark.django_db


def test_a_questionnaire_is_written_on_its_pages_and_published() -> None:
    scene, bound = scenes.people(), scenes.provision()
    by = scene.secretariat
    answer = post(by, url("new"), {"title": "Child victims", "language": "en", "others": ["fr"]})
    with acting_as(by):
        made = Questionnaire.objects.get()
    assert answer["Location"] == url("new_section", made.pk)
    post(by, url("new_section", made.pk), {"title": "Guardians", "condition": "${nowhere} = 1"}, 200)
    post(by, url("new_section", made.pk), {"title": "Guardians"})
    with acting_as(by):
        section = Section.objects.get()
    new = url("new_question", made.pk, section.pk)
    post(by, new, {"label": "Who appoints them?", "kind": "one"}, 200)
    post(by, new, {"label": "Who appoints them?", "kind": "one", "options": "court = A court\nA ministry", "provisions": "protocol#art_9"})
    post(by, new, {"label": "How many?", "kind": "table", "rows": "2024\n2025", "columns": "Girls\nBoys", "again": "1"})
    with acting_as(by):
        first, second = Question.objects.order_by("place")
        assert [option["code"] for option in first.options] == ["court", "a_ministry"] and first.provisions.get() == bound
        assert [row["code"] for row in second.grid["rows"]] == ["2024", "2025"]
    changed = {"label": "How many guardians?", "kind": "integer", "condition": "${who_appoints_them} = 'court'"}
    post(by, url("edit_question", made.pk, second.pk), changed)
    post(by, url("part", made.pk, second.pk, "up"), {})
    post(by, url("translate", made.pk, "fr"), {f"q{first.pk.hex}-labels": "Qui les désigne ?", "title": "Enfants victimes"})
    gaps = page(by, url("translate", made.pk, "fr") + "?state=missing")
    assert f"q{second.pk.hex}-labels" in gaps and f"q{first.pk.hex}-labels" not in gaps
    post(by, url("translate", made.pk, "fr") + "?state=missing", {f"q{first.pk.hex}-labels": "Qui les nomme ?"})
    assert "Qui les nomme" in page(by, url("translate", made.pk, "fr") + "?state=done")
    text = page(by, made.get_absolute_url())
    assert "How many guardians?" in text and text.index("How many guardians?") < text.index("Who appoints them?")
    assert "2 questions to answer" in page(by, url("publish", made.pk))
    post(by, url("publish", made.pk), {})
    with acting_as(by):
        made.refresh_from_db()
        assert made.published and made.titles == {"en": "Child victims", "fr": "Enfants victimes"}
    page(by, url("edit_question", made.pk, second.pk), 403)


def test_an_xlsform_is_imported_on_its_page_and_what_could_not_be_placed_is_listed() -> None:
    scene = scenes.people()
    by = scene.secretariat
    post(by, url("import"), {"file": SimpleUploadedFile("x.xlsx", b"not a workbook")}, 200)
    damaged = workbook([("text", "a", "First?", "Première ?"), ("calculate", "b", "Sum", "Somme"), ("end group",)])
    answer = post(by, url("import"), {"file": SimpleUploadedFile("form.xlsx", damaged)})
    text = page(by, answer["Location"])
    assert "survey, row 3" in text and "calculate | b | Sum | Somme" in text and "survey, row 4" in text
    assert "Import an XLSForm" in page(by, url("list")) and "Write a block" in page(by, url("blocks"))
    assert "Import an XLSForm" not in page(scene.focal, url("list"))
    big = post(by, url("import"), {"file": SimpleUploadedFile("large.xlsx", large(300))})
    assert "300 questions" in page(by, big["Location"])
    exported = world.client_of(by).get(big["Location"] + "xlsform/")
    again = post(by, url("import"), {"file": SimpleUploadedFile("again.xlsx", exported.content)}, 403)
    assert "A draft with this form_id is here already" in again.content.decode()


def test_it_is_sent_round_and_the_circulating_body_sees_who_has_not_answered() -> None:
    scene = scenes.people()
    made = scenes.write_questionnaire(scene.secretariat)
    by = scene.secretariat
    text = page(by, url("circulate", made.pk))
    assert "Coordination Office" in text and "Harbour Lights" in text and "Ministry of Social Affairs" not in text
    given = {"title": "Round 1", "states": [scene.bodies["office"].pk], "ngos": [scene.bodies["ngo"].pk]}
    post(by, url("circulate", made.pk), given, 200)
    answer = post(by, url("circulate", made.pk), given | day("due", 20))
    text = page(by, answer["Location"])
    assert "Harbour Lights" in text and "Not answered yet" in text
    with acting_as(by):
        sent = Circulation.objects.get()
        one = queries.standing(sent)[0].addressee
    post(by, url("oversee", one.pk), day("due", 10), 200)
    post(by, url("oversee", one.pk), day("due", 40))
    post(by, url("oversee", one.pk), {"remind": "1"})
    text = page(scene.focal, sent.get_absolute_url())
    assert "Coordination Office" in text and "Harbour Lights" not in text
    assert "Nothing visible to you" in page(scene.other_focal, sent.get_absolute_url())
    page(scene.other_focal, url("oversee", one.pk), 403)
