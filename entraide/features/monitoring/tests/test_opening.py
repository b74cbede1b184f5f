"""A round is opened and its lots are prepared on pages; every body sees what it promised and what is asked of it."""

import pytest
from django.urls import reverse

from entraide.features.monitoring import services
from entraide.features.monitoring.models import Draw, Evaluation, Round
from entraide.features.monitoring.tests import scenes
from entraide.features.monitoring.tests.scenes import Scene
from entraide.features.monitoring.tests.test_pages import page, status
from entraide.kernel.access.context import acting_as
from tests import world

pytestmark = pytest.mark.django_db
DAYS = {
    f"{name}_{part}": value
    for name, year in (("opens_on", "2027"), ("closes_on", "2030"))
    for part, value in (("day", "1"), ("month", "2"), ("year", year))
}


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_the_secretariat_opens_a_round_on_a_page_and_nobody_else(scene: Scene) -> None:
    mechanism, offices = scene.mechanism(), scene.ministries
    address = reverse("monitoring:open_round", args=[mechanism.slug])
    given = {"name": "Third round", "provisions": [str(scene.provisions[0].pk)], "states": [str(offices["XB"].pk), str(offices["XA"].pk)]}
    client = world.client_of(scene.secretariat)
    assert "error-summary" in client.post(address, {**given, **DAYS, "closes_on_year": "2020"}).content.decode(), "it ends before it opens"
    client.post(address, {**given, **DAYS})
    assert [each.state for each in Evaluation.objects.order_by("place")] == ["XB", "XA"]
    assert "Third round" in page(None, Round.objects.get().get_absolute_url())
    for other in (scene.experts[0], scene.speakers["XA"], scene.committee):
        assert status(other, address) == 403


def test_inputs_of_lots_are_published_from_a_page_and_wrong_lines_get_a_sentence(scene: Scene) -> None:
    review = scene.round(scene.mechanism("untoc-like", **scenes.UNTOC), ("XA", "XB", "XC"))
    client, address = world.client_of(scene.secretariat), reverse("monitoring:fix_inputs", args=[review.pk])
    pool = "\n".join(f"{code}, {group}" for code, group in scenes.STATES.items())
    assert "Line 2 is not understood" in client.post(address, {"pool": "XA, north\nnonsense"}).content.decode()
    alone = client.post(address, {"pool": "XA, north\nXB, south\nXC, south"}).content.decode()
    assert "nobody else of its regional group can review XA" in alone and not Draw.objects.exists()
    client.post(address, {"pool": pool, "excluded": "XC, XD"})
    drawn = Draw.objects.get()
    assert drawn.inputs["excluded"] == [["XC", "XD"]] and "Publish what lots" in page(scene.secretariat, review.get_absolute_url())
    assert status(scene.speakers["XA"], address) == 403


def test_an_expert_declares_on_a_page_and_is_appointed_on_one(scene: Scene) -> None:
    evaluation, new = scene.evaluation(), world.post(scene.house, "evaluator", name="Nova Expert")
    client, appoint = world.client_of(scene.secretariat), reverse("monitoring:appoint", args=[evaluation.pk])
    assert "has not yet declared" in client.post(appoint, {"post": str(new.hand)}).content.decode()
    world.client_of(new).post(reverse("monitoring:declare"), {"state": "XA", "kind": "nationality", "text": ""})
    assert "cannot evaluate it" in client.post(appoint, {"post": str(new.hand)}).content.decode()
    client.post(appoint, {"post": str(scene.experts[0].hand)})
    assert "national of XD" in page(scene.secretariat, evaluation.get_absolute_url())
    assert status(scene.secretariat, reverse("monitoring:declare")) == 403


def test_every_body_sees_what_it_promised_and_what_is_asked_of_it(scene: Scene) -> None:
    evaluation = scene.evaluation()
    scene.answered(evaluation)
    recommendation = scene.published(evaluation)
    state = scene.speakers["XA"]
    with acting_as(state):
        plan = services.begin_plan(by=state, titles={"en": "Plan"}, begins_on=evaluation.round.opens_on, ends_on=evaluation.round.closes_on)
        services.add_measure(by=state, plan=plan, titles={"en": "Train 400 officers"}, lead=scene.ministries["XA"])
    address = reverse("monitoring:ours")
    shown = page(state, address)
    assert "Train 400 officers" in shown and "to train the front line." in shown and "No reply visible to you" in shown
    world.client_of(state).post(reverse("monitoring:reply", args=[recommendation.pk]), {"position": "noted", "text": "We will see."})
    assert "No reply visible to you" not in page(state, address)
    assert "Train 400 officers" not in page(scene.speakers["XB"], address)
    assert "Round" in page(scene.ngo, address), "an NGO sees the questionnaire that it was sent"
    assert world.client_of(state).get(address).status_code == 200
