"""The chain: walked from any point both ways, made of what the reader may see, and honest about its gaps."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from entraide.features.monitoring import services
from entraide.features.monitoring.chain.building import build
from entraide.features.monitoring.chain.links import Chain, Key, Link, Stage
from entraide.features.monitoring.chain.picture import NARROW, WIDE, picture
from entraide.features.monitoring.models import Edition, Evidence, Finding, Recommendation
from entraide.features.monitoring.tests.scenes import Scene
from entraide.features.monitoring.tests.test_pages import page, status
from entraide.features.questionnaires import services as questionnaires
from entraide.features.questionnaires.models import Question, Questionnaire
from entraide.features.questionnaires.queries import asked_of
from entraide.features.texts.models import Provision
from entraide.kernel.access.context import acting_as
from entraide.kernel.base import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return Scene()


def whole(scene: Scene) -> dict[str, str]:
    """A chain from article 1 to the next question; gives addresses of its chain page by where one begins."""
    evaluation, by, state = scene.evaluation(), scene.secretariat, scene.speakers["XA"]
    own, ngo = scene.answered(evaluation)
    edition = scene.draft(evaluation)
    with acting_as(by):
        finding = Finding.objects.get(edition=edition)
        for answer in (own, ngo):
            services.cite(by=by, finding=finding, answer=answer)
    scene.move(evaluation, "send_draft")
    with acting_as(state):
        sent = Edition.objects.get(kind="sent")
        services.comment(by=state, edition=sent, text="Noted.")
        services.submit(by=state, edition=sent)
    evaluation = scene.move(evaluation, "take_comments", "adopt", "publish")
    final = Recommendation.objects.get()
    with acting_as(scene.committee):
        decided = services.decide(
            by=scene.committee, evaluation=evaluation, texts={"en": "Report back."}, recommendations=[final],
            due=clock.today() + timedelta(days=700),
        )  # fmt: skip
    with acting_as(state):
        plan = services.begin_plan(by=state, titles={"en": "Plan"}, begins_on=clock.today(), ends_on=clock.today() + timedelta(days=1000))
        measure = services.add_measure(
            by=state, plan=plan, titles={"en": "Train 400 officers"}, lead=scene.ministries["XA"], recommendations=[final],
            due=clock.today() - timedelta(days=3),
        )  # fmt: skip
        services.report_step(by=state, measure=measure, text="Two hundred trained.")
        services.publish_plan(by=state, plan=plan)
    with acting_as(by):
        cited = Provision.objects.get(document=Edition.objects.get(kind="final").text_id, eid="para_2")
        asked = questionnaires.create(by=by, titles={"en": "Next"}, languages=["en"], code="next")
        section = questionnaires.add_section(by=by, questionnaire=asked, titles={"en": "A"}, key="a")
        label = {"en": "What was done to train the front line?"}
        questionnaires.add_question(by=by, section=section, kind="text", labels=label, key="q", provisions=[cited])
        questionnaires.publish(by=by, questionnaire=asked)
    starts = {
        "recommendation": final.pk, "measure": measure.pk, "decision": decided.pk, "answer": own.pk, "finding": finding.pk,
        "provision": scene.provisions[0].pk,
    }  # fmt: skip
    addresses = {kind: reverse("monitoring:chain", args=[kind, pk]) for kind, pk in starts.items()}
    return addresses | {"provision": addresses["provision"] + "?state=XA"}


ALONG = (
    "Article 1", "How are victims identified?", "By a procedure of 2024.", "The team found few identified victims.",
    "to train the front line.", "Report back.", "Train 400 officers", "Two hundred trained.", "What was done to train the front line?",
)  # fmt: skip


def test_from_any_point_one_walks_the_whole_chain_both_ways_on_one_page(scene: Scene) -> None:
    addresses = whole(scene)
    for kind, address in addresses.items():
        shown = page(scene.secretariat, address)
        assert [words for words in ALONG if words not in shown] == [], kind
        assert "<svg" in shown and 'role="img"' in shown, kind
        if kind != "provision":
            assert "You begin at" in shown, kind
    assert "In practice hardly ever." in page(scene.secretariat, addresses["provision"])


def test_evidence_that_cites_an_answer_is_a_start_whether_or_not_the_reader_sees_the_answer(scene: Scene) -> None:
    whole(scene)
    with acting_as(scene.secretariat):
        final = Edition.objects.get(kind="final")
        cited = Evidence.objects.get(edition=final, origin="state", answer__isnull=False)
        given = Evidence.objects.filter(origin="ngo").first()
    assert given is not None
    address = reverse("monitoring:chain", args=["evidence", cited.pk])
    for reader, answer_seen in ((scene.secretariat, True), (None, False)):
        shown = page(reader, address)
        assert "You begin at" in shown and "to train the front line." in shown and "<svg" in shown
        assert ("By a procedure of 2024." in shown) is answer_seen
    hidden = reverse("monitoring:chain", args=["evidence", given.pk])
    assert status(None, hidden) == status(scene.speakers["XA"], hidden) == 404, "what an NGO gave is no start for the State"


def test_the_public_sees_what_is_public_and_nothing_visible_to_you_where_answers_are_not(scene: Scene) -> None:
    addresses = whole(scene)
    shown = page(None, addresses["provision"])
    assert "In practice hardly ever." not in shown and "By a procedure of 2024." not in shown and "Open Door" not in shown
    assert "to train the front line." in shown and "no answer" not in shown.lower()
    assert status(None, addresses["answer"]) == 404


def test_a_reply_that_was_published_is_seen_by_everybody(scene: Scene) -> None:
    own, _ngo = scene.answered(scene.evaluation())
    address = reverse("monitoring:chain", args=["provision", scene.provisions[0].pk]) + "?state=XA"
    assert "By a procedure of 2024." not in page(None, address)
    with acting_as(scene.speakers["XA"]):
        questionnaires.allow_publication(by=scene.speakers["XA"], reply=own.reply, allowed=True)
    with acting_as(scene.secretariat):
        questionnaires.publish_reply(by=scene.secretariat, reply=own.reply)
    shown = page(None, address)
    assert "By a procedure of 2024." in shown and "In practice hardly ever." not in shown


def test_what_an_ngo_said_is_seen_neither_by_the_state_nor_in_its_chain(scene: Scene) -> None:
    address = whole(scene)["provision"]
    shown = page(scene.speakers["XA"], address)
    assert "By a procedure of 2024." in shown and "In practice hardly ever." not in shown and "Open Door" not in shown


def test_a_gap_is_only_called_a_gap_where_it_was_published(scene: Scene) -> None:
    evaluation = scene.evaluation()
    address = reverse("monitoring:chain", args=["provision", scene.provisions[1].pk]) + "?state=XA"
    assert page(None, address).count("Nothing visible to you") >= 7
    assert "No finding in the published report" not in page(None, address)
    scene.published(evaluation)
    shown = page(None, address)
    assert "No finding in the published report" in shown and "No decision has been published" in shown
    assert "No measure in the published plan" not in shown, "the State has published no plan"


def test_what_is_late_and_where_it_breaks_stand_in_the_list_of_a_state(scene: Scene) -> None:
    whole(scene)
    shown = page(None, reverse("monitoring:chain_of_state", args=["XA"]))
    assert "1 late" in shown and "Breaks at: Question" in shown
    assert status(None, reverse("monitoring:chain_of_state", args=["FR"])) == 404


def test_the_number_of_queries_does_not_grow_with_the_chain(scene: Scene) -> None:
    whole(scene)
    counts = []
    for provisions in (scene.provisions[:1], scene.provisions):
        with (
            acting_as(scene.secretariat),
            CaptureQueriesContext(
                connection,
            ) as seen,
        ):
            build("XA", provisions, "en")
        counts.append(len(seen))
    assert counts[0] >= counts[1] - 1 and max(counts) < 25


def numbered(stage: Stage, count: int, *before: Key, late: int = -1) -> list[tuple[Link, tuple[Key, ...]]]:
    return [(Link((stage.value, UUID(int=number)), stage, f"{stage} {number}", late=number == late), before) for number in range(count)]


def drawn(*parts: list[tuple[Link, tuple[Key, ...]]]) -> Chain:
    chain = Chain("XA")
    for link, before in (each for part in parts for each in part):
        chain.add(link, *before)
    return chain


def test_the_picture_is_as_wide_as_its_screen_and_mirrored_for_readers_from_right_to_left() -> None:
    obligation = ("obligation", UUID(int=0))
    chain = drawn(numbered(Stage.OBLIGATION, 1), numbered(Stage.QUESTION, 30, obligation))
    for shape, screen in ((WIDE, 1100), (NARROW, 350)):
        plain, mirrored = (picture(chain, shape, mirrored=mirrored) for mirrored in (False, True))
        assert plain and mirrored and plain.width <= screen
        assert plain.boxes[1].x < plain.boxes[2].x and mirrored.boxes[1].x > mirrored.boxes[2].x
        for each in (plain, mirrored):
            assert all(0 <= box.x <= each.width - shape.box and box.y + shape.high <= each.height for box in each.boxes)


def test_what_does_not_fit_into_a_picture_is_counted_and_what_is_late_is_not_left_out() -> None:
    chain = drawn(numbered(Stage.OBLIGATION, 1), numbered(Stage.MEASURE, 30, ("obligation", UUID(int=0)), late=29))
    found = picture(chain, NARROW, mirrored=False)
    assert found and found.boxes[-1].title == "and 27 more"
    assert [box.kind for box in found.boxes if box.title == "measure 29"] == ["c"]
    assert len(found.lines) == 4, "one line to each box, also to the one that stands for many"


def test_the_picture_shows_where_the_chain_breaks() -> None:
    chain = drawn(numbered(Stage.OBLIGATION, 1), numbered(Stage.FINDING, 1, ("obligation", UUID(int=0))))
    found = picture(chain, WIDE, mirrored=False, gaps={Stage.QUESTION: "Nothing visible to you"})
    assert found and [(box.title, box.kind) for box in found.boxes] == [
        ("obligation 0", ""), ("Nothing visible to you", "gap"), ("finding 0", ""),
    ]  # fmt: skip


def test_the_picture_of_a_page_says_what_the_reader_may_not_see_and_nothing_more(scene: Scene) -> None:
    evaluation = scene.evaluation()
    address = reverse("monitoring:chain", args=["provision", scene.provisions[1].pk]) + "?state=XA"
    shown = page(None, address).split("ui-chain--wide")[1].split("</svg>")[0]
    assert shown.count("<title>Nothing visible to you</title>") == 7 and "No finding" not in shown
    scene.published(evaluation)
    assert "<title>No finding in the published report</title>" in page(None, address)


def test_a_question_asked_in_two_rounds_stands_once_with_the_answers_of_both(scene: Scene) -> None:
    scene.answered(scene.evaluation())
    by, state = scene.secretariat, scene.speakers["XA"]
    with acting_as(by):
        first = Questionnaire.objects.get(code="questions")
        second = questionnaires.next_version(by=by, questionnaire=first)
        questionnaires.publish(by=by, questionnaire=second)
        second.refresh_from_db()
        questionnaires.circulate(
            by=by, questionnaire=second, titles={"en": "Second"}, due=clock.today() + timedelta(days=9),
            addressees=[(scene.ministries["XA"], "state")], readers=[],
        )  # fmt: skip
        question = Question.objects.get(questionnaire=second)
    with acting_as(state):
        reply = questionnaires.begin(by=state, addressee=asked_of(state.body).get(circulation__questionnaire=second))
        questionnaires.save(by=state, reply=reply, given={(question.pk, 0): questionnaires.Given("By a law of 2026.", 0)})
        questionnaires.clear(by=state, reply=reply)
        questionnaires.send(by=state, reply=reply)
    with acting_as(state):
        chain = build("XA", scene.provisions[:1], "en")
    assert [link.key for link in chain.at(Stage.QUESTION)] == [("question", question.pk)]
    assert "asked 2 times" in chain.at(Stage.QUESTION)[0].detail
    assert {link.title for link in chain.at(Stage.ANSWER)} == {"By a procedure of 2024.", "By a law of 2026."}
    assert {link.under for link in chain.at(Stage.ANSWER)} == {"How are victims identified?"}


def test_a_wrong_start_is_not_found(scene: Scene) -> None:
    scene.evaluation()
    nowhere = "00000000-0000-0000-0000-000000000001"
    for kind in ("recommendation", "measure", "finding", "evidence", "answer", "decision", "nonsense"):
        assert status(None, f"/monitoring/chain/{kind}/{nowhere}/") == 404
    assert status(None, f"/monitoring/chain/provision/{nowhere}/?state=XA") == 404
    assert status(None, f"/monitoring/chain/provision/{scene.provisions[0].pk}/?state=ZZ") == 404
