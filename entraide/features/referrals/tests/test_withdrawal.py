"""The person changes her mind: before acceptance nothing goes, after it every holder of a copy hears of it and answers."""

from datetime import timedelta

import pytest

from entraide.features.cases import consent, erasure
from entraide.features.cases import queries as cases
from entraide.features.cases.agreements import Agreement
from entraide.features.referrals import services, talk
from entraide.features.referrals.choices import State
from entraide.features.referrals.tests.scenes import Scene, scene, written
from entraide.kernel.access.context import acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.base import clock
from entraide.kernel.vault import services as vault
from tests import world

pytestmark = pytest.mark.django_db


def _answer(told: Scene) -> Agreement:
    with acting_as(told.worker):
        found = cases.in_force(told.case, recipient=told.recipient.pk, purpose=told.purpose)
    assert found is not None
    return found


def _withdraw(told: Scene) -> None:
    with acting_as(told.worker):
        consent.withdraw(by=told.worker, case=told.case, answer=_answer(told))


def _narrow(told: Scene, groups: list[str], days: int = 90) -> None:
    with acting_as(told.worker):
        until = clock.today() + timedelta(days=days)
        consent.narrow(by=told.worker, case=told.case, answer=_answer(told), groups=groups, valid_until=until)


def _reply(told: Scene, answer: str) -> None:
    with acting_as(told.intake):
        services.answer_withdrawal(by=told.intake, referral=told.theirs, answer=answer)


def test_before_acceptance_a_withdrawal_recalls(told: Scene) -> None:
    told.send()
    _withdraw(told)
    assert told.mine.state == told.theirs.state == State.RECALLED and told.mine.package == {}
    assert not vault.living([told.theirs.key]) or told.theirs.case is None


def test_after_acceptance_the_recipient_is_told_what_is_no_longer_agreed_and_answers(told: Scene) -> None:
    told.send()
    told.take()
    _withdraw(told)
    assert told.theirs.withdrawn_at and told.theirs.withdrawn_groups == told.mine.withdrawn_groups == world.ALL_GROUPS
    _reply(told, "kept_by_law")
    assert told.mine.withdrawal_answer == "kept_by_law" and written("referrals.withdrawal_answered") == 1
    with pytest.raises(Refused):
        _reply(told, "erased")


def test_the_answer_erased_destroys_the_recipients_key_and_not_the_senders(told: Scene) -> None:
    told.send()
    told.take()
    _withdraw(told)
    key = told.theirs.key
    assert vault.living([key, told.case.key]) == {key, told.case.key}
    _reply(told, "erased")
    assert vault.living([key, told.case.key]) == {told.case.key}
    received = told.theirs.case
    assert received is not None and received.erased_on == clock.today()


def test_a_narrower_agreement_reaches_the_recipient_with_what_is_lost(told: Scene) -> None:
    told.send()
    told.take()
    _narrow(told, ["identity", "communication", "safe_contact"])
    assert told.theirs.withdrawn_groups == ["contact", "trafficking"]
    _reply(told, "erased")
    assert not vault.living([told.theirs.key])


def test_losing_what_was_never_sent_troubles_nobody(told: Scene) -> None:
    told.send(told.draft(chosen=["identity"]))
    told.take()
    _narrow(told, ["identity"])
    assert told.theirs.withdrawn_at is None


def test_a_nearer_day_is_told_and_kept(told: Scene) -> None:
    told.send()
    told.take()
    _narrow(told, world.ALL_GROUPS, days=5)
    day = clock.today() + timedelta(days=5)
    assert told.theirs.withdrawn_at is None and told.theirs.agreed_until == told.mine.agreed_until == day


def test_withdrawing_the_narrower_answer_still_reaches_what_was_sent_on_the_older_one(told: Scene) -> None:
    told.send()
    told.take()
    _narrow(told, ["identity"])
    _reply(told, "kept_by_law")
    _withdraw(told)
    assert told.theirs.withdrawal_answer == "" and told.theirs.withdrawn_groups == world.ALL_GROUPS


def test_a_new_answer_for_fewer_groups_reaches_the_recipient(told: Scene) -> None:
    told.send()
    told.take()
    world.agree(told.worker, told.case, told.recipient, groups=["identity"])
    assert told.theirs.withdrawn_groups == ["communication", "safe_contact", "contact", "trafficking"]


def test_a_refusal_after_an_agreement_reaches_the_recipient(told: Scene) -> None:
    told.send()
    told.take()
    with acting_as(told.worker):
        consent.record_refusal(
            by=told.worker, case=told.case, recipient=told.recipient, purpose=told.purpose, text=world.text(), manner="signed"
        )
    assert told.theirs.withdrawn_groups == world.ALL_GROUPS


def test_a_new_answer_for_as_much_or_more_leaves_the_referral_under_way(told: Scene) -> None:
    told.send()
    world.agree(told.worker, told.case, told.recipient, groups=[*world.ALL_GROUPS, "family"])
    assert told.theirs.state == State.SENT
    _withdraw(told)
    assert told.theirs.state == State.RECALLED


def test_under_a_legal_hold_erasure_is_refused_and_nothing_is_answered(told: Scene) -> None:
    told.send()
    told.take()
    with acting_as(told.intake):
        mine = told.theirs.case
        assert mine is not None
        erasure.hold(by=told.intake, case=mine, order="Order 7/2026")
    _withdraw(told)
    with pytest.raises(Refused) as refused:
        _reply(told, "erased")
    assert "legal hold" in str(refused.value.verdict.sentence)
    assert told.theirs.withdrawal_answer == told.mine.withdrawal_answer == "" and vault.living([told.theirs.key])
    _reply(told, "kept_by_law")
    assert told.mine.withdrawal_answer == "kept_by_law"


def test_other_recipients_and_purposes_are_left_alone(told: Scene) -> None:
    other = world.body(country="TH")
    world.post(other, "intake")
    told.send()
    told.take()
    world.agree(told.worker, told.case, other)
    world.agree(told.worker, told.case, told.recipient, purpose="medical_care", groups=["identity"])
    with acting_as(told.worker):
        for recipient, purpose in ((other.pk, told.purpose), (told.recipient.pk, "medical_care")):
            found = cases.in_force(told.case, recipient=recipient, purpose=purpose)
            assert found is not None
            consent.withdraw(by=told.worker, case=told.case, answer=found)
    assert told.theirs.withdrawn_at is None


def test_an_agreement_that_ran_out_while_an_answer_was_awaited_carries_nothing() -> None:
    told = scene(days=1)
    told.send(told.draft(reply_by=clock.now() + timedelta(days=9)))
    with clock.at(clock.now() + timedelta(days=3)), pytest.raises(Refused) as refused:
        told.take()
    assert refused.value.verdict.code == "agreement_over"
    assert told.mine.state == told.theirs.state == State.SENT and told.theirs.case is None


@pytest.mark.parametrize("end", ["decline", "no_capacity", "recall"])
def test_a_body_that_never_accepted_forgets_what_was_said_when_the_person_is_erased(end: str, told: Scene) -> None:
    told.send()
    told.recipient_makes("ask_back", text="Is this the sister of Amara?")
    if end == "recall":
        told.sender("recall")
    else:
        told.sender("answer", text="Yes, from Benin City.", reply_by=(clock.now() + timedelta(days=1)).isoformat())
        told.recipient_makes(end, **({"reason": "other"} if end == "decline" else {}))
    with acting_as(told.intake):
        assert "Amara" in talk.read(by=told.intake, referral=told.theirs)[0].text
    with acting_as(told.worker):
        erasure.erase(by=told.worker, case=told.case, requested_by_person=True)
    with acting_as(told.intake):
        assert talk.read(by=told.intake, referral=told.theirs) == [] and told.theirs.talk == []
    assert not vault.living([told.theirs.key]) and written("referrals.forget") == 1


def test_after_erasure_at_the_sender_nothing_is_handed_over(told: Scene) -> None:
    told.send()
    with acting_as(told.worker):
        erasure.erase(by=told.worker, case=told.case, requested_by_person=True)
    if told.theirs.state == State.SENT:
        with pytest.raises(Refused) as refused:
            told.take()
        assert refused.value.verdict.code == "erased"


def test_a_recipient_that_had_erased_its_copy_before_can_say_so(told: Scene) -> None:
    told.send()
    told.take()
    with acting_as(told.intake):
        case = told.theirs.case
        assert case
        erasure.erase(by=told.intake, case=case, requested_by_person=False)
    _withdraw(told)
    _reply(told, "erased")
    assert told.mine.withdrawal_answer == "erased"
