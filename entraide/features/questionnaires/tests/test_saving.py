"""Saving: what two people write at the same time is never lost; the number of queries does not grow with the questions."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from entraide.engines.forms import read_xlsform
from entraide.features.questionnaires import queries, services, xlsform
from entraide.features.questionnaires.models import Answer, Past, Questionnaire, Reply
from entraide.features.questionnaires.outline import outline
from entraide.features.questionnaires.saving import Given
from entraide.features.questionnaires.tests import scenes
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.accounts.choices import Function
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.base import clock
from tests import world
from tests.engines.forms.books import large
from tests.steward import as_steward


@pytest.mark.django_db
def test_different_answers_of_two_people_merge_and_the_same_words_twice_change_nothing() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    colleague = world.post(scene.bodies["office"], Function.FOCAL_POINT)
    assert scenes.write(scene, scene.focal, reply, {"has_law": "yes"}).changed == 1
    assert scenes.write(scene, colleague, reply, {"how_many": 4}).changed == 1
    assert scenes.write(scene, colleague, reply, {"has_law": "yes"}).changed == 0, "both say the same: nothing clashes"
    with acting_as(scene.focal):
        assert {row.question.key: row.value for row in queries.answers(reply)} == {"has_law": "yes", "how_many": 4}
        assert not Past.objects.exists()


@pytest.mark.django_db
def test_a_stale_edit_leaves_what_stands_and_is_kept_aside_until_somebody_chooses() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    scenes.write(scene, scene.focal, reply, {"how_many": 1})
    scenes.write(scene, scene.focal, reply, {"how_many": 2}, version=1)
    saved = scenes.write(scene, scene.focal, reply, {"how_many": 3}, version=1)
    assert [(clash.mine.value, clash.theirs.value) for clash in saved.clashes] == [(3, 2)]
    with acting_as(scene.focal):
        assert Answer.objects.get().value == 2
        aside = queries.undecided(reply).get()
        services.decide(by=scene.focal, reply=reply, aside=aside, take=False)
        assert Answer.objects.get().value == 2 and not queries.undecided(reply).exists()
        assert {row.value for row in Past.objects.all()} == {1, 3}, "whatever was saved is still there"
    with as_steward():
        assert AuditEntry.objects.filter(action="questionnaires.decide").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_sessions_that_save_in_the_same_moment_lose_nothing() -> None:
    with transaction.atomic():
        scene = scenes.asked()
        reply = scenes.begin(scene.focal)
        colleague = world.post(scene.bodies["office"], Function.FOCAL_POINT)
    gate, wrong = threading.Barrier(2, timeout=30), []

    def session(by: Acting, said: str) -> None:
        try:
            with transaction.atomic(), acting_as(by):
                gate.wait()
                given = {(scene.questions["which_law"].pk, 0): Given(said, 0), (scene.questions["has_law"].pk, 0): Given("yes", 0)}
                services.save(by=by, reply=reply, given=given)
        except Exception as error:  # told to the test, which runs in another thread
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=session, args=pair) for pair in ((scene.focal, "One"), (colleague, "Other"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    with transaction.atomic(), acting_as(scene.focal):
        kept = {row.value for row in Answer.objects.filter(question=scene.questions["which_law"])}
        kept |= {row.value for row in Past.objects.filter(question=scene.questions["which_law"])}
        assert kept == {"One", "Other"} and queries.undecided(reply).count() == 1


def big(size: int) -> tuple[scenes.Scene, Reply]:
    """A questionnaire of many questions, sent to an organisation that answered all of one kind."""
    scene = scenes.people()
    by = scene.secretariat
    with acting_as(by):
        made = xlsform.import_form(by=by, found=read_xlsform(large(size)))
        services.publish(by=by, questionnaire=made)
        scene.questionnaire = Questionnaire.objects.get(pk=made.pk)
        scene.circulation = services.circulate(
            by=by, questionnaire=scene.questionnaire, titles={"en": "Big"}, due=clock.today() + timedelta(days=5),
            addressees=[(scene.bodies["ngo"], "ngo")],
        )  # fmt: skip
        scene.questions = outline(scene.questionnaire).by_key
    return scene, scenes.begin(scene.ngo)


def _queries(by: Acting, address: str) -> int:
    client = world.client_of(by)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.django_db
def test_pages_and_saving_take_as_many_queries_for_500_questions_as_for_40() -> None:
    counts = []
    for size in (40, 500):
        scene, reply = big(size)
        assert scene.questionnaire and scene.circulation
        values = {(question.pk, 0): Given("yes" if question.kind == "one" else 3, 0)
                  for question in scene.questions.values() if question.kind in {"one", "integer"}}  # fmt: skip
        with acting_as(scene.ngo), CaptureQueriesContext(connection) as captured:
            services.save(by=scene.ngo, reply=reply, given=values)
        section = outline(scene.questionnaire).pages[0]
        with acting_as(scene.ngo):
            assert queries.answers(reply).count() == len(values) > size / 4
        pages = [reply.get_absolute_url(), reverse("questionnaires:section", args=[reply.pk, section.pk]),
                 reverse("questionnaires:offline", args=[reply.pk, "xlsx"]), scene.circulation.get_absolute_url(),
                 reverse("questionnaires:beside", args=[scene.circulation.pk])]  # fmt: skip
        counts.append([len(captured), *(_queries(scene.ngo, address) for address in pages)])
        scenes_bodies_are_new(scene)
    assert counts[0] == counts[1] and max(counts[0]) < 45, counts


def scenes_bodies_are_new(scene: scenes.Scene) -> None:
    """The next scene has bodies of its own: these give up their names."""
    with as_steward():
        for body in scene.bodies.values():
            body.slug = f"before-{body.pk}"
            body.save(update_fields=["slug"])
