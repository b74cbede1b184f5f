"""What follows a report: the committee's decisions, the State's replies, what the mechanism makes of them."""

from typing import ClassVar

from django.db import models
from django.urls import reverse

from entraide.features.monitoring.choices import Position, Progress
from entraide.features.monitoring.models.mechanisms import Evaluation
from entraide.features.monitoring.models.reports import Recommendation
from entraide.features.monitoring.models.shared import Part, Root, Shared
from entraide.kernel.base.names import localised


class Decision(Root):
    """What the committee asks of the State on the report, with a day of its own."""

    urn_kind = "decision"

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="decisions")
    texts = models.JSONField(help_text="{language: text}")
    reference = models.CharField(max_length=60, blank=True)
    adopted_on = models.DateField()
    due = models.DateField(null=True, help_text="by when the State reports back")
    answered_on = models.DateField(null=True)

    @property
    def text(self) -> str:
        """The text in the reader's language."""
        return localised(self.texts)

    def get_absolute_url(self) -> str:
        """Where it stands."""
        return reverse("monitoring:evaluation", args=[self.evaluation_id]) + f"#decision-{self.pk}"


class DecisionOn(Part):
    """A recommendation that a decision takes up."""

    root: ClassVar[str] = "decision"

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="items")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="decided")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "recommendation"], name="decided_once")]


class Reply(Shared):
    """What the State answers to a recommendation; a later one stands beside the earlier."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="replies")
    position = models.CharField(max_length=10, choices=Position.choices)
    text = models.TextField()
    on = models.DateField()


class Assessment(Shared):
    """How far a recommendation is carried out, as the mechanism sees it on a day."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="assessments")
    progress = models.CharField(max_length=10, choices=Progress.choices)
    text = models.TextField(blank=True)
    on = models.DateField()
