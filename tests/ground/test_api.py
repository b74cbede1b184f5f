"""Behind the doors of the API: the same post, rows, rules and sentences as on the pages."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory

from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.accounts.models import Post
from entraide.kernel.api.doors import guard, open_to_all, public
from entraide.kernel.api.services import make_token
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.bodies.models import Body
from tests import world
from tests.steward import as_steward

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ground.api_practice")]


@pytest.fixture
def office() -> Body:
    return world.body("office", kind="coordination")


@pytest.fixture
def coordinator(office: Body) -> Acting:
    return world.post(office, "coordinator")


def bearer(by: Acting) -> dict[str, str]:
    with acting_as(by):
        _token, text = make_token(by=by, name="nightly", days=30, second_factor_shown=True)
    return {"Authorization": f"Bearer {text}"}


def send(given: object, headers: dict[str, str]) -> Any:
    return Client().post("/api/practice/things", json.dumps(given), content_type="application/json", headers=headers)


def written() -> list[AuditEntry]:
    with as_steward():
        return list(AuditEntry.objects.filter(action="practice.make"))


def test_what_is_public_needs_no_sign_in_is_the_same_for_everybody_and_is_not_sent_twice(coordinator: Acting) -> None:
    first = Client().get("/api/practice/numbers")
    assert first.json()["items"][0] == {"what": "0 True"} and first.json()["count"] == 100
    assert first["Cache-Control"] == "public, max-age=300"
    again = Client().get("/api/practice/numbers", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert world.client_of(coordinator).get("/api/practice/numbers").content == first.content
    assert Client().get("/api/practice/numbers", headers={"Authorization": "Bearer ent_nonsense"}).content == first.content


def test_lists_page_and_say_where_the_next_page_is() -> None:
    first = Client().get("/api/practice/numbers?size=60").json()
    assert len(first["items"]) == 60
    rest = Client().get(first["next"]).json()
    assert (len(rest["items"]), rest["next"]) == (40, None)
    assert Client().get("/api/practice/numbers?size=60&page=3").status_code == 404


def test_an_open_door_shows_more_to_whoever_acts_and_that_is_not_kept(coordinator: Acting) -> None:
    assert Client().get("/api/practice/whoever").json() == {"what": "nobody"}
    for answer in (
        world.client_of(coordinator).get("/api/practice/whoever"),
        Client().get("/api/practice/whoever", headers=bearer(coordinator)),
    ):
        assert answer.json() == {"what": str(coordinator.post)} and answer["Cache-Control"] == "private, no-store" and "ETag" not in answer


def test_what_nobody_is_answered_at_an_open_door_is_kept_for_nobody_who_acts() -> None:
    """Asked of the door itself: other layers say some of this today, and need not tomorrow."""
    request = RequestFactory().get("/api/practice/whoever")
    request.user = AnonymousUser()
    for door, told in (
        (open_to_all("x"), {"Accept-Language", "Authorization", "Cookie"}),
        (public("x"), {"Accept-Language", "Authorization"}),
    ):
        answer = guard(door)(lambda request: HttpResponse("nobody"))(request)
        assert set(answer["Vary"].split(", ")) == told
    first = Client().get("/api/practice/whoever")
    again = Client().get("/api/practice/whoever", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    for each in (first, again):
        assert {"Authorization", "Cookie"} <= set(each["Vary"].split(", "))


def test_without_a_post_nothing_opens_and_the_answer_says_how(coordinator: Acting) -> None:
    for headers in ({}, {"Authorization": "Bearer ent_nonsense"}, {"Authorization": "Basic abc"}):
        answer = Client().get("/api/practice/posts", headers=headers)
        assert answer.status_code == 401 and answer["WWW-Authenticate"].startswith("Bearer")
        assert "token of a post" in answer.json()["sentence"]
    assert Client().get("/api/practice/whoever", headers={"Authorization": "Bearer ent_nonsense"}).status_code == 401


def test_a_wrong_token_is_not_made_good_by_a_session(coordinator: Acting) -> None:
    assert world.client_of(coordinator).get("/api/practice/posts", headers={"Authorization": "Bearer ent_nonsense"}).status_code == 401


def test_the_row_policies_of_the_post_hold_while_the_answer_is_written(coordinator: Acting, office: Body) -> None:
    world.post(world.body("elsewhere"))
    colleague = world.post(office)
    seen = {row["what"] for row in Client().get("/api/practice/posts", headers=bearer(coordinator)).json()}
    assert seen == {str(coordinator.post), str(colleague.post)}


def test_the_wrong_function_is_told_why_and_it_is_written_down(office: Body) -> None:
    worker = world.post(office)
    answer = send({"what": "a"}, headers=bearer(worker))
    assert answer.status_code == 403 and "does not include this" in answer.json()["sentence"]
    with as_steward():
        assert AuditEntry.objects.get(outcome="refused").detail["code"] == "function"


def test_a_verb_is_written_down_under_the_post_and_its_token(coordinator: Acting) -> None:
    answer = send({"what": "a"}, headers=bearer(coordinator))
    assert (answer.status_code, answer.json()) == (201, {"what": "a"})
    (entry,) = written()
    with as_steward():
        token = AuditEntry.objects.get(action="api.make_token").object_id
    assert (entry.post, entry.detail) == (coordinator.post, {"token": str(token)})


def test_a_refusal_rolls_back_and_answers_with_its_sentence(coordinator: Acting) -> None:
    answer = send({"what": "a", "outcome": "refused"}, headers=bearer(coordinator))
    assert (answer.status_code, answer.json()) == (403, {"code": "full", "sentence": "There is no room for another thing."})
    assert written() == []


def test_a_stale_change_gets_both_versions(coordinator: Acting) -> None:
    answer = send({"what": "mine", "outcome": "stale"}, headers=bearer(coordinator))
    assert answer.status_code == 409
    assert (answer.json()["yours"], answer.json()["saved"]) == ({"what": "mine"}, {"what": "theirs"})
    assert written() == []


def test_hidden_and_absent_are_the_same_bytes_and_headers(coordinator: Acting) -> None:
    headers = bearer(coordinator)
    hidden = Client().get(f"/api/practice/things/{uuid4()}", headers=headers)
    absent = Client().get("/api/no/such/operation", headers=headers)
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content == Client().get("/api/nothing").content
    assert hidden.headers == absent.headers and hidden.json()["code"] == "not_found"


@pytest.mark.parametrize(
    ("given", "place", "sentence"),
    [
        ({}, "body.what", "This is missing."),
        ({"what": "far too long"}, "body.what", "At most 10 signs."),
        ({"what": 3}, "body.what", "Give text."),
    ],
)
def test_wrong_input_is_told_place_by_place_in_plain_words(coordinator: Acting, given: object, place: str, sentence: str) -> None:
    answer = send(given, headers=bearer(coordinator))
    assert answer.status_code == 422
    assert answer.json()["places"] == [{"place": place, "sentence": sentence}]


def test_a_nul_in_the_address_or_in_json_is_refused_in_words(coordinator: Acting) -> None:
    assert Client().get("/api/treaties/law?states=%00A").status_code == 400
    assert Client().get("/api/texts?text=%00").status_code == 400


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\x07", "\ufffd", "\x00"])
def test_a_hidden_sign_is_refused_wherever_a_program_sends_text(coordinator: Acting, sign: str) -> None:
    sent = {"what": f"a{sign}b", "more": {"names": ["fine", f"x{sign}"]}}
    answer = send(sent, bearer(coordinator))
    assert answer.status_code == 422 and [place["place"] for place in answer.json()["places"]] == ["body.what", "body.more.names.1"]
    with as_steward():
        assert not AuditEntry.objects.filter(action="practice.make").exists()


@pytest.mark.parametrize("sent", [b"{", b"\xff\xfe", b"{" * 12 * 1024 * 1024, b"[" * 100_000])
def test_what_is_no_json_gets_one_sentence(coordinator: Acting, sent: bytes) -> None:
    answer = Client().post("/api/practice/things", sent, content_type="application/json", headers=bearer(coordinator))
    assert answer.status_code in {400, 422} and answer.json()["sentence"]


def test_a_session_needs_the_token_of_a_form_to_change_anything(coordinator: Acting) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.account_of(coordinator))
    answer = client.post("/api/practice/things", {"what": "a"}, content_type="application/json")
    assert answer.status_code == 403 and answer.json()["code"] == "csrf" and written() == []
    client.get("/posts/tokens/new/")
    proof = client.cookies["csrftoken" if "csrftoken" in client.cookies else "entraide_csrf"].value
    done = client.post("/api/practice/things", {"what": "a"}, content_type="application/json", headers={"X-CSRFToken": proof})
    assert done.status_code == 201


def test_a_session_owes_the_second_factor_first(coordinator: Acting, settings: Any) -> None:
    settings.ENTRAIDE_SECOND_FACTOR = True
    answer = world.client_of(coordinator).get("/api/practice/posts")
    assert (answer.status_code, answer.json()["code"]) == (403, "second_factor")


def test_somebody_with_two_posts_chooses_one_first(coordinator: Acting, office: Body) -> None:
    with as_steward():
        Post.objects.create(body=office, function="administrator", account_id=coordinator.account, holder_name="Person")  # type: ignore[misc]
    assert world.client_of(coordinator).get("/api/practice/posts").json()["code"] == "no_post"
    assert Client().get("/api/practice/posts", headers=bearer(coordinator)).status_code == 200, "a token knows its post"
