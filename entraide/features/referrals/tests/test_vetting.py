"""An unvetted body receives nothing; one whose vetting lapses may still answer, but gets no person's data."""

import pytest

from entraide.features.cases.models import CaseRecord
from entraide.features.referrals import rules, services
from entraide.features.referrals.choices import State
from entraide.features.referrals.tests.scenes import Scene, scene
from entraide.kernel.access.context import acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.base import clock
from entraide.kernel.bodies.models import Vetting
from entraide.kernel.exchange.services import deliver
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db


def _lapse(told: Scene) -> None:
    with as_steward():
        Vetting.objects.filter(body=told.recipient).update(valid_until=clock.today())


def test_no_draft_is_begun_for_an_unvetted_body() -> None:
    told = scene()
    stranger = world.body(vetted=False)
    world.post(stranger, "intake")
    with acting_as(told.worker), pytest.raises(Refused, match="not_vetted"):
        services.draft(
            by=told.worker, case=told.case, recipient=stranger, purpose=told.purpose, urgency="urgent", needs=["shelter"], chosen=[]
        )


def test_a_vetting_that_lapses_between_draft_and_send_stops_the_sending() -> None:
    told = scene()
    draft = told.draft()
    _lapse(told)
    with pytest.raises(Refused, match="not_vetted"):
        told.send(draft)
    assert told.mine.state == State.DRAFT and told.mine.package == {} and not told.theirs_exists()


def test_the_exchange_itself_delivers_nothing_to_an_unvetted_body() -> None:
    told = scene()
    _lapse(told)
    with pytest.raises(Refused, match="not_vetted"):
        deliver("referral.sent", sender=told.worker.body, recipient=told.recipient.pk, content={})


def test_a_lapse_after_sending_silences_no_answer_and_gives_no_data() -> None:
    told = scene()
    told.send()
    _lapse(told)
    with acting_as(told.intake):
        verdicts = {name: bool(verdict) for name, _label, verdict in rules.open_moves(told.intake, told.theirs)}
    gives = {"accept", "accept_with_conditions"}
    assert {name for name, allowed in verdicts.items() if not allowed} == gives
    with pytest.raises(Refused, match="not_vetted"):
        told.take()
    told.recipient_makes("ask_back", text="May we still help?")
    told.sender("answer", text="We ask elsewhere.")
    told.recipient_makes("decline", reason="other")
    assert told.mine.state == State.DECLINED
    with as_steward():
        assert not CaseRecord.objects.filter(holder=told.recipient.pk).exists()


def test_a_lapse_after_an_offer_stops_the_agreement_to_its_conditions() -> None:
    told = scene()
    told.send()
    told.take("accept_with_conditions", "From Monday.")
    _lapse(told)
    with pytest.raises(Refused, match="not_vetted"):
        told.sender("agree_conditions")
    told.sender("recall")
    assert told.theirs.state == State.RECALLED


def test_arrival_and_outcome_are_reported_after_a_lapse() -> None:
    told = scene()
    told.send()
    told.take()
    _lapse(told)
    told.recipient_makes("confirm_arrival")
    told.recipient_makes("report_outcome", outcome="arrived_and_in_care")
    assert told.mine.state == State.CLOSED
