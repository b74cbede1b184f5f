"""An erasure that fails half way: nothing is destroyed that the record does not tell of, and what is gone stands in nobody's way."""

from collections.abc import Callable

import pytest

from entraide.features.cases import consent, erasure, exporting, queries, services
from entraide.features.cases.choices import STEPS
from entraide.features.cases.models import Case
from entraide.features.cases.tests.browsing import page, send, words, written
from entraide.features.cases.tests.conftest import House
from entraide.kernel.access.context import acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.base import clock
from entraide.kernel.vault import services as vault
from tests import world

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


def test_the_other_cases_are_exported_where_a_key_went_without_the_database_hearing_of_it(house: House) -> None:
    other = world.case(house.worker, person={"identity": {"prs_FirstName": "Second"}})
    vault.destroy(house.case.key)
    with acting_as(house.worker):
        data, _dialect = exporting.export(by=house.worker, cases=[house.case, other])
    assert b"Second" in data and b"Amara" not in data
    assert not written("cases.export", case=house.case.pk)


def test_whoever_read_the_case_before_it_was_erased_can_add_nothing_after(house: House) -> None:
    """Her page was open, or her transaction under way, when a colleague erased the person."""
    by, before = house.worker, house.case
    with acting_as(by):
        erasure.erase(by=by, case=queries.get(before.pk), requested_by_person=True)
        verbs: list[Callable[[], object]] = [
            lambda: services.move(by=by, case=before, name="close", reason="Went home."),
            lambda: services.settle_age(by=by, case=before, age="child", seen=before.age),
            lambda: services.write_note(by=by, case=before, text="She called."),
            lambda: services.link_person(by=by, case=before, relation="sibling", text="Her sister."),
            lambda: services.set_step(by=by, case=before, track="T1", code=next(iter(STEPS["T1"])), state="done"),
            lambda: services.decide_identification(
                by=by, case=before, name="presume", decider="other", decider_name="", decided_on=clock.today()
            ),
            lambda: consent.add_legal_basis(by=by, case=before, kind="public_task", provision="Act 1"),
            lambda: consent.add_transfer_basis(by=by, case=before, kind="sharing_agreement", recipient=house.partner, document="T/1"),
        ]
        for verb in verbs:
            with pytest.raises(Refused, match="erased"):
                verb()
