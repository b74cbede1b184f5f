"""Two hands at the same moment, on two connections: exactly one of them does it, and nobody waits for ever."""

import time
from threading import Event
from uuid import uuid4

import pytest
from django.db import connection, transaction

from entraide.features.cases import consent
from entraide.features.cases import queries as cases
from entraide.features.cases import services as case_services
from entraide.features.cases.agreements import Agreement
from entraide.features.cases.choices import Purpose
from entraide.features.cases.models import Case
from entraide.features.referrals import queries, services, tasks
from entraide.features.referrals.choices import State
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.features.referrals.moving import fresh
from entraide.features.referrals.tests.scenes import Scene, scene, written
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.rules import Refused, Stale
from entraide.kernel.access.rules import refuse as refuse_with
from entraide.kernel.bodies.models import Body
from tests import world
from tests.parallel import PATIENCE, Verb, at_once
from tests.steward import as_steward

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


@pytest.fixture
def told() -> Scene:
    with transaction.atomic():
        return scene()


def _send(told: Scene) -> OutgoingReferral:
    with transaction.atomic():
        return told.send()


def _accept(by: Acting, theirs: IncomingReferral) -> Verb:
    def verb() -> None:
        with acting_as(by):
            services.accept(by=by, referral=theirs)

    return verb


def _theirs(told: Scene) -> IncomingReferral:
    with transaction.atomic():
        return told.theirs


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_parallel_acceptances_end_in_one(told: Scene, _round: int) -> None:
    with transaction.atomic():
        colleague = world.post(told.recipient, "intake")
    _send(told)
    theirs = _theirs(told)
    answers = at_once(_accept(told.intake, theirs), _accept(colleague, theirs))
    assert sorted(answers) in (["done", "taken"], ["done", "wrong_state"])
    with transaction.atomic(), as_steward():
        assert Case.objects.filter(holder=told.recipient.pk).count() == 1
    with transaction.atomic():
        assert written("referrals.hand_over") == 1 and written("referrals.accept") == 2


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_acceptance_and_recall_at_once_end_in_exactly_one(told: Scene, _round: int) -> None:
    mine = _send(told)
    theirs = _theirs(told)

    def recall() -> None:
        with acting_as(told.worker):
            services.make(by=told.worker, referral=queries.outgoing(mine.pk), name="recall")

    answers = at_once(_accept(told.intake, theirs), recall)
    assert sorted(answers) == ["done", "wrong_state"]
    with transaction.atomic():
        ended = State.ACCEPTED if answers[0] == "done" else State.RECALLED
        assert told.mine.state == told.theirs.state == ended and told.mine.package == {}


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_acceptance_and_withdrawal_at_once_both_count_in_some_order(told: Scene, _round: int) -> None:
    _send(told)
    theirs = _theirs(told)

    def withdraw() -> None:
        with acting_as(told.worker):
            consent.withdraw(by=told.worker, case=told.case, answer=cases.agreements(told.case)[0])

    answers = at_once(_accept(told.intake, theirs), withdraw)
    assert answers[1] == "done"
    with transaction.atomic():
        if answers[0] == "done":
            assert told.theirs.state == State.ACCEPTED and told.theirs.withdrawn_at
        else:
            assert told.theirs.state == State.RECALLED and told.theirs.case is None


def _waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select exists (select from pg_locks where not granted)")
        return bool(cursor.fetchone()[0])


def test_what_is_begun_while_a_withdrawal_is_being_written_down_does_not_leave(told: Scene) -> None:
    withdrawn, sent = Event(), Event()

    def withdraw() -> None:
        with acting_as(told.worker):
            consent.withdraw(by=told.worker, case=told.case, answer=cases.agreements(told.case)[0])
        withdrawn.set()
        while not sent.is_set() and not _waits_for_a_lock():
            time.sleep(0.05)

    def send() -> None:
        assert withdrawn.wait(PATIENCE)
        try:
            told.send()
        finally:
            sent.set()

    assert at_once(withdraw, send) == ["done", "not_agreed"]


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_refusal_sent_twice_at_once_is_one_answer_and_a_first_entry_made_twice_is_told(told: Scene, _round: int) -> None:
    once = uuid4()

    def refuse() -> None:
        with acting_as(told.worker):
            consent.record_refusal(
                by=told.worker, case=told.case, recipient=told.recipient, purpose=Purpose.MEDICAL, text=world.text(), manner="spoken",
                identifier=once,
            )  # fmt: skip

    def fill_in() -> None:
        with acting_as(told.worker):
            try:
                case_services.save_group(by=told.worker, case=told.case, group="family", given={}, seen_version=0)
            except Stale:
                raise Refused(refuse_with("stale", "")) from None

    with transaction.atomic():
        world.text()
    assert at_once(refuse, refuse) == ["done", "done"]
    assert sorted(at_once(fill_in, fill_in)) == ["done", "stale"]
    with transaction.atomic(), as_steward():
        assert Agreement.objects.filter(pk=once).count() == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_double_send_sends_once(told: Scene, _round: int) -> None:
    with transaction.atomic():
        draft = told.draft()

    def send() -> None:
        with acting_as(told.worker):
            services.send(by=told.worker, referral=draft)

    assert sorted(at_once(send, send)) == ["done", "wrong_state"]
    with transaction.atomic(), as_steward():
        assert IncomingReferral.objects.count() == 1


def test_the_same_draft_begun_twice_at_once_is_one_draft(told: Scene) -> None:
    token = uuid4()

    def begin() -> None:
        told.draft(token=token)

    assert at_once(begin, begin, begin) == ["done"] * 3
    with transaction.atomic(), as_steward():
        assert OutgoingReferral.objects.count() == 1


def test_two_clocks_at_once_expire_once(told: Scene) -> None:
    mine = _send(told)
    with transaction.atomic(), as_steward():
        for model in (OutgoingReferral, IncomingReferral):
            model.objects.update(reply_by=mine.created_at)

    def tick() -> None:
        tasks.expire_one(mine.holder, mine.side, mine.pk)

    assert at_once(tick, tick) == ["done", "done"]
    with transaction.atomic():
        assert told.mine.state == State.EXPIRED and written("referrals.expire") == 2


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_joining_the_team_during_an_acceptance_ends_well_for_both(told: Scene, _round: int) -> None:
    colleague = _colleague(told)
    _send(told)
    assert at_once(_accept(told.intake, _theirs(told)), _join(told, colleague)) == ["done", "done"]
    with transaction.atomic(), acting_as(colleague):
        assert queries.outgoing(OutgoingReferral.objects.get().pk).state == State.ACCEPTED


def test_who_joins_while_a_referral_is_being_moved_waits_and_holds_up_nobody(told: Scene) -> None:
    colleague = _colleague(told)
    mine, held = _send(told), Event()

    def move() -> None:
        with acting_as(told.worker):
            fresh(mine)
            held.set()
            while not _waits_for_a_lock():
                time.sleep(0.05)
            case_services.tell(by=told.worker, case=told.case, what="status")

    def join() -> None:
        assert held.wait(PATIENCE)
        _join(told, colleague)()

    assert at_once(move, join) == ["done", "done"]


def _colleague(told: Scene) -> Acting:
    with transaction.atomic():
        with as_steward():
            home = Body.objects.get(pk=told.worker.body)
        return world.post(home)


def _join(told: Scene, colleague: Acting) -> Verb:
    def verb() -> None:
        with acting_as(told.worker):
            case_services.add_to_team(by=told.worker, case=cases.get(told.case.pk), post=colleague.hand, post_side=colleague.side)

    return verb
