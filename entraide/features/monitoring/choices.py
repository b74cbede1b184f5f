"""Stages of an evaluation with every move between them, and the code lists of mechanisms, findings and recommendations."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entraide.kernel.access.moves import Machine, Move
from entraide.kernel.accounts.choices import Function


class Stage(models.TextChoices):
    """Where the evaluation of one State stands."""

    PLANNED = "planned", _("Planned")
    COLLECTING = "collecting", _("Replies are being collected")
    VISITING = "visiting", _("Visit")
    DRAFTING = "drafting", _("The report is being drafted")
    COMMENTING = "commenting", _("The State comments on the draft")
    FINALISING = "finalising", _("The final report is being prepared")
    ADOPTED = "adopted", _("Adopted, not yet public")
    PUBLISHED = "published", _("Published")
    CLOSED = "closed", _("Closed")


TEAM, SECRETARIAT = "team", "secretariat"
WORKS_ON_IT = frozenset({Function.EVALUATOR, Function.SECRETARIAT})
ANSWERS_FOR_STATE = frozenset({Function.FOCAL_POINT})
"""Who speaks for a State in a procedure."""


def _move(name: str, sources: str, target: str, by: str, label: str | Promise) -> Move:
    functions = frozenset({Function.SECRETARIAT}) if by == SECRETARIAT else WORKS_ON_IT
    return Move(name=name, sources=frozenset(sources.split()), target=target, by=by, label=label, functions=functions)


MACHINE = Machine(
    "evaluation",
    Stage,
    (
        _move("begin", "planned", "collecting", SECRETARIAT, _("Begin the evaluation")),
        _move("visit", "collecting", "visiting", TEAM, _("Begin the visit")),
        _move("write", "collecting visiting", "drafting", TEAM, _("Begin the draft report")),
        _move("send_draft", "drafting", "commenting", SECRETARIAT, _("Send the draft to the State")),
        _move("take_comments", "commenting", "finalising", SECRETARIAT, _("End the comments period")),
        _move("adopt", "drafting finalising", "adopted", SECRETARIAT, _("Adopt the final report")),
        _move("publish", "adopted", "published", SECRETARIAT, _("Publish the report")),
        _move("close", "adopted published", "closed", SECRETARIAT, _("Close the procedure")),
    ),
)
"""One table for every mechanism; which of the moves one uses follows from its row (see `rules.in_use`)."""

BEFORE_REPORT = frozenset({Stage.PLANNED, Stage.COLLECTING, Stage.VISITING, Stage.DRAFTING})


class Publicity(models.TextChoices):
    """Who reads the final report."""

    PUBLIC = "public", _("Reports are published")
    BY_STATE = "by_state", _("A report is published only if its State agrees")


class Reviewers(models.TextChoices):
    """Who evaluates."""

    EXPERTS = "experts", _("Independent experts")
    STATES = "states", _("Other States, drawn by lot")


class InterestKind(models.TextChoices):
    """What ties an expert to a State."""

    NATIONALITY = "nationality", _("National of the State")
    WORK = "work", _("Worked for the State or its bodies")
    FAMILY = "family", _("Family or residence")
    OTHER = "other", _("Another tie")


class EditionKind(models.TextChoices):
    """Which edition of a report."""

    DRAFT = "draft", _("Working draft")
    SENT = "sent", _("Draft as sent to the State")
    FINAL = "final", _("Final report")


class ParagraphKind(models.TextChoices):
    """What stands in a line of a report."""

    HEADING = "heading", _("Heading")
    PARAGRAPH = "paragraph", _("Paragraph")
    RECOMMENDATION = "recommendation", _("Recommendation")
    ANNEX = "annex", _("Annexed comment of the State")


class Result(models.TextChoices):
    """How far an obligation is met."""

    MET = "met", _("Met")
    PARTLY = "partly", _("Met in part")
    NOT_MET = "not_met", _("Not met")
    OPEN = "open", _("Could not be established")


class Origin(models.TextChoices):
    """Where a piece of evidence comes from."""

    STATE = "state", _("Reply of the State")
    NGO = "ngo", _("Reply or document of an NGO")
    VISIT = "visit", _("Heard or seen on the visit")
    PUBLIC = "public", _("Public document")


TRAVELS = frozenset({Origin.STATE, Origin.PUBLIC})
"""Evidence that goes along when a report leaves the team: never what an NGO gave, nor what was heard on a visit."""


class Party(models.TextChoices):
    """Whom the team meets on a visit."""

    AUTHORITY = "authority", _("An authority of the State")
    NGO = "ngo", _("An NGO or another organisation")
    SHELTER = "shelter", _("A shelter or a service for victims")
    OTHER = "other", _("Somebody else")


TOLD = frozenset({Party.AUTHORITY})
"""Meetings that go into the programme as the State has it: those with its own authorities, and no others."""


class Position(models.TextChoices):
    """What a State answers to a recommendation."""

    ACCEPTED = "accepted", _("Accepted")
    PARTLY = "partly", _("Accepted in part")
    NOTED = "noted", _("Noted")


class Progress(models.TextChoices):
    """How far a recommendation is carried out, as the mechanism sees it."""

    DONE = "done", _("Carried out")
    PARTLY = "partly", _("Carried out in part")
    NOT_DONE = "not_done", _("Not carried out")


class Theme(models.TextChoices):
    """What a recommendation is about."""

    CRIMINALISATION = "criminalisation", _("Criminal law")
    PROSECUTION = "prosecution", _("Investigation and prosecution")
    IDENTIFICATION = "identification", _("Identification of victims")
    ASSISTANCE = "assistance", _("Assistance to victims")
    RECOVERY = "recovery", _("Recovery and reflection")
    RESIDENCE = "residence", _("Residence permit")
    COMPENSATION = "compensation", _("Compensation and redress")
    NON_PUNISHMENT = "non_punishment", _("Non-punishment of victims")
    RETURN = "return", _("Return")
    PREVENTION = "prevention", _("Prevention")
    COORDINATION = "coordination", _("Coordination and data")
    COOPERATION = "cooperation", _("International cooperation")


class Persons(models.TextChoices):
    """Whom a recommendation is for."""

    ALL = "all", _("All victims")
    CHILDREN = "children", _("Children")
    WOMEN = "women", _("Women")
    MEN = "men", _("Men")
    MIGRANTS = "migrants", _("Migrants")
    ASYLUM = "asylum", _("Asylum seekers and refugees")
    WORKERS = "workers", _("Workers")
    DISABILITY = "disability", _("Persons with disabilities")


class Target(models.TextChoices):
    """Targets of the Sustainable Development Goals that speak of trafficking (General Assembly resolution 70/1)."""

    T5_2 = "5.2", _("5.2 End violence against women and girls, trafficking included")
    T8_7 = "8.7", _("8.7 End forced labour, modern slavery, trafficking and child labour")
    T10_7 = "10.7", _("10.7 Safe, orderly and responsible migration")
    T16_2 = "16.2", _("16.2 End abuse, exploitation and trafficking of children")
    T16_3 = "16.3", _("16.3 Equal access to justice for all")
