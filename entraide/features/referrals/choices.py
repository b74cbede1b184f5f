"""The states of a referral and every move between them: the one table from which rules, buttons, tests and docs/states come."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entraide.features.cases.choices import Group, Purpose
from entraide.kernel.access.moves import Machine, Move
from entraide.kernel.accounts.choices import HOLDS_CASES, RECEIVES


class State(models.TextChoices):
    """Where a referral stands; the same word on both sides."""

    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent, waiting for an answer")
    QUERIED = "queried", _("Question asked back")
    OFFERED = "offered", _("Accepted with conditions")
    TELEPHONED = "telephoned", _("Agreed by telephone, to be confirmed")
    ACCEPTED = "accepted", _("Accepted, arrival awaited")
    ARRIVED = "arrived", _("Arrived")
    NOT_ARRIVED = "not_arrived", _("Did not arrive")
    CLOSED = "closed", _("Closed with an outcome")
    DECLINED = "declined", _("Declined")
    NO_CAPACITY = "no_capacity", _("No capacity")
    RECALLED = "recalled", _("Recalled")
    EXPIRED = "expired", _("Expired without an answer")
    DISCARDED = "discarded", _("Draft discarded")


SENDER, RECIPIENT, CLOCK = "sender", "recipient", "clock"


def _move(name: str, sources: str, target: str, by: str, label: str | Promise) -> Move:
    functions = {SENDER: HOLDS_CASES, RECIPIENT: RECEIVES, CLOCK: frozenset[str]()}[by]
    if by == RECIPIENT and sources.split()[0] in {"accepted", "arrived", "not_arrived"}:
        functions = HOLDS_CASES
    return Move(name=name, sources=frozenset(sources.split()), target=target, by=by, label=label, functions=functions)


MACHINE = Machine(
    "referral",
    State,
    (
        _move("send", "draft", "sent", SENDER, _("Send the referral")),
        _move("telephone", "draft", "telephoned", SENDER, _("Record a referral made by telephone")),
        _move("discard", "draft", "discarded", SENDER, _("Discard the draft")),
        _move("accept", "sent queried", "accepted", RECIPIENT, _("Accept")),
        _move("accept_with_conditions", "sent queried", "offered", RECIPIENT, _("Accept with conditions")),
        _move("ask_back", "sent", "queried", RECIPIENT, _("Ask a question first")),
        _move("answer", "queried", "sent", SENDER, _("Answer the question")),
        _move("agree_conditions", "offered", "accepted", SENDER, _("Agree to the conditions")),
        _move("decline", "sent queried offered", "declined", RECIPIENT, _("Decline")),
        _move("no_capacity", "sent queried offered", "no_capacity", RECIPIENT, _("No capacity")),
        _move("confirm_call", "telephoned", "accepted", RECIPIENT, _("Confirm what was agreed by telephone")),
        _move("deny_call", "telephoned", "declined", RECIPIENT, _("We did not agree to this")),
        _move("recall", "sent queried offered telephoned", "recalled", SENDER, _("Recall the referral")),
        _move("expire", "sent queried offered", "expired", CLOCK, _("Expires")),
        _move("confirm_arrival", "accepted not_arrived", "arrived", RECIPIENT, _("Confirm arrival")),
        _move("report_no_arrival", "accepted", "not_arrived", RECIPIENT, _("Report that the person did not arrive")),
        _move("report_outcome", "arrived not_arrived", "closed", RECIPIENT, _("Report the outcome")),
    ),
)

CARRIES: dict[str, frozenset[str]] = {
    "ask_back": frozenset({"text"}),
    "answer": frozenset({"text", "reply_by"}),
    "accept_with_conditions": frozenset({"text"}),
    "decline": frozenset({"reason"}),
    "deny_call": frozenset({"reason"}),
    "report_outcome": frozenset({"outcome"}),
}
"""What a move tells beside its name; anything else that arrives with it is dropped."""

RUN_OUT = frozenset({State.SENT, State.QUERIED, State.OFFERED})
"""States in which the time to reply runs out."""
GIVES_DATA = frozenset({"accept", "accept_with_conditions", "agree_conditions", "confirm_call"})
"""Moves that lead to the hand-over of the person's data."""

AWAITS_RECIPIENT = frozenset({State.SENT, State.TELEPHONED})
AWAITS_SENDER = frozenset({State.QUERIED, State.OFFERED})
BEFORE_ACCEPTANCE = frozenset({State.SENT, State.QUERIED, State.OFFERED, State.TELEPHONED})
AFTER_ACCEPTANCE = frozenset({State.ACCEPTED, State.ARRIVED, State.NOT_ARRIVED, State.CLOSED})
NEVER_ACCEPTED = frozenset({State.DECLINED, State.NO_CAPACITY, State.RECALLED, State.EXPIRED})
UNDER_WAY = BEFORE_ACCEPTANCE | {State.ACCEPTED}
"""While a referral is under way the sender remains responsible for the person."""


class Urgency(models.TextChoices):
    """How soon an answer is needed; decides the reply-by time that is proposed."""

    ROUTINE = "routine", _("Within days")
    URGENT = "urgent", _("Within a day")
    IMMEDIATE = "immediate", _("Within hours")


REPLY_HOURS = {Urgency.ROUTINE: 72, Urgency.URGENT: 24, Urgency.IMMEDIATE: 4}


class DeclineReason(models.TextChoices):
    """Why a recipient declines."""

    OUT_OF_MANDATE = "out_of_mandate", _("Outside our mandate")
    SAFETY = "cannot_guarantee_safety", _("We cannot guarantee the person’s safety")
    LANGUAGE = "language_not_available", _("We do not have the language")
    NOT_SERVED = "age_or_gender_not_served", _("We do not serve this age or gender")
    NOT_HERE = "person_not_in_territory", _("The person is not and will not be in our territory")
    INFORMATION = "insufficient_information", _("Not enough information")
    CONFLICT = "conflict_of_interest", _("Conflict of interest")
    NOT_AGREED = "not_agreed_by_telephone", _("This was not agreed by telephone")
    OTHER = "other", _("Another reason")


class Outcome(models.TextChoices):
    """How it went for the person, as the recipient reports it back."""

    IN_CARE = "arrived_and_in_care", _("Arrived, in care")
    LEFT = "arrived_left_service", _("Arrived, then left the service")
    NOT_ARRIVED = "did_not_arrive", _("Did not arrive")
    RETURNED_HOME = "returned_home", _("Returned home")
    MOVED_ON = "moved_on_to_other_body", _("Moved on to another body")
    LOST_CONTACT = "lost_contact", _("Contact lost")
    DECLINED_HELP = "declined_help", _("Declined help")
    DECEASED = "deceased", _("Deceased")
    OTHER = "other", _("Other")


class WithdrawalAnswer(models.TextChoices):
    """What a recipient did when the person withdrew her agreement."""

    ERASED = "erased", _("Erased our copy")
    KEPT_BY_LAW = "kept_by_law", _("A law obliges us to keep it; no further use")
    PARTLY = "partly", _("Erased what no law obliges us to keep")


class Need(models.TextChoices):
    """What help is asked for; goes with the summary that names nobody."""

    SHELTER = "shelter", _("Safe accommodation")
    MEDICAL = "medical", _("Medical care")
    PSYCHOLOGICAL = "psychological", _("Psychological support")
    LEGAL = "legal", _("Legal help")
    RETURN = "return", _("Reception after return")
    MATERIAL = "material", _("Food, clothing, money")
    SCHOOLING = "schooling", _("Schooling or training")
    INTERPRETING = "interpreting", _("Interpreting and cultural mediation")
    INVESTIGATION = "investigation", _("Investigation")


# What each purpose needs: nothing beyond it goes, whatever was agreed.
_ALWAYS = (Group.IDENTITY, Group.COMMUNICATION, Group.SAFE_CONTACT)
NEEDED: dict[str, tuple[Group, ...]] = {
    Purpose.ASSISTANCE: (*_ALWAYS, Group.CONTACT, Group.FAMILY, Group.BACKGROUND, Group.TRAFFICKING, Group.SUPPORT),
    Purpose.RETURN: (*_ALWAYS, Group.CONTACT, Group.FAMILY, Group.SUPPORT),
    Purpose.MEDICAL: (*_ALWAYS, Group.CONTACT),
    Purpose.LEGAL_AID: (*_ALWAYS, Group.CONTACT, Group.TRAFFICKING, Group.EVENTS),
    Purpose.PROTECTION: (*_ALWAYS, Group.CONTACT, Group.FAMILY, Group.PERPETRATOR),
    Purpose.INVESTIGATION: (*_ALWAYS, Group.TRAFFICKING, Group.EVENTS, Group.PERPETRATOR),
    Purpose.FAMILY_TRACING: (*_ALWAYS, Group.FAMILY),
}
