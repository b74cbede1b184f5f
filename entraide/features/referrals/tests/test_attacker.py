"""Two bodies that do not trust each other: fields nobody asked for, ids of others inside one's own pages, addresses that lead away."""

from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.urls import reverse

from entraide.features.cases import services as case_services
from entraide.features.cases.models import Case, Link, Note, TeamMember
from entraide.features.referrals.choices import State
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.features.referrals.tests.scenes import Scene
from entraide.kernel.access.context import acting_as
from entraide.kernel.accounts.models import Post
from entraide.kernel.base import clock
from tests import world
from tests.steward import as_steward
from tests.world import client_of

pytestmark = pytest.mark.django_db
AWAY = [
    "//evil.invalid/",
    "/\\evil.invalid",
    "https://evil.invalid/",
    "javascript:alert(1)",
    "/\t/evil.invalid",
    "///evil.invalid",
    "\\\\evil.invalid",
]


@pytest.mark.parametrize("then", AWAY)
def test_where_a_page_leads_on_stays_on_this_site(then: str, told: Scene) -> None:
    worker = client_of(told.worker)
    address = reverse("cases:legal_bases", args=[told.case.pk]) + "?" + urlencode({"then": then})
    answer = worker.post(address, {"kind": "public_task", "provision": "Act 2"})
    assert answer["Location"] == reverse("cases:agreements", args=[told.case.pk])


def test_fields_that_no_form_asks_for_change_nothing(told: Scene) -> None:
    other = world.body(country="TH")
    worker = client_of(told.worker)
    extra = {
        "holder": str(other.pk), "side": "law_enforcement", "audience": str(uuid4()), "state": "accepted", "recipient": str(other.pk),
        "sender": str(other.pk), "case": str(uuid4()), "chosen": ["family", "perpetrator"], "made_by": str(uuid4()), "thread": str(uuid4()),
    }  # fmt: skip
    asked = {"purpose": told.purpose, "needs": ["shelter"], "urgency": "urgent", "token": str(uuid4())}
    worker.post(reverse("referrals:request", args=[told.case.pk, told.recipient.pk]), extra | asked)
    draft = told.mine
    assert (draft.holder, draft.recipient_id, draft.case_id, draft.state) == (
        told.worker.body,
        told.recipient.pk,
        told.case.pk,
        State.DRAFT,
    )
    told.send(draft)
    intake = client_of(told.intake)
    forged = extra | {"outcome": "deceased", "reason": "other", "reply_by": "2099-01-01T00:00:00+00:00", "text": "x"}
    intake.post(reverse("referrals:incoming_move", args=[told.theirs.pk, "accept"]), forged)
    mine = told.mine
    assert (mine.state, mine.outcome, mine.reason, mine.talk) == (State.ACCEPTED, "", "", [])
    assert mine.reply_by and mine.reply_by < clock.now() + timedelta(days=2)


def test_ids_of_another_s_rows_under_one_s_own_case_are_absent(told: Scene) -> None:
    stranger = world.post(world.body(country="FR"))
    theirs = world.case(stranger)
    with acting_as(stranger):
        note = case_services.write_note(by=stranger, case=theirs, text="theirs")
        post = TeamMember.objects.get(case=theirs).post
    worker = client_of(told.worker)
    answer = worker.post(reverse("cases:new_note", args=[told.case.pk]), {"once": note.pk, "text": "mine over theirs"})
    assert answer.status_code == 200
    with as_steward():
        kept = Note.objects.get(pk=note.pk)
        assert kept.case_id == theirs.pk and kept.sealed == note.sealed
    linked = worker.post(
        reverse("cases:new_link", args=[told.case.pk]), {"once": uuid4(), "relation": "sibling", "text": "s", "reference": theirs.reference}
    )
    assert linked.status_code == 200
    added = worker.post(reverse("cases:add_member", args=[told.case.pk]), {"post": post})
    assert added.status_code == 200
    taken = worker.post(reverse("cases:remove_member", args=[told.case.pk, post]))
    assert taken["Location"] == reverse("cases:team", args=[told.case.pk])
    with as_steward():
        assert not Link.objects.exists() and list(
            TeamMember.objects.filter(case=theirs, until__isnull=True).values_list("post", flat=True)
        ) == [post]


def test_a_digest_of_another_referral_or_none_sends_nothing(told: Scene) -> None:
    worker = client_of(told.worker)
    one, other = told.draft(token=uuid4()), told.draft(token=uuid4())
    address = reverse("referrals:preview", args=[other.pk])
    seen = worker.get(reverse("referrals:preview", args=[one.pk])).context
    for forged in (seen["seen"], "", "none"):
        worker.post(address, {"action": "send", "seen": forged, "version": seen["version"], "chosen": world.ALL_GROUPS})
    assert not told.theirs_exists()


def test_what_was_open_when_the_post_ended_can_no_longer_be_sent(told: Scene) -> None:
    told.send()
    intake = client_of(told.intake)
    address = reverse("referrals:incoming_move", args=[told.theirs.pk, "accept"])
    theirs = told.theirs.pk
    assert intake.get(address).status_code == 200
    with as_steward():
        Post.objects.filter(body=told.recipient).update(until=clock.today() - timedelta(days=1))
    answer = intake.post(address)
    assert answer.status_code == 302 and answer["Location"] == reverse("accounts:posts")
    assert intake.get(reverse("referrals:incoming", args=[theirs])).status_code == 302
    with as_steward():
        assert IncomingReferral.objects.get(pk=theirs).state == State.SENT and Case.objects.count() == 1


@pytest.mark.parametrize("name", ["accept", "accept_with_conditions", "decline", "ask_back", "no_capacity"])
def test_an_answer_played_again_changes_nothing_and_another_one_is_refused(name: str, told: Scene) -> None:
    told.send()
    told.take()
    intake = client_of(told.intake)
    again = intake.post(reverse("referrals:incoming_move", args=[told.theirs.pk, name]), {"text": "x", "reason": "other"})
    assert again.status_code == (302 if name == "accept" else 403)  # the same once more arrives where the first did
    with as_steward():
        assert Case.objects.count() == 2 and OutgoingReferral.objects.get().state == State.ACCEPTED


@pytest.mark.parametrize("name", ["send", "telephone", "expire", "recall", "agree_conditions", "answer", "../../x", "__class__"])
def test_the_recipient_has_no_page_for_a_move_of_the_sender_or_of_the_clock(name: str, told: Scene) -> None:
    told.send()
    address = reverse("referrals:incoming", args=[told.theirs.pk]) + f"move/{name}/"
    assert client_of(told.intake).post(address, {"text": "x"}).status_code in {403, 404}
    assert told.mine.state == State.SENT


def test_a_time_to_reply_that_never_comes_is_not_taken(told: Scene) -> None:
    worker = client_of(told.worker)
    far = {"reply_by_day": "1", "reply_by_month": "1", "reply_by_year": "2199", "reply_by_time": "12:00"}
    asked = {"purpose": told.purpose, "needs": ["shelter"], "urgency": "urgent", "token": str(uuid4())}
    worker.post(reverse("referrals:request", args=[told.case.pk, told.recipient.pk]), asked | far)
    preview = reverse("referrals:preview", args=[told.mine.pk])
    seen = worker.get(preview).context
    kept = {"action": "send", "seen": seen["seen"], "version": seen["version"], "chosen": world.ALL_GROUPS}
    assert "at most 60 days" in worker.post(preview, kept, follow=True).content.decode()
    assert told.mine.state == State.DRAFT
