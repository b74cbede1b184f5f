"""A round asks several questionnaires: of States, of NGOs, about a cluster; each with its last day."""

import json
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.urls import reverse

from entraide.features.monitoring import services
from entraide.features.monitoring.chain.building import build
from entraide.features.monitoring.chain.links import Stage
from entraide.features.monitoring.models import Round, RoundQuestionnaire, Scope
from entraide.features.monitoring.tests import scenes
from entraide.features.monitoring.tests.scenes import Scene
from entraide.features.monitoring.tests.test_api import client, got, posted
from entraide.features.monitoring.tests.test_pages import page, status
from entraide.features.questionnaires.models import Circulation
from entraide.kernel.access.context import acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.base import clock
from entraide.kernel.bodies import queries as bodies
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return Scene()


def to_states(scene: Scene, title: str = "To States", *states: str, days: int = 30) -> Circulation:
    return scene.circulated([(scene.ministries[code], "state") for code in states or ("XA",)], title, days, title)


def to_ngos(scene: Scene) -> Circulation:
    with acting_as(scene.secretariat):
        asked = [(bodies.get(scene.ngo.body), "ngo")]
    return scene.circulated(asked, "To NGOs", 60, "ngos")


def asks(scene: Scene, round: Round, circulation: Circulation, cluster: str = "") -> RoundQuestionnaire:
    with acting_as(scene.secretariat):
        return services.add_questionnaire(by=scene.secretariat, round=round, circulation=circulation, cluster=cluster)


def test_a_round_asks_states_ngos_and_once_more_and_says_so_to_everybody(scene: Scene) -> None:
    opened = scene.round(scene.mechanism())
    address = reverse("monitoring:add_questionnaire", args=[opened.pk])
    browser = world.client_of(scene.secretariat)
    for each in (to_states(scene), to_ngos(scene), to_states(scene, "Follow-up", days=400)):
        browser.post(address, {"circulation": str(each.pk)})
    for reader in (None, scene.speakers["XA"], scene.ngo):
        shown = page(reader, opened.get_absolute_url())
        assert shown.index("To States") < shown.index("To NGOs") < shown.index("Follow-up"), "in the order of their last days"
        assert reader is scene.ngo or "Open Door" not in shown, "whom of the NGOs is nobody's business"
        assert ("Add a questionnaire" in shown) is False
    told = next(each for each in got(None, "rounds")["items"])["questionnaires"]
    assert [(each["titles"]["en"], each["capacities"]) for each in told] == [
        ("To States", ["state"]), ("To NGOs", ["ngo"]), ("Follow-up", ["state"]),
    ]  # fmt: skip
    assert page(None, reverse("monitoring:calendar")).count("Last day to answer") == 3


def test_a_round_is_opened_with_its_questionnaires_and_one_is_taken_out_again(scene: Scene) -> None:
    sent, office = [to_states(scene), to_ngos(scene)], scene.ministries["XA"]
    browser = world.client_of(scene.secretariat)
    days = {f"{name}_{part}": value for name, year in (("opens_on", "2027"), ("closes_on", "2030"))
            for part, value in (("day", "1"), ("month", "2"), ("year", year))}  # fmt: skip
    given = {"name": "Round", "provisions": [str(scene.provisions[0].pk)], "states": [str(office.pk)]}
    browser.post(
        reverse("monitoring:open_round", args=[scene.mechanism().slug]), {**given, **days, "circulations": [str(each.pk) for each in sent]}
    )
    asked = RoundQuestionnaire.objects.order_by("due")
    assert [each.titles["en"] for each in asked] == ["To States", "To NGOs"]
    out = reverse("monitoring:remove_questionnaire", args=[asked[0].pk])
    for other in (scene.experts[0], scene.speakers["XA"]):
        assert status(other, out) == 403
    browser.post(out)
    assert [each.titles["en"] for each in RoundQuestionnaire.objects.all()] == ["To NGOs"]


def refused(scene: Scene, round: Round, circulation: Circulation, cluster: str = "") -> str:
    with pytest.raises(Refused) as why:
        asks(scene, round, circulation, cluster)
    return str(why.value.verdict.sentence)


def test_what_a_round_may_not_ask_is_refused_with_a_sentence(scene: Scene) -> None:
    review = scene.round(scene.mechanism("untoc-like", **scenes.UNTOC), ("XA", "XB"))
    assert "NGOs do not reply" in refused(scene, review, to_ngos(scene))
    states = to_states(scene, "Law")
    assert "no such cluster" in refused(scene, review, states, "9")
    asks(scene, review, states, "1")
    assert "already" in refused(scene, review, states, "2")
    other = world.post(world.body("other-house", kind="monitoring", country=""), "secretariat")
    with acting_as(other), pytest.raises(Refused, match="not_secretariat"):
        services.add_questionnaire(by=other, round=review, circulation=states)
    assert "Cluster 1" in page(None, review.get_absolute_url())


def test_one_questionnaire_for_each_cluster_by_the_api(scene: Scene) -> None:
    review = scene.round(scene.mechanism("untoc-like", **scenes.UNTOC), ("XA", "XB"))
    for number in ("1", "2"):
        sent = to_states(scene, f"Cluster {number}", "XA", "XB")
        assert posted(scene.secretariat, f"rounds/{review.pk}/questionnaires", circulation=str(sent.pk), cluster=number) == 201
    assert posted(scene.experts[0], f"rounds/{review.pk}/questionnaires", circulation=str(sent.pk)) == 403
    assert [each["cluster"] for each in got(None, "rounds")["items"][0]["questionnaires"]] == ["1", "2"]


def test_the_chain_names_the_round_that_asks_and_what_is_overdue_to_whom_it_concerns(scene: Scene) -> None:
    evaluation = scene.evaluation()
    asks(scene, evaluation.round, to_states(scene))
    later = clock.now() + timedelta(days=31)
    for reader, late in ((scene.speakers["XA"], True), (scene.secretariat, True), (scene.speakers["XB"], False), (None, False)):
        with clock.at(later), acting_as(reader) if reader else nullcontext():
            (link,) = build("XA", scene.provisions[:1], "en").at(Stage.QUESTION)
        assert link.detail == "Questions, A round" and link.late is late
    with clock.at(later):
        shown = page(scene.speakers["XA"], evaluation.get_absolute_url())
        assert "To States" in shown and "Late" in shown
        assert "To States" not in page(scene.speakers["XB"], evaluation.get_absolute_url())


def clustered(scene: Scene) -> dict[str, str]:
    with acting_as(scene.secretariat):
        return {row.provision.eid: row.cluster for row in Scope.objects.select_related("provision").order_by("round", "place")}


def test_the_secretariat_puts_obligations_into_clusters_and_the_next_round_keeps_them(scene: Scene) -> None:
    mechanism = scene.mechanism("untoc-like", **scenes.UNTOC)
    review = scene.round(mechanism, ("XA", "XB"))
    address, (first, second) = reverse("monitoring:clusters", args=[review.pk]), scene.provisions
    browser = world.client_of(scene.secretariat)
    browser.post(address, {str(first.pk): "2", str(second.pk): "1"})
    assert clustered(scene) == {"art_1": "2", "art_2": "1"}
    shown = page(None, review.get_absolute_url())
    assert shown.index("Cluster 1") < shown.index("Article 2") < shown.index("Cluster 2") < shown.index("Article 1")
    assert {each["cluster"] for each in got(None, "rounds")["items"][0]["obligations"]} == {"1", "2"}
    assert [each["cluster"] for each in got(None, f"rounds/{review.pk}/matrix")["rows"]] == ["Cluster 1", "Cluster 2"]
    assert "Cluster 2" in page(None, reverse("monitoring:matrix", args=[review.pk]))
    for other in (scene.speakers["XA"], scene.experts[0]):
        assert status(other, address) == 403
    scene.round(mechanism, ("XA",))
    with acting_as(scene.secretariat):
        assert {row.cluster for row in Scope.objects.filter(round__number=2)} == {"1", "2"}, "as in the round before"


def test_no_other_cluster_than_the_mechanism_s_and_none_where_it_has_none(scene: Scene) -> None:
    review, plain = scene.round(scene.mechanism("untoc-like", **scenes.UNTOC), ("XA",)), scene.round(scene.mechanism())
    first = str(scene.provisions[0].pk)
    put = client(scene.secretariat).put
    for round, cluster, answer in ((review, "3", 204), (review, "9", 403), (plain, "1", 403)):
        body = json.dumps({"clusters": {first: cluster}})
        assert put(f"/api/monitoring/rounds/{round.pk}/clusters", body, content_type="application/json").status_code == answer
    assert status(scene.secretariat, reverse("monitoring:clusters", args=[plain.pk])) == 404
