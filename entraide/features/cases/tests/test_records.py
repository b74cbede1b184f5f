"""Changing what is recorded: field groups, stale edits, identification, age, status, steps."""

from uuid import uuid4

import pytest

from entraide.features.cases import queries, services
from entraide.features.cases.choices import Age, Group
from entraide.features.cases.models import CaseRecord
from entraide.features.cases.tests.browsing import browser, day, page, send, words, written
from entraide.features.cases.tests.conftest import House
from entraide.features.cases.values import Values
from entraide.kernel.access.context import acting_as
from entraide.kernel.audit.models import AuditEntry
from tests.steward import as_steward

pytestmark = pytest.mark.django_db


def kept(house: House, group: str) -> Values:
    with acting_as(house.worker):
        return queries.read(by=house.worker, case=house.case, groups=[group]).get(group, {})


def version(house: House, group: str) -> int:
    with acting_as(house.worker):
        row = CaseRecord.objects.filter(case=house.case, group=group).first()
        return row.version if row else 0


@pytest.mark.parametrize("group", Group.values)
def test_every_field_group_has_a_form_and_saving_it_untouched_changes_nothing(group: str, house: House) -> None:
    before = kept(house, group)
    form = page(house.worker, "record", house.case.pk, group).context["form"]
    data: dict[str, object] = {}
    for name in form.fields:
        value = form[name].value()
        boxes = {f"{name}_{part}": getattr(value, part) for part in ("day", "month", "year")} if hasattr(value, "month") else {}
        data |= boxes or ({name: value} if value not in (None, "", []) else {})
    assert send(house.worker, "record", house.case.pk, group, **data).status_code == 302
    assert kept(house, group) == before


def test_what_is_entered_is_kept_as_the_standard_spells_it(house: House) -> None:
    entered = {
        "seen_version": version(house, "identity"),
        "prs_FirstName": "  Amara ",
        "prs_Citizenship": "Nigeria; france",
        **day("prs_Birthdate", "2001-02-03"),
        "prs_Gender": "Feminine",
    }
    assert send(house.worker, "record", house.case.pk, "identity", **entered).status_code == 302
    assert kept(house, "identity") == {
        "prs_FirstName": "Amara",
        "prs_Birthdate": "2001-02-03",
        "prs_Gender": "Feminine",
        "prs_Citizenship": ["FR", "NG"],
    }
    assert written("cases.save_group", case=house.case.pk) == 1


def test_after_a_change_the_person_is_found_by_what_is_new_and_not_by_what_is_gone(house: House) -> None:
    send(house.worker, "record", house.case.pk, "contact", seen_version=version(house, "contact"), prs_MobilePhone="+44 7700 900999")
    assert house.case.reference in words(send(house.worker, "find", phone="+447700900999"))
    assert house.case.reference not in words(send(house.worker, "find", phone="+447700900123"))


@pytest.mark.parametrize(
    ("group", "field", "typed", "sentence"),
    [
        ("contact", "prs_MobilePhone", "call me", "Write the number with its country code"),
        ("contact", "prs_Email", "nobody at example", "This is not an email address."),
        ("contact", "prs_MailingLatitude", "91", "A latitude lies between -90 and 90."),
        ("family", "prs_NumberOfChildren", "many", "Write a whole number in figures"),
        ("family", "prs_NumberOfChildren", "900", "Write a number from 0 to 50."),
        ("identity", "prs_Citizenship", "Atlantis", "Value number 1 is not a country."),
        ("identity", "prs_FirstName", "=1+1", "takes for a formula"),
        ("trafficking", "vic_AgeWhenTrafficked", "-3", "Write a number from 0 to 120."),
    ],
)
def test_a_wrong_value_is_told_in_a_sentence_and_stays_on_the_page(group: str, field: str, typed: str, sentence: str, house: House) -> None:
    before = kept(house, group)
    answer = send(house.worker, "record", house.case.pk, group, seen_version=version(house, group), **{field: typed})
    assert answer.status_code == 200
    assert sentence in words(answer)
    assert f'value="{typed}"' in words(answer)
    assert kept(house, group) == before


def test_a_birth_date_in_the_future_or_before_1900_is_refused(house: House) -> None:
    for iso in ("2999-01-01", "1899-12-31"):
        answer = send(house.worker, "record", house.case.pk, "identity", seen_version=1, **day("prs_Birthdate", iso))
        assert "The date must be" in words(answer)


def told(house: House, action: str) -> list[list[str]]:
    """Which groups the record says were read, in order."""
    with as_steward():
        entries = AuditEntry.objects.filter(action=action, case=house.case.pk, outcome="read").order_by("id")
        return [entry.detail["groups"] for entry in entries]


def test_a_stale_edit_is_refused_with_both_versions_in_full(house: House) -> None:
    seen = version(house, "safe_contact")
    send(house.worker, "record", house.case.pk, "safe_contact", seen_version=seen, ent_SafeContactNever="never on Sundays")
    mine, before = "never by car\nnor on foot", told(house, "cases.read")
    answer = send(house.worker, "record", house.case.pk, "safe_contact", seen_version=seen, ent_SafeContactNever=mine)
    assert answer.status_code == 409
    assert "never on Sundays" in words(answer)
    assert "never by car<br>nor on foot" in words(answer)
    assert told(house, "cases.read") == [*before, ["safe_contact"]], "what was shown of the other version stays on record"
    assert kept(house, "safe_contact") == {"ent_SafeContactNever": "never on Sundays"}


def test_two_versions_of_a_telephone_number_stand_under_the_rules_for_using_it(house: House) -> None:
    seen = version(house, "contact")
    send(house.worker, "record", house.case.pk, "contact", seen_version=seen, prs_MobilePhone="+447700900888")
    before = told(house, "cases.read")
    answer = send(house.worker, "record", house.case.pk, "contact", seen_version=seen, prs_MobilePhone="+447700900777")
    shown = words(answer)
    assert answer.status_code == 409 and shown.index("never by letter") < shown.index("+447700900888")
    assert told(house, "cases.read") == [*before, ["contact", "safe_contact"]]


def test_nobody_outside_the_team_writes(house: House) -> None:
    data = {"seen_version": 1, "ent_SafeContactNever": "x"}
    assert send(house.stranger, "record", house.case.pk, "safe_contact", **data).status_code == 404
    assert send(house.colleague, "record", house.case.pk, "safe_contact", **data).status_code == 404
    assert send(house.dpo, "record", house.case.pk, "safe_contact", **data).status_code == 403


def test_without_the_audit_entry_nothing_is_saved(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    before, seen = kept(house, "safe_contact"), version(house, "safe_contact")
    visitor = browser(house.worker)

    def fail(**_: object) -> None:
        raise RuntimeError("no record")

    monkeypatch.setattr("entraide.features.cases.services.record", fail)
    with pytest.raises(RuntimeError):
        visitor.post(f"/cases/{house.case.pk}/record/safe_contact/", {"seen_version": seen, "ent_SafeContactNever": "x"})
    assert kept(house, "safe_contact") == before


def test_a_group_that_does_not_exist_is_not_found(house: House) -> None:
    assert page(house.worker, "record", house.case.pk, "nonsense").status_code == 404
    assert page(house.worker, "track", house.case.pk, "T9").status_code == 404


def test_identification_offers_only_what_can_follow_and_says_who_decided(house: House) -> None:
    decided = {"name": "presume", "decider": "NGO", "decider_name": "Casa", **day("decided_on", "2026-01-02")}
    assert send(house.worker, "identification", house.case.pk, **decided).status_code == 302
    shown = words(page(house.worker, "situation", house.case.pk))
    assert "Presumed victim" in shown
    assert "Decided by: NGO" in shown
    assert written("cases.decide_identification", case=house.case.pk) == 1
    assert 'value="presume"' not in words(page(house.worker, "identification", house.case.pk))
    assert "Select a valid choice" in words(send(house.worker, "identification", house.case.pk, **decided))


def test_a_decision_in_the_future_is_told_on_the_form(house: House) -> None:
    data = {"name": "presume", "decider": "NGO", **day("decided_on", "2999-01-02")}
    assert "A decision cannot lie in the future." in words(send(house.worker, "identification", house.case.pk, **data))


def test_age_is_settled_with_what_it_rests_on(house: House) -> None:
    once, seen = uuid4(), house.case.age
    assert "Say in a sentence on what this rests." in words(send(house.worker, "age", house.case.pk, once=once, seen=seen, age="child"))
    for _ in range(2):
        assert send(house.worker, "age", house.case.pk, once=once, seen=seen, age="child", text="birth certificate seen").status_code == 302
    late = send(house.worker, "age", house.case.pk, once=uuid4(), seen=seen, age="in_doubt", text="she looks older")
    assert late.status_code == 409 and str(Age.IN_DOUBT.label) in words(late) and str(Age.CHILD.label) in words(late), (
        "a colleague settled it: both answers stand there"
    )
    assert "she looks older" not in words(page(house.worker, "notes", house.case.pk)), "and nothing is half done"
    assert words(page(house.worker, "notes", house.case.pk)).count("birth certificate seen") == 1
    assert written("cases.settle_age", case=house.case.pk) == 1
    assert "Child" in words(page(house.worker, "case", house.case.pk))


def test_closing_asks_a_reason_and_seals_it(house: House) -> None:
    assert "Write in a sentence why the case is closed." in words(send(house.worker, "status", house.case.pk, name="close"))
    assert send(house.worker, "status", house.case.pk, name="close", reason="moved in with her aunt").status_code == 302
    assert "moved in with her aunt" in words(page(house.worker, "case", house.case.pk))
    with acting_as(house.worker):
        assert "aunt" not in str(queries.get(house.case.pk).closing_reason)


def test_the_services_close_no_case_without_a_reason_either(house: House) -> None:
    from entraide.kernel.access.rules import Refused

    with acting_as(house.worker), pytest.raises(Refused, match="reason"):
        services.move(by=house.worker, case=house.case, name="close")


def test_a_step_is_ticked_and_a_colleagues_tick_is_not_undone_by_an_old_page(house: House) -> None:
    form = page(house.worker, "track", house.case.pk, "T1").context["form"]
    old = {name: form[name].value() for name in form.fields}
    with acting_as(house.worker):
        services.set_step(by=house.worker, case=house.case, track="T1", code="language", state="done")
    assert send(house.worker, "track", house.case.pk, "T1", **{**old, "screening": "done"}).status_code == 302
    with acting_as(house.worker):
        states = {code: step.state for (_track, code), step in queries.steps(house.case).items()}
    assert states == {"language": "done", "screening": "done"}


def test_the_page_of_steps_says_where_they_come_from(house: House) -> None:
    for name, more in (("case", ()), ("track", ("T1",))):
        assert "not been checked against them" in words(page(house.worker, name, house.case.pk, *more))


def test_where_a_telephone_number_can_be_read_the_rules_for_calling_it_stand_above(house: House) -> None:
    shown = words(page(house.worker, "record", house.case.pk, "contact"))
    assert "+447700900123" in shown and "Before you contact this person" in shown and "never by letter" in shown
