"""The recipient's pages, from the summary without a name to the outcome."""

from datetime import datetime, time, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format

from entraide.features.cases import consent, erasure
from entraide.features.cases import queries as cases
from entraide.features.referrals import sentences
from entraide.features.referrals.choices import State
from entraide.features.referrals.tests.scenes import Scene, scene, written
from entraide.kernel.access.context import acting_as
from entraide.kernel.accounts.models import Account
from entraide.kernel.base import clock
from tests import world
from tests.world import client_of

pytestmark = pytest.mark.django_db
SECRETS = ["Amara", "Testperson", "1999-05-04", "+447700900123", "weekday mornings", "never by letter"]


@pytest.fixture
def told() -> Scene:
    made = scene()
    made.send()
    return made


@pytest.fixture
def page(told: Scene) -> Client:
    return client_of(told.intake)


def _move(told: Scene, page: Client, name: str, **data: str) -> str:
    return page.post(reverse("referrals:incoming_move", args=[told.theirs.pk, name]), data, follow=True).content.decode()


def test_the_summary_says_what_is_asked_and_names_nobody(told: Scene, page: Client) -> None:
    text = page.get(told.theirs.get_absolute_url()).content.decode()
    for word in (
        "Safe accommodation",
        "Adult",
        "English",
        "Portugal",
        "Assistance and shelter",
        "Within a day",
        "(Bangkok time)",
        "Telephone, e-mail",
    ):
        assert word in text
    assert not [secret for secret in SECRETS if secret in text]


def test_accepting_opens_a_case_and_shows_the_safe_contact_rules(told: Scene, page: Client) -> None:
    text = _move(told, page, "accept")
    assert "Accepted. The case is open" in text and "never by letter" in text
    assert told.theirs.case is not None and written("referrals.accept") == 2 and written("referrals.hand_over") == 1


def test_a_second_press_arrives_where_the_first_did_and_changes_nothing(told: Scene, page: Client) -> None:
    _move(told, page, "accept")
    again = _move(told, page, "accept")
    assert "Accepted. The case is open" in again and "never by letter" in again
    assert written("referrals.accept") == 2 and written("referrals.hand_over") == 1


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("no_capacity", {}),
        ("decline", {"reason": "language_not_available"}),
        ("ask_back", {"text": "Does she travel with children?"}),
        ("accept_with_conditions", {"text": "Only from Monday."}),
    ],
)
def test_every_answer_may_be_pressed_twice(told: Scene, page: Client, name: str, given: dict[str, str]) -> None:
    for _press in range(2):
        assert str(sentences.DONE[name]) in unescape(_move(told, page, name, **given))
    assert written(f"referrals.{name}") == 2


@pytest.mark.parametrize("name", ["confirm_arrival", "report_no_arrival"])
def test_the_arrival_may_be_pressed_twice(told: Scene, page: Client, name: str) -> None:
    told.take()
    for _press in range(2):
        assert str(sentences.DONE[name]) in unescape(_move(told, page, name))
    assert written(f"referrals.{name}") == 2


def test_a_second_press_with_other_words_after_a_colleague_or_after_a_further_move_is_refused(told: Scene, page: Client) -> None:
    colleague = client_of(world.post(told.recipient, "intake"))
    _move(told, page, "decline", reason="language_not_available")
    address = reverse("referrals:incoming_move", args=[told.theirs.pk, "decline"])
    for other, reason in ((page, "out_of_mandate"), (colleague, "language_not_available")):
        answer = other.post(address, {"reason": reason})
        assert answer.status_code == 403 and "no longer possible" in answer.content.decode()
    assert told.theirs.reason == "language_not_available"


def test_after_a_further_move_the_first_button_is_refused(told: Scene, page: Client) -> None:
    _move(told, page, "accept")
    _move(told, page, "confirm_arrival")
    assert page.post(reverse("referrals:incoming_move", args=[told.theirs.pk, "accept"])).status_code == 403


def test_an_answer_to_a_withdrawal_may_be_pressed_twice(told: Scene, page: Client) -> None:
    told.take()
    with acting_as(told.worker):
        consent.withdraw(by=told.worker, case=told.case, answer=cases.agreements(told.case)[0])
    address = reverse("referrals:answer_withdrawal", args=[told.theirs.pk])
    for _press in range(2):
        assert "Your answer is sent." in page.post(address, {"answer": "kept_by_law"}, follow=True).content.decode()
    assert written("referrals.answer_withdrawal") == 1
    assert page.post(address, {"answer": "partly"}).status_code == 403


def test_conditions_questions_and_refusals_ask_for_what_they_need(told: Scene, page: Client) -> None:
    assert "Write at least a sentence" in _move(told, page, "accept_with_conditions")
    assert "Write at least a sentence" in _move(told, page, "ask_back", text=" ")
    assert "Choose a reason" in _move(told, page, "decline")
    assert told.theirs.state == State.SENT


def test_declining_tells_the_sender_the_coded_reason(told: Scene, page: Client) -> None:
    _move(told, page, "decline", reason="language_not_available")
    assert "We do not have the language" in client_of(told.worker).get(told.mine.get_absolute_url()).content.decode()
    assert told.mine.package == {} and written("referrals.hand_over") == 0


def test_no_capacity_is_one_confirmation(told: Scene, page: Client) -> None:
    _move(told, page, "no_capacity")
    assert told.mine.state == told.theirs.state == State.NO_CAPACITY


def test_responsibility_passes_with_the_receipt_and_not_before(told: Scene, page: Client) -> None:
    receipt = reverse("referrals:incoming_receipt", args=[told.theirs.pk])
    _move(told, page, "accept")
    assert page.get(told.theirs.get_absolute_url()).context["responsible"].pk == told.worker.body
    assert page.get(receipt).status_code == 302
    _move(told, page, "confirm_arrival")
    assert page.get(told.theirs.get_absolute_url()).context["responsible"].pk == told.intake.body
    text = page.get(receipt).content.decode()
    theirs = client_of(told.worker).get(reverse("referrals:outgoing_receipt", args=[told.mine.pk])).content.decode()
    assert str(told.mine.thread) in text and str(told.mine.thread) in theirs
    assert not [secret for secret in SECRETS if secret in text + theirs]


def test_no_arrival_and_a_late_arrival_are_both_reported(told: Scene, page: Client) -> None:
    _move(told, page, "accept")
    _move(told, page, "report_no_arrival")
    assert told.mine.state == State.NOT_ARRIVED
    _move(told, page, "confirm_arrival")
    _move(told, page, "report_outcome", outcome="arrived_and_in_care")
    assert told.mine.outcome == "arrived_and_in_care" and told.mine.state == State.CLOSED


def test_a_call_is_recorded_and_confirmed_by_the_other_side() -> None:
    told = scene()
    page = client_of(told.worker)
    address = reverse("referrals:call", args=[told.case.pk, told.recipient.pk])
    form = page.get(address).context["form"]
    now = clock.now()
    data = {"token": str(form["token"].value()), "purpose": told.purpose, "needs": ["shelter"], "told": ["identity"]}
    when = {"called_at_day": now.day, "called_at_month": now.month, "called_at_year": now.year, "called_at_time": "00:00"}
    account = {"account": "Night desk: they keep a room for her."}
    early = page.post(address, data | when | account | {"called_at_year": str(now.year - 1)})
    assert "within the last seven days" in early.content.decode() and "they keep a room" in early.content.decode()
    ready = page.post(address, data | when | account)
    assert ready["Location"] == reverse("referrals:ready", args=[told.mine.pk])
    preview = reverse("referrals:preview", args=[told.mine.pk])
    shown = page.get(preview)
    page.post(
        preview, {name: shown.context[name] for name in ("seen", "version")} | {"action": "send", "chosen": ["identity", "safe_contact"]}
    )
    assert told.mine.state == told.theirs.state == State.TELEPHONED
    desk = client_of(told.intake)
    text = desk.get(told.theirs.get_absolute_url()).content.decode()
    assert "Confirm what was agreed by telephone" in text and "they keep a room" not in text and "Amara" not in text
    assert "they keep a room" in page.get(told.mine.get_absolute_url()).content.decode() and written("referrals.read_call") == 1
    _move(told, desk, "confirm_call")
    assert told.mine.state == State.ACCEPTED


def test_a_call_that_was_never_agreed_is_denied() -> None:
    told = scene()
    told.call()
    _move(told, client_of(told.intake), "deny_call", reason="not_agreed_by_telephone")
    assert told.mine.state == State.DECLINED and told.mine.package == {}


def test_a_withdrawal_is_shown_and_answered_by_erasing(told: Scene, page: Client) -> None:
    _move(told, page, "accept")
    with acting_as(told.worker):
        answer = cases.agreements(told.case)[0]
        consent.withdraw(by=told.worker, case=told.case, answer=answer)
    assert "no longer agrees that you hold" in page.get(told.theirs.get_absolute_url()).content.decode()
    address = reverse("referrals:answer_withdrawal", args=[told.theirs.pk])
    assert "the key is destroyed" in page.get(address).content.decode()
    text = page.post(address, {"answer": "erased"}, follow=True).content.decode()
    assert "has been erased" in text
    assert told.mine.withdrawal_answer == "erased"
    assert page.post(address, {"answer": "partly"}).status_code == 403


def test_a_legal_hold_refuses_erasure_on_the_form_and_nothing_is_answered(told: Scene, page: Client) -> None:
    _move(told, page, "accept")
    with acting_as(told.intake):
        mine = told.theirs.case
        assert mine is not None
        erasure.hold(by=told.intake, case=mine, order="Court order 7/2026")
    with acting_as(told.worker):
        consent.withdraw(by=told.worker, case=told.case, answer=cases.agreements(told.case)[0])
    address = reverse("referrals:answer_withdrawal", args=[told.theirs.pk])
    assert "A legal hold forbids erasure" in page.post(address, {"answer": "erased"}).content.decode()
    assert told.theirs.withdrawal_answer == "" == told.mine.withdrawal_answer
    page.post(address, {"answer": "kept_by_law"})
    assert told.mine.withdrawal_answer == "kept_by_law"


def test_a_stranger_finds_no_page_of_the_recipient(told: Scene) -> None:
    stranger = client_of(world.post(world.body(country="TH"), "intake"))
    for name, more in (("incoming", []), ("incoming_receipt", []), ("answer_withdrawal", []), ("incoming_move", ["accept"])):
        assert stranger.get(reverse(f"referrals:{name}", args=[told.theirs.pk, *more])).status_code == 404, name
    assert stranger.post(reverse("referrals:incoming_move", args=[told.theirs.pk, "accept"])).status_code == 404


def test_a_case_worker_at_the_recipient_does_not_see_what_awaits_the_intake_desk(told: Scene) -> None:
    colleague = client_of(world.post(told.recipient))
    assert colleague.get(told.theirs.get_absolute_url()).status_code == 404


def test_the_wrong_side_is_told_so_and_unknown_moves_are_absent(told: Scene, page: Client) -> None:
    answer = page.get(reverse("referrals:incoming_move", args=[told.theirs.pk, "recall"]))
    assert answer.status_code == 403 and "The other side of this referral does this" in answer.content.decode()
    for name in ("send", "expire", "nonsense"):
        assert page.get(reverse("referrals:incoming_move", args=[told.theirs.pk, name])).status_code == 404


def test_received_referrals_are_listed_by_reference_only(told: Scene, page: Client) -> None:
    text = page.get(reverse("referrals:received")).content.decode()
    assert told.case.reference in text and not [secret for secret in SECRETS if secret in text]
    assert "No referrals received yet" in client_of(told.worker).get(reverse("referrals:received")).content.decode()


def test_each_side_reads_the_time_to_reply_in_its_own_clock_and_the_receipt_in_utc(told: Scene, page: Client) -> None:
    due = told.theirs.reply_by
    assert due
    there = due.astimezone(ZoneInfo("Asia/Bangkok"))
    assert f"{date_format(there, 'DATETIME_FORMAT')} (Bangkok time)" in page.get(told.theirs.get_absolute_url()).content.decode()
    assert f"{date_format(due, 'DATETIME_FORMAT')} UTC" in client_of(told.worker).get(told.mine.get_absolute_url()).content.decode()
    assert f"{date_format(there, 'DATETIME_FORMAT')} (Bangkok time)" in page.get("/").content.decode()
    told.take()
    told.recipient_makes("confirm_arrival")
    receipt = page.get(reverse("referrals:incoming_receipt", args=[told.theirs.pk])).content.decode()
    assert " UTC" in receipt and "Bangkok time" not in receipt


def test_a_time_to_reply_is_typed_and_read_again_in_the_same_clock() -> None:
    made = scene()
    assert made.worker.account
    Account.objects.filter(pk=made.worker.account).update(zone="America/Lima")
    page, draft = client_of(made.worker), made.draft()
    address = reverse("referrals:revise", args=[draft.pk])
    asked = page.get(address)
    assert "Time (Lima), for example 14:30" in asked.content.decode()
    soon = (clock.now() + timedelta(days=2)).date()
    data = {"seen": asked.context["form"]["seen"].value(), "needs": ["medical"], "urgency": "routine", "reply_by_time": "21:15"}
    page.post(address, data | {"reply_by_day": soon.day, "reply_by_month": soon.month, "reply_by_year": soon.year})
    assert made.mine.reply_by == datetime.combine(soon, time(21, 15), ZoneInfo("America/Lima"))
    assert f"{date_format(soon)}, 21:15 (Lima time)" in page.get(draft.get_absolute_url()).content.decode()
    assert 'value="21:15"' in page.get(address).content.decode()


def test_where_the_person_agrees_to_less_the_page_says_to_what_still_and_where_to_empty_the_rest(told: Scene, page: Client) -> None:
    _move(told, page, "accept")
    with acting_as(told.worker):
        answer = cases.in_force(told.case, recipient=told.recipient.pk, purpose=told.purpose)
        assert answer
        kept = [group for group in answer.groups if group != "contact"]
        consent.narrow(by=told.worker, case=told.case, answer=answer, groups=kept)
    case = told.theirs.case_id
    shown = page.get(reverse("referrals:answer_withdrawal", args=[told.theirs.pk])).content.decode()
    assert "The person still agrees to: Identity" in shown
    assert reverse("cases:record", args=[case, "contact"]) in shown and reverse("cases:record", args=[case, "identity"]) not in shown
