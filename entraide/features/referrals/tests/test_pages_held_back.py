"""What the sender's pages hold back, and what they say when nobody took the person on."""

import re
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from entraide.features.referrals.tests.scenes import Scene, scene
from tests import world
from tests.world import client_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "sentence"), [("decline", "Nobody has taken the person on yet"), ("report_no_arrival", "did not arrive")]
)
def test_where_nobody_took_the_person_on_the_page_says_so_and_offers_to_ask_another_body(
    state: str, sentence: str, told: Scene, page: Client
) -> None:
    told.send()
    if state == "report_no_arrival":
        told.take()
    told.recipient_makes(state, **({"reason": "out_of_mandate"} if state == "decline" else {}))
    shown = page.get(told.mine.get_absolute_url()).content.decode()
    assert sentence in shown and reverse("referrals:new", args=[told.case.pk]) in shown


def test_what_the_preview_holds_back_as_unsafe_comes_back_with_the_rules(told: Scene, page: Client) -> None:
    draft = told.draft(chosen=["identity", "contact"])
    preview = reverse("referrals:preview", args=[draft.pk])
    shown = page.get(preview)
    assert "it never goes without how to reach the person safely" in shown.content.decode()
    assert "+447700900123" not in shown.content.decode()
    kept = {name: shown.context[name] for name in ("seen", "version")}
    page.post(preview, kept | {"action": "look", "chosen": [*shown.context["kept"], "identity", "safe_contact"]})
    assert page.get(preview).context["kept"] == []
    assert {"contact", "safe_contact"} <= set(told.mine.chosen)


def test_what_was_agreed_but_is_not_recorded_is_said_and_does_not_stop_the_sending(told: Scene, page: Client) -> None:
    world.agree(told.worker, bare := world.case(told.worker, person={"identity": {"prs_FirstName": "Amara"}}), told.recipient)
    draft = replace(told, case=bare).draft()
    address = reverse("referrals:preview", args=[draft.pk])
    shown = page.get(address)
    text = shown.content.decode()
    assert "is not recorded: the recipient would not know" in text and f"/cases/{bare.pk}/record/safe_contact/" in text
    ticked = re.findall(r'name="chosen" value="(\w+)"', text)
    answer = page.post(address, {"action": "send", "seen": shown.context["seen"], "version": shown.context["version"], "chosen": ticked})
    assert answer["Location"] == reverse("referrals:done", args=[draft.pk])


def test_what_is_missing_is_said_and_nothing_can_be_sent(page: Client) -> None:
    bare = scene(agreed=False)
    page = client_of(bare.worker)
    draft = bare.draft()
    text = page.get(reverse("referrals:ready", args=[draft.pk])).content.decode()
    assert "Not asked" in text and "Missing" in text and "has not agreed to share anything" in text
    address = reverse("referrals:preview", args=[draft.pk])
    assert page.post(address, {"action": "send", "seen": page.get(address).context["seen"]}).status_code == 403


def test_before_sending_to_police_it_is_said_that_copies_may_not_come_back() -> None:
    police = scene(recipient="law_enforcement", purpose="investigation")
    text = client_of(police.worker).get(reverse("referrals:preview", args=[police.draft().pk])).content.decode()
    assert "copies may not come back" in text
