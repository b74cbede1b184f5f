"""What a mechanism's row says of publicity, NGOs and ranking holds for replies too: page, program, file, feed and figures."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from entraide.features.monitoring import figures, services
from entraide.features.monitoring.models import Evaluation, RoundQuestionnaire
from entraide.features.monitoring.tests.scenes import GRETA, STATES, UNTOC, WORK_PLAN, Scene
from entraide.features.questionnaires import services as forms
from entraide.features.questionnaires.models import Question, Reply
from entraide.features.questionnaires.queries import asked_of
from entraide.kernel.access.context import acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.base import clock
from entraide.kernel.base.figures import Asking
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db
MECHANISMS = {"committee": GRETA, "between-governments": UNTOC, "work-plan": WORK_PLAN}
STATE_SAYS, NGO_SAYS = "By a procedure of 2024.", "In practice hardly ever."


@pytest.fixture(params=MECHANISMS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def evaluated(scene: Scene, name: str) -> Evaluation:
    """The evaluation of XA in a round of this mechanism, with its reviewers where States review each other."""
    opened = scene.round(scene.mechanism(name, **MECHANISMS[name]), tuple(STATES) if name == "between-governments" else ("XA",))
    if name == "between-governments":
        with acting_as(scene.secretariat):
            drawn = services.fix_inputs(by=scene.secretariat, round=opened, pool=list(STATES.items()), groups=STATES)
            services.draw(by=scene.secretariat, drawn=drawn, seed="12 7 33", seed_source="Invented lottery of 3 March")
    return scene.evaluation(opened)


def asked(scene: Scene, name: str) -> tuple[Evaluation, Reply, Reply]:
    """A round of this mechanism, whose questions a State and an NGO have answered; both allow that their reply is published."""
    evaluation = evaluated(scene, name)
    scene.answered(evaluation)
    with acting_as(scene.secretariat):
        of_state, of_ngo = Reply.objects.get(capacity="state"), Reply.objects.get(holder=scene.ngo.body)
    with as_steward():
        sent, opened = of_state.circulation, evaluation.round
        RoundQuestionnaire.objects.create(
            holder=opened.holder, audience=opened.audience, round=opened, circulation=sent, questionnaire_id=sent.questionnaire_id,
            titles=sent.titles, capacities=["ngo", "state"], due=sent.due,
        )  # fmt: skip
    for reply, by in ((of_state, scene.speakers["XA"]), (of_ngo, scene.ngo)):
        with acting_as(by):
            forms.allow_publication(by=by, reply=reply, allowed=True)
    return evaluation, of_state, of_ngo


def publish(scene: Scene, reply: Reply) -> str:
    """Empty when it was published, else why not."""
    try:
        with acting_as(scene.secretariat):
            forms.publish_reply(by=scene.secretariat, reply=Reply.objects.get(pk=reply.pk))
    except Refused as refused:
        return refused.verdict.code
    return ""


def read_anywhere(scene: Scene, evaluation: Evaluation, reply: Reply) -> str:
    """All that whoever has not signed in, and another State, get to read by any way."""
    provision = scene.provisions[0]
    ways = (
        reverse("questionnaires:published"), reverse("questionnaires:published_reply", args=[reply.pk]), reply.get_absolute_url(),
        reverse("questionnaires:offline", args=[reply.pk, "xlsx"]), f"/api/questionnaires/replies/{reply.pk}/answers",
        reverse("monitoring:state_feed", args=["XA"]), reverse("monitoring:provision_feed", args=[provision.pk]),
        reverse("monitoring:calendar"), reverse("monitoring:recommendations_json"), evaluation.get_absolute_url(),
        f"{reverse('monitoring:chain', args=['provision', provision.pk])}?state=XA",
        f"/api/monitoring/chain/provision/{provision.pk}?state=XA",
    )  # fmt: skip
    readers = (Client(), world.client_of(scene.speakers["XB"]))
    return "\n".join(reader.get(way).content.decode(errors="replace") for reader in readers for way in ways)


def test_what_the_mechanism_does_not_publish_is_read_nowhere(scene: Scene, name: str) -> None:
    evaluation, of_state, of_ngo = asked(scene, name)
    allowed = {"committee": ("", ""), "between-governments": ("between_governments", "no_ngos"), "work-plan": ("", "no_ngos")}[name]
    assert (publish(scene, of_state), publish(scene, of_ngo)) == allowed
    for reply, words, refused in ((of_state, STATE_SAYS, allowed[0]), (of_ngo, NGO_SAYS, allowed[1])):
        assert (words in read_anywhere(scene, evaluation, reply)) == (not refused), words


def test_between_governments_a_reply_follows_the_report_that_its_state_let_be_published(scene: Scene) -> None:
    evaluation, of_state, of_ngo = asked(scene, "between-governments")
    scene.commented(evaluation)
    evaluation = scene.move(evaluation, "take_comments", "adopt")
    assert publish(scene, of_state) == "between_governments"
    with acting_as(scene.speakers["XA"]):
        services.consent(by=scene.speakers["XA"], evaluation=evaluation)
    scene.move(evaluation, "publish")
    assert (publish(scene, of_state), publish(scene, of_ngo)) == ("", "no_ngos")


def test_a_reply_published_before_its_round_was_attached_follows_the_mechanism_from_then_on(scene: Scene, name: str) -> None:
    evaluation = evaluated(scene, name)
    sent = scene.circulated([(scene.ministries["XA"], "state")])
    state = scene.speakers["XA"]
    with acting_as(state):
        reply = forms.begin(by=state, addressee=asked_of(state.body).get())
        question = Question.objects.get(questionnaire=sent.questionnaire_id)
        forms.save(by=state, reply=reply, given={(question.pk, 0): forms.Given(STATE_SAYS, 0)})
        forms.clear(by=state, reply=reply)
        forms.send(by=state, reply=reply, may_publish=True)
    assert publish(scene, reply) == "" and STATE_SAYS in read_anywhere(scene, evaluation, reply)
    client, address = world.client_of(scene.secretariat), reverse("monitoring:add_questionnaire", args=[evaluation.round_id])
    keeps = name == "between-governments"
    assert ("are withdrawn from publication" in client.get(address).content.decode()) == keeps, "it says so before"
    client.post(address, {"circulation": str(sent.pk), "cluster": ""})
    assert RoundQuestionnaire.objects.filter(circulation=sent.pk).exists()
    assert (STATE_SAYS not in read_anywhere(scene, evaluation, reply)) == keeps
    page = Client().get(reverse("questionnaires:published_reply", args=[reply.pk]))
    assert page.status_code == (410 if keeps else 200)
    assert publish(scene, reply) == ("between_governments" if keeps else "published")


def test_the_sentence_stands_on_the_page_and_in_the_answer_to_a_program(scene: Scene) -> None:
    _evaluation, of_state, _of_ngo = asked(scene, "between-governments")
    client = world.client_of(scene.secretariat)
    for way in (reverse("questionnaires:move", args=[of_state.pk, "publish"]), f"/api/questionnaires/replies/{of_state.pk}/publish"):
        answer = client.post(way, headers={"Accept": "text/html"})
        assert answer.status_code == 403
    assert client.get(reverse("questionnaires:move", args=[of_state.pk, "publish"])).status_code in {403, 404}


def test_nothing_is_ranked_where_the_mechanism_bars_it(scene: Scene, name: str) -> None:
    evaluation = evaluated(scene, name)
    ranked = name == "work-plan"
    page: Any = Client().get(reverse("monitoring:matrix", args=[evaluation.round_id]), {"order": "result"})
    assert page.status_code == (200 if ranked else 403)
    whole = Client().get(reverse("monitoring:matrix", args=[evaluation.round_id])).content.decode()
    assert ("?order=result" in whole) == ranked
    told = Client().get(f"/api/monitoring/rounds/{evaluation.round_id}/matrix").json()
    assert "rank" not in str(told) and "share" not in str(told)


def test_figures_name_a_state_only_where_it_may_be_ranked(scene: Scene, name: str) -> None:
    evaluation = evaluated(scene, name)
    if name == "work-plan":
        scene.draft(evaluation)
    else:
        scene.commented(evaluation)
    evaluation = scene.move(evaluation, *(["adopt"] if name == "work-plan" else ["take_comments", "adopt"]))
    if name == "between-governments":
        with acting_as(scene.speakers["XA"]):
            services.consent(by=scene.speakers["XA"], evaluation=evaluation)
    scene.move(evaluation, "publish")
    today = clock.today()
    facts = list(figures._recommendations(Asking(scene.house.pk, ""), date(today.year, 1, 1), today + timedelta(days=1)))
    assert facts and ("XA" in {fact.codes.get("area") for fact in facts}) == (name == "work-plan")
