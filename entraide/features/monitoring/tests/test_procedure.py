"""A procedure from its opening to publication: one engine, three rows; clocks, copies, and who does what."""

from datetime import timedelta

import pytest

from entraide.features.monitoring import rules, services
from entraide.features.monitoring.models import (
    Assessment,
    Comments,
    Consent,
    Decision,
    Edition,
    Evaluation,
    Evidence,
    Paragraph,
    Recommendation,
    Reply,
)  # fmt: skip
from entraide.features.monitoring.tests import scenes
from entraide.features.monitoring.tests.scenes import Scene
from entraide.features.texts.models import Provision, Wording
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.base import clock
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_a_full_round_runs_from_its_opening_to_publication(scene: Scene) -> None:
    evaluation = scene.evaluation()
    recommendation = scene.published(evaluation)
    assert recommendation.verb == "urges" and recommendation.strength == 3
    assert Edition.objects.get().kind == "final", "published, everybody reads it without acting; and nothing else"
    paragraph = Provision.objects.get(document=Edition.objects.get().text_id, eid="para_2")
    assert Wording.objects.get(provision=paragraph).text == "urges to train the front line.", "every paragraph can be cited for good"


def test_the_same_code_runs_rounds_a_peer_review_and_a_work_plan(scene: Scene) -> None:
    """Three rows, no branch by name: the moves that each uses follow from its row alone."""
    greta = scene.evaluation()
    scene.published(greta)
    review = scene.round(scene.mechanism("untoc-like", **scenes.UNTOC), tuple(scenes.STATES))
    with acting_as(scene.secretariat):
        drawn = services.fix_inputs(by=scene.secretariat, round=review, pool=list(scenes.STATES.items()), groups=scenes.STATES)
        services.draw(by=scene.secretariat, drawn=drawn, seed="12 7 33", seed_source="Invented lottery of 3 March")
    reviewed = scene.evaluation(review, "XB")
    scene.commented(reviewed)
    scene.move(reviewed, "take_comments", "adopt")
    with acting_as(scene.secretariat), pytest.raises(Refused, match="not_agreed"):
        services.move(by=scene.secretariat, evaluation=reviewed, name="publish")
    with acting_as(scene.speakers["XB"]):
        services.consent(by=scene.speakers["XB"], evaluation=Evaluation.objects.get(pk=reviewed.pk))
    scene.move(reviewed, "publish")
    plan = scene.evaluation(scene.round(scene.mechanism("work-plan", **scenes.WORK_PLAN), ("XC",)), "XC")
    scene.draft(plan)
    scene.move(plan, "adopt", "publish")
    used = [sorted(rules.in_use(each.round.mechanism)) for each in (greta, reviewed, plan)]
    assert used[0] != used[1] != used[2] and {each.stage for each in Evaluation.objects.all()} >= {"published"}
    assert Recommendation.objects.count() == 3


def test_the_state_has_its_days_and_the_period_ends_when_it_has_spoken_or_they_are_over(scene: Scene) -> None:
    evaluation = scene.evaluation()
    edition, by = scene.sent(evaluation), scene.secretariat
    evaluation.refresh_from_db()
    assert evaluation.comments_due == clock.today() + timedelta(days=60)
    with acting_as(by), pytest.raises(Refused, match="still_time"):
        services.move(by=by, evaluation=evaluation, name="take_comments")
    with acting_as(by), clock.at(clock.now() + timedelta(days=61)):
        assert services.move(by=by, evaluation=evaluation, name="take_comments").stage == "finalising"
    state = scene.speakers["XA"]
    with acting_as(state), pytest.raises(Refused, match="stage"):
        services.comment(by=state, edition=Edition.objects.get(pk=edition.pk), text="too late")


def test_evidence_of_an_ngo_and_of_the_visit_never_travels(scene: Scene) -> None:
    evaluation = scene.evaluation()
    scene.sent(evaluation)
    with acting_as(scene.speakers["XA"]):
        assert list(Evidence.objects.values_list("title", flat=True)) == ["Reply of the State, question 4"]
        assert Edition.objects.get().kind == "sent"
    with acting_as(scene.secretariat):
        assert Evidence.objects.filter(edition__kind="draft").count() == 3
    with as_steward():
        assert not Evidence.objects.exclude(edition__kind="draft").exclude(origin__in=["state", "public"]).exists()


def test_comments_are_the_states_alone_until_they_are_sent(scene: Scene) -> None:
    evaluation = scene.evaluation()
    edition, state = scene.sent(evaluation), scene.speakers["XA"]
    with acting_as(state):
        paragraph = Paragraph.objects.filter(edition=edition, kind="paragraph").get()
        services.comment(by=state, edition=edition, text="The figure is of 2024.", paragraph=paragraph)
    with acting_as(scene.secretariat):
        assert not Comments.objects.exists()
    with acting_as(state):
        services.submit(by=state, edition=edition)
        with pytest.raises(Refused, match="submitted"):
            services.comment(by=state, edition=edition, text="one more thing")
    for reader in (scene.secretariat, scene.experts[0]):
        with acting_as(reader):
            assert Comments.objects.get().lines.get().text == "The figure is of 2024."
    with acting_as(scene.speakers["XB"]):
        assert not Comments.objects.exists()


def test_a_draft_shows_to_its_team_and_to_no_other_expert(scene: Scene) -> None:
    evaluation = scene.evaluation()
    scene.draft(evaluation)
    seen = {}
    for name, reader in {"in": scene.experts[0], "out": scene.experts[2], "state": scene.speakers["XA"], "ngo": scene.ngo}.items():
        with acting_as(reader):
            seen[name] = (Edition.objects.count(), Paragraph.objects.count(), Evidence.objects.count(), Recommendation.objects.count())
    assert seen == {"in": (1, 3, 3, 1), "out": (0, 0, 0, 0), "state": (0, 0, 0, 0), "ngo": (0, 0, 0, 0)}


def test_whoever_leaves_the_team_sees_its_papers_no_more(scene: Scene) -> None:
    evaluation = scene.evaluation()
    scene.draft(evaluation)
    with acting_as(scene.secretariat):
        services.dismiss(by=scene.secretariat, reviewer=evaluation.reviewers.get(post=scene.experts[0].hand))
    with acting_as(scene.experts[0]):
        assert not Paragraph.objects.exists()
    with acting_as(scene.experts[1]):
        assert Paragraph.objects.count() == 3


def test_a_change_of_the_team_reaches_comments_that_were_sent(scene: Scene) -> None:
    evaluation = scene.evaluation()
    scene.commented(evaluation)
    leaves, new, state = scene.experts[0], world.post(scene.house, "evaluator", name="Nova Expert"), scene.speakers["XA"]
    with acting_as(new):
        services.declare(by=new, state="XE", kind="nationality")
    with acting_as(scene.secretariat):
        services.dismiss(by=scene.secretariat, reviewer=evaluation.reviewers.get(post=leaves.hand))
        services.appoint(by=scene.secretariat, evaluation=evaluation, post=new.hand)
    seen = {}
    for name, reader in {"left": leaves, "new": new, "stayed": scene.experts[1], "house": scene.secretariat, "state": state}.items():
        with acting_as(reader):
            seen[name] = Comments.objects.count()
    assert seen == {"left": 0, "new": 1, "stayed": 1, "house": 1, "state": 1}
    with acting_as(scene.experts[1]):
        services.declare(by=scene.experts[1], state="XA", kind="family")
    with acting_as(scene.experts[1]):
        assert not Comments.objects.exists(), "a declared tie takes her out of them too"


def test_a_change_of_the_team_reaches_consent_replies_decisions_and_assessments(scene: Scene) -> None:
    kept = {**scenes.GRETA, "publicity": "by_state", "committee_id": scene.committee.body}
    evaluation = scene.evaluation(scene.round(scene.mechanism("kept", **kept)))
    leaves, new, state, by = (
        scene.experts[0],
        world.post(scene.house, "evaluator", name="Nova Expert"),
        scene.speakers["XA"],
        scene.secretariat,
    )
    scene.commented(evaluation)
    evaluation = scene.move(evaluation, "take_comments", "adopt")
    with acting_as(state):
        recommendation = Recommendation.objects.get(edition__kind="final")
        services.consent(by=state, evaluation=evaluation)
        services.reply(by=state, recommendation=recommendation, position="accepted", text="We begin.")
    with acting_as(scene.committee):
        services.decide(by=scene.committee, evaluation=evaluation, texts={"en": "Report back."}, recommendations=[], due=None)
    with acting_as(leaves):
        services.assess(by=leaves, recommendation=recommendation, progress="partly")
    with acting_as(new):
        services.declare(by=new, state="XE", kind="nationality")
    assert _follow_up(leaves) == 4 and _follow_up(new) == 0
    with acting_as(by):
        services.dismiss(by=by, reviewer=evaluation.reviewers.get(post=leaves.hand))
        services.appoint(by=by, evaluation=evaluation, post=new.hand)
    seen = {name: _follow_up(reader) for name, reader in {"left": leaves, "new": new, "state": state, "committee": scene.committee}.items()}
    assert seen == {"left": 0, "new": 4, "state": 4, "committee": 4}
    with acting_as(new):
        services.declare(by=new, state="XA", kind="family")
    assert _follow_up(new) == 0, "a declared tie takes her out of them too"


def _follow_up(reader: Acting) -> int:
    with acting_as(reader):
        return sum(table.objects.count() for table in (Consent, Reply, Decision, Assessment))


def test_an_expert_evaluates_neither_her_own_state_nor_one_she_is_tied_to(scene: Scene) -> None:
    evaluation, by = scene.evaluation(), scene.secretariat
    national, tied = scene.experts[2], scene.experts[1]
    with acting_as(tied):
        services.declare(by=tied, state="XA", kind="work", text="Advised its ministry")
    with acting_as(by):
        for expert in (national, tied):
            with pytest.raises(Refused, match="conflict"):
                services.appoint(by=by, evaluation=evaluation, post=expert.hand)


def test_a_tie_declared_later_ends_the_seat_at_once(scene: Scene) -> None:
    evaluation = scene.evaluation()
    scene.draft(evaluation)
    expert = scene.experts[0]
    with acting_as(expert):
        services.declare(by=expert, state="XA", kind="family")
        assert not Paragraph.objects.exists()


def test_what_has_left_the_house_never_changes(scene: Scene) -> None:
    evaluation = scene.evaluation()
    scene.published(evaluation)
    with acting_as(scene.secretariat):
        for kind in ("sent", "final"):
            edition = Edition.objects.get(evaluation=evaluation, kind=kind)
            with pytest.raises(Refused, match="closed"):
                services.add_paragraph(by=scene.secretariat, edition=edition, text="forged")
            assert Paragraph.objects.filter(edition=edition).update(texts={"en": "forged"}) == 0, "the database itself refuses"
            assert Paragraph.objects.filter(edition=edition).delete()[0] == 0


def test_without_the_entry_in_the_record_nothing_changes(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    evaluation = scene.evaluation()
    scene.draft(evaluation)

    def broken(**_given: object) -> None:
        raise RuntimeError("no record")

    monkeypatch.setattr("entraide.features.monitoring.services.procedure.record", broken)
    with acting_as(scene.secretariat), pytest.raises(RuntimeError):
        services.move(by=scene.secretariat, evaluation=evaluation, name="send_draft")
    with as_steward():
        assert Evaluation.objects.get().stage == "drafting" and Edition.objects.count() == 1


def test_every_move_is_written_down(scene: Scene) -> None:
    scene.published(scene.evaluation())
    with as_steward():
        told = set(AuditEntry.objects.values_list("action", flat=True))
    moves = ("begin", "write", "send_draft", "take_comments", "adopt", "publish")
    assert {f"monitoring.{name}" for name in moves} | {"monitoring.submit_comments"} <= told
