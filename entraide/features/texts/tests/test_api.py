"""Texts for programs: what a page shows, as trees with the same ids; filed by token, published once, never changed."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from entraide.features.texts.models import Version
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.api.services import make_token
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db
FIRST = "A plan\n\n1. States shall help each other.\n\n(a) Quickly;\n\n(b) Quietly.\n\n2. They report every year.\n"
SECOND = FIRST.replace("every year", "every second year")


@pytest.fixture
def secretariat() -> Acting:
    return world.post(world.body("office", kind="coordination"), "secretariat")


def client_with_token(by: Acting) -> Client:
    with acting_as(by):
        return Client(headers={"Authorization": f"Bearer {make_token(by=by, name='x', days=1, second_factor_shown=True)[1]}"})


def sent(client: Client, path: str, words: bytes, name: str = "plan.txt") -> Any:
    file = BytesIO(words)
    file.name = name
    return client.post(path, {"language": "en", "kind": "plan", "source": "invented", "file": file})


def test_a_text_is_filed_published_read_and_compared_by_its_ids(secretariat: Acting) -> None:
    client = client_with_token(secretariat)
    filed = sent(client, "/api/texts", FIRST.encode())
    assert filed.status_code == 201, filed.content
    slug = filed.json()["slug"]
    assert Client().get(f"/api/texts/{slug}").status_code == 404, "a draft is its body's"
    assert client.get(f"/api/texts/{slug}").json()["versions"][0] == {
        "number": 1, "published": False, "adopted_on": None, "note": "", "languages": ["en"],
    }  # fmt: skip
    for number, words in ((1, ""), (2, SECOND)):
        if words:
            assert sent(client, f"/api/texts/{slug}/versions", words.encode()).json()["number"] == number
        done = client.post(f"/api/texts/{slug}/versions/{number}/publish", {"adopted_on": None}, content_type="application/json")
        assert done.json()["published"] is True
    tree = Client().get(f"/api/texts/{slug}/versions/1").json()
    assert [each["id"] for each in tree["provisions"]][-4:] == ["para_1", "para_1__subpara_a", "para_1__subpara_b", "para_2"]
    (changed,) = Client().get(f"/api/texts/{slug}/compare", {"old": 1, "new": 2}).json()
    assert (changed["id"], changed["change"]) == ("para_2", "changed")
    assert {"op": "insert", "text": "second "} in changed["parts"][0]["runs"]
    said = Client().get(f"/api/texts/{slug}/provisions/para_2").json()
    assert [each["wordings"]["en"]["text"] for each in said["said"]] == ["They report every second year.", "They report every year."]
    assert Client().get("/api/texts", {"text": "plan"}).json()["count"] == 1
    again = client.post(f"/api/texts/{slug}/versions/2/publish", {}, content_type="application/json")
    assert again.status_code == 403 and again.json()["sentence"]


@pytest.mark.parametrize(("name", "words"), [("plan.txt", b"   "), ("plan.exe", b"MZ"), ("plan.docx", b"no zip"), ("plan.xml", b"<a")])
def test_a_file_that_cannot_be_read_gets_a_sentence_and_files_nothing(name: str, words: bytes, secretariat: Acting) -> None:
    answer = sent(client_with_token(secretariat), "/api/texts", words, name)
    assert answer.status_code == 422 and answer.json()["places"][0]["place"] == "body.file" and answer.json()["places"][0]["sentence"]
    with as_steward():
        assert not Version.objects.exists()


def test_another_body_s_text_is_not_published_and_the_answer_says_why(secretariat: Acting) -> None:
    other = client_with_token(world.post(world.body("other", kind="coordination"), "secretariat"))
    mine = client_with_token(secretariat)
    slug = sent(mine, "/api/texts", FIRST.encode()).json()["slug"]
    mine.post(f"/api/texts/{slug}/versions/1/publish", {}, content_type="application/json")
    answer = other.post(f"/api/texts/{slug}/versions/1/publish", {}, content_type="application/json")
    assert answer.status_code == 403 and answer.json()["sentence"]


def test_only_a_secretariat_files(secretariat: Acting) -> None:
    worker = world.post(world.body("casa"))
    assert sent(client_with_token(worker), "/api/texts", FIRST.encode()).status_code == 403
    assert sent(Client(), "/api/texts", FIRST.encode()).status_code == 401
