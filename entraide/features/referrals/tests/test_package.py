"""Exactly what goes: agreed ∩ needed ∩ chosen, frozen at sending; and not one value more at the recipient."""

from itertools import product
from typing import Any

import pytest

from entraide.features.cases import consent, values
from entraide.features.cases import services as cases
from entraide.features.cases.choices import SHAREABLE, Group
from entraide.features.cases.models import CaseRecord, Note
from entraide.features.cases.services import save_group, write_note
from entraide.features.referrals import package
from entraide.features.referrals.choices import NEEDED
from entraide.features.referrals.tests.scenes import Scene, scene
from entraide.kernel.access.context import acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.exchange.services import deliver
from entraide.kernel.vault import services as vault
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db


def _full(told: Scene) -> dict[str, Any]:
    """{field: value} of the sender's whole case."""
    with acting_as(told.worker):
        key = vault.store().fetch(told.case.key)
        found: dict[str, Any] = {}
        for record in CaseRecord.objects.filter(case=told.case):
            found |= values.opened(record, key)
        return found


def _received(told: Scene) -> dict[str, Any]:
    """{field: value} of everything that lies at the recipient, past the row policies."""
    with as_steward():
        found: dict[str, Any] = {}
        for record in CaseRecord.objects.filter(holder=told.recipient.pk).select_related("case"):
            found |= values.opened(record, vault.store().fetch(record.case.key))
        return found


# identity is needed for medical care, trafficking is not: all eight cases of agreed, chosen, recorded for each.
@pytest.mark.parametrize(("group", "purpose"), [("identity", "medical_care"), ("trafficking", "medical_care")])
@pytest.mark.parametrize(("agreed", "chosen", "recorded"), list(product([True, False], repeat=3)))
def test_a_group_goes_only_when_agreed_needed_chosen_and_recorded(
    group: str, purpose: str, agreed: bool, chosen: bool, recorded: bool
) -> None:
    told = scene(purpose=purpose, groups=["communication", *([group] if agreed else [])])
    if not recorded:
        with acting_as(told.worker):
            save_group(by=told.worker, case=told.case, group=group, given={}, seen_version=1)
    with acting_as(told.worker):
        found = package.compose(
            by=told.worker, case=told.case, recipient=told.recipient.pk, purpose=purpose,
            chosen=["communication", *([group] if chosen else [])],
        )  # fmt: skip
    needed = group in NEEDED[purpose]
    assert (group in found.goes) == (agreed and needed and chosen and recorded)
    if group not in found.goes:
        why = "not_needed" if not needed else "not_agreed" if not agreed else "not_chosen" if not chosen else "empty"
        assert found.stays[Group(group)] == why


def test_every_purpose_sends_no_more_than_it_needs() -> None:
    for purpose, needed in NEEDED.items():
        told = scene(purpose=purpose, groups=[str(group) for group in SHAREABLE])
        with acting_as(told.worker):
            allowed = package.allowed_groups(told.case, recipient=told.recipient.pk, purpose=purpose)
        assert allowed == set(needed)


def test_what_arrives_is_what_was_announced_value_for_value_and_nothing_else() -> None:
    told = scene()
    with acting_as(told.worker):
        write_note(by=told.worker, case=told.case, text="she fears her cousin")
    sent = told.send(told.draft(chosen=["identity", "communication", "safe_contact"]))
    assert _received(told) == {}
    told.take()
    whole = _full(told)
    assert _received(told) == {name: whole[name] for name in sent.fields}
    assert set(whole) - set(sent.fields) and not set(_received(told)) - set(sent.fields)
    with as_steward():
        assert not Note.objects.filter(holder=told.recipient.pk).exists()


def test_a_late_edit_of_the_case_does_not_reach_the_frozen_package() -> None:
    told = scene()
    told.send()
    with acting_as(told.worker):
        cases.save_group(by=told.worker, case=told.case, group="contact", given={"prs_MobilePhone": "+351911111111"}, seen_version=1)
        cases.save_group(by=told.worker, case=told.case, group="family", given={}, seen_version=0)
    told.take()
    assert _received(told)["prs_MobilePhone"] == "+447700900123"


def test_the_summary_tells_gender_and_languages_only_when_their_groups_go() -> None:
    told = scene(groups=["safe_contact"])
    told.send()
    assert (told.theirs.gender, told.theirs.languages) == ("", [])
    full = scene()
    full.send()
    assert (full.theirs.gender, full.theirs.languages) == ("Feminine", ["en"])


def test_the_summary_is_of_the_moment_of_sending() -> None:
    told = scene()
    draft = told.draft()
    with acting_as(told.worker):
        grown = {**world.IDENTITY, "prs_Gender": "Masculine"}
        cases.save_group(by=told.worker, case=told.case, group="identity", given=grown, seen_version=1)
        cases.save_group(by=told.worker, case=told.case, group="communication", given={"prs_PrimaryLanguage": "fr"}, seen_version=1)
    told.send(draft)
    assert (told.theirs.gender, told.theirs.languages) == ("Masculine", ["fr"])


def test_before_acceptance_no_value_of_the_person_lies_anywhere_at_the_recipient() -> None:
    told = scene()
    told.send()
    row = told.theirs
    texts = {name: str(getattr(row, name)) for name in (field.attname for field in row._meta.concrete_fields)}
    personal = ["Amara", "Testperson", "1999-05-04", "+447700900123", "weekday mornings"]
    assert not [(name, word) for name, text in texts.items() for word in personal if word in text]


def test_more_than_was_announced_is_not_taken() -> None:
    told = scene()
    told.send(told.draft(chosen=["identity"]))
    told.take()
    content = {"thread": str(told.mine.thread), "values": {"prs_MobilePhone": "+351911111111"}}
    with acting_as(told.worker), pytest.raises(Refused, match="not_announced"):
        deliver("referral.identity", sender=told.worker.body, recipient=told.recipient.pk, content=content)
    assert "prs_MobilePhone" not in _received(told)


def test_by_telephone_in_danger_the_minimum_goes_without_an_answer_and_never_against_one() -> None:
    told = scene(agreed=False)
    with acting_as(told.worker):
        consent.add_legal_basis(by=told.worker, case=told.case, kind="vital_interests", provision="danger to life")
        consent.add_transfer_basis(
            by=told.worker, case=told.case, kind="vital_interests", recipient=told.recipient, document="danger to life"
        )
    told.call()
    told.take("confirm_call")
    whole = _full(told)
    minimum = {name for group in package.MINIMUM_BY_TELEPHONE for name in world.PERSON[group]}
    assert _received(told) == {name: whole[name] for name in minimum}
    with acting_as(told.worker):
        consent.record_refusal(
            by=told.worker, case=told.case, recipient=told.recipient, purpose=told.purpose, text=world.text(), manner="signed"
        )
    with pytest.raises(Refused, match="not_agreed"):
        told.call()


def test_a_telephone_number_never_goes_without_the_rules_for_calling_it_unless_the_law_obliges() -> None:
    told = scene(purpose="medical_care", groups=["identity", "contact"])
    asked: dict[str, Any] = {"case": told.case, "recipient": told.recipient.pk, "purpose": "medical_care"}
    with acting_as(told.worker):
        unagreed = package.compose(by=told.worker, chosen=["identity", "contact", "safe_contact"], **asked)
        consent.add_legal_basis(
            by=told.worker, case=told.case, kind="legal_duty", provision="Act 1", document="Order 1", recipient=told.recipient,
            groups=["contact"],
        )  # fmt: skip
        obliged = package.compose(by=told.worker, chosen=["identity", "contact"], **asked)
    assert "contact" not in unagreed.goes and unagreed.stays[Group.CONTACT] == "unsafe"
    assert "contact" in obliged.goes
    free = scene(purpose="medical_care")
    with acting_as(free.worker):
        asked = {"case": free.case, "recipient": free.recipient.pk, "purpose": "medical_care"}
        unticked = package.compose(by=free.worker, chosen=["identity", "contact"], **asked)
        together = package.compose(by=free.worker, chosen=["contact", "safe_contact"], **asked)
    assert "contact" not in unticked.goes and unticked.stays[Group.CONTACT] == "unsafe"
    assert {"contact", "safe_contact"} == set(together.goes)
    with acting_as(free.worker):
        save_group(by=free.worker, case=free.case, group="safe_contact", given={}, seen_version=1)
        without = package.compose(by=free.worker, chosen=["contact", "safe_contact"], **asked)
    assert without.goes == {} and without.stays[Group.CONTACT] == "unsafe", "rules that nobody recorded are no rules"
