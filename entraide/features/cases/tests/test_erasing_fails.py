"""An erasure that fails half way: nothing is destroyed that the record does not tell of, and what is gone stands in nobody's way."""

import pytest

from entraide.features.cases import erasure
from entraide.features.cases.models import Case
from entraide.features.cases.tests.browsing import page, send, words
from entraide.features.cases.tests.conftest import House
from entraide.kernel.access.context import acting_as
from entraide.kernel.vault import services as vault

pytestmark = pytest.mark.django_db


def broken(**_facts: object) -> None:
    raise RuntimeError("no room left")


def test_without_the_entry_in_the_record_the_key_stays(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure, "record", broken)
    with acting_as(house.worker), pytest.raises(RuntimeError):
        erasure.erase(by=house.worker, case=house.case, requested_by_person=True)
    assert vault.living([house.case.key]) == {house.case.key}
    assert "Amara" in words(page(house.worker, "person", house.case.pk))


def test_where_the_key_store_cannot_be_written_nobody_is_erased(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "destroy", lambda _key: broken())
    with acting_as(house.worker), pytest.raises(RuntimeError):
        erasure.erase(by=house.worker, case=house.case, requested_by_person=True)
    with acting_as(house.worker):
        assert Case.objects.get(pk=house.case.pk).erased_on is None
    assert "Amara" in words(page(house.worker, "person", house.case.pk))


def test_a_key_that_went_without_the_database_hearing_of_it_leaves_pages_standing_and_erasing_possible(house: House) -> None:
    """The machine stopped after the key was destroyed and before the database had committed."""
    vault.destroy(house.case.key)
    for tab in ("case", "person", "situation", "agreements", "notes", "timeline", "team"):
        answer = page(house.worker, tab, house.case.pk)
        assert answer.status_code == 200 and "Amara" not in words(answer)
    assert send(house.worker, "erase", house.case.pk, requested="yes", sure="on").status_code == 302
    assert "This person has been erased." in words(page(house.worker, "case", house.case.pk))
