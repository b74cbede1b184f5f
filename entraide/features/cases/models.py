"""A case and what hangs on it. Every row carries the case's holder, side and audience."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from entraide.features.cases.choices import (
    Age,
    Decider,
    Group,
    Identification,
    LegalBasisKind,
    Origin,
    Status,
    StepState,
    Track,
    TransferBasisKind,
)
from entraide.kernel.access.models import Child, Protected
from entraide.kernel.base import clock


class Case(Protected):
    """One person's file at one body. Holds nothing that names the person: that is in `CaseRecord`, sealed."""

    urn_kind = "case"

    reference = models.CharField(max_length=20, help_text="spoken on the telephone; says nothing of the person")
    key = models.UUIDField(editable=False, help_text="the person's key in the key store")
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.ACTIVE)
    age = models.CharField(max_length=10, choices=Age.choices)
    identification = models.CharField(max_length=20, choices=Identification.choices, default=Identification.NONE)
    country = models.CharField(max_length=2, blank=True, help_text="where the person is now")
    opened_on = models.DateField(default=clock.today)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.ENTERED)
    source_id = models.CharField(max_length=120, null=True, help_text="a keyed digest of the row's identifier in the file it came from")  # noqa: DJ001
    invented = models.BooleanField(default=False, help_text="belongs to the demonstration")
    legal_hold = models.CharField(max_length=200, blank=True, help_text="the order that forbids erasure")
    erased_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    closing_reason = models.JSONField(default=dict)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["holder", "reference"], name="case_reference_once_per_body"),
            models.UniqueConstraint(fields=["holder", "source_id"], condition=Q(source_id__isnull=False), name="case_imported_once"),
        ]
        indexes = [models.Index(fields=["holder", "-opened_on"], name="cases_by_day")]


class OfCase(Child):
    """A row under a case."""

    carried_from: ClassVar[str] = "case"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_constraint=False, related_name="+")

    class Meta:
        abstract = True


class TeamMember(OfCase):
    """A post in the case's team, from when to when; the present members are the case's audience."""

    post = models.UUIDField()
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)
    added_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "post"], condition=Q(until__isnull=True), name="in_the_team_once")]


class CaseRecord(OfCase):
    """One field group of a case: coded fields in the clear, personal ones sealed under the person's key."""

    group = models.CharField(max_length=20, choices=Group.choices)
    coded = models.JSONField(default=dict, help_text="{field id: code or list of codes}")
    sealed = models.JSONField(default=dict, help_text="{field id: sealed text}")
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "group"], name="one_record_per_group")]


class SearchToken(OfCase):
    """A keyed equality token of a personal field; left out of backups and rebuilt after a restore."""

    kind = models.CharField(max_length=20)
    value = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["holder", "value"], name="token_by_value")]
        constraints = [models.UniqueConstraint(fields=["case", "kind", "value"], name="token_once")]


class IdentificationDecision(OfCase):
    """A step in identification, and who decided."""

    status = models.CharField(max_length=20, choices=Identification.choices)
    decider = models.CharField(max_length=40, choices=Decider.choices)
    decider_name = models.CharField(max_length=120, blank=True, help_text="the authority, never a person")
    decided_on = models.DateField()
    recorded_by = models.UUIDField(null=True)


class Note(OfCase):
    """What a member of the team wrote, sealed."""

    sealed = models.JSONField()
    written_by = models.UUIDField()


class Link(OfCase):
    """A relative or companion; a link grants no access to the other's case."""

    sealed = models.JSONField(help_text="who it is, in words")
    relation = models.CharField(max_length=20)
    other = models.UUIDField(null=True, help_text="the other's case at this body, if there is one")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(other=F("case")), name="no_link_to_itself")]


class Step(OfCase):
    """A step on one of the five tracks."""

    track = models.CharField(max_length=2, choices=Track.choices)
    code = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=StepState.choices)
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "track", "code"], name="one_state_per_step")]


class Event(OfCase):
    """A line of the case's timeline that no other row tells: opened, team changed, status changed."""

    at = models.DateTimeField(default=clock.now)
    what = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)
    by_post = models.UUIDField(null=True)


class LegalBasis(OfCase):
    """Why this body may handle and pass on the data; the person's agreement is another record."""

    kind = models.CharField(max_length=20, choices=LegalBasisKind.choices)
    provision = models.CharField(max_length=200, help_text="law and article")
    document = models.CharField(max_length=200, blank=True, help_text="reference of the order, for a legal duty")
    recipient = models.ForeignKey("bodies.Body", null=True, on_delete=models.PROTECT, related_name="+")
    groups = models.JSONField(default=list, help_text="for a legal duty: the field groups it covers")
    recorded_by = models.UUIDField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="legal_duty") | (Q(recipient__isnull=False) & ~Q(document="")), name="a_legal_duty_is_documented"
            )
        ]


class TransferBasis(OfCase):
    """Why the data may leave the country, for one recipient."""

    kind = models.CharField(max_length=20, choices=TransferBasisKind.choices)
    recipient = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+")
    document = models.CharField(max_length=200)
    recorded_by = models.UUIDField()
    ended_on = models.DateField(null=True)


class ErasureCertificate(OfCase):
    """That a person's key was destroyed, when, and when the last copy of the key store forgets."""

    erased_on = models.DateField()
    forgotten_on = models.DateField(help_text="the day on which the last copy that may hold the key has expired")
    requested_by_person = models.BooleanField()
    by_post = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case"], name="erased_once")]


class ImportRun(Protected):
    """A file being imported: checked, then filed whole or not at all. Its content is sealed and removed afterwards."""

    key = models.UUIDField()
    sealed = models.JSONField(default=dict)
    state = models.CharField(max_length=12)
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)
    created_cases = models.PositiveIntegerField(default=0)
    already_here = models.PositiveIntegerField(default=0)
    by_post = models.UUIDField()
    finished_at = models.DateTimeField(null=True)


from entraide.features.cases.agreements import Agreement, AgreementText  # noqa: E402 - Django finds models through this module

__all__ = ["Agreement", "AgreementText"]
