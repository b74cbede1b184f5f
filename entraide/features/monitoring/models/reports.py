"""Visits, editions of a report with their paragraphs, findings, evidence and recommendations, and the State's comments."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from entraide.features.monitoring.choices import EditionKind, Origin, ParagraphKind, Party, Persons, Result, Target, Theme
from entraide.features.monitoring.models.mechanisms import Evaluation, Mechanism
from entraide.features.monitoring.models.shared import Part, Root
from entraide.kernel.base.ids import uuid7
from entraide.kernel.base.names import localised


class Visit(Root):
    """The team's visit to the State."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="visits")
    begins_on = models.DateField()
    ends_on = models.DateField()
    places = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=models.F("begins_on")), name="visit_ends_after_it_begins")]


class Meeting(Part):
    """A line of the visit's programme, and what the team took from it. Never leaves the team; the State has a copy of some lines."""

    root: ClassVar[str] = "visit"

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="meetings")
    on = models.DateField()
    party = models.CharField(max_length=10, choices=Party.choices, default=Party.OTHER, help_text="decides whether the State is told of it")
    with_whom = models.CharField(max_length=200, help_text="an office or organisation, no person")
    place = models.CharField(max_length=200, blank=True)
    about = models.CharField(max_length=300, blank=True)
    noted = models.TextField(blank=True)


class Programme(Root):
    """The programme of a visit as it was sent to the State: a copy, never changed; what changes later is the next version."""

    urn_kind = "programme"

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="programmes")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="programmes")
    number = models.PositiveSmallIntegerField()
    begins_on = models.DateField()
    ends_on = models.DateField()
    places = models.CharField(max_length=200)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "number"], name="programme_version_once")]


class Appointment(Part):
    """A meeting with an authority, in the copy that the State has."""

    root: ClassVar[str] = "programme"

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="appointments")
    on = models.DateField()
    with_whom = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)
    about = models.CharField(max_length=300, blank=True)


class Edition(Root):
    """A report in one edition: the working draft, the draft as sent to the State, the final report."""

    urn_kind = "report"

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="editions")
    kind = models.CharField(max_length=6, choices=EditionKind.choices)
    titles = models.JSONField()
    symbol = models.CharField(max_length=60, blank=True, help_text="the document symbol")
    closed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    text = models.ForeignKey("texts.Document", on_delete=models.PROTECT, null=True, related_name="+", help_text="once published")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "kind"], name="report_edition_once"),
            models.CheckConstraint(condition=Q(open=True) | Q(closed_at__isnull=False), name="closed_when"),
        ]

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return localised(self.titles)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("monitoring:report", args=[self.pk])


class InEdition(Part):
    """A row of one edition; its `key` is the same in every edition."""

    root: ClassVar[str] = "edition"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField(default=uuid7, editable=False)

    class Meta:
        abstract = True


class Paragraph(InEdition):
    """A heading, a numbered paragraph, or a paragraph that recommends."""

    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=14, choices=ParagraphKind.choices)
    level = models.PositiveSmallIntegerField(default=1, help_text="of a heading")
    texts = models.JSONField(help_text="{language: text}")
    behind = ArrayField(models.CharField(max_length=3), default=list, help_text="languages in which the text has not followed a change")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "place"], name="one_paragraph_at_a_place", deferrable=models.Deferrable.DEFERRED),
            models.UniqueConstraint(fields=["edition", "key"], name="paragraph_once"),
        ]

    @property
    def text(self) -> str:
        """The text in the reader's language."""
        return localised(self.texts)


class Finding(InEdition):
    """What the report finds of one obligation."""

    paragraph = models.ForeignKey(Paragraph, on_delete=models.CASCADE, related_name="findings")
    provision = models.ForeignKey("texts.Provision", on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=8, choices=Result.choices)


class Evidence(InEdition):
    """What a finding rests on; the origin decides whether it travels with a copy of the report."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="evidence")
    origin = models.CharField(max_length=8, choices=Origin.choices)
    title = models.CharField(max_length=300)
    url = models.URLField(max_length=500, blank=True)
    answer = models.UUIDField(null=True, help_text="of a questionnaire")
    body = models.UUIDField(null=True, help_text="who gave it")


class Recommendation(InEdition):
    """What is asked of the State, with the verb as data."""

    urn_kind = "recommendation"

    paragraph = models.OneToOneField(Paragraph, on_delete=models.CASCADE, related_name="recommendation")
    finding = models.ForeignKey(Finding, on_delete=models.SET_NULL, null=True, related_name="recommendations")
    provision = models.ForeignKey("texts.Provision", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=2)
    verb = models.CharField(max_length=20)
    strength = models.PositiveSmallIntegerField(help_text="of the verb in its mechanism; 1 is the weakest")
    themes = ArrayField(models.CharField(max_length=20, choices=Theme.choices), default=list)
    persons = ArrayField(models.CharField(max_length=12, choices=Persons.choices), default=list)
    targets = ArrayField(models.CharField(max_length=5, choices=Target.choices), default=list)
    due = models.DateField(null=True)
    earlier = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="later", help_text="of an earlier round")

    class Meta:
        indexes = [models.Index(fields=["state"], name="recommendation_by_state")]

    @property
    def mechanism(self) -> Mechanism:
        """Whose recommendation it is."""
        return self.edition.evaluation.round.mechanism

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("monitoring:recommendation", args=[self.pk])


class Comments(Root):
    """What the State says on the draft: as a whole here, paragraph by paragraph below."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="comments")
    general = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True)


class Comment(Part):
    """What the State says on one paragraph."""

    root: ClassVar[str] = "comments"

    comments = models.ForeignKey(Comments, on_delete=models.CASCADE, related_name="lines")
    paragraph = models.ForeignKey(Paragraph, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comments", "paragraph"], name="one_comment_on_a_paragraph")]


class Consent(Root):
    """The State agrees that its report is published; needed where the mechanism leaves it to the State."""

    evaluation = models.OneToOneField(Evaluation, on_delete=models.PROTECT, related_name="consent")
    given_on = models.DateField()
