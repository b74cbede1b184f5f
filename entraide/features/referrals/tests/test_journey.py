"""The whole journey, without pages: sent, accepted, handed over, arrived, closed."""

import pytest

from entraide.features.cases import queries as cases
from entraide.features.cases.models import Case, CaseRecord
from entraide.features.referrals import queries, services
from entraide.features.referrals.choices import State
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.bodies import queries as bodies
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def sides() -> tuple[Acting, Acting]:
    """A case worker in Portugal and an intake desk in Thailand."""
    return world.post(world.body("casa", country="PT")), world.post(world.body("ban", country="TH"), "intake")


def test_a_person_is_referred_over_a_border(sides: tuple[Acting, Acting]) -> None:
    worker, intake = sides
    case = world.case(worker)
    with acting_as(worker):
        recipient = bodies.get(intake.body)
    world.agree(worker, case, recipient)
    with acting_as(worker):
        sent = services.draft(
            by=worker,
            case=case,
            recipient=recipient,
            purpose="assistance_and_shelter",
            urgency="urgent",
            needs=["shelter"],
            chosen=world.ALL_GROUPS,
        )
        sent = services.send(by=worker, referral=sent)
        assert IncomingReferral.objects.count() == 0
    with acting_as(intake):
        arrived = IncomingReferral.objects.get()
        assert OutgoingReferral.objects.count() == 0 and Case.objects.count() == 0
        arrived = services.accept(by=intake, referral=arrived)
        mine = arrived.case
        assert mine is not None
        assert cases.read(by=intake, case=mine, groups=["identity"])["identity"] == world.IDENTITY
        services.make(by=intake, referral=queries.incoming(arrived.pk), name="confirm_arrival")
        services.make(by=intake, referral=queries.incoming(arrived.pk), name="report_outcome", outcome="arrived_and_in_care")
    with acting_as(worker):
        done = queries.outgoing(sent.pk)
        assert (done.state, done.outcome, done.package) == (State.CLOSED, "arrived_and_in_care", {})
        assert CaseRecord.objects.exclude(case=case).count() == 0
