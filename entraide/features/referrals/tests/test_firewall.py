"""Between helping and policing only what the person agreed to by name, or a documented legal duty, passes."""

from typing import Any

import pytest
from django.urls import reverse

from entraide.features.cases import consent, queries
from entraide.features.cases import services as cases
from entraide.features.cases.models import Case, CaseRecord, Note
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.features.referrals.tests.scenes import Scene, scene
from entraide.kernel.access.context import acting_as
from entraide.kernel.access.rules import Refused
from tests import world
from tests.steward import as_steward
from tests.world import client_of

pytestmark = pytest.mark.django_db


def _police(**given: Any) -> Scene:  # what scene() takes
    return scene(recipient="law_enforcement", **given)


def _duty(told: Scene, groups: list[str]) -> None:
    with acting_as(told.worker):
        consent.add_legal_basis(
            by=told.worker, case=told.case, kind="legal_duty", provision="Code, article 242", document="Order 12/2026",
            recipient=told.recipient, groups=groups,
        )  # fmt: skip
        consent.add_transfer_basis(by=told.worker, case=told.case, kind="treaty", recipient=told.recipient, document="Treaty 4")


def _groups_received(told: Scene) -> set[str]:
    with as_steward():
        return set(CaseRecord.objects.filter(holder=told.recipient.pk).values_list("group", flat=True))


def test_without_agreement_or_duty_nothing_passes_to_police() -> None:
    told = _police(agreed=False)
    with acting_as(told.worker):
        consent.add_legal_basis(by=told.worker, case=told.case, kind="public_task", provision="Act 1/2013")
    with pytest.raises(Refused, match="not_agreed"):
        told.send()


def test_an_agreement_that_names_another_body_does_not_open_the_firewall() -> None:
    told = _police(agreed=False)
    world.agree(told.worker, told.case, world.body(country="TH"))
    with pytest.raises(Refused, match="not_agreed"):
        told.send()


def test_danger_by_telephone_does_not_open_the_firewall() -> None:
    told = _police(agreed=False)
    with acting_as(told.worker):
        consent.add_legal_basis(by=told.worker, case=told.case, kind="vital_interests", provision="danger to life")
        consent.add_transfer_basis(by=told.worker, case=told.case, kind="vital_interests", recipient=told.recipient, document="danger")
    with pytest.raises(Refused, match="not_agreed"):
        told.call()


def test_an_agreement_naming_the_police_passes_what_it_covers() -> None:
    told = _police(purpose="investigation", groups=["identity", "trafficking"])
    told.send()
    told.take()
    assert _groups_received(told) == {"identity", "trafficking"}


def test_a_legal_duty_passes_exactly_its_groups_and_never_the_notes() -> None:
    told = _police(agreed=False, purpose="investigation")
    told.purpose = "investigation"
    _duty(told, ["identity", "contact"])
    with acting_as(told.worker):
        cases.write_note(by=told.worker, case=told.case, text="she told us more")
    told.send()
    told.take()
    assert _groups_received(told) == {"identity", "contact"}
    with as_steward():
        assert not Note.objects.filter(holder=told.recipient.pk).exists()


def test_a_refusal_stands_against_everything_but_the_duty() -> None:
    told = _police(purpose="investigation")
    _duty(told, ["identity"])
    with acting_as(told.worker):
        consent.record_refusal(
            by=told.worker, case=told.case, recipient=told.recipient, purpose="investigation", text=world.text(), manner="signed"
        )
    told.send()
    told.take()
    assert _groups_received(told) == {"identity"}


def test_withdrawing_takes_nothing_that_the_duty_covers() -> None:
    told = _police(purpose="investigation", groups=["identity", "trafficking"])
    _duty(told, ["identity"])
    told.send()
    told.take()
    with acting_as(told.worker):
        answer = queries.in_force(told.case, recipient=told.recipient.pk, purpose="investigation")
        assert answer is not None
        consent.withdraw(by=told.worker, case=told.case, answer=answer)
    assert told.theirs.withdrawn_groups == ["trafficking"]


def test_neither_side_reads_the_other_s_rows_by_any_query() -> None:
    told = _police(purpose="investigation")
    told.send()
    told.take()
    with acting_as(told.intake):
        assert OutgoingReferral.objects.count() == 0 and not Case.objects.filter(pk=told.case.pk).exists()
        assert set(CaseRecord.objects.values_list("holder", flat=True)) == {told.recipient.pk}
    with acting_as(told.worker):
        assert IncomingReferral.objects.count() == 0
        assert set(CaseRecord.objects.values_list("holder", flat=True)) == {told.worker.body}


def test_the_page_marks_what_goes_by_legal_duty() -> None:
    told = _police(agreed=False, purpose="investigation")
    told.purpose = "investigation"
    _duty(told, ["identity"])
    text = client_of(told.worker).get(reverse("referrals:preview", args=[told.draft().pk])).content.decode()
    assert "legal duty" in text and "the person has not agreed to this" in text
