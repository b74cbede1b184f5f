"""Every open page asked by nobody with what breaks software: an answer in the reader's language, never a fault of ours."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.test import Client

from tests.everybody.test_keeping import OWN

pytestmark = pytest.mark.django_db
VALUES = (
    "-1",
    "0",
    "9" * 40,
    "x" * 3_000,
    "\x00",
    "\ud7ff\u202e",
    "' or 1=1",
    "<script>",
    "2026-13-45",
    "0000-00-00",
    "%00",
    "xx-YY-zz",
    "",
)
NAMES = (
    "page", "lang", "on", "standing", "state", "country", "capacity", "mechanism", "order", "part", "area", "new", "old", "words", "quote",
    "a", "b", "c", "help", "offence", "provision", "text", "kind", "stage", "verb", "theme", "body", "binding", "year", "size", "next",
)  # fmt: skip
GIVEN = {HTTPStatus.OK, HTTPStatus.FOUND, HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
FAULT = 500
THIRD = 3
"""Each page is asked with every third of the values, so that each value meets a third of the pages."""


def addresses(walked: dict[str, list[str]]) -> Iterator[str]:
    for route, found in walked.items():
        if route not in OWN:
            yield urlsplit(found[0]).path


def test_no_parameter_breaks_an_open_page(walked: dict[str, list[str]]) -> None:
    client, broken = Client(raise_request_exception=False), {}
    for number, address in enumerate(addresses(walked)):
        for value in VALUES[number % THIRD :: THIRD]:
            answer = client.get(address, dict.fromkeys(NAMES, value))
            if answer.status_code not in GIVEN:
                broken[address, value[:12]] = answer.status_code
    assert broken == {}


def test_other_identifiers_and_words_in_an_address_are_not_found(walked: dict[str, list[str]]) -> None:
    client, wrong = Client(raise_request_exception=False, headers={"Accept-Language": "fr"}), {}
    absent = client.get("/no/such/page/")
    for address in addresses(walked):
        for other in {re.sub(r"[0-9a-f-]{36}", str(uuid4()), address), re.sub(r"[0-9a-f-]{36}", "x", address)} - {address}:
            answer = client.get(other)
            if (answer.status_code, answer.content) != (HTTPStatus.NOT_FOUND, absent.content):
                wrong[other] = answer.status_code
    assert wrong == {} and 'lang="fr"' in absent.content.decode()


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "POST", "PUT", "DELETE", "TRACE"])
def test_no_method_breaks_an_open_page_and_none_but_reading_is_kept(method: str, walked: dict[str, list[str]]) -> None:
    client, wrong = Client(raise_request_exception=False), {}
    for address in addresses(walked):
        answer = client.generic(method, address, b"a=1" if method in {"POST", "PUT"} else b"")
        kept = "public" in answer.headers.get("Cache-Control", "")
        if answer.status_code >= FAULT or (kept and method != "HEAD") or (method == "HEAD" and answer.content):
            wrong[address] = answer.status_code, kept
    assert wrong == {}


def test_a_head_tells_the_same_as_reading(walked: dict[str, list[str]]) -> None:
    for address in ("/treaties/", "/monitoring/", "/texts/", "/figures/"):
        assert Client().head(address)["ETag"] == Client().get(address)["ETag"]


def test_what_is_refused_is_said_in_the_readers_language(walked: dict[str, list[str]]) -> None:
    """The order by result, where the mechanism bars it."""
    french = Client(headers={"Accept-Language": "fr"})
    answers = [french.get(urlsplit(address).path, {"order": "result"}) for address in walked["monitoring:matrix"]]
    refused = [answer for answer in answers if answer.status_code == HTTPStatus.FORBIDDEN]
    assert refused and all("Ce mécanisme" in answer.content.decode() for answer in refused)
    assert not any("public" in answer.headers.get("Cache-Control", "") for answer in refused)
