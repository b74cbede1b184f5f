"""Opening a case: one question, then three that can wait."""

from uuid import uuid4

import pytest
from django.urls import reverse

from entraide.features.cases import queries
from entraide.features.cases.models import Case
from entraide.features.cases.tests.browsing import page, send, words, written
from entraide.features.cases.tests.conftest import House
from entraide.kernel.access.context import acting_as

pytestmark = pytest.mark.django_db


def test_a_case_is_opened_and_the_next_question_is_how_contact_is_safe(house: House) -> None:
    once = uuid4()
    answer = send(house.worker, "new", once=once, age="in_doubt", country="PT")
    assert answer["Location"] == reverse("cases:record", args=[once, "safe_contact"]) + "?begin=1"
    with acting_as(house.worker):
        assert queries.get(once).age == "in_doubt"
    assert written("cases.open", case=once) == 1
    assert "Age in doubt: treated as a child" in words(page(house.worker, "case", once))


def test_the_same_form_sent_twice_opens_one_case(house: House) -> None:
    once = uuid4()
    for _ in range(2):
        assert send(house.worker, "new", once=once, age="adult").status_code == 302
    with acting_as(house.worker):
        assert Case.objects.count() == 2  # the house's and this one


def test_a_form_with_the_mark_of_somebody_elses_case_opens_nothing_and_reveals_nothing(house: House) -> None:
    answer = send(house.stranger, "new", once=house.case.pk, age="adult")
    assert answer.status_code == 200
    assert house.case.reference not in words(answer)


def test_without_an_answer_about_age_no_case_is_opened(house: House) -> None:
    assert "Choose one of the three." in words(send(house.worker, "new", once=uuid4()))


def test_the_questions_follow_one_another_and_each_can_wait(house: House) -> None:
    where = ["safe_contact", "communication", "identity"]
    shown = [words(page(house.worker, "record", house.case.pk, group, query="?begin=1")) for group in where]
    assert all("Leave this for later" in one for one in shown)
    assert reverse("cases:record", args=[house.case.pk, "communication"]) in shown[0]
    assert reverse("cases:record", args=[house.case.pk, "identity"]) in shown[1]
    assert f'href="{reverse("cases:case", args=[house.case.pk])}"' in shown[2]


def test_a_data_protection_officer_opens_no_case(house: House) -> None:
    assert send(house.dpo, "new", once=uuid4(), age="adult").status_code == 403


def test_without_the_audit_entry_no_case_is_opened(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("no record")

    monkeypatch.setattr("entraide.features.cases.opening.entry", fail)
    with pytest.raises(RuntimeError):
        send(house.worker, "new", once=uuid4(), age="adult")
    with acting_as(house.worker):
        assert Case.objects.count() == 1


def test_back_leads_to_the_question_before_and_from_the_first_to_the_case(house: House) -> None:
    back = {group: page(house.worker, "record", house.case.pk, group, query="?begin=1").context["back_url"] for group in GROUPS}
    assert back == {
        "safe_contact": reverse("cases:case", args=[house.case.pk]),
        "communication": reverse("cases:record", args=[house.case.pk, "safe_contact"]) + "?begin=1",
        "identity": reverse("cases:record", args=[house.case.pk, "communication"]) + "?begin=1",
    }


GROUPS = ("safe_contact", "communication", "identity")
