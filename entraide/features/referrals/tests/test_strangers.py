"""Rows of the other side cannot be read, ids cannot be guessed, and a third body cannot speak in a referral."""

from uuid import uuid4

import pytest
from django.http import Http404
from django.urls import reverse

from entraide.features.cases.models import Case, CaseRecord
from entraide.features.referrals import queries
from entraide.features.referrals.choices import State
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.features.referrals.tests.scenes import Scene, scene
from entraide.kernel.access.context import acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.base import clock
from entraide.kernel.exchange.services import deliver
from tests import world
from tests.world import client_of

pytestmark = pytest.mark.django_db
MODELS = (Case, CaseRecord, OutgoingReferral, IncomingReferral)


@pytest.fixture
def told() -> Scene:
    made = scene()
    made.send()
    return made


def test_each_side_sees_its_own_copy_and_a_third_body_none(told: Scene) -> None:
    told.take()
    third = world.post(world.body(country="TH"), "intake")
    with acting_as(third):
        assert [model.objects.count() for model in MODELS] == [0, 0, 0, 0]
    with acting_as(told.intake):
        assert OutgoingReferral.objects.count() == 0
        assert {holder for model in MODELS for holder in model.objects.values_list("holder", flat=True)} == {told.recipient.pk}
    with acting_as(told.worker):
        assert IncomingReferral.objects.count() == 0
        assert {holder for model in MODELS for holder in model.objects.values_list("holder", flat=True)} == {told.worker.body}


def test_the_two_copies_do_not_answer_to_each_other_s_ids(told: Scene) -> None:
    mine, theirs = told.mine.pk, told.theirs.pk
    with acting_as(told.intake), pytest.raises(Http404):
        queries.outgoing(mine)
    with acting_as(told.worker), pytest.raises(Http404):
        queries.incoming(theirs)


def test_a_guessed_id_and_an_absent_one_give_the_same_bytes(told: Scene) -> None:
    guesser = client_of(world.post(world.body(country="TH"), "intake"))
    for name in ("referrals:incoming", "referrals:outgoing"):
        there = guesser.get(reverse(name, args=[told.theirs.pk if name.endswith("incoming") else told.mine.pk]))
        nowhere = guesser.get(reverse(name, args=[uuid4()]))
        assert there.status_code == nowhere.status_code == 404 and there.content == nowhere.content


@pytest.mark.parametrize(
    "kind", ["referral.moved", "referral.identity", "referral.withdrawn", "referral.withdrawal_answered", "referral.shortened"]
)
def test_a_third_body_cannot_speak_in_a_referral(told: Scene, kind: str) -> None:
    told.take()
    third = world.post(world.body(country="TH"), "intake")
    now = clock.now().isoformat()
    content = {"thread": str(told.mine.thread), "move": "confirm_arrival", "facts": {}, "at": now, "values": {}, "groups": []}
    content |= {"answer": "erased", "until": "2020-01-01"}
    for to in (told.worker.body, told.recipient.pk):
        with acting_as(third), pytest.raises(Http404):
            deliver(kind, sender=third.body, recipient=to, content=content)
    assert told.mine.state == told.theirs.state == State.ACCEPTED and told.theirs.withdrawn_at is None


def _say(told: Scene, move: str, *, to_sender: bool, **facts: str) -> None:
    content = {"thread": str(told.mine.thread), "move": move, "facts": facts, "at": clock.now().isoformat()}
    ends = (told.recipient.pk, told.worker.body) if to_sender else (told.worker.body, told.recipient.pk)
    with acting_as(told.intake if to_sender else told.worker):
        deliver("referral.moved", sender=ends[0], recipient=ends[1], content=content)


@pytest.mark.parametrize("move", ["recall", "agree_conditions", "expire", "confirm_arrival", "send", "nonsense"])
def test_the_recipient_s_node_can_tell_only_its_own_moves_in_their_order(told: Scene, move: str) -> None:
    with pytest.raises(Refused):
        _say(told, move, to_sender=True)
    assert told.mine.state == State.SENT


@pytest.mark.parametrize("move", ["accept", "decline", "confirm_arrival", "answer", "expire"])
def test_the_sender_s_node_can_tell_only_its_own_moves_in_their_order(told: Scene, move: str) -> None:
    with pytest.raises(Refused):
        _say(told, move, to_sender=False)
    assert told.theirs.state == State.SENT


def test_the_recipient_cannot_give_itself_more_time(told: Scene) -> None:
    before = told.mine.reply_by
    _say(told, "ask_back", to_sender=True, text="How old?", reply_by="2099-01-01T00:00:00+00:00", outcome="other")
    assert told.mine.reply_by == before and told.mine.outcome == ""


def test_a_case_worker_of_the_sender_outside_the_team_sees_nothing(told: Scene) -> None:
    with acting_as(told.worker):
        home = told.mine.sender
    colleague = world.post(home)
    with acting_as(colleague):
        assert OutgoingReferral.objects.count() == 0
    assert client_of(colleague).get(told.mine.get_absolute_url()).status_code == 404
