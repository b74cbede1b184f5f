"""The person's agreement: what she was shown, in which language, and what she allowed whom to use for what."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from entraide.features.cases.choices import AgreementDecision, AgreementEnd, Manner, Purpose
from entraide.features.cases.models import OfCase
from entraide.kernel.base.models import Record


class AgreementText(Record):
    """The words shown to a person, immutable; a new wording is a new version."""

    code = models.CharField(max_length=30)
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    body = models.TextField()
    for_children = models.BooleanField(default=False)
    reviewed = models.BooleanField(default=False)

    class Meta:
        app_label = "cases"
        constraints = [
            models.UniqueConstraint(fields=["code", "version", "language", "for_children"], name="agreement_text_once"),
        ]


class Agreement(OfCase):
    """One answer of the person: for one recipient, one purpose and some field groups, until a day. Never changed, only ended."""

    decision = models.CharField(max_length=10, choices=AgreementDecision.choices)
    recipient = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=30, choices=Purpose.choices)
    groups = models.JSONField(default=list)
    valid_until = models.DateField(null=True)
    text = models.ForeignKey(AgreementText, on_delete=models.PROTECT, related_name="+")
    manner = models.CharField(max_length=10, choices=Manner.choices)
    interpreter = models.BooleanField(default=False)
    told_copies_stay = models.BooleanField(default=False, help_text="was told that copies given to police may not come back")
    sealed = models.JSONField(default=dict, help_text="names of interpreter and guardian")
    has_guardian = models.BooleanField(default=False)
    given_on = models.DateField()
    recorded_by = models.UUIDField()
    follows = models.UUIDField(null=True, help_text="the answer that this one replaces")
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=10, choices=AgreementEnd.choices, blank=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        app_label = "cases"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_how="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_how="")),
                name="agreement_ended_when_how_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(decision="refused", groups=[]) | (Q(decision="given", valid_until__isnull=False) & ~Q(groups=[])),
                name="given_for_something_until_a_day",
            ),
            models.UniqueConstraint(
                fields=["case", "recipient", "purpose"], condition=Q(ended_at__isnull=True), name="one_answer_in_force"
            ),
        ]

    def get_absolute_url(self) -> str:
        """The page of this answer."""
        return reverse("cases:agreement", args=[self.case_id, self.pk])
