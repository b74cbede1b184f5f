"""Who is asked and what comes back: circulations, addressees, replies and what hangs under a reply.

A reply says itself who reads and who writes it (`readers`, `writers`: posts and circles, see `kernel.access.principals`); whatever hangs
under it carries the same columns by composite keys. The circulating body is among the readers only from sending on, nobody is among the
writers after clearing.
"""

from typing import Any, ClassVar, TypedDict
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from entraide.features.questionnaires.choices import OFFICIAL, OPEN, Capacity, Gap, ReplyState
from entraide.kernel.base import clock
from entraide.kernel.base.models import Record
from entraide.kernel.base.names import localised


class Circulation(Record):
    """A published questionnaire sent round by a body. That it was sent round is no secret; who was asked and what came back is."""

    urn_kind = "circulation"

    holder = models.UUIDField(editable=False, help_text="the circulating body")
    questionnaire = models.ForeignKey("questionnaires.Questionnaire", on_delete=models.PROTECT, related_name="circulations")
    titles = models.JSONField(help_text="{language: title}")
    names = models.JSONField(help_text="of the circulating body")
    opened_on = models.DateField(default=clock.today)
    due = models.DateField(help_text="the last day to answer")
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="following", help_text="the last round")
    readers = ArrayField(models.UUIDField(), default=list, help_text="principals on the circulating side who read what is sent")
    made_by = models.UUIDField(null=True)
    invented = models.BooleanField(default=False)

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return localised(self.titles)

    @property
    def by_name(self) -> str:
        """The circulating body's name in the reader's language."""
        return localised(self.names)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("questionnaires:circulation", args=[self.pk])


class Addressee(Record):
    """A body that is asked; the circulating body and the body itself see that it is."""

    circulation = models.ForeignKey(Circulation, on_delete=models.PROTECT, related_name="addressees")
    holder = models.UUIDField(editable=False, help_text="the circulating body")
    readers = ArrayField(models.UUIDField())
    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=8, choices=Capacity.choices)
    country = models.CharField(max_length=2, blank=True)
    names = models.JSONField(help_text="of the body, as it was when asked")
    due = models.DateField(help_text="its own last day")
    extended_at = models.DateTimeField(null=True)
    extended_by = models.UUIDField(null=True)
    reminded_at = models.DateTimeField(null=True)
    told_on = models.DateField(null=True, help_text="when the clock last told whoever must answer")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circulation", "body"], name="asked_once"),
            models.UniqueConstraint(fields=["circulation", "country"], condition=Q(capacity=Capacity.STATE), name="one_reply_per_state"),
            models.CheckConstraint(
                condition=Q(extended_at__isnull=True, extended_by__isnull=True) | Q(extended_at__isnull=False, extended_by__isnull=False),
                name="extended_when_and_by_whom",
            ),
        ]

    @property
    def name(self) -> str:
        """The body's name in the reader's language."""
        return localised(self.names)


class Reply(Record):
    """One edition of an addressee's reply; once sent it never changes, a correction is the next edition."""

    urn_kind = "reply"

    addressee = models.ForeignKey(Addressee, on_delete=models.PROTECT, db_constraint=False, related_name="replies")
    circulation = models.ForeignKey(Circulation, on_delete=models.PROTECT, related_name="replies")
    holder = models.UUIDField(editable=False, help_text="the answering body")
    circulator = models.UUIDField(editable=False, help_text="the circulating body")
    readers = ArrayField(models.UUIDField())
    writers = ArrayField(models.UUIDField())
    capacity = models.CharField(max_length=8, choices=Capacity.choices)
    country = models.CharField(max_length=2, blank=True)
    names = models.JSONField(help_text="of the answering body")
    due = models.DateField(help_text="carried from the addressee")
    edition = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=ReplyState.choices, default=ReplyState.DRAFTING)
    may_publish = models.BooleanField(default=False, help_text="the answering body allows publication")
    published_at = models.DateTimeField(null=True)
    begun_by = models.UUIDField(null=True)
    cleared_at = models.DateTimeField(null=True)
    cleared_by = models.UUIDField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.UUIDField(null=True)
    first_sent_on = models.DateField(null=True, help_text="of the first edition: a correction makes no reply late")
    returned_at = models.DateTimeField(null=True)
    return_note = models.TextField(blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["addressee", "edition"], name="edition_once"),
            models.UniqueConstraint(fields=["addressee"], condition=Q(state__in=OFFICIAL), name="one_official_reply"),
            models.UniqueConstraint(fields=["addressee"], condition=Q(state__in=OPEN), name="one_open_edition"),
            models.CheckConstraint(
                condition=Q(state=ReplyState.DRAFTING, cleared_at__isnull=True)
                | (~Q(state=ReplyState.DRAFTING) & Q(cleared_at__isnull=False)),
                name="cleared_when",
            ),
            models.CheckConstraint(condition=Q(state__in=OPEN, sent_at__isnull=True) | Q(sent_at__isnull=False), name="sent_when"),
            models.CheckConstraint(condition=Q(state=ReplyState.DRAFTING) | Q(writers=[]), name="nobody_writes_after_clearing"),
            models.CheckConstraint(condition=Q(published_at__isnull=True) | Q(may_publish=True), name="published_with_leave"),
        ]
        indexes = [models.Index(fields=["circulation", "state"], name="replies_by_circulation")]

    @property
    def name(self) -> str:
        """The answering body's name in the reader's language."""
        return localised(self.names)

    @property
    def days_late(self) -> int:
        """How many days after the day that stands it came, an extension counted; 0: in time, or not sent."""
        return max(0, (self.first_sent_on - self.due).days) if self.first_sent_on else 0

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("questionnaires:reply", args=[self.pk])


class Withdrawal(Record):
    """That a reply was published and is so no longer; for everybody, and nothing of who answered or what."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, db_constraint=False, related_name="withdrawals")
    holder = models.UUIDField(editable=False, help_text="the circulating body")
    published_at = models.DateTimeField(help_text="as it had been published")
    withdrawn_at = models.DateTimeField(default=clock.now)


class CarriedColumns(TypedDict):
    """What decides who reads and writes what hangs under a reply."""

    holder: UUID
    readers: list[UUID]
    writers: list[UUID]


def carried(reply: Reply) -> CarriedColumns:
    """What a row under a reply must repeat."""
    return CarriedColumns(holder=reply.holder, readers=list(reply.readers), writers=list(reply.writers))


class UnderReply(Record):
    """A row under a reply, with the reply's readers and writers."""

    carried_from: ClassVar[str] = "reply"

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    holder = models.UUIDField(editable=False)
    readers = ArrayField(models.UUIDField(), editable=False)
    writers = ArrayField(models.UUIDField(), editable=False)

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Django's own signature
        reply = kwargs.get("reply")
        if reply is not None and "holder" not in kwargs:
            kwargs.update(carried(reply))
        super().__init__(*args, **kwargs)


class Answer(UnderReply):
    """What a reply says to a question (in a section that repeats: in one of its instances)."""

    urn_kind = "answer"

    question = models.ForeignKey("questionnaires.Question", on_delete=models.PROTECT, related_name="answers")
    instance = models.PositiveSmallIntegerField(default=0, help_text="0 outside of what repeats")
    value = models.JSONField(null=True, help_text="see engines.forms.values")
    gap = models.CharField(max_length=14, choices=Gap.choices, blank=True)
    version = models.PositiveIntegerField(default=1)
    written_by = models.UUIDField(null=True)
    written_body = models.UUIDField(null=True)
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reply", "question", "instance"], name="answered_once")]


class Past(UnderReply):
    """What an answer said before, or what somebody else wanted it to say at the same time: nothing saved is lost."""

    question = models.ForeignKey("questionnaires.Question", on_delete=models.PROTECT, related_name="+")
    instance = models.PositiveSmallIntegerField(default=0)
    value = models.JSONField(null=True)
    gap = models.CharField(max_length=14, choices=Gap.choices, blank=True)
    version = models.PositiveIntegerField()
    aside = models.BooleanField(default=False, help_text="came at the same time as another and stands beside it until somebody chose")
    written_by = models.UUIDField(null=True)
    written_body = models.UUIDField(null=True)
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["reply", "question"], name="past_by_question")]


class Instance(UnderReply):
    """One time that a repeating section is filled."""

    section = models.ForeignKey("questionnaires.Section", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reply", "section", "number"], name="instance_once")]


class Assignment(UnderReply):
    """A section or a question of a reply, given to another body or to one post to write."""

    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+")
    post = models.UUIDField(null=True, help_text="one colleague at that body; empty: all its respondents")
    section = models.ForeignKey("questionnaires.Section", on_delete=models.PROTECT, null=True, related_name="+")
    question = models.ForeignKey("questionnaires.Question", on_delete=models.PROTECT, null=True, related_name="+")
    due = models.DateField(null=True)
    note = models.CharField(max_length=500, blank=True)
    made_by = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    told_on = models.DateField(null=True, help_text="when the clock last told whoever writes it")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(section__isnull=False, question__isnull=True) | Q(section__isnull=True, question__isnull=False),
                name="assigned_a_section_or_a_question",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True) | Q(done_at__isnull=False, done_by__isnull=False),
                name="done_when_and_by_whom",
            ),
        ]


class Attachment(UnderReply):
    """An evidence file under an answer, sealed."""

    question = models.ForeignKey("questionnaires.Question", on_delete=models.PROTECT, related_name="+")
    instance = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=100, help_text="media type")
    size = models.PositiveIntegerField(help_text="bytes before sealing")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the bytes")
    key = models.UUIDField()
    sealed = models.BinaryField()
    written_by = models.UUIDField(null=True)
    removed_at = models.DateTimeField(null=True)
