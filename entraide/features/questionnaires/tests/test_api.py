"""Questionnaires for programs: the same policies, rules and sentences as on the pages."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from entraide.features.questionnaires.tests import scenes
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.api.services import make_token
from entraide.kernel.base import clock
from tests import world

pytestmark = pytest.mark.django_db


def client_of(by: Acting) -> Client:
    with acting_as(by):
        return Client(headers={"Authorization": f"Bearer {make_token(by=by, name='x', days=1, second_factor_shown=True)[1]}"})


def get(by: Acting, path: str, status: int = 200) -> Any:
    answer = client_of(by).get(f"/api/questionnaires/{path}")
    assert answer.status_code == status, answer.content
    return answer.json() if status == 200 else answer.content


def put(by: Acting, reply: object, answers: Sequence[Mapping[str, object]], status: int = 200) -> Any:
    answer = client_of(by).post(f"/api/questionnaires/replies/{reply}/answers", {"answers": list(answers)}, content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


def test_questions_rounds_standing_and_answers_are_read() -> None:
    scene = scenes.asked()
    assert scene.questionnaire and scene.circulation
    reply = scenes.sent(scene, scene.focal, {"how_many": 3})
    form = get(scene.secretariat, f"forms/{scene.questionnaire.pk}")
    assert form["questions"][0]["key"] == "has_law" and form["questions"][0]["provisions"] == ["protocol#art_9"]
    assert get(scene.secretariat, "rounds")["count"] == 1
    states = {(one["country"], one["state"]) for one in get(scene.secretariat, f"rounds/{scene.circulation.pk}/standing")}
    assert states == {("XA", "sent"), ("XA", "not_begun"), ("XB", "not_begun")}
    assert get(scene.secretariat, f"rounds/{scene.circulation.pk}/replies")["items"][0]["id"] == str(reply.pk)
    said = get(scene.secretariat, f"replies/{reply.pk}/answers")
    assert [(one["key"], one["value"]) for one in said["items"]] == [("has_law", "yes"), ("how_many", 3)]


def test_answers_are_saved_with_the_version_that_was_seen() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    first: list[dict[str, object]] = [
        {"key": "has_law", "value": "yes"},
        {"key": "how_many", "value": 5},
        {"key": "whom", "value": ["adults"]},
    ]
    assert put(scene.focal, reply.pk, first) == {"changed": 3, "clashes": []}
    assert put(scene.focal, reply.pk, [{"key": "how_many", "value": 6, "version": 1}])["changed"] == 1
    assert put(scene.focal, reply.pk, [{"key": "how_many", "value": 7, "version": 1}])["clashes"] == ["how_many"]
    assert "Write a number" in str(put(scene.focal, reply.pk, [{"key": "how_many", "value": "many", "version": 2}], 403))
    assert "nothing_here" in str(put(scene.focal, reply.pk, [{"key": "nothing_here", "value": "x"}], 403))


def test_strangers_find_nothing_and_the_wrong_function_is_told() -> None:
    scene = scenes.asked()
    assert scene.circulation
    mine = scenes.sent(scene, scene.ngo, {"which_law": "Confidential"})
    for by in (scene.focal, scene.other_focal, scene.other_ngo, scene.police):
        assert get(by, f"replies/{mine.pk}/answers", 404) == get(by, f"replies/{uuid4()}/answers", 404)
        assert get(by, f"rounds/{scene.circulation.pk}/replies")["count"] == 0
        assert "Confidential" not in str(get(by, f"rounds/{scene.circulation.pk}/standing"))
        assert str(scene.ngo.body) not in str(get(by, f"rounds/{scene.circulation.pk}/standing"))
    put(scene.secretariat, mine.pk, [], 403)
    assert Client().get("/api/questionnaires/rounds").status_code == 401


def post(by: Acting, path: str, given: object = None, status: int = 201) -> Any:
    answer = client_of(by).post(f"/api/questionnaires/{path}", given or {}, content_type="application/json")
    assert answer.status_code == status, (path, answer.status_code, answer.content)
    return answer.json() if answer.content else None


def test_a_program_brings_a_form_sends_it_round_and_another_answers_and_sends() -> None:
    scene, day = scenes.people(), (clock.today() + timedelta(days=20)).isoformat()
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "survey"
    for row in (["type", "name", "label"], ["text", "law", "Which law?"], ["calculate", "sum", ""]):
        sheet.append(row)
    written = BytesIO()
    book.save(written)
    sent = {"file": SimpleUploadedFile("form.xlsx", written.getvalue())}
    answer = client_of(scene.secretariat).post("/api/questionnaires/forms", sent)
    assert answer.status_code == 201 and len(answer.json()["doubts"]) == 1, answer.content
    broken = client_of(scene.secretariat).post("/api/questionnaires/forms", {"file": SimpleUploadedFile("form.xlsx", b"PK nothing")})
    assert broken.status_code == 422 and broken.json()["places"][0]["place"] == "body.file"
    form = answer.json()["id"]
    assert post(scene.secretariat, f"forms/{form}/publish", status=200)["published"]
    asked = [{"body": str(scene.focal.body), "capacity": "state"}, {"body": str(scene.ngo.body), "capacity": "ngo"}]
    given = {"titles": {"en": "A round"}, "due": day, "addressees": asked}
    post(scene.focal, f"forms/{form}/rounds", given, 403)
    made = post(scene.secretariat, f"forms/{form}/rounds", given)
    mine = get(scene.focal, "asked")["items"][0]
    assert mine["round"] == made["id"] and mine["reply"] is None
    post(scene.ngo, f"asked/{mine['id']}/replies", status=404)
    reply = post(scene.focal, f"asked/{mine['id']}/replies")["id"]
    assert get(scene.focal, "asked")["items"][0]["reply"] == reply
    put(scene.focal, reply, [{"key": "law", "value": "Act 12 (invented)"}])
    post(scene.focal, f"replies/{reply}/send", status=403)
    assert post(scene.focal, f"replies/{reply}/moves/clear", status=200)["state"] == "cleared"
    assert post(scene.focal, f"replies/{reply}/send", {"may_publish": True}, 200)["state"] == "sent"
    post(scene.ngo, f"replies/{reply}/send", status=404)
    assert post(scene.secretariat, f"replies/{reply}/publish", status=200)["published"]
    standing = {one["capacity"]: one for one in get(scene.secretariat, f"rounds/{made['id']}/standing")}
    late = (clock.today() + timedelta(days=40)).isoformat()
    post(scene.secretariat, f"addressees/{standing['ngo']['addressee']}/extend", {"due": late}, 204)
    post(scene.secretariat, f"addressees/{standing['ngo']['addressee']}/extend", {"due": day}, 403)
    assert post(scene.secretariat, f"replies/{reply}/return", {"note": "More"}, 200)["state"] == "returned"


def test_a_round_is_not_continued_from_one_of_another_body() -> None:
    scene = scenes.asked()
    assert scene.questionnaire and scene.circulation
    other = world.post(world.body("other-mechanism", kind="monitoring", country="", name="Other"), "secretariat")
    given = {
        "titles": {"en": "A round"}, "due": (clock.today() + timedelta(days=20)).isoformat(), "previous": str(scene.circulation.pk),
        "addressees": [{"body": str(scene.focal.body), "capacity": "state"}],
    }  # fmt: skip
    post(other, f"forms/{scene.questionnaire.pk}/rounds", given, 404)
