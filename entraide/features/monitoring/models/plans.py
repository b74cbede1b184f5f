"""National action plans: measures, who leads and who helps, what each answers, milestones, progress."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from entraide.features.monitoring.models.reports import Recommendation
from entraide.features.monitoring.models.shared import Part, Root
from entraide.kernel.base.names import localised


class Plan(Root):
    """A State's plan of action for some years."""

    urn_kind = "plan"

    state = models.CharField(max_length=2)
    titles = models.JSONField()
    begins_on = models.DateField()
    ends_on = models.DateField()
    published_at = models.DateTimeField(null=True)
    invented = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_on__gt=models.F("begins_on")), name="plan_ends_after_it_begins")]

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return localised(self.titles)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("monitoring:plan", args=[self.pk])


class InPlan(Part):
    """A row of one plan."""

    root: ClassVar[str] = "plan"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class Measure(InPlan):
    """One thing that the State does, who leads it, by when, with what money, and how one sees that it worked."""

    urn_kind = "measure"

    number = models.PositiveSmallIntegerField()
    titles = models.JSONField()
    lead = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+")
    led_by = models.JSONField(help_text="its names: a published plan is public, the register of bodies is not")
    indicator = models.CharField(max_length=300, blank=True)
    budget = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True, help_text="ISO 4217")
    begins_on = models.DateField(null=True)
    due = models.DateField(null=True)
    done_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="measure_number_once"),
            models.CheckConstraint(condition=Q(budget__isnull=True) | ~Q(currency=""), name="money_has_a_currency"),
        ]

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return localised(self.titles)

    @property
    def lead_name(self) -> str:
        """Who leads, in the reader's language."""
        return localised(self.led_by)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("monitoring:measure", args=[self.pk])


class Partner(InPlan):
    """A body that helps with a measure."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="partners")
    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+")
    names = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "body"], name="partner_once")]


class Answers(InPlan):
    """A measure answers a recommendation, or carries out a commitment; many to many."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="answers")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, null=True, related_name="answered_by")
    provision = models.ForeignKey("texts.Provision", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(recommendation__isnull=False, provision__isnull=True) | Q(recommendation__isnull=True, provision__isnull=False),
                name="answers_one_thing",
            ),
            models.UniqueConstraint(fields=["measure", "recommendation"], name="answers_a_recommendation_once"),
            models.UniqueConstraint(fields=["measure", "provision"], name="answers_a_commitment_once"),
        ]


class Milestone(InPlan):
    """A step of a measure by a day."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=300)
    due = models.DateField()
    done_on = models.DateField(null=True)


class Step(InPlan):
    """What was reported on a measure on a day, and what shows it."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="steps")
    on = models.DateField()
    text = models.TextField()
    percent = models.PositiveSmallIntegerField(null=True)
    evidence = models.CharField(max_length=300, blank=True, help_text="a law, a report, a figure; no case and no person")
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(percent__isnull=True) | Q(percent__lte=100), name="percent_of_a_hundred")]
