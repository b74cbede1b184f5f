"""Every open page is the same for everybody and may be kept; what one person sees is kept nowhere."""

from http import HTTPStatus
from typing import Any, cast

import pytest
from django.http import HttpResponse
from django.test import Client

from entraide.features.questionnaires.models import Reply
from entraide.kernel.access.principals import EVERYBODY
from entraide.kernel.accounts.keeping import FRESH
from tests import world
from tests.everybody.conftest import open_routes
from tests.steward import as_steward

pytestmark = pytest.mark.django_db
CLOSED = {"accounts:demo": "a button", "favicon": "leads to a picture"}
ABSENT = "account_"
"""What the sign-in library names and this site does not have."""
OWN = {"health": "asked whether it is so now", "set_language": "writes a cookie"}


def test_every_open_route_is_reached(walked: dict[str, list[str]]) -> None:
    assert {route for route in open_routes() - set(walked) - set(CLOSED) if not route.startswith(ABSENT)} == set()


def test_every_open_page_is_given_out_twice_as_the_same_bytes_and_then_not_at_all(walked: dict[str, list[str]]) -> None:
    asked = [address for route, addresses in walked.items() if route not in OWN for address in addresses]
    first = {
        address: cast(HttpResponse, Client().get(address)) for address in asked
    }  # all of them once, so that time passes before the second
    wrong = {address: said for address, answer in first.items() if (said := _wrong(answer) or _changed(address, answer))}
    assert wrong == {}


def _wrong(answer: HttpResponse) -> str:
    told = answer.headers.get("Cache-Control"), set(answer.headers.get("Vary", "").split(", "))
    if answer.status_code != HTTPStatus.OK or answer.cookies:
        return f"{answer.status_code} {answer.cookies}"
    if b"csrfmiddlewaretoken" in answer.content or "nonce-" in str(answer.headers):
        return "carries a secret of one reader"
    return "" if told[0] in {f"public, max-age={FRESH}", "public, no-cache"} and {"Accept-Language", "Cookie"} <= told[1] else str(told)


def _changed(address: str, first: HttpResponse) -> str:
    second = Client().get(address)
    if first.content != second.content or first.headers != second.headers:
        return "not the same twice"
    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    return "" if (again.status_code, again.content) == (HTTPStatus.NOT_MODIFIED, b"") else f"{again.status_code} to whoever has it"


def test_whoever_is_signed_in_is_given_nothing_to_keep(walked: dict[str, list[str]]) -> None:
    secretariat = world.client_of(world.post(world.body("office", kind="coordination"), "secretariat"))
    said = {route: secretariat.get(addresses[0]) for route, addresses in walked.items() if route not in OWN}
    told = {route: (answer.headers.get("Cache-Control"), answer.headers.get("ETag")) for route, answer in said.items()}
    assert {route: each for route, each in told.items() if each != ("private, no-store", None)} == {}


def test_a_page_that_carries_a_token_is_kept_nowhere_even_where_the_cookie_was_set_before(nobody: Client, settings: Any) -> None:
    card = {"email": world.account_of(world.post(world.body("office"))).email} | dict.fromkeys(
        ("title_en", "title_fr", "try_en", "try_fr"), "A"
    )
    settings.ENTRAIDE_DEMO, settings.ENTRAIDE_DEMO_POSTS = True, [card]
    first, second = nobody.get("/"), nobody.get("/")
    assert first.cookies and b"csrfmiddlewaretoken" in second.content
    assert {answer["Cache-Control"] for answer in (first, second)} == {"private, no-store"}


def test_the_language_is_chosen_without_a_token_and_each_has_its_own_page_to_keep(nobody: Client) -> None:
    english = nobody.get("/treaties/")
    chosen = nobody.get("/language/", {"language": "fr", "next": "/treaties/?page=1"})
    assert (chosen.status_code, chosen["Location"], chosen["Cache-Control"]) == (302, "/treaties/?page=1", "no-store")
    french = nobody.get("/treaties/", headers={"If-None-Match": english["ETag"]})
    assert (french.status_code, french["Content-Language"]) == (200, "fr") and french["ETag"] != english["ETag"]
    assert Client().get("/treaties/", headers={"Accept-Language": "fr"}).content == french.content


@pytest.mark.parametrize("onward", ["//elsewhere.example/", "https://elsewhere.example/", "javascript:1", "", "/\\elsewhere.example"])
def test_choosing_a_language_leads_nowhere_else(onward: str) -> None:
    assert Client().get("/language/", {"language": "fr", "next": onward})["Location"] == "/"


@pytest.mark.parametrize("language", ["xx", "fr\r\nSet-Cookie: a=b", "", "EN" * 500])
def test_what_is_no_language_changes_nothing(language: str) -> None:
    answer = Client().get("/language/", {"language": language})
    assert answer.status_code == HTTPStatus.FOUND and not answer.cookies
    assert Client().post("/language/", {"language": "fr"}).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_what_is_no_longer_published_is_gone_for_whoever_kept_it(nobody: Client) -> None:
    with as_steward():
        reply = Reply.objects.filter(published_at__isnull=False).earliest("published_at")
    there, of_list = f"/questionnaires/published/{reply.pk}/", "/questionnaires/published/"
    kept = {address: {"If-None-Match": nobody.get(address)["ETag"]} for address in (there, of_list)}
    assert [nobody.get(address, headers=etag).status_code for address, etag in kept.items()] == [304, 304]
    with as_steward():
        readers = [each for each in reply.readers if each != EVERYBODY]
        Reply.objects.filter(pk=reply.pk).update(published_at=None, readers=readers)
    assert [nobody.get(address, headers=etag).status_code for address, etag in kept.items()] == [404, 200]
