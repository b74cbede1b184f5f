"""A draft is written in any language of its mechanism, and says where another language has not followed."""

import pytest
from django.test import Client
from django.urls import reverse

from entraide.features.monitoring import services
from entraide.features.monitoring.models import Edition, Evaluation, Paragraph
from entraide.features.monitoring.tests import scenes
from entraide.features.monitoring.tests.scenes import Scene
from entraide.features.monitoring.tests.test_api import got
from entraide.features.monitoring.tests.test_pages import page
from entraide.features.texts.models import Wording
from entraide.kernel.access.context import acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.base.ids import uuid7
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return Scene()


def line(scene: Scene, evaluation: Evaluation) -> Paragraph:
    with acting_as(scene.secretariat):
        return Paragraph.objects.get(edition__evaluation=evaluation, edition__kind="draft", kind="paragraph")


def test_an_editor_chooses_the_language_and_the_others_are_said_to_be_behind(scene: Scene) -> None:
    evaluation = scene.evaluation()
    edition = scene.draft(evaluation)
    client, one = world.client_of(scene.secretariat), line(scene, evaluation)
    address = reverse("monitoring:revise", args=[one.pk])
    shown = page(scene.secretariat, f"{address}?language=fr")
    assert "English: The team found few identified victims." in shown and "Only a correction" not in shown
    client.post(f"{address}?language=fr", {"text": "Peu de victimes sont identifiées.", "seen": ""})
    assert (line(scene, evaluation).texts["fr"], line(scene, evaluation).behind) == ("Peu de victimes sont identifiées.", [])
    client.post(f"{address}?language=en", {"text": "The team found some victims.", "seen": one.texts["en"]})
    assert line(scene, evaluation).behind == ["fr"]
    french = page(scene.secretariat, f"{edition.get_absolute_url()}?language=fr")
    assert "Peu de victimes" in french and "Translation behind" in french and "Not translated" in french
    assert "Translation behind" not in page(scene.secretariat, edition.get_absolute_url())
    assert got(scene.secretariat, f"evaluations/{evaluation.pk}/reports")[0]["lines"][1]["behind"] == ["fr"]
    sending = reverse("monitoring:move", args=[evaluation.pk, "send_draft"])
    assert "In French 1 line has not followed a change." in page(scene.secretariat, sending)
    assert "has not followed a change" in page(scene.secretariat, f"{address}?language=fr")
    client.post(f"{address}?language=fr", {"text": "Des victimes sont identifiées.", "seen": "Peu de victimes sont identifiées."})
    assert line(scene, evaluation).behind == [], "a translation that follows leaves nothing behind"


def test_a_mere_correction_leaves_no_language_behind_and_a_copy_says_what_was(scene: Scene) -> None:
    evaluation = scene.evaluation()
    scene.draft(evaluation)
    by = scene.secretariat
    with acting_as(by):
        one = line(scene, evaluation)
        services.revise_paragraph(by=by, paragraph=one, text="Peu.", seen="", language="fr")
        services.revise_paragraph(by=by, paragraph=one, text="The team found few victims.", seen=one.texts["en"], correction=True)
        assert line(scene, evaluation).behind == []
        services.revise_paragraph(by=by, paragraph=one, text="Aucune.", seen="Peu.", language="fr")
    scene.move(evaluation, "send_draft")
    state = scene.speakers["XA"]
    with acting_as(state):
        sent = Edition.objects.get(kind="sent")
    assert "Translation behind" in page(state, sent.get_absolute_url())


def test_no_other_language_than_the_mechanism_s(scene: Scene) -> None:
    evaluation = scene.evaluation(scene.round(scene.mechanism("french", **{**scenes.GRETA, "languages": ["fr"]})))
    scene.move(evaluation, "begin", "write")
    by = scene.secretariat
    with acting_as(by):
        edition = Edition.objects.get(evaluation=evaluation)
        made = services.add_paragraph(by=by, edition=edition, text="Une ligne.")
        assert made.texts == {"fr": "Une ligne."}, "whoever reads English writes here in French"
        with pytest.raises(Refused, match="language"):
            services.revise_paragraph(by=by, paragraph=made, text="A line.", seen="", language="en")
    assert '<option value="en"' not in page(by, reverse("monitoring:add", args=[edition.pk]))
    assert world.client_of(by).get(reverse("monitoring:revise", args=[made.pk]) + "?language=ru").status_code == 403


def test_obligations_are_cited_in_the_language_of_the_page_and_of_the_report(scene: Scene) -> None:
    recommendation = scene.published(scene.evaluation())
    with as_steward():
        french = Wording.objects.get(provision=recommendation.provision, language="en")
        french.pk, french.language, french.heading = uuid7(), "fr", "Intitulé français"
        french.save(force_insert=True)
    for address in (recommendation.get_absolute_url(), f"{recommendation.edition.get_absolute_url()}?language=fr"):
        assert "Intitulé français" in Client().get(address, headers={"accept-language": "fr"}).content.decode()
        assert "Intitulé français" not in page(None, address.replace("?language=fr", ""))
