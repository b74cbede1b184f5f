"""The time to reply: it runs out by the clock's job, on both sides, and not a moment before."""

from datetime import timedelta

import pytest

from entraide.features.referrals import queries, rules, tasks
from entraide.features.referrals.choices import State
from entraide.features.referrals.models import IncomingReferral
from entraide.features.referrals.tests.scenes import scene, written
from entraide.kernel.access.context import acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.base import clock
from tests.steward import as_steward

pytestmark = pytest.mark.django_db


def test_nothing_expires_before_its_time_and_all_is_told_after_it() -> None:
    told = scene()
    due = told.send().reply_by
    assert due is not None
    with clock.at(due - timedelta(seconds=1)):
        tasks.expire_overdue(0)
        assert told.mine.state == State.SENT
    with clock.at(due):
        tasks.expire_overdue(0)
    assert told.mine.state == told.theirs.state == State.EXPIRED
    assert told.mine.package == {} and written("referrals.expire") == 2


def test_the_job_twice_expires_once() -> None:
    told = scene()
    told.send()
    with clock.at(clock.now() + timedelta(days=2)):
        tasks.expire_overdue(0)
        tasks.expire_overdue(0)
    assert written("referrals.expire") == 2


def test_questions_and_offers_expire_too_and_what_was_accepted_does_not() -> None:
    asked, offered, accepted, called = scene(), scene(), scene(), scene()
    for told in (asked, offered, accepted):
        told.send()
    called.call()
    asked.recipient_makes("ask_back", text="Which language?")
    offered.take("accept_with_conditions", "From Monday.")
    accepted.take()
    with clock.at(clock.now() + timedelta(days=4)):
        tasks.expire_overdue(0)
    assert (asked.theirs.state, offered.theirs.state) == (State.EXPIRED, State.EXPIRED)
    assert (accepted.mine.state, called.mine.state) == (State.ACCEPTED, State.TELEPHONED)


def test_after_its_time_nothing_but_a_recall_is_possible_even_before_the_job_comes_by() -> None:
    told = scene()
    told.send()
    with clock.at(clock.now() + timedelta(days=2)):
        with pytest.raises(Refused, match="too_late"):
            told.take()
        with pytest.raises(Refused, match="too_late"):
            told.recipient_makes("no_capacity")
        told.sender("recall")
    assert told.theirs.state == State.RECALLED


def test_a_referral_answered_a_moment_before_the_job_is_left_alone() -> None:
    told = scene()
    sent = told.send()
    told.take()
    with clock.at(clock.now() + timedelta(days=2)):
        tasks.expire_one(sent.holder, sent.side, sent.pk)
    assert told.mine.state == State.ACCEPTED


def test_late_ones_are_found_and_drawn_late() -> None:
    told = scene()
    told.call()
    with clock.at(clock.now() + timedelta(days=1)), acting_as(told.worker):
        assert rules.is_late(told.mine) and queries.sent(overdue=True).count() == 1
    with acting_as(told.worker):
        assert not rules.is_late(told.mine) and queries.sent(overdue=True).count() == 0


def test_a_referral_that_cannot_expire_keeps_no_other_from_it() -> None:
    broken, other = scene(), scene()
    broken.send()
    other.send()
    thread = broken.mine.thread
    with as_steward():
        IncomingReferral.objects.filter(thread=thread).update(state=State.DECLINED, reason="other")
    with clock.at(clock.now() + timedelta(days=2)), pytest.raises(ExceptionGroup, match="could not expire"):
        tasks.expire_overdue(0)
    assert (broken.mine.state, other.mine.state) == (State.SENT, State.EXPIRED)
