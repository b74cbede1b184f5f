"""One answer of the person: narrowed, withdrawn, replaced; legal bases and bases of transfer."""

from datetime import timedelta

import pytest

from entraide.features.cases import consent, queries
from entraide.features.cases.agreements import Agreement
from entraide.features.cases.tests.browsing import browser, day, page, send, words, written
from entraide.features.cases.tests.conftest import House
from entraide.kernel.access.context import acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.base import clock
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(house: House) -> Agreement:
    """The person agreed to share everything with the partner for 90 days."""
    world.agree(house.worker, house.case, house.partner)
    with acting_as(house.worker):
        return queries.agreements(house.case).get()


def in_days(days: int) -> dict[str, str]:
    return day("valid_until", (clock.today() + timedelta(days=days)).isoformat())


def chain(house: House) -> list[tuple[str, str, list[str]]]:
    with acting_as(house.worker):
        return [(one.decision, one.ended_how, one.groups) for one in queries.agreements(house.case)]


def test_an_agreement_is_narrowed_in_one_step_and_the_chain_is_shown(house: House, answer: Agreement) -> None:
    narrowed = send(house.worker, "agreement", house.case.pk, answer.pk, groups=["identity"], **in_days(30))
    assert narrowed.status_code == 302
    assert chain(house) == [("given", "", ["identity"]), ("given", "narrowed", world.ALL_GROUPS)]
    assert written("cases.narrow_agreement", case=house.case.pk) == 1
    with acting_as(house.worker):
        newest = queries.agreements(house.case).first()
    assert newest is not None and newest.follows == answer.pk
    assert answer.get_absolute_url() in words(page(house.worker, "agreement", house.case.pk, newest.pk))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"groups": world.ALL_GROUPS, **in_days(90)}, "Nothing would change."),
        ({"groups": [], **in_days(30)}, "withdraw it instead"),
        ({"groups": ["identity"], **in_days(-1)}, "Give a day that is not past."),
        ({"groups": ["identity"], **in_days(91)}, "or earlier"),
        ({"groups": ["background"], **in_days(30)}, "Select a valid choice"),
    ],
)
def test_it_can_never_grow_nor_end_in_the_past(data: dict[str, object], sentence: str, house: House, answer: Agreement) -> None:
    assert sentence in words(send(house.worker, "agreement", house.case.pk, answer.pk, **data))
    assert len(chain(house)) == 1


def test_an_agreement_is_withdrawn_in_one_step_and_the_second_time_is_refused(house: House, answer: Agreement) -> None:
    asked = words(page(house.worker, "withdraw", house.case.pk, answer.pk))
    assert f"{answer.recipient.name} is told at once" in asked and chain(house)[0][1] != "withdrawn", "looking withdraws nothing"
    assert send(house.worker, "withdraw", house.case.pk, answer.pk).status_code == 302
    assert chain(house)[0][1] == "withdrawn"
    assert written("cases.withdraw_agreement", case=house.case.pk) == 1
    again = send(house.worker, "withdraw", house.case.pk, answer.pk)
    assert again.status_code == 403
    assert "no longer in force" in words(again)


def test_a_page_opened_before_the_withdrawal_cannot_narrow_any_more(house: House, answer: Agreement) -> None:
    with acting_as(house.worker):
        consent.withdraw(by=house.worker, case=house.case, answer=answer)
        answer.ended_at = None  # what an old page or a second request still believes
        with pytest.raises(Refused, match="ended"):
            consent.narrow(by=house.worker, case=house.case, answer=answer, groups=["identity"])
        with pytest.raises(Refused, match="ended"):
            consent.withdraw(by=house.worker, case=house.case, answer=answer)


def test_a_refusal_has_nothing_to_withdraw(house: House, answer: Agreement) -> None:
    with acting_as(house.worker):
        refused = consent.record_refusal(
            by=house.worker, case=house.case, recipient=house.partner, purpose=answer.purpose, text=answer.text, manner="spoken"
        )
    denied = send(house.worker, "withdraw", house.case.pk, refused.pk)
    assert denied.status_code == 403
    assert "there is nothing to withdraw" in words(denied)


def test_nobody_outside_the_team_ends_an_agreement(house: House, answer: Agreement) -> None:
    for who, status in ((house.stranger, 404), (house.colleague, 404), (house.police, 404), (house.administrator, 403)):
        assert send(who, "withdraw", house.case.pk, answer.pk).status_code == status
    assert chain(house)[0][1] == ""


def test_without_the_audit_entry_nothing_is_withdrawn(house: House, answer: Agreement, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = browser(house.worker)

    def fail(**_: object) -> None:
        raise RuntimeError("no record")

    monkeypatch.setattr("entraide.features.cases.consent.record", fail)
    with pytest.raises(RuntimeError):
        visitor.post(f"/cases/{house.case.pk}/agreements/{answer.pk}/withdraw/")
    assert chain(house)[0][1] == ""


def test_opening_the_names_of_an_answer_is_written_down(house: House, answer: Agreement) -> None:
    child = world.case(house.worker, age="child")
    world.agree(house.worker, child, house.partner)
    with acting_as(house.worker):
        of_child = queries.agreements(child).get()
    before = written("cases.read", case=child.pk)
    assert "Guardian Testperson" in words(page(house.worker, "agreement", child.pk, of_child.pk))
    assert written("cases.read", case=child.pk) == before + 1


def test_the_three_records_stand_apart_each_with_its_sentence(house: House, answer: Agreement) -> None:
    shown = words(page(house.worker, "agreements", house.case.pk))
    for heading in ("1. What the person said", "2. Legal bases", "3. Bases of transfer"):
        assert heading in shown
    assert "Act 1/2013, article 4" in shown
    assert "Document: <bdi>TEST/1</bdi>" in shown


def test_a_legal_basis_is_recorded_once_however_often_the_form_is_sent(house: House) -> None:
    for _time in range(2):
        assert send(house.worker, "legal_bases", house.case.pk, kind="public_task", provision="Act 1, article 2").status_code == 302
    assert written("cases.add_legal_basis", case=house.case.pk) == 1
    assert "Act 1, article 2" in words(page(house.worker, "legal_bases", house.case.pk))


def test_a_legal_duty_names_document_recipient_and_what(house: House) -> None:
    missing = words(send(house.worker, "legal_duty", house.case.pk, house.police_body.pk, provision="Code, article 242"))
    assert "Tick what the document obliges you to pass on." in missing
    given = {"provision": "Code, article 242", "document": "ORDER/7", "groups": ["identity"]}
    for _time in range(2):
        assert send(house.worker, "legal_duty", house.case.pk, house.police_body.pk, **given).status_code == 302
    assert written("cases.add_legal_basis", case=house.case.pk) == 1
    with acting_as(house.worker):
        duty = queries.legal_duty(house.case, house.police_body.pk)
    assert duty is not None and (duty.document, duty.groups) == ("ORDER/7", ["identity"])


def test_a_legal_duty_is_not_recorded_as_an_ordinary_basis(house: House) -> None:
    assert "Select a valid choice" in words(send(house.worker, "legal_bases", house.case.pk, kind="legal_duty", provision="x"))


def test_a_basis_of_transfer_is_recorded_for_one_recipient_and_once(house: House) -> None:
    given = {"kind": "sharing_agreement", "document": "PT-TH/1"}
    for _time in range(2):
        assert send(house.worker, "transfer_basis", house.case.pk, house.partner.pk, **given).status_code == 302
    assert written("cases.add_transfer_basis", case=house.case.pk) == 1
    assert "PT-TH/1" in words(page(house.worker, "transfer_bases", house.case.pk))
