"""A person who has herself erased: what was open is recalled, and whoever holds a copy is told."""

import pytest

from entraide.features.cases import consent, erasure, queries
from entraide.features.cases.choices import Purpose
from entraide.features.cases.models import Case
from entraide.features.referrals import services
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.features.referrals.tests.scenes import Scene, scene
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.bodies import queries as bodies
from entraide.kernel.vault import services as vault
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def sides() -> tuple[Acting, Acting]:
    return world.post(world.body("casa", country="PT")), world.post(world.body("ban", country="TH"), "intake")


def sent(worker: Acting, intake: Acting) -> Case:
    case = world.case(worker)
    with acting_as(worker):
        recipient = bodies.get(intake.body)
    world.agree(worker, case, recipient)
    with acting_as(worker):
        draft = services.draft(
            by=worker,
            case=case,
            recipient=recipient,
            purpose=Purpose.ASSISTANCE,
            urgency="urgent",
            needs=["shelter"],
            chosen=world.ALL_GROUPS,
        )
        services.send(by=worker, referral=draft)
    return case


def test_erasing_recalls_what_nobody_has_accepted_yet(sides: tuple[Acting, Acting]) -> None:
    worker, intake = sides
    case = sent(worker, intake)
    with acting_as(worker):
        erasure.erase(by=worker, case=case, requested_by_person=True)
        assert OutgoingReferral.objects.get().state == "recalled"
    with acting_as(intake):
        assert IncomingReferral.objects.get().state == "recalled"


def test_erasing_tells_whoever_holds_a_copy(sides: tuple[Acting, Acting]) -> None:
    worker, intake = sides
    case = sent(worker, intake)
    with acting_as(intake):
        services.accept(by=intake, referral=IncomingReferral.objects.get())
    with acting_as(worker):
        erasure.erase(by=worker, case=case, requested_by_person=True)
    with acting_as(intake):
        held = IncomingReferral.objects.get()
        assert held.withdrawn_at is not None and held.withdrawal_answer == ""
        assert queries.read(by=intake, case=Case.objects.get(), groups=["identity"])["identity"] == world.IDENTITY


def test_a_term_that_has_passed_here_leaves_the_other_body_s_copy_alone(sides: tuple[Acting, Acting]) -> None:
    worker, intake = sides
    case = sent(worker, intake)
    with acting_as(intake):
        services.accept(by=intake, referral=IncomingReferral.objects.get())
    with acting_as(worker):
        erasure.erase(by=worker, case=case, requested_by_person=False)
    with acting_as(intake):
        assert IncomingReferral.objects.get().withdrawn_at is None


def test_a_refusal_after_the_fact_reaches_whoever_holds_a_copy(sides: tuple[Acting, Acting]) -> None:
    worker, intake = sides
    case = sent(worker, intake)
    with acting_as(intake):
        services.accept(by=intake, referral=IncomingReferral.objects.get())
    with acting_as(worker):
        consent.record_refusal(
            by=worker, case=case, recipient=bodies.get(intake.body), purpose=Purpose.ASSISTANCE, text=world.text(), manner="spoken"
        )
    with acting_as(intake):
        assert IncomingReferral.objects.get().withdrawn_at is not None


def called_in_danger() -> Scene:
    """Nobody could ask the person: what was agreed by telephone rests on her vital interests, and no agreement is there to end."""
    told = scene(agreed=False)
    with acting_as(told.worker):
        consent.add_legal_basis(by=told.worker, case=told.case, kind="vital_interests", provision="danger to life")
        consent.add_transfer_basis(by=told.worker, case=told.case, kind="vital_interests", recipient=told.recipient, document="danger")
    told.call()
    return told


def test_erasing_tells_whoever_holds_a_copy_that_rests_on_no_agreement() -> None:
    told = called_in_danger()
    told.take("confirm_call")
    with acting_as(told.worker):
        erasure.erase(by=told.worker, case=told.case, requested_by_person=True)
    assert told.theirs.withdrawn_at and told.theirs.withdrawn_groups == ["identity", "communication", "safe_contact"]


def test_erasing_recalls_a_call_that_nobody_has_confirmed_and_its_words_are_forgotten() -> None:
    told = called_in_danger()
    with acting_as(told.worker):
        erasure.erase(by=told.worker, case=told.case, requested_by_person=True)
    assert told.mine.state == told.theirs.state == "recalled" and not vault.living([told.theirs.key])
