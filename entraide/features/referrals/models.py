"""A referral as each side keeps it: the sender's under her case, the recipient's own copy; neither reads the other's rows."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from entraide.features.cases.choices import Age, Purpose
from entraide.features.cases.models import Case
from entraide.features.referrals.choices import DeclineReason, Outcome, State, Urgency, WithdrawalAnswer
from entraide.kernel.access.models import Child, Protected
from entraide.kernel.base import clock
from entraide.kernel.base.ids import uuid7


class Facts(models.Model):
    """What both sides know."""

    thread = models.UUIDField(default=uuid7, help_text="the referral's identifier on both sides")
    reference = models.CharField(max_length=20)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    sender = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=30, choices=Purpose.choices)
    urgency = models.CharField(max_length=10, choices=Urgency.choices, default=Urgency.ROUTINE)
    reply_by = models.DateTimeField(null=True)
    age = models.CharField(max_length=10, choices=Age.choices)
    gender = models.CharField(max_length=30, blank=True)
    languages = models.JSONField(default=list)
    needs = models.JSONField(default=list)
    fields = models.JSONField(default=list, help_text="permanent ids of the fields that go, or will go, with acceptance")
    agreed_until = models.DateField(null=True, help_text="the last day of the person's agreement, as it was when sent")
    by_telephone = models.BooleanField(default=False)
    called_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=40, choices=DeclineReason.choices, blank=True)
    outcome = models.CharField(max_length=40, choices=Outcome.choices, blank=True)
    talk = models.JSONField(default=list, help_text="questions, answers and conditions: {at, by, kind, sealed}")
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True, help_text="the person withdrew or narrowed her agreement after acceptance")
    withdrawn_groups = models.JSONField(default=list, help_text="field groups that she no longer agrees to")
    withdrawal_answer = models.CharField(max_length=20, choices=WithdrawalAnswer.choices, blank=True)
    withdrawal_answered_at = models.DateTimeField(null=True)
    invented = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=clock.now)
    last_move = models.CharField(max_length=30, blank=True, default="", help_text="made on this side; empty: on the other, or by the clock")
    moved_by = models.UUIDField(null=True, help_text="the post that made it: its second press is no second move")

    class Meta:
        abstract = True

    @property
    def withdrawal_unanswered(self) -> bool:
        """The person took her agreement back, and whoever holds a copy has not said what became of it."""
        return self.withdrawn_at is not None and not self.withdrawal_answer


_CHECKS = {
    "moved": Q(last_move="", moved_by__isnull=True) | (~Q(last_move="") & Q(moved_by__isnull=False)),
    "sent": Q(state__in=[State.DRAFT, State.DISCARDED]) | Q(sent_at__isnull=False),
    "clock": ~Q(state__in=[State.SENT, State.QUERIED, State.OFFERED]) | Q(reply_by__isnull=False),
    "reason": ~Q(state=State.DECLINED) | ~Q(reason=""),
    "outcome": ~Q(state=State.CLOSED) | (~Q(outcome="") & Q(closed_at__isnull=False)),
    "arrival": ~Q(state=State.ARRIVED) | Q(arrived_at__isnull=False),
    "withdrawal": Q(withdrawal_answer="") | Q(withdrawn_at__isnull=False, withdrawal_answered_at__isnull=False),
}


class OutgoingReferral(Facts, Child):
    """The sender's side; holds the frozen package until it is handed over or no longer needed."""

    urn_kind = "referral"
    carried_from: ClassVar[str] = "case"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    made_by = models.UUIDField()
    agreement = models.UUIDField(null=True)
    legal_basis = models.UUIDField(null=True)
    transfer_basis = models.UUIDField(null=True)
    chosen = models.JSONField(default=list, help_text="field groups the sender left ticked")
    package = models.JSONField(default=dict, help_text="{field id: sealed text}, frozen at sending, emptied when handed over")
    call = models.JSONField(default=dict, help_text="sealed note of the telephone call")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread"], name="outgoing_once"),
            *(models.CheckConstraint(condition=check, name=f"outgoing_{name}") for name, check in _CHECKS.items()),
        ]
        indexes = [models.Index(fields=["state", "reply_by"], name="outgoing_by_deadline")]

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("referrals:outgoing", args=[self.pk])


class IncomingReferral(Facts, Protected):
    """The recipient's side: a summary without identity; from acceptance on it belongs to the recipient's own case."""

    urn_kind = "referral"

    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    key = models.UUIDField(help_text="seals what is written here; becomes the person's key on acceptance")
    accepted_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["holder", "thread"], name="incoming_once"),
            *(models.CheckConstraint(condition=check, name=f"incoming_{name}") for name, check in _CHECKS.items()),
        ]
        indexes = [models.Index(fields=["state", "reply_by"], name="incoming_by_deadline")]

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("referrals:incoming", args=[self.pk])
