"""Pages of a procedure: what each reader gets, and that the State's copy carries no evidence of NGOs."""

import pytest
from django.test import Client
from django.urls import reverse

from entraide.features.monitoring import services
from entraide.features.monitoring.models import Edition, Evaluation, Evidence, Finding, Paragraph, Plan, Recommendation
from entraide.features.monitoring.tests.scenes import Scene
from entraide.kernel.access.context import Acting, acting_as
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return Scene()


def page(by: Acting | None, address: str) -> str:
    client = world.client_of(by) if by else Client()
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def status(by: Acting | None, address: str, **posted: str) -> int:
    client = world.client_of(by) if by else Client()
    return client.post(address, posted).status_code if posted else client.get(address).status_code


def test_everything_published_is_read_without_signing_in(scene: Scene) -> None:
    evaluation = scene.evaluation()
    recommendation = scene.published(evaluation)
    mechanism = evaluation.round.mechanism
    assert "60 days" in page(None, mechanism.get_absolute_url())
    assert "Published" in page(None, evaluation.round.get_absolute_url())
    assert "to train the front line." in page(None, evaluation.get_absolute_url())
    assert "urges" in page(None, recommendation.edition.get_absolute_url())
    assert "to train the front line." in page(None, recommendation.get_absolute_url())
    assert "to train the front line." in page(None, reverse("monitoring:recommendations"))
    assert mechanism.name in page(None, reverse("monitoring:index"))
    assert "What States were asked" in page(None, scene.provisions[0].get_absolute_url()), "the provision says what rests on it"


def test_the_copy_of_the_state_names_no_ngo_on_any_page(scene: Scene) -> None:
    evaluation = scene.evaluation()
    edition = scene.sent(evaluation)
    state = scene.speakers["XA"]
    with acting_as(state):
        asked = Recommendation.objects.get()
    for address in (edition.get_absolute_url(), evaluation.get_absolute_url(), asked.get_absolute_url()):
        assert "Open Door" not in page(state, address) and "Heard at a shelter" not in page(state, address)
    with as_steward():
        draft = Edition.objects.get(kind="draft")
    assert "Letter of Open Door" in page(scene.experts[0], draft.get_absolute_url())
    for reader in (state, scene.experts[2], scene.ngo, None):
        assert status(reader, draft.get_absolute_url()) == 404


def test_a_draft_that_names_an_ngo_in_its_text_warns_before_it_is_sent(scene: Scene) -> None:
    evaluation = scene.evaluation()
    edition = scene.draft(evaluation)
    address = reverse("monitoring:move", args=[evaluation.pk, "send_draft"])
    assert "Open Door" not in page(scene.secretariat, address)
    with acting_as(scene.secretariat):
        services.add_paragraph(by=scene.secretariat, edition=edition, text="As Open Door told the team, few are identified.")
    assert "who told the team in confidence" in page(scene.secretariat, address)


def test_evidence_that_travels_and_names_an_ngo_that_replied_warns_too_though_nobody_typed_who_gave_it(scene: Scene) -> None:
    evaluation = scene.evaluation()
    scene.answered(evaluation)
    edition = scene.draft(evaluation)
    address = reverse("monitoring:move", args=[evaluation.pk, "send_draft"])
    with acting_as(scene.secretariat):
        Evidence.objects.filter(edition=edition, origin="ngo").update(body=None)
        assert "Open Door" not in page(scene.secretariat, address)
        services.add_evidence(
            by=scene.secretariat, finding=Finding.objects.get(edition=edition), origin="public", title="Letter of Open Door"
        )
    assert "who told the team in confidence" in page(scene.secretariat, address)


def test_a_stranger_gets_404_and_the_wrong_function_403_with_the_sentence(scene: Scene) -> None:
    evaluation = scene.evaluation()
    edition = scene.sent(evaluation)
    stranger = scene.speakers["XB"]
    assert status(stranger, edition.get_absolute_url()) == 404
    assert status(stranger, reverse("monitoring:comment", args=[edition.pk])) == 404
    assert status(scene.experts[0], reverse("monitoring:comment", args=[edition.pk])) == 403
    answer = world.client_of(scene.experts[0]).get(reverse("monitoring:move", args=[evaluation.pk, "take_comments"]))
    assert answer.status_code == 403 and "Only the team and the secretariat" in answer.content.decode()
    answer = world.client_of(scene.secretariat).get(reverse("monitoring:move", args=[evaluation.pk, "take_comments"]))
    assert answer.status_code == 403 and "still has time to comment" in answer.content.decode()


def test_the_state_comments_on_pages_sees_its_clock_and_sends_once(scene: Scene) -> None:
    evaluation = scene.evaluation()
    edition, client = scene.sent(evaluation), world.client_of(scene.speakers["XA"])
    assert "60 days left" in page(scene.speakers["XA"], evaluation.get_absolute_url())
    general = reverse("monitoring:comment", args=[edition.pk])
    client.post(general, {"text": "We thank the team.", "seen": ""})
    assert client.post(general, {"text": "Another hand", "seen": ""}).status_code == 409, "a stale edit loses nothing"
    client.post(reverse("monitoring:submit", args=[edition.pk]), {})
    assert "We thank the team." in page(scene.secretariat, edition.get_absolute_url())
    assert client.post(general, {"text": "later", "seen": "We thank the team."}).status_code == 403


def test_the_team_writes_finds_and_recommends_on_pages(scene: Scene) -> None:
    evaluation = scene.evaluation()
    scene.move(evaluation, "begin", "write")
    expert = scene.experts[0]
    with acting_as(expert):
        edition = Edition.objects.get()
    client = world.client_of(expert)
    add = reverse("monitoring:add", args=[edition.pk])
    assert client.post(add, {"kind": "heading", "level": "1", "text": "Identification"}).status_code == 302
    client.post(add, {"kind": "paragraph", "level": "1", "text": "Few victims are identified."})
    shown = page(expert, edition.get_absolute_url())
    assert "I. <bdi>Identification" in shown and "1.</a> <bdi>Few victims" in shown
    asked = {"verb": "urges", "text": "to train the police.", "finding": "", "earlier": "", "themes": ["prosecution"]}
    client.post(reverse("monitoring:recommend", args=[edition.pk]), asked)
    assert "to train the police." in page(expert, edition.get_absolute_url())
    assert "error-summary" in client.post(add, {"kind": "paragraph", "level": "1", "text": ""}).content.decode()


def test_committee_decides_state_replies_and_plans_the_mechanism_assesses(scene: Scene) -> None:
    evaluation = scene.evaluation()
    recommendation = scene.published(evaluation)
    state, committee = world.client_of(scene.speakers["XA"]), world.client_of(scene.committee)
    reply = reverse("monitoring:reply", args=[recommendation.pk])
    token = "018f0000-0000-7000-8000-000000000001"
    for _time in range(2):
        state.post(reply, {"position": "accepted", "text": "We train them this year.", "token": token})
    day = {"adopted_on_day": "1", "adopted_on_month": "6", "adopted_on_year": "2026", "due_day": "1", "due_month": "6", "due_year": "2028"}
    decided = {"text": "Report back in two years.", "reference": "CP(2026)1", "recommendations": [str(recommendation.pk)], **day}
    committee.post(reverse("monitoring:decide", args=[evaluation.pk]), decided)
    begun = {"title": "Plan 2026", "begins_on_day": "1", "begins_on_month": "1", "begins_on_year": "2026"}
    ends = {"ends_on_day": "1", "ends_on_month": "1", "ends_on_year": "2030"}
    state.post(reverse("monitoring:begin_plan"), begun | ends)
    with acting_as(scene.speakers["XA"]):
        plan = Plan.objects.get()
    measure = {"title": "Train 400 officers", "lead": str(scene.ministries["XA"].pk), "recommendations": [str(recommendation.pk)]}
    state.post(reverse("monitoring:add_measure", args=[plan.pk]), measure)
    assert "No measure visible to you." in page(None, recommendation.get_absolute_url()), "the plan is not yet public"
    state.post(reverse("monitoring:publish_plan", args=[plan.pk]), {})
    expert = world.client_of(scene.experts[0])
    expert.post(reverse("monitoring:assess", args=[recommendation.pk]), {"progress": "partly", "text": "Half are trained."})
    shown = page(None, recommendation.get_absolute_url())
    for words in (
        "We train them this year.",
        "Report back in two years.",
        "Train 400 officers",
        "Half are trained.",
        "Carried out in part",
    ):
        assert shown.count(words) >= 1, words
    assert shown.count("We train them this year.") == 1, "sent twice, recorded once"
    state.post(
        reverse("monitoring:add_measure", args=[plan.pk]),
        measure | {"title": "Train a judge", "due_day": "1", "due_month": "6", "due_year": "2028"},
    )
    assert "Train a judge" in page(None, plan.get_absolute_url() + "?due=waiting")
    assert "Train 400 officers" not in page(None, plan.get_absolute_url() + "?due=waiting")


def test_a_harder_verb_in_the_next_round_is_said(scene: Scene) -> None:
    mechanism = scene.mechanism()
    first = scene.evaluation(scene.round(mechanism))
    scene.draft(first, verb="considers")
    with acting_as(scene.secretariat):
        earlier = Recommendation.objects.get()
    scene.move(first, "send_draft")
    with acting_as(scene.speakers["XA"]):
        edition = Edition.objects.get(kind="sent")
        services.comment(by=scene.speakers["XA"], edition=edition, text="Noted.")
        services.submit(by=scene.speakers["XA"], edition=edition)
    scene.move(first, "take_comments", "adopt", "publish")
    with acting_as(scene.secretariat):
        earlier = Recommendation.objects.get(edition__kind="final")
    second = scene.evaluation(scene.round(mechanism))
    scene.draft(second, verb="urges", earlier=earlier)
    with acting_as(scene.secretariat):
        again = Recommendation.objects.get(edition__evaluation=second)
    assert "Harder than before: “considers” in round 1." in page(scene.secretariat, again.get_absolute_url())


def test_what_awaits_whom_stands_on_the_desk(scene: Scene) -> None:
    scene.sent(scene.evaluation())
    assert "Comments on the draft report" in page(scene.speakers["XA"], reverse("desk:home"))
    assert "Waits for the State’s comments" in page(scene.secretariat, reverse("desk:home"))
    assert "Comments on the draft report" not in page(scene.speakers["XB"], reverse("desk:home"))


def test_lots_are_public_with_inputs_seed_and_how_to_verify(scene: Scene) -> None:
    from entraide.features.monitoring.tests import scenes

    review = scene.round(scene.mechanism("untoc-like", **scenes.UNTOC), tuple(scenes.STATES))
    with acting_as(scene.secretariat):
        drawn = services.fix_inputs(by=scene.secretariat, round=review, pool=list(scenes.STATES.items()), groups=scenes.STATES)
    assert "not yet drawn" in page(None, review.get_absolute_url())
    seed = {"seed": "4 8 15 16 23 42", "seed_source": "Invented lottery"}
    assert status(scene.experts[0], reverse("monitoring:draw_lots", args=[drawn.pk]), **seed) == 403
    world.client_of(scene.secretariat).post(reverse("monitoring:draw_lots", args=[drawn.pk]), seed)
    shown = page(None, drawn.get_absolute_url())
    assert "4 8 15 16 23 42" in shown and drawn.digest in shown and "entraide lots verify" in shown
    assert status(scene.secretariat, reverse("monitoring:draw_lots", args=[drawn.pk]), **seed) == 403, "once"
    assert Evaluation.objects.get(round=review, place=1).state


def test_a_line_of_the_draft_has_one_link_and_its_page_has_the_rest(scene: Scene) -> None:
    edition = scene.draft(scene.evaluation())
    expert = scene.experts[0]
    with acting_as(expert):
        heading = services.add_paragraph(by=expert, edition=edition, text="Findings", kind="heading")
        line = Paragraph.objects.filter(edition=edition, kind="paragraph").earliest("place")
    shown = page(expert, edition.get_absolute_url())
    assert shown.count(reverse("monitoring:revise", args=[line.pk])) == 1 and reverse("monitoring:remove", args=[line.pk]) not in shown
    offered = page(expert, reverse("monitoring:revise", args=[line.pk]))
    for words in ("Add a finding", "Add evidence: Article 1", "Add a paragraph below", "Take this paragraph out"):
        assert words in offered, words
    assert "Add a finding" not in page(expert, reverse("monitoring:revise", args=[heading.pk]))
    assert status(scene.speakers["XA"], reverse("monitoring:revise", args=[line.pk])) == 403
