"""Both sides and the clock make moves at random, legal and not; what must hold, holds after every one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entraide.features.cases.models import CaseRecord
from entraide.features.referrals import rules, services, tasks
from entraide.features.referrals.choices import AFTER_ACCEPTANCE, BEFORE_ACCEPTANCE, GIVES_DATA, MACHINE, RUN_OUT, State
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.features.referrals.tests.scenes import Scene, scene, written
from entraide.kernel.access.context import acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.base import clock
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db
FACTS = {
    "ask_back": {"text": "How old are the children?"},
    "answer": {"text": "Four and six."},
    "accept_with_conditions": {"text": "From Monday."},
    "decline": {"reason": "out_of_mandate"},
    "deny_call": {"reason": "not_agreed_by_telephone"},
    "report_outcome": {"outcome": "arrived_and_in_care"},
}
NAMES = [move.name for move in MACHINE.moves]
STEPS = st.lists(
    st.tuples(st.sampled_from(["sender", "recipient", "clock"]), st.sampled_from(NAMES), st.sampled_from([0, 0, 0, 1, 30])),
    min_size=3,
    max_size=16,
)


@dataclass
class Walk:
    """One referral on its way, and what is expected of it."""

    told: Scene
    draft: OutgoingReferral
    now: datetime
    state: str = State.DRAFT
    seen: list[str] = field(default_factory=list)

    def rows(self) -> tuple[dict[str, Any], dict[str, Any] | None]:
        """Both copies as they lie in the database."""
        with as_steward():
            mine = OutgoingReferral.objects.filter(pk=self.draft.pk).values().get()
            theirs = IncomingReferral.objects.filter(thread=self.draft.thread).values().first()
        return {**mine}, {**theirs} if theirs else None

    def may(self, side: str, name: str) -> bool:
        """What the table, the kind of the draft and the clock allow."""
        move = MACHINE.move(name)
        run_out = self.state in RUN_OUT and self.now >= (self.draft.reply_by or self.now)
        other_way = name in {"send", "telephone"} and (name == "telephone") != self.draft.by_telephone
        late = name in {"send", "telephone"} and self.now >= (self.draft.reply_by or self.now)
        return move.by == side and self.state in move.sources and (not run_out or name == "recall") and not other_way and not late

    def verb(self, side: str, name: str) -> Callable[[], object]:
        """The service that somebody on this side would call."""
        facts, by = FACTS.get(name, {}), self.told.worker if side == "sender" else self.told.intake
        if side == "sender":
            special = {"send": services.send, "telephone": services.telephone}
            if name in special:
                return lambda: special[name](by=by, referral=self.draft)
            return lambda: services.make(by=by, referral=self.told.mine, name=name, **facts)
        if name in GIVES_DATA:
            return lambda: services.accept(by=by, referral=self.told.theirs, name=name, text=facts.get("text", ""))
        return lambda: services.make(by=by, referral=self.told.theirs, name=name, **facts)

    def tick(self) -> None:
        """The clock's job."""
        due = self.state in RUN_OUT and self.now >= (self.draft.reply_by or self.now)
        before = written("referrals.expire")
        tasks.expire_overdue(0)
        if due:
            self.state = State.EXPIRED
        assert written("referrals.expire") - before == (2 if due else 0)

    def step(self, side: str, name: str) -> None:
        """One attempt: it works and is written down on both sides, or it changes nothing and gives a sentence."""
        if side == "clock":
            return self.tick()
        if side == "recipient" and not self.told.theirs_exists():
            return None
        allowed, before, noted = self.may(side, name), self.rows(), written(f"referrals.{name}")
        if not allowed:
            with pytest.raises(Refused) as refused, acting_as(self.told.worker if side == "sender" else self.told.intake):
                self.verb(side, name)()
            assert str(refused.value.verdict.sentence) and self.rows() == before and written(f"referrals.{name}") == noted
            return None
        with acting_as(self.told.worker if side == "sender" else self.told.intake):
            self.verb(side, name)()
        self.state = MACHINE.move(name).target
        both = 1 if name in {"send", "telephone", "discard"} else 2
        assert written(f"referrals.{name}") - noted == both
        return None

    def check(self) -> None:
        """What must hold whatever happened."""
        mine, theirs = self.rows()
        assert mine["state"] == self.state and (theirs is None or theirs["state"] == self.state)
        assert (theirs is None) == (self.state in {State.DRAFT, State.DISCARDED})
        assert bool(mine["package"]) == (self.state in BEFORE_ACCEPTANCE)
        with as_steward():
            values = CaseRecord.objects.filter(holder=self.told.recipient.pk)
            received = {name for record in values for name in (*record.coded, *record.sealed)}
        assert received == (set(mine["fields"]) if self.state in AFTER_ACCEPTANCE else set())
        arrived = self.state == State.ARRIVED or (self.state == State.CLOSED and mine["arrived_at"])
        assert rules.responsible(self.told.mine) == (self.told.recipient.pk if arrived else self.told.worker.body)
        if theirs:
            assert (theirs["reply_by"], theirs["fields"]) == (mine["reply_by"], mine["fields"])
        if self.state in AFTER_ACCEPTANCE - {State.ACCEPTED}:
            assert written("referrals.hand_over", object_id=self.draft.thread) == 1


def _begun(told: Scene, *, by_telephone: bool) -> OutgoingReferral:
    if not by_telephone:
        return told.draft()
    with acting_as(told.worker):
        return services.draft_call(
            by=told.worker, case=told.case, recipient=told.recipient, purpose=told.purpose, needs=["shelter"],
            chosen=world.ALL_GROUPS, called_at=clock.now(), account="Agreed.",
        )  # fmt: skip


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, by_telephone=st.booleans(), bold=st.booleans())
def test_whatever_both_sides_and_the_clock_try_the_copies_agree(steps: list[tuple[str, str, int]], by_telephone: bool, bold: bool) -> None:
    with transaction.atomic():
        told, now = scene(), clock.now()
        walk = Walk(told, _begun(told, by_telephone=by_telephone), now)
        walk.check()
        if bold:
            steps = [("sender", "telephone" if by_telephone else "send", 0), *steps]
        for side, name, hours in steps:
            walk.now += timedelta(hours=hours)
            with clock.at(walk.now):
                walk.step(side, name)
                walk.check()
        transaction.set_rollback(True)


LEGAL = st.lists(st.tuples(st.integers(0, 5), st.sampled_from([0, 0, 0, 2])), min_size=6, max_size=12)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(picks=LEGAL, by_telephone=st.booleans())
def test_legal_walks_reach_deep_and_the_copies_agree(picks: list[tuple[int, int]], by_telephone: bool) -> None:
    with transaction.atomic():
        told, now = scene(), clock.now()
        walk = Walk(told, _begun(told, by_telephone=by_telephone), now)
        for pick, hours in picks:
            walk.now += timedelta(hours=hours)
            open_now = [(move.by, move.name) for move in MACHINE.moves if move.by != "clock" and walk.may(move.by, move.name)]
            if not open_now:
                break
            with clock.at(walk.now):
                walk.step(*open_now[pick % len(open_now)])
                walk.check()
        transaction.set_rollback(True)
