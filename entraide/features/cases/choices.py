"""States and code lists of cases; field groups and purposes are what a person agrees to."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entraide.kernel.access.moves import Machine, Move
from entraide.kernel.accounts.choices import HOLDS_CASES


class Status(models.TextChoices):
    """HTCDS 2.0 cas_Status."""

    ACTIVE = "Active", _("Active")
    FOLLOW_UP = "FollowUp", _("Follow-up")
    CLOSED = "Closed", _("Closed")
    CLOSED_REFERRED = "ClosedReferred", _("Closed, referred")


CASE_MACHINE = Machine(
    "case",
    Status,
    (
        Move(
            name="follow_up",
            sources=frozenset({"Active"}),
            target="FollowUp",
            by="team",
            label=_("Move to follow-up"),
            functions=HOLDS_CASES,
        ),
        Move(
            name="close",
            sources=frozenset({"Active", "FollowUp"}),
            target="Closed",
            by="team",
            label=_("Close the case"),
            functions=HOLDS_CASES,
        ),
        Move(
            name="close_referred",
            sources=frozenset({"Active", "FollowUp"}),
            target="ClosedReferred",
            by="team",
            label=_("Close: referred elsewhere"),
            functions=HOLDS_CASES,
        ),
        Move(
            name="reopen",
            sources=frozenset({"FollowUp", "Closed", "ClosedReferred"}),
            target="Active",
            by="team",
            label=_("Make active again"),
            functions=HOLDS_CASES,
        ),
    ),
)


class Age(models.TextChoices):
    """Whether the person is a child; in doubt she is treated as one until it is settled."""

    ADULT = "adult", _("Adult")
    CHILD = "child", _("Child")
    IN_DOUBT = "in_doubt", _("Age in doubt: treated as a child")


TREATED_AS_CHILD = frozenset({Age.CHILD, Age.IN_DOUBT})


class Identification(models.TextChoices):
    """How far identification as a victim of trafficking has come."""

    NONE = "none", _("No decision yet")
    PRESUMED = "presumed", _("Presumed victim")
    REASONABLE_GROUNDS = "reasonable_grounds", _("Reasonable grounds")
    CONCLUSIVE = "conclusive", _("Conclusively identified")
    NEGATIVE = "negative", _("Negative decision")
    APPEALED = "appealed", _("Negative decision under appeal")


def _decided(name: str, sources: set[str], target: str, label: str | Promise) -> Move:
    return Move(name=name, sources=frozenset(sources), target=target, by="team", label=label, functions=HOLDS_CASES)


IDENTIFICATION_MACHINE = Machine(
    "identification",
    Identification,
    (
        _decided("presume", {"none"}, "presumed", _("Presumed")),
        _decided("find_grounds", {"none", "presumed", "appealed"}, "reasonable_grounds", _("Reasonable grounds")),
        _decided("conclude", {"none", "presumed", "reasonable_grounds", "appealed"}, "conclusive", _("Conclusive")),
        _decided("refuse", {"presumed", "reasonable_grounds", "appealed", "none"}, "negative", _("Negative")),
        _decided("appeal", {"negative"}, "appealed", _("Appealed")),
    ),
)


class RunState(models.TextChoices):
    """Where a file on its way in stands."""

    READING = "reading", _("Being read")
    CHECKED = "checked", _("Tried")
    FILING = "filing", _("Being filed")
    INTERRUPTED = "interrupted", _("Stopped; nothing was filed")
    FILED = "filed", _("Filed")
    DISCARDED = "discarded", _("Thrown away")


def _run(name: str, sources: set[str], target: str, by: str, label: str | Promise) -> Move:
    return Move(
        name=name, sources=frozenset(sources), target=target, by=by, label=label, functions=HOLDS_CASES if by == "team" else frozenset()
    )


IMPORT_MACHINE = Machine(
    "import",
    RunState,
    (
        _run("read", {"reading"}, "checked", "clock", _("Read")),
        _run("file", {"checked", "interrupted"}, "filing", "team", _("File")),
        _run("filed", {"filing"}, "filed", "clock", _("Filed")),
        _run("stop", {"filing"}, "interrupted", "team", _("Stop")),
        _run("put_back", {"filing"}, "interrupted", "clock", _("Stopped or failed")),
        _run("discard", {"reading", "checked", "interrupted"}, "discarded", "team", _("Throw away")),
        _run("forget", {"reading", "checked", "interrupted", "filing"}, "discarded", "clock", _("Nobody decided in time")),
    ),
)


class Decider(models.TextChoices):
    """HTCDS 2.0 vic_TraffickingStatusDecisionMakingOrg."""

    POLICE = "Police", _("Police")
    NGO = "NGO", _("NGO")
    COURT = "CourtOrProsecution", _("Court or prosecution")
    GOVERNMENT = "NonPoliceGovernmentalOrganization", _("Non-police governmental organisation")
    OTHER = "Other", _("Other")


class Origin(models.TextChoices):
    """How the case came to this body."""

    ENTERED = "entered", _("Entered by hand")
    HTCDS = "htcds", _("Imported from an HTCDS file")
    REFERRAL = "referral", _("Received by referral")


class Group(models.TextChoices):
    """Field groups: what is kept in one row, and what a person agrees to share or not."""

    IDENTITY = "identity", _("Identity: name, birth date, gender, citizenship")
    COMMUNICATION = "communication", _("Languages")
    SAFE_CONTACT = "safe_contact", _("How to reach the person safely")
    CONTACT = "contact", _("Telephone, e-mail, address")
    FAMILY = "family", _("Family")
    BACKGROUND = "background", _("Education and background")
    TRAFFICKING = "trafficking", _("What happened: recruitment, control, exploitation")
    EVENTS = "events", _("Places and dates of what happened")
    PERPETRATOR = "perpetrator", _("About those responsible")
    SUPPORT = "support", _("Support plan")
    CASE = "case", _("Handling of the case")
    ORGANISATION = "organisation", _("Organisation")
    CONSENT = "consent", _("Consent recorded in the file")


SHAREABLE = (
    Group.IDENTITY, Group.COMMUNICATION, Group.SAFE_CONTACT, Group.CONTACT, Group.FAMILY, Group.BACKGROUND,
    Group.TRAFFICKING, Group.EVENTS, Group.PERPETRATOR, Group.SUPPORT,
)  # fmt: skip


class Purpose(models.TextChoices):
    """What a recipient may use the data for."""

    ASSISTANCE = "assistance_and_shelter", _("Assistance and shelter")
    RETURN = "voluntary_return", _("Voluntary return and reintegration")
    MEDICAL = "medical_care", _("Medical care")
    LEGAL_AID = "legal_aid", _("Legal aid")
    PROTECTION = "protection", _("Protection from danger")
    INVESTIGATION = "investigation", _("Criminal investigation")
    FAMILY_TRACING = "family_tracing", _("Tracing of family")


class AgreementDecision(models.TextChoices):
    """What the person said."""

    GIVEN = "given", _("Agreed")
    REFUSED = "refused", _("Refused")


class AgreementEnd(models.TextChoices):
    """How an agreement stopped being in force before its day."""

    WITHDRAWN = "withdrawn", _("Withdrawn")
    NARROWED = "narrowed", _("Replaced by a narrower one")
    REPLACED = "replaced", _("Replaced by a newer answer")


class Manner(models.TextChoices):
    """How the person agreed."""

    SIGNED = "signed", _("Signed on paper")
    SPOKEN = "spoken", _("Spoken, with a witness")


class LegalBasisKind(models.TextChoices):
    """Why this body may handle and pass on the data at all; not the same as the person's agreement."""

    CONSENT = "consent", _("Explicit consent as a legal basis")
    VITAL_INTERESTS = "vital_interests", _("Vital interests: danger to life or health")
    PUBLIC_TASK = "public_task", _("Task in the public interest laid down by law")
    LEGAL_DUTY = "legal_duty", _("Legal duty to pass on")


class TransferBasisKind(models.TextChoices):
    """Why the data may leave the country."""

    ADEQUACY = "adequacy", _("The receiving country’s protection is recognised as adequate")
    SHARING_AGREEMENT = "sharing_agreement", _("Sharing agreement between the two bodies or their States")
    VITAL_INTERESTS = "vital_interests", _("Vital interests: danger to life or health")
    EXPLICIT_CONSENT = "explicit_consent", _("The person’s explicit consent, told of the risks abroad")
    TREATY = "treaty", _("Treaty on mutual assistance")


class Track(models.TextChoices):
    """The five tracks of a transnational referral (ICMPD 2009, 2010); they run side by side."""

    T1 = "T1", _("Identification")
    T2 = "T2", _("First assistance and protection")
    T3 = "T3", _("Long-term assistance and social inclusion")
    T4 = "T4", _("Return and social inclusion")
    T5 = "T5", _("Criminal and civil proceedings")


class Relation(models.TextChoices):
    """Who a relative or companion is to the person."""

    CHILD = "child", _("Child")
    PARENT = "parent", _("Mother or father")
    SIBLING = "sibling", _("Sister or brother")
    PARTNER = "partner", _("Partner")
    RELATIVE = "relative", _("Another relative")
    COMPANION = "companion", _("Somebody who was exploited together with the person")


class StepState(models.TextChoices):
    """How far a step on a track is."""

    TODO = "todo", _("To do")
    DONE = "done", _("Done")
    NOT_NEEDED = "not_needed", _("Not needed")


# Step lists are from memory of the ICMPD guidelines, not checked against them; the pages say so.
STEPS: dict[str, dict[str, str | Promise]] = {
    "T1": {
        "screening": _("Initial screening"),
        "basic_needs": _("Basic needs and information"),
        "early_risk": _("Early risk assessment"),
        "language": _("Language and interpreter"),
        "reflection": _("Reflection period"),
        "interview": _("Formal identification interview"),
    },
    "T2": {
        "needs": _("Needs assessment"),
        "options": _("Information on options"),
        "consent": _("Informed agreement"),
        "care_plan": _("Care plan"),
        "accommodation": _("Safe accommodation"),
        "medical_legal": _("Medical, psychological and legal help"),
        "documents": _("Documents"),
        "family_contact": _("Family contact, if safe"),
    },
    "T3": {
        "long_term_plan": _("Long-term plan"),
        "residence": _("Residence status"),
        "housing": _("Housing"),
        "work": _("Education, training, work"),
        "monitoring": _("Monitoring and closing the case"),
    },
    "T4": {
        "return_risk": _("Risk assessment in the country of return"),
        "voluntary": _("Voluntary decision"),
        "return_documents": _("Documents for travel"),
        "transport": _("Transport and escort plan"),
        "handover": _("Hand-over protocol"),
        "reception": _("Reception and reintegration plan"),
        "follow_up": _("Follow-up"),
    },
    "T5": {
        "witness_risk": _("Victim-witness risk assessment"),
        "pre_trial": _("Support before trial"),
        "court_protection": _("Protection in court"),
        "compensation": _("Compensation claim"),
        "post_trial": _("Support and feedback after trial"),
    },
}
