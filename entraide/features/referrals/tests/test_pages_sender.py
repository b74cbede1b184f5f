"""The sender's pages, from the case to the receipt."""

from datetime import timedelta
from html import unescape
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from entraide.features.cases import consent
from entraide.features.cases import services as cases
from entraide.features.referrals.choices import State
from entraide.features.referrals.models import OutgoingReferral
from entraide.features.referrals.tests.scenes import Scene, scene, written
from entraide.kernel.access.context import acting_as
from entraide.kernel.accounts.models import Account
from entraide.kernel.base import clock
from tests import world
from tests.world import client_of

pytestmark = pytest.mark.django_db


def _asked(told: Scene, page: Client, **given: object) -> str:
    """Posts the questions; the address it leads to."""
    address = reverse("referrals:request", args=[told.case.pk, told.recipient.pk])
    data = {"purpose": told.purpose, "needs": ["shelter"], "urgency": "urgent", "token": str(uuid4())} | given
    return str(page.post(address, data)["Location"])


def test_the_two_ways_stand_side_by_side_under_the_safe_contact_rules(told: Scene, page: Client) -> None:
    text = page.get(reverse("referrals:new", args=[told.case.pk])).content.decode()
    assert "Send a referral" in text and "Record a call" in text and "never by letter" in text


def test_whoever_only_sends_begins_with_what_was_sent_and_the_desk_says_of_which_case(told: Scene, page: Client) -> None:
    assert page.get(reverse("referrals:index"))["Location"] == reverse("referrals:received"), "nothing sent yet"
    _asked(told, page)
    assert page.get(reverse("referrals:index"))["Location"] == reverse("referrals:sent")
    assert f"Referral {told.case.reference} to {told.recipient.name}" in page.get("/").content.decode()


def test_what_is_put_on_record_for_a_referral_leads_back_to_it_and_nowhere_else() -> None:
    told = scene(agreed=False)
    page = client_of(told.worker)
    ready = _asked(told, page)
    then = urlencode({"then": ready})
    ask = f"{reverse('cases:ask', args=[told.case.pk, told.recipient.pk])}?purpose={told.purpose}&{then}"
    record = reverse("cases:transfer_basis", args=[told.case.pk, told.recipient.pk])
    text = unescape(page.get(ready).content.decode())
    assert ask in text and f"{record}?{then}" in text
    assert f'value="{ready}"' in page.get(ask).content.decode(), "the page that asks passes it on"
    basis = {"kind": "treaty", "document": "Invented treaty 1/2026"}
    assert page.post(f"{record}?{then}", basis)["Location"] == ready
    away = urlencode({"then": "https://elsewhere.example/"})
    assert page.post(f"{record}?{away}", basis)["Location"] == reverse("cases:agreements", args=[told.case.pk])


def test_from_a_refusal_the_way_leads_back_to_the_draft_also_when_she_is_asked_again() -> None:
    told = scene(agreed=False)
    page = client_of(told.worker)
    ready = _asked(told, page)
    with acting_as(told.worker):
        refusal = consent.record_refusal(
            by=told.worker, case=told.case, recipient=told.recipient, purpose=told.purpose, text=world.text(), manner="spoken"
        )
    then = urlencode({"then": ready})
    assert f"{refusal.get_absolute_url()}?{then}" in page.get(ready).content.decode(), "the task that says refused"
    answer = unescape(page.get(f"{refusal.get_absolute_url()}?{then}").content.decode())
    again = f"{reverse('cases:ask', args=[told.case.pk, told.recipient.pk])}?purpose={told.purpose}&{then}"
    assert f'href="{ready}"' in answer and again in answer
    assert f'href="{ready}"' in page.get(again).content.decode()
    away = page.get(f"{refusal.get_absolute_url()}?{urlencode({'then': 'https://elsewhere.example/'})}").content.decode()
    assert "elsewhere.example" not in away.split("<main", 1)[1] and reverse("cases:agreements", args=[told.case.pk]) in away


def test_unvetted_and_unreachable_bodies_are_shown_with_the_reason_and_without_a_link(told: Scene, page: Client) -> None:
    world.body("unvetted-home", vetted=False)
    empty = world.body("empty-home")
    text = page.get(reverse("referrals:choose", args=[told.case.pk])).content.decode()
    assert "has not been vetted" in text and "Nobody at this body would see" in text
    assert reverse("referrals:request", args=[told.case.pk, told.recipient.pk]) in text
    assert str(empty.pk) not in text
    assert page.get(reverse("referrals:request", args=[told.case.pk, empty.pk])).status_code == 403


def test_bodies_are_found_by_name_country_and_kind(told: Scene, page: Client) -> None:
    world.body("far-shelter", country="NG", kind="coordination")
    address = reverse("referrals:choose", args=[told.case.pk])
    assert "1 body" in page.get(address, {"text": "far-sh"}).content.decode()
    assert "1 body" in page.get(address, {"country": "NG", "kind": "coordination"}).content.decode()
    assert "No body found" in page.get(address, {"text": "far-sh", "country": "TH"}).content.decode()


def test_a_referral_is_asked_previewed_and_sent(told: Scene, page: Client) -> None:
    ready = _asked(told, page)
    draft = told.mine
    assert ready == reverse("referrals:ready", args=[draft.pk])
    assert draft.reply_by and timedelta(hours=23) < draft.reply_by - clock.now() <= timedelta(hours=24)
    assert "All is on record" in page.get(ready).content.decode()
    address = reverse("referrals:preview", args=[draft.pk])
    shown = page.get(address)
    text = shown.content.decode()
    assert "Amara" in text and "this purpose does not need it" in text and "the person has not agreed to this" in text
    answer = page.post(address, {"action": "send", "seen": shown.context["seen"], "chosen": world.ALL_GROUPS})
    assert answer["Location"] == reverse("referrals:done", args=[draft.pk])
    assert "You remain responsible" in page.get(answer["Location"]).content.decode()
    assert told.mine.state == State.SENT and written("referrals.send") == 1
    again = page.post(address, {"action": "send", "seen": shown.context["seen"], "chosen": world.ALL_GROUPS})
    assert again["Location"] == answer["Location"] and written("referrals.send") == 1, "pressed twice"
    assert page.get(address)["Location"] == draft.get_absolute_url()


def test_the_preview_shows_the_recipients_summary_word_for_word(told: Scene, page: Client) -> None:
    assert told.intake.account
    Account.objects.filter(pk=told.intake.account).update(zone="UTC")  # each reads times in her own clock
    draft = told.draft()
    summary = page.get(reverse("referrals:preview", args=[draft.pk])).context["summary"]
    told.send(draft)
    seen = client_of(told.intake).get(told.theirs.get_absolute_url()).context["summary"]
    assert [(row.key, str(row.value)) for row in summary] == [(r.key, str(r.value)) for r in seen]


def test_the_same_question_posted_twice_begins_one_draft(told: Scene, page: Client) -> None:
    token = str(uuid4())
    assert _asked(told, page, token=token) == _asked(told, page, token=token)
    with acting_as(told.worker):
        assert OutgoingReferral.objects.count() == 1


def test_unticking_at_the_last_moment_shows_the_change_before_anything_goes(told: Scene, page: Client) -> None:
    draft = told.draft()
    address = reverse("referrals:preview", args=[draft.pk])
    shown = page.get(address).context
    data = {"action": "send", "seen": shown["seen"], "version": shown["version"], "chosen": ["identity"]}
    assert page.post(address, data)["Location"] == address
    assert told.mine.state == State.DRAFT and told.mine.chosen == ["identity"]
    text = page.get(address).content.decode()
    assert "you left it out" in text and "weekday mornings" not in text
    assert "would not know when or how contact is dangerous" in text


def test_a_colleague_s_ticks_are_not_undone_by_an_old_page(told: Scene, page: Client) -> None:
    draft = told.draft()
    address = reverse("referrals:preview", args=[draft.pk])
    old = {"action": "look", "version": page.get(address).context["version"]}
    page.post(address, old | {"chosen": ["identity", "communication"]})
    stale = page.post(address, old | {"chosen": ["identity", "safe_contact"]})
    assert stale.status_code == 409 and "How to reach the person safely" in stale.content.decode()
    assert told.mine.chosen == ["identity", "communication"]


def test_what_changed_since_it_was_looked_at_is_not_sent(told: Scene, page: Client) -> None:
    draft = told.draft()
    address = reverse("referrals:preview", args=[draft.pk])
    seen = page.get(address).context["seen"]
    with acting_as(told.worker):
        cases.save_group(by=told.worker, case=told.case, group="contact", given={"prs_MobilePhone": "+351900000000"}, seen_version=1)
    answer = page.post(address, {"action": "send", "seen": seen, "chosen": world.ALL_GROUPS}, follow=True)
    assert "has changed since you looked" in answer.content.decode() and told.mine.state == State.DRAFT
    assert page.post(address, {"action": "send", "chosen": world.ALL_GROUPS})["Location"] == address


def test_sending_twice_sends_once(told: Scene, page: Client) -> None:
    draft = told.draft()
    address = reverse("referrals:preview", args=[draft.pk])
    data = {"action": "send", "seen": page.get(address).context["seen"], "chosen": world.ALL_GROUPS}
    assert page.post(address, data)["Location"] == page.post(address, data)["Location"] == reverse("referrals:done", args=[draft.pk])
    assert written("referrals.send") == written("referrals.arrive") == 1


def test_a_past_time_to_reply_comes_back_on_the_preview(told: Scene, page: Client) -> None:
    draft = told.draft(reply_by=clock.now() - timedelta(hours=1))
    address = reverse("referrals:preview", args=[draft.pk])
    data = {"action": "send", "seen": page.get(address).context["seen"], "chosen": world.ALL_GROUPS}
    assert "lies in the future" in page.post(address, data, follow=True).content.decode()


def test_the_sender_recalls_with_one_confirmation(told: Scene, page: Client) -> None:
    sent = told.send()
    assert "Recall the referral" in page.get(sent.get_absolute_url()).content.decode()
    address = reverse("referrals:outgoing_move", args=[sent.pk, "recall"])
    assert "No data of the person have gone" in page.get(address).content.decode()
    assert "Recalled. The recipient has been told." in page.post(address, follow=True).content.decode()
    assert told.theirs.state == State.RECALLED and written("referrals.recall") == 2
    assert "Recalled. The recipient has been told." in page.post(address, follow=True).content.decode(), "pressed twice"
    assert written("referrals.recall") == 2 and page.get(address).status_code == 403


def test_the_sender_answers_a_question_and_gives_more_time(told: Scene, page: Client) -> None:
    told.send()
    told.recipient_makes("ask_back", text="Does she travel with children?")
    assert "travel with children" in page.get(told.mine.get_absolute_url()).content.decode()
    address = reverse("referrals:outgoing_move", args=[told.mine.pk, "answer"])
    assert "travel with children" in page.get(address).content.decode()
    assert "Write at least a sentence" in page.post(address, {}).content.decode()
    late = clock.now() + timedelta(days=9)
    data = {"reply_by_day": late.day, "reply_by_month": late.month, "reply_by_year": late.year, "reply_by_time": "12:00"}
    past = page.post(address, data | {"text": "No, she is alone.", "reply_by_year": "2020"})
    assert "lies in the future" in past.content.decode() and "she is alone" in past.content.decode()
    page.post(address, data | {"text": "No, she is alone."})
    assert told.theirs.state == State.SENT and told.theirs.reply_by == told.mine.reply_by
    assert told.mine.reply_by and told.mine.reply_by.date() == late.date()


def test_agreeing_to_conditions_hands_over_at_once(told: Scene, page: Client) -> None:
    told.send()
    told.take("accept_with_conditions", "Only from Monday.")
    assert "Only from Monday." in page.get(told.mine.get_absolute_url()).content.decode()
    address = reverse("referrals:outgoing_move", args=[told.mine.pk, "agree_conditions"])
    assert "Only from Monday." in page.get(address).content.decode()
    page.post(address)
    assert told.mine.state == State.ACCEPTED and told.mine.package == {}
    assert "never by letter" in client_of(told.intake).get(told.theirs.get_absolute_url()).content.decode()


def test_a_draft_is_changed_and_discarded(told: Scene, page: Client) -> None:
    draft = told.draft()
    soon = clock.now() + timedelta(days=2)
    address = reverse("referrals:revise", args=[draft.pk])
    data = {"seen": page.get(address).context["form"]["seen"].value(), "needs": ["medical"], "urgency": "routine", "reply_by_time": "08:00"}
    data |= {"reply_by_day": str(soon.day), "reply_by_month": str(soon.month), "reply_by_year": str(soon.year)}
    page.post(address, data)
    stale = page.post(address, data | {"needs": ["legal"]})
    assert stale.status_code == 409 and "Medical care" in stale.content.decode() and "Legal help" in stale.content.decode()
    assert (told.mine.needs, told.mine.urgency) == (["medical"], "routine")
    page.post(reverse("referrals:outgoing_move", args=[draft.pk, "discard"]))
    assert told.mine.state == State.DISCARDED and not told.theirs_exists()
    assert "What the recipient sees" not in page.get(reverse("referrals:outgoing", args=[draft.pk])).content.decode(), "nobody saw it"


def test_without_the_record_nothing_is_sent(told: Scene, page: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = told.draft()
    address = reverse("referrals:preview", args=[draft.pk])
    data = {"action": "send", "seen": page.get(address).context["seen"], "chosen": world.ALL_GROUPS}

    def broken(**_facts: object) -> None:
        raise RuntimeError("the record cannot be written")

    monkeypatch.setattr("entraide.features.referrals.services.record", broken)
    with pytest.raises(RuntimeError):
        page.post(address, data)
    assert told.mine.state == State.DRAFT and not told.theirs_exists()


def test_a_stranger_finds_no_page_of_the_sender(told: Scene) -> None:
    sent, stranger = told.send(), client_of(world.post(world.body(country="TH")))
    named = [
        ("outgoing", []),
        ("ready", []),
        ("preview", []),
        ("done", []),
        ("revise", []),
        ("outgoing_receipt", []),
        ("outgoing_move", ["recall"]),
    ]
    for name, more in named:
        assert stranger.get(reverse(f"referrals:{name}", args=[sent.pk, *more])).status_code == 404, name
    assert stranger.get(reverse("referrals:new", args=[told.case.pk])).status_code == 404


def test_a_post_that_holds_no_cases_is_told_so(told: Scene) -> None:
    officer = client_of(world.post(world.body(country="PT"), "data_protection"))
    answer = officer.get(reverse("referrals:sent"))
    assert answer.status_code == 403 and "does not include this" in answer.content.decode()


def test_lists_filter_page_and_teach(told: Scene, page: Client) -> None:
    assert "No referrals sent yet" in page.get(reverse("referrals:sent")).content.decode()
    told.send()
    told.send(told.draft(urgency="immediate"))
    address = reverse("referrals:sent")
    assert "2 referrals" in page.get(address).content.decode()
    assert "1 referral<" in page.get(address, {"urgency": "immediate", "state": "sent", "country": "TH"}).content.decode()
    assert "Nothing matches" in page.get(address, {"state": "declined"}).content.decode()
    assert "Nothing matches" in page.get(address, {"late": "on"}).content.decode()
    with clock.at(clock.now() + timedelta(hours=5)):
        text = page.get(address, {"late": "on"}).content.decode()
    assert "1 referral<" in text and "late by" in text
