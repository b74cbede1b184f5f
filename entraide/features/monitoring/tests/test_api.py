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
