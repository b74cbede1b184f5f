"""Questionnaires and their questions: drafts of the body that writes them, for everybody and unchangeable once published."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from entraide.features.questionnaires.choices import QuestionKind, Shape
from entraide.features.questionnaires.replies import (
    Addressee,
    Answer,
    Assignment,
    Attachment,
    Circulation,
    Instance,
    Past,
    Reply,
    Withdrawal,
)
from entraide.kernel.base.models import Record
from entraide.kernel.base.names import localised

if TYPE_CHECKING:
    from entraide.features.texts.models import Provision

__all__ = [
    "Addressee",
    "Answer",
    "Assignment",
    "Attachment",
    "Binding",
    "Circulation",
    "Instance",
    "Past",
    "Question",
    "Questionnaire",
    "Reply",
    "Section",
    "Withdrawal",
]


class Shelved(Record):
    """A row that its holder's secretariat changes while it is a draft; once published everybody reads it and nobody changes it."""

    holder = models.UUIDField(editable=False, help_text="the body whose secretariat writes it")
    published = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Questionnaire(Shelved):
    """A version of a questionnaire, or of a reusable block; the next version is a row of its own that names this one."""

    urn_kind = "questionnaire"

    shape = models.CharField(max_length=14, choices=Shape.choices, default=Shape.QUESTIONNAIRE)
    code = models.CharField(max_length=80, help_text="stays through all versions; the form_id of an XLSForm")
    titles = models.JSONField(help_text="{language: title}")
    intros = models.JSONField(default=dict, help_text="{language: what whoever answers reads first}")
    languages = models.JSONField(default=list, help_text="ISO 639 codes; the first is the one it was written in")
    version = models.PositiveIntegerField(default=1)
    predecessor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="successors")
    published_at = models.DateTimeField(null=True)
    made_by = models.UUIDField(null=True)
    doubts = models.JSONField(default=list, help_text="what an import could not place: [{sheet, row, code, text}]")
    extra = models.JSONField(default=dict, help_text="settings of an XLSForm that mean nothing here, given back on export")
    invented = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["holder", "code", "version"], name="questionnaire_version_once"),
            models.CheckConstraint(condition=~Q(titles={}), name="questionnaire_has_a_title"),
            models.CheckConstraint(
                condition=Q(published=False, published_at__isnull=True) | Q(published=True, published_at__isnull=False),
                name="questionnaire_published_when",
            ),
        ]

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return localised(self.titles)

    @property
    def intro(self) -> str:
        """What to read first, in the reader's language."""
        return localised(self.intros)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("questionnaires:questionnaire", args=[self.pk])


class Section(Shelved):
    """A group of questions; without a parent it is a page of its own; it may repeat and may depend on an answer."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="sections")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="parts")
    place = models.PositiveIntegerField(help_text="order of reading, counted with the questions")
    key = models.CharField(max_length=120)
    titles = models.JSONField(default=dict)
    intros = models.JSONField(default=dict)
    condition = models.TextField(blank=True, help_text="shown only when this is true")
    repeats = models.BooleanField(default=False)
    most = models.PositiveSmallIntegerField(null=True, help_text="how often it repeats at most")
    extra = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["questionnaire", "key"], name="section_key_once")]

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return localised(self.titles) or self.key

    @property
    def intro(self) -> str:
        """What to read first, in the reader's language."""
        return localised(self.intros)


class Question(Shelved):
    """A question with a key that stays through all versions, so that last round's answers can stand beside this one's."""

    urn_kind = "question"

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="questions")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    place = models.PositiveIntegerField()
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=QuestionKind.choices)
    labels = models.JSONField(help_text="{language: text}")
    hints = models.JSONField(default=dict)
    options = models.JSONField(default=list, help_text="[{code, labels}]")
    grid = models.JSONField(default=dict, help_text="of a table: {rows: [{code, labels}], columns: [{code, labels}]}")
    condition = models.TextField(blank=True)
    constraint = models.TextField(blank=True)
    constraint_texts = models.JSONField(default=dict, help_text="{language: what is said when the answer does not fit}")
    required = models.BooleanField(default=False)
    block = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, null=True, related_name="+", help_text="the block it came from")
    provisions: "models.ManyToManyField[Provision, Binding]" = models.ManyToManyField(
        "texts.Provision", through="Binding", related_name="questions"
    )
    extra = models.JSONField(default=dict, help_text="columns of an XLSForm that mean nothing here, given back on export")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["questionnaire", "key"], name="question_key_once")]

    @property
    def label(self) -> str:
        """The question in the reader's language."""
        return localised(self.labels)

    @property
    def hint(self) -> str:
        """The hint in the reader's language."""
        return localised(self.hints)


class Binding(Shelved):
    """A question asks about a provision."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="bindings")
    provision = models.ForeignKey("texts.Provision", on_delete=models.PROTECT, related_name="bindings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "provision"], name="bound_once")]
