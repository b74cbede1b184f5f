"""The demonstration's world, made once for these tests, and every address of it that leads on from the first page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve
from pytest_django import DjangoDbBlocker

from conftest import wipe
from tests.architecture.test_doors import all_views
from tests.ui.reading import Reading

EACH = 5
"""Addresses walked of each route: the first ones met."""
SEEDS = ("/api/openapi.json", "/health", "/guide/", "/texts/untoc/version/1/", "/texts/untoc/compare/", "/texts/untoc/at/art_18/")
"""What no page leads to yet: for programs, for builders, texts of one version, a provision that is followed."""


@pytest.fixture(scope="package")
def invented_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Everything that the demonstration shows."""
    with django_db_blocker.unblock():
        wipe()
        _make(tmp_path_factory.mktemp("world"))
    yield
    with django_db_blocker.unblock():
        wipe()


def _make(keys: Path) -> None:
    from django.test import override_settings

    from entraide.config.demo import demo_states
    from entraide.demo.figures import make_figures
    from entraide.demo.people import make_bodies_and_posts
    from entraide.demo.promises import make_promises
    from entraide.demo.questionnaires import make_questionnaires
    from entraide.demo.story import make_story
    from entraide.features.cases.texts import load_texts
    from entraide.features.treaties.loading import load_instruments
    from entraide.kernel.bodies.loading import load_facts
    from entraide.kernel.vault.keystore import KeyStore

    KeyStore(keys).prepare()
    with override_settings(ENTRAIDE_KEYS=str(keys), ENTRAIDE_INVENTED_STATES=demo_states()):
        load_facts(using="default")
        load_instruments(using="default")
        load_texts(using="default")
        make_bodies_and_posts(using="default")
        with transaction.atomic():
            make_story()
            make_figures()
            make_questionnaires()
            make_promises()


@pytest.fixture
def nobody(invented_world: None, db: None, settings: Any) -> Client:
    """Somebody who has not signed in, in that world."""
    from entraide.config.demo import demo_states

    settings.ENTRAIDE_INVENTED_STATES = demo_states()
    return Client()


@pytest.fixture(scope="package")
def found() -> dict[str, list[str]]:
    """What was walked already."""
    return {}


@pytest.fixture
def walked(nobody: Client, found: dict[str, list[str]]) -> dict[str, list[str]]:
    """{route: addresses} of every open page that leads on from the first one."""
    if not found:
        found |= walk(nobody)
    return found


def open_routes() -> set[str]:
    """Routes that nobody needs to sign in for, but for programs' operations."""
    doors = {name: getattr(pattern.callback, "door", None) for name, pattern in all_views().items()}
    return {name for name, door in doors.items() if door is not None and door.kind in {"public", "open_to_all"}}


def walk(client: Client) -> dict[str, list[str]]:
    """Follows links and the forms that ask, a few of each route."""
    wanted, found, waiting, seen = open_routes(), dict[str, list[str]](), ["/", *SEEDS], set[str]()
    while waiting:
        address = waiting.pop(0)
        route = route_of(address)
        if address in seen or route not in wanted or len(found.get(route, [])) >= EACH:
            continue
        seen.add(address)
        answer = client.get(address)
        found.setdefault(route, []).append(address)
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            waiting += sorted(_onward(answer.content.decode(), address))
    return found


def route_of(address: str) -> str:
    """The name of the route that answers here; empty where none does."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    return match.view_name


def _onward(page: str, address: str) -> set[str]:
    elements = Reading(page).elements
    links = [attrs["href"] for name, attrs in elements if name in {"a", "link"} and "href" in attrs]
    links += [attrs["action"] for name, attrs in elements if name == "form" and attrs.get("method") != "post" and attrs.get("action")]
    there = {urldefrag(urljoin(address, link))[0] for link in links if not urlsplit(link).scheme or link.startswith("http://testserver/")}
    return {link for link in there if not link.startswith("/static/")}
