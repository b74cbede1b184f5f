"""Kinds of questions, who is asked, and the states of a reply with every move between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from entraide.kernel.access.moves import Machine, Move
from entraide.kernel.accounts.choices import Function


class Shape(models.TextChoices):
    """A questionnaire is sent round; a block is a piece kept to be used in many."""

    QUESTIONNAIRE = "questionnaire", _("Questionnaire")
    BLOCK = "block", _("Reusable block")


class QuestionKind(models.TextChoices):
    """What kind of answer a question asks for."""

    TEXT = "text", _("Short text")
    LONG = "long", _("Long text")
    INTEGER = "integer", _("Whole number")
    DECIMAL = "decimal", _("Decimal number")
    DATE = "date", _("Date")
    YES_NO = "yes_no", _("Yes or no")
    ONE = "one", _("One of several")
    MANY = "many", _("Several of several")
    TABLE = "table", _("Table of figures")
    FILE = "file", _("Evidence file")
    NOTE = "note", _("Note, nothing to answer")


class Capacity(models.TextChoices):
    """As what a body is asked: a State answers once and officially, an organisation for itself."""

    STATE = "state", _("State")
    NGO = "ngo", _("Non-governmental organisation")


class Gap(models.TextChoices):
    """Why there is no answer, said by whoever answers: not the same as leaving it empty."""

    NOT_COLLECTED = "not_collected", _("We do not collect this")
    NOT_APPLICABLE = "not_applicable", _("Does not apply to us")


class ReplyState(models.TextChoices):
    """Where a reply stands."""

    DRAFTING = "drafting", _("Being written")
    CLEARED = "cleared", _("Cleared, not yet sent")
    SENT = "sent", _("Sent")
    RETURNED = "returned", _("Returned for completion")
    SUPERSEDED = "superseded", _("Replaced by a later edition")


class Where(models.TextChoices):
    """Where an addressee stands, computed from replies and days."""

    NOT_BEGUN = "not_begun", _("Not answered yet")
    LATE = "late", _("Late")
    SENT = "sent", _("Answered")
    SENT_LATE = "sent_late", _("Answered late")
    RETURNED = "returned", _("Returned for completion")


ANSWERING, CIRCULATING, LATER = "answering", "circulating", "later edition"
FOCAL = frozenset({Function.FOCAL_POINT})
WRITERS = frozenset({Function.FOCAL_POINT, Function.RESPONDENT})
ASKERS = frozenset({Function.SECRETARIAT})

MACHINE = Machine(
    "reply",
    ReplyState,
    (
        Move(name="clear", sources=frozenset({"drafting"}), target="cleared", by=ANSWERING, label=_("Clear the reply"), functions=FOCAL),
        Move(name="reopen", sources=frozenset({"cleared"}), target="drafting", by=ANSWERING, label=_("Open it again"), functions=FOCAL),
        Move(name="send", sources=frozenset({"cleared"}), target="sent", by=ANSWERING, label=_("Send the reply"), functions=FOCAL),
        Move(
            name="give_back", sources=frozenset({"sent"}), target="returned", by=CIRCULATING, label=_("Return it for completion"),
            functions=ASKERS,
        ),
        Move(name="supersede", sources=frozenset({"sent", "returned"}), target="superseded", by=LATER, label=_("Is replaced")),
    ),
)  # fmt: skip

OPEN = (ReplyState.DRAFTING, ReplyState.CLEARED)
OFFICIAL = (ReplyState.SENT, ReplyState.RETURNED)
"""A sent reply stands as the official one, also while it is returned, until a later edition replaces it."""
ANSWERED = frozenset(QuestionKind.values) - {QuestionKind.NOTE}
TYPED = frozenset({QuestionKind.TEXT, QuestionKind.LONG, QuestionKind.INTEGER, QuestionKind.DECIMAL})
YES_NO = (("yes", _("Yes")), ("no", _("No")))
