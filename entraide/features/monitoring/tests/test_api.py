"""Monitoring for programs: the same rows, rules and sentences as the pages; the State's copy without NGOs here too."""

import json
from typing import Any

import pytest
from django.test import Client

from entraide.features.monitoring.models import Comments, Reply
from entraide.features.monitoring.tests.scenes import Scene
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.api.services import make_token
from tests.steward import as_steward

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return Scene()


def client(by: Acting | None) -> Client:
    if by is None:
        return Client()
    with acting_as(by):
        return Client(headers={"Authorization": f"Bearer {make_token(by=by, name='x', days=1, second_factor_shown=True)[1]}"})


def got(by: Acting | None, path: str) -> Any:
    answer = client(by).get(f"/api/monitoring/{path}")
    assert answer.status_code == 200, (path, answer.status_code, answer.content)
    return answer.json()


def posted(by: Acting, path: str, **given: object) -> int:
    return client(by).post(f"/api/monitoring/{path}", json.dumps(given), content_type="application/json").status_code


def test_what_is_public_is_read_by_programs_and_cached(scene: Scene) -> None:
    evaluation = scene.evaluation()
    recommendation = scene.published(evaluation)
    assert "send_draft" in got(None, "mechanisms")["items"][0]["moves"]
    assert got(None, "evaluations?state=XA")["items"][0]["stage"] == "published"
    assert got(None, "recommendations")["items"][0]["sdg_targets"] == ["8.7"]
    shown = got(None, f"evaluations/{evaluation.pk}/reports")
    assert [each["kind"] for each in shown] == ["final"] and shown[0]["lines"][1]["number"] == "1"
    chain = got(None, f"chain/recommendation/{recommendation.pk}")
    assert {link["stage"] for link in chain["links"]} >= {"obligation", "finding", "recommendation"}
    assert chain["rows"][0]["gaps"]["measure"] == "Nothing visible to you"
    assert "ETag" in Client().get("/api/monitoring/mechanisms")


def test_the_states_copy_carries_no_ngo_and_strangers_get_404_or_nothing(scene: Scene) -> None:
    evaluation = scene.evaluation()
    edition = scene.sent(evaluation)
    path = f"evaluations/{evaluation.pk}/reports"
    told = json.dumps(got(scene.speakers["XA"], path))
    assert "Reply of the State, question 4" in told and "Open Door" not in told and "Heard at a shelter" not in told
    assert "Letter of Open Door" in json.dumps(got(scene.experts[0], path))
    for reader in (None, scene.ngo, scene.speakers["XB"], scene.experts[2]):
        assert got(reader, path) == []
    assert posted(scene.speakers["XB"], f"reports/{edition.pk}/comments", text="not mine") == 404
    assert posted(scene.experts[0], f"reports/{edition.pk}/comments", text="not mine") == 403


def test_a_state_comments_replies_and_the_secretariat_moves(scene: Scene) -> None:
    evaluation = scene.evaluation()
    edition, state = scene.sent(evaluation), scene.speakers["XA"]
    assert posted(state, f"reports/{edition.pk}/comments", text="We thank the team.") == 204
    assert posted(state, f"reports/{edition.pk}/comments", text="Another hand", seen="") == 409
    assert posted(scene.secretariat, f"evaluations/{evaluation.pk}/moves/take_comments") == 403
    assert posted(state, f"reports/{edition.pk}/comments/send") == 204
    for name in ("take_comments", "adopt", "publish"):
        assert posted(scene.secretariat, f"evaluations/{evaluation.pk}/moves/{name}") == 200
    assert posted(scene.secretariat, f"evaluations/{evaluation.pk}/moves/nonsense") == 404
    final = got(None, "recommendations")["items"][0]["id"].rsplit(":", 1)[1]
    assert posted(state, f"recommendations/{final}/replies", position="accepted", text="Yes.") == 201
    assert posted(state, f"recommendations/{final}/replies", position="perhaps", text="Yes.") == 422
    assert posted(scene.speakers["XB"], f"recommendations/{final}/replies", position="accepted", text="Yes.") == 403
    with as_steward():
        assert Reply.objects.count() == 1 and Comments.objects.get().general == "We thank the team."


def made(by: Acting, path: str, **given: object) -> str:
    answer = client(by).post(f"/api/monitoring/{path}", json.dumps(given), content_type="application/json")
    assert answer.status_code == 201, (path, answer.status_code, answer.content)
    return str(answer.json()["id"])


def test_the_team_writes_a_report_by_program_and_strangers_do_not(scene: Scene) -> None:
    evaluation, house = scene.evaluation(), scene.secretariat
    for name in ("begin", "visit"):
        scene.move(evaluation, name)
    visit = made(house, f"evaluations/{evaluation.pk}/visits", begins_on="2026-03-01", ends_on="2026-03-05", places="Capital")
    made(house, f"visits/{visit}/meetings", on="2026-03-02", with_whom="A shelter", noted="No men.")
    scene.move(evaluation, "write")
    draft = got(house, f"evaluations/{evaluation.pk}/reports")[0]["id"]
    paragraph = made(house, f"reports/{draft}/paragraphs", text="Few victims are identified.")
    finding = made(house, f"paragraphs/{paragraph}/findings", provision=str(scene.provisions[0].pk), result="partly")
    made(house, f"findings/{finding}/evidence", origin="ngo", title="Letter of Open Door")
    made(house, f"reports/{draft}/recommendations", verb="urges", text="to train.", finding=finding, themes=["identification"])
    unused = made(house, f"reports/{draft}/paragraphs", text="Not this one.")
    changed = json.dumps({"text": "Very few.", "seen": "Few victims are identified."})
    for status in (204, 409):
        assert client(house).put(f"/api/monitoring/paragraphs/{paragraph}", changed, content_type="application/json").status_code == status
    assert client(house).delete(f"/api/monitoring/paragraphs/{unused}").status_code == 204
    lines = got(house, f"evaluations/{evaluation.pk}/reports")[0]["lines"]
    assert [line["texts"]["en"] for line in lines] == ["Very few.", "to train."] and lines[0]["findings"][0]["result"] == "partly"
    for other, status in ((scene.speakers["XA"], 403), (scene.experts[2], 404)):
        assert posted(other, f"reports/{draft}/paragraphs", text="Mine.") == status
        assert posted(other, f"paragraphs/{paragraph}/findings", provision=str(scene.provisions[0].pk), result="met") == status
    assert posted(house, f"paragraphs/{paragraph}/findings", provision=str(finding), result="met") == 404
    assert posted(house, f"findings/{finding}/evidence") == 422
    assert got(scene.speakers["XA"], f"evaluations/{evaluation.pk}/visits")[:1] in ([], [{**_visit(visit), "meetings": []}])
    assert got(scene.experts[0], f"evaluations/{evaluation.pk}/visits")[0]["meetings"][0]["noted"] == "No men."
    assert got(None, f"evaluations/{evaluation.pk}/visits") == []


def _visit(key: str) -> dict[str, object]:
    return {"id": key, "begins_on": "2026-03-01", "ends_on": "2026-03-05", "places": "Capital"}


def test_what_follows_a_recommendation_is_sent_and_read_by_programs(scene: Scene) -> None:
    evaluation = scene.evaluation()
    recommendation = scene.published(evaluation)
    state, house = scene.speakers["XA"], scene.secretariat
    decided = made(
        scene.committee, f"evaluations/{evaluation.pk}/decisions", texts={"en": "Report back."}, recommendations=[str(recommendation.pk)]
    )
    assert posted(scene.committee, f"decisions/{decided}/answered") == 204
    assert posted(state, f"evaluations/{evaluation.pk}/decisions", texts={"en": "No."}) == 403
    plan = made(state, "plans", titles={"en": "Plan"}, begins_on="2026-01-01", ends_on="2029-01-01")
    lead, asked = str(scene.ministries["XA"].pk), [str(recommendation.pk)]
    measure = made(
        state, f"plans/{plan}/measures", titles={"en": "Train"}, lead=lead, budget="10.50", currency="EUR", recommendations=asked
    )
    milestone = made(state, f"measures/{measure}/milestones", title="First course", due="2027-01-01")
    assert got(None, "plans")["items"] == [] and posted(scene.speakers["XB"], f"plans/{plan}/publish") == 404
    assert posted(state, f"plans/{plan}/measures", titles={"en": "x"}, lead=str(scene.ministries["XB"].pk)) == 404
    for path in (f"plans/{plan}/publish", f"milestones/{milestone}/reach", f"measures/{measure}/finish"):
        assert posted(state, path) == 204
    made(house, f"recommendations/{recommendation.pk}/assessments", progress="partly", text="Begun.")
    told = got(None, f"recommendations/{recommendation.pk}")
    assert told["decisions"][0]["answered_on"] and told["measures"][0]["id"] == measure and told["assessment"]["progress"] == "partly"
    assert got(None, "plans?state=XA")["items"][0]["id"] == plan
    assert got(None, f"evaluations/{evaluation.pk}/decisions")[0]["recommendations"] == asked


def test_rounds_and_their_matrix_are_read_by_programs(scene: Scene) -> None:
    evaluation = scene.evaluation()
    scene.draft(evaluation)
    rounds = got(None, "rounds?mechanism=greta-like")["items"]
    assert rounds[0]["obligations"][0]["provision"] == scene.provisions[0].urn and got(None, "rounds?mechanism=none")["items"] == []
    path = f"rounds/{rounds[0]['id']}/matrix"
    assert got(scene.experts[0], path)["rows"][0]["results"] == {"XA": "partly"}
    assert got(None, path)["rows"][0]["results"] == {} and got(None, path)["states"] == ["XA"]
