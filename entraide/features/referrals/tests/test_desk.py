"""On the desk the most pressing stands first, and a pile of any height is paged."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from entraide.features.cases import consent
from entraide.features.cases import queries as cases
from entraide.features.cases.services import move
from entraide.features.referrals import desk
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.features.referrals.tasks import expire_one
from entraide.features.referrals.tests.scenes import Scene, scene
from entraide.kernel.access.context import acting_as
from entraide.kernel.base import clock
from tests.steward import as_steward
from tests.world import client_of

pytestmark = pytest.mark.django_db


def test_a_withdrawal_that_nobody_answered_says_so_on_both_desks_wherever_the_referral_stands() -> None:
    told = scene()
    told.send()
    told.take()
    told.recipient_makes("confirm_arrival")
    told.recipient_makes("report_outcome", outcome="arrived_and_in_care")
    with acting_as(told.worker):
        agreement = cases.in_force(told.case, recipient=told.recipient.pk, purpose=told.purpose)
        assert agreement
        consent.withdraw(by=told.worker, case=told.case, answer=agreement)

    with acting_as(told.intake):
        (theirs,) = desk.referrals(told.intake, 8)["awaiting"].items
    with acting_as(told.worker):
        (mine,) = desk.referrals(told.worker, 8)["waiting"].items
    assert theirs.detail == "Agreement withdrawn: say what became of your copy" and theirs.kind == "late"
    assert mine.detail == "Agreement withdrawn: they have not answered" and mine.kind == "late"


def test_what_runs_out_stands_before_what_has_no_clock_however_much_of_it_there_is() -> None:
    told = scene()
    told.send()
    told.recipient_makes("ask_back", text="Does she travel with children?")
    asked = told.mine
    for _number in range(30):
        told.draft(token=uuid4())
    with as_steward():
        OutgoingReferral.objects.filter(state="draft").update(reply_by=clock.now() - timedelta(days=9))

    with acting_as(told.worker):
        pile = desk.referrals(told.worker, 8)["awaiting"]
    assert pile.count == 31 and pile.items[0].url == asked.get_absolute_url()
    page = client_of(told.worker).get(reverse("desk:pile", args=["awaiting"]), {"page": "2"})
    assert len(page.context["items"]) == 6 and "(31)" in page.content.decode()
    assert asked.get_absolute_url() not in page.content.decode()


@pytest.mark.parametrize(("name", "facts"), [("decline", {"reason": "out_of_mandate"}), ("no_capacity", {})])
def test_whoever_was_turned_away_has_it_on_the_desk_until_another_body_is_asked(name: str, facts: dict[str, str]) -> None:
    told = scene()
    told.send()
    told.recipient_makes(name, **facts)
    assert _urls(told, "awaiting") == [told.mine.get_absolute_url()]
    begun = told.draft()
    assert _urls(told, "awaiting") == [begun.get_absolute_url()]


def test_what_nobody_answered_is_late_until_another_body_is_asked_or_the_case_is_closed() -> None:
    told = scene()
    sent = told.send()
    with as_steward():
        for model in (OutgoingReferral, IncomingReferral):
            model._default_manager.update(reply_by=clock.now() - timedelta(hours=1))
    expire_one(told.worker.body, told.case.side, sent.pk)
    assert _urls(told, "late") == [sent.get_absolute_url()]
    with acting_as(told.worker):
        move(by=told.worker, case=told.case, name="close", reason="She went home.")
    assert _urls(told, "late") == []
    with acting_as(told.worker):
        move(by=told.worker, case=told.case, name="reopen")
    told.draft()
    assert _urls(told, "late") == []


def test_somebody_who_did_not_arrive_awaits_the_sender_and_nobody_waits_for_others() -> None:
    told = scene()
    told.send()
    told.take()
    told.recipient_makes("report_no_arrival")
    assert _urls(told, "awaiting") == [told.mine.get_absolute_url()] and _urls(told, "waiting") == []


def _urls(told: Scene, pile: str) -> list[str]:
    with acting_as(told.worker):
        return [item.url for item in desk.referrals(told.worker, 8)[pile].items]
