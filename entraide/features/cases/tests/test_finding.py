"""Finding a person by what is sealed: by POST, recorded, and only among the cases one may see."""

import pytest

from entraide.features.cases.tests.browsing import day, page, send, words, written
from entraide.features.cases.tests.conftest import House

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed",
    [
        {"first": "amara", "family": "TESTPERSON"},
        {"first": "Testperson", "family": "Amara"},
        {"phone": "+44 7700 900123"},
        {"first": "Amara", "family": "Testperson", **day("born", "1999-05-04")},
    ],
)
def test_the_team_finds_its_person(typed: dict[str, str], house: House) -> None:
    answer = send(house.worker, "find", **typed)
    assert house.case.reference in words(answer)
    assert "1 possible case" in words(answer)
    assert written("cases.found", case=house.case.pk, outcome="read") == 1, "a search result is a reading of that case"


def test_a_colleague_outside_the_team_finds_nobody_and_the_search_is_written_down(house: House) -> None:
    answer = send(house.colleague, "find", phone="+447700900123")
    assert "Nobody found" in words(answer)
    assert written("cases.find", outcome="read") == 1 and written("cases.found") == 0


def test_what_was_typed_is_not_written_down(house: House) -> None:
    from entraide.kernel.audit.models import AuditEntry
    from tests.steward import as_steward

    send(house.worker, "find", phone="+447700900123", first="Amara")
    with as_steward():
        assert not any("Amara" in str(entry.detail) or "7700" in str(entry.detail) for entry in AuditEntry.objects.all())


def test_an_empty_search_is_told_what_to_do(house: House) -> None:
    assert "Fill in at least one field." in words(send(house.worker, "find"))


def test_the_address_takes_no_names(house: House) -> None:
    assert house.case.reference not in words(page(house.worker, "find", query="?first=Amara&family=Testperson"))
