"""Nothing personal in logs, error pages or addresses, whatever goes wrong."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from entraide.config.logs import NoContent
from entraide.features.cases import queries
from entraide.kernel.access.context import Acting
from tests import world

pytestmark = pytest.mark.django_db
SECRETS = ("Amara", "Testperson", "1999-05-04", "447700900123", "weekday mornings")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the node's own handler would write, everything included."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(NoContent())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture
def worker() -> Acting:
    return world.post(world.body("casa"))


def test_an_error_tells_where_and_never_what(worker: Acting, log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    case = world.case(worker)

    def broken(**_facts: object) -> None:
        raise ValueError(f"cannot show {SECRETS}")

    monkeypatch.setattr(queries, "read", broken)
    client = world.client_of(worker)
    client.raise_request_exception = False
    answer = client.get(reverse("cases:case", args=[case.pk]))
    assert answer.status_code == 500
    written = log.getvalue()
    assert "ValueError" in written and not any(secret in written + answer.content.decode() for secret in SECRETS)


def test_a_failing_statement_is_logged_without_its_values(worker: Acting, log: io.StringIO) -> None:
    from django.db import DatabaseError, connection, transaction

    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select %s::int", [SECRETS[0]])
    except DatabaseError:
        logging.getLogger("entraide").exception("failed")
    assert "DataError" in log.getvalue() and SECRETS[0] not in log.getvalue()


def test_reading_a_whole_case_with_the_log_wide_open_leaves_no_word_in_it(worker: Acting, log: io.StringIO) -> None:
    case = world.case(worker)
    client = world.client_of(worker)
    for name in ("case", "person", "agreements", "notes", "team"):
        answer = client.get(reverse(f"cases:{name}", args=[case.pk]))
        assert answer.status_code == 200
    assert not any(secret in log.getvalue() for secret in SECRETS)


def test_searching_leaves_what_was_typed_in_no_address_and_no_log(worker: Acting, log: io.StringIO) -> None:
    world.case(worker)
    answer = world.client_of(worker).post(reverse("cases:find"), {"first": "Amara", "family": "Testperson"}, follow=True)
    assert "Amara" not in str(answer.redirect_chain) and not any(secret in log.getvalue() for secret in SECRETS)


def test_titles_of_pages_name_nobody(worker: Acting) -> None:
    case = world.case(worker)
    for name in ("case", "person", "agreements", "notes", "team"):
        page = world.client_of(worker).get(reverse(f"cases:{name}", args=[case.pk])).content.decode()
        title = page[page.index("<title>") : page.index("</title>")]
        assert "Amara" not in title and "Testperson" not in title


def test_pages_are_kept_by_no_browser_and_the_policy_has_no_exception(worker: Acting) -> None:
    answer = world.client_of(worker).get(reverse("cases:case", args=[world.case(worker).pk]))
    assert answer["Cache-Control"] == "private, no-store"
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "unsafe" not in policy and "*" not in policy


def test_the_error_page_is_static() -> None:
    from django.template.loader import render_to_string

    assert "govuk" in render_to_string("500.html") and "{{" not in render_to_string("500.html")
    assert Client().get("/nowhere/").content == Client().get("/elsewhere/").content
