"""Mechanisms as rows, their rounds, the evaluation of each State, who evaluates, and the lots."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from entraide.features.monitoring.choices import InterestKind, Publicity, Reviewers, Stage
from entraide.features.monitoring.models.shared import Shared
from entraide.features.questionnaires.choices import Capacity
from entraide.kernel.base.countries import country_name
from entraide.kernel.base.names import localised


def both() -> list[str]:
    """The languages in which reports are written unless a mechanism says otherwise."""
    return ["en", "fr"]


class Mechanism(Shared):
    """A procedure by which obligations are followed; everything that differs between procedures stands in this row."""

    urn_kind = "mechanism"

    slug = models.SlugField(max_length=60, unique=True)
    names = models.JSONField(help_text="{language: name}")
    about = models.JSONField(default=dict, help_text="{language: sentence}")
    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+")
    kept_by = models.JSONField(default=dict, help_text="the body’s names: these pages are public, the register of bodies is not")
    decided_by = models.JSONField(default=dict, help_text="the committee’s names")
    committee = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, null=True, related_name="+", help_text="decides on reports")
    document = models.ForeignKey("texts.Document", on_delete=models.PROTECT, related_name="+", help_text="whose obligations it follows")
    reviewers_are = models.CharField(max_length=10, choices=Reviewers.choices)
    reviewers = models.PositiveSmallIntegerField(help_text="for each State")
    same_region = models.BooleanField(default=False, help_text="one reviewer of the State’s own regional group")
    visits = models.BooleanField(default=True)
    comments_days = models.PositiveSmallIntegerField(help_text="for the State’s comments on the draft; 0: no such stage")
    publicity = models.CharField(max_length=10, choices=Publicity.choices)
    ngo_replies = models.BooleanField(default=False)
    ranking = models.BooleanField(default=False, help_text="whether States may be set in an order by result")
    reports_a_year = models.PositiveSmallIntegerField(default=0, help_text="0: by rounds of years")
    verbs = models.JSONField(help_text="[{code, names}] from the weakest to the strongest")
    clusters = models.JSONField(default=list, help_text="[{code, names}] in which a round takes its provisions")
    languages = ArrayField(models.CharField(max_length=3), default=both, help_text="ISO 639 codes: in which its reports are written")
    invented = models.BooleanField(default=False)

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return localised(self.names)

    @property
    def keeper(self) -> str:
        """The body that keeps it, in the reader's language."""
        return localised(self.kept_by)

    def cluster_name(self, code: str) -> str:
        """A cluster in the reader's language; empty where there is none."""
        return next((localised(each["names"]) for each in self.clusters if each["code"] == code), code)

    def strength(self, verb: str) -> int:
        """How strong a verb is in this mechanism: 1 is the weakest, 0 means that it is not in use."""
        return next((place for place, each in enumerate(self.verbs, start=1) if each["code"] == verb), 0)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("monitoring:mechanism", args=[self.slug])


class Round(Shared):
    """One round: a stretch of time, chosen provisions, States in an order."""

    urn_kind = "round"

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    names = models.JSONField()
    opens_on = models.DateField()
    closes_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mechanism", "number"], name="round_once"),
            models.CheckConstraint(condition=Q(closes_on__gte=models.F("opens_on")), name="round_ends_after_it_opens"),
        ]

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return localised(self.names)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("monitoring:round", args=[self.pk])


class RoundQuestionnaire(Shared):
    """A questionnaire sent round for a round: whom it asks, about which cluster, until when. A round is public, a circulation is not."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="questionnaires")
    circulation = models.ForeignKey("questionnaires.Circulation", on_delete=models.PROTECT, related_name="+")
    questionnaire = models.ForeignKey("questionnaires.Questionnaire", on_delete=models.PROTECT, related_name="+")
    titles = models.JSONField(help_text="of the circulation")
    capacities = ArrayField(models.CharField(max_length=8, choices=Capacity.choices), help_text="as what bodies are asked")
    cluster = models.CharField(max_length=20, blank=True, help_text="of the mechanism; empty: about the whole round")
    due = models.DateField(help_text="the last day to answer")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "circulation"], name="asked_once_in_a_round"),
            models.CheckConstraint(condition=~Q(capacities=[]), name="a_round_asks_somebody"),
        ]

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return localised(self.titles)


class Scope(Shared):
    """A provision that a round looks at."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="scope")
    provision = models.ForeignKey("texts.Provision", on_delete=models.PROTECT, related_name="+")
    cluster = models.CharField(max_length=20, blank=True)
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "provision"], name="scope_once")]


class Evaluation(Shared):
    """The evaluation of one State in one round: its stage, its dates, the national body that answers."""

    urn_kind = "evaluation"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="evaluations")
    state = models.CharField(max_length=2, help_text="ISO 3166-1 alpha-2")
    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+", help_text="answers for the State")
    place = models.PositiveSmallIntegerField(help_text="in the order of countries")
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.PLANNED)
    since = models.DateTimeField(null=True, help_text="when it reached this stage")
    replies_due = models.DateField(null=True)
    comments_due = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    invented = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "state"], name="evaluated_once"),
            models.CheckConstraint(condition=~Q(stage=Stage.COMMENTING) | Q(comments_due__isnull=False), name="comments_have_a_clock"),
            models.CheckConstraint(condition=~Q(stage=Stage.PUBLISHED) | Q(published_at__isnull=False), name="published_when_known"),
        ]
        indexes = [models.Index(fields=["state"], name="evaluation_by_state")]

    @property
    def state_name(self) -> str:
        """The State's name in the reader's language."""
        return country_name(self.state)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("monitoring:evaluation", args=[self.pk])


class Reviewer(Shared):
    """Somebody who evaluates: an expert's post, or a State that was drawn."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="reviewers")
    post = models.UUIDField(null=True)
    country = models.CharField(max_length=2, help_text="of the expert, or the State itself")
    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, null=True, related_name="+", help_text="that works for a drawn State")
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "post"], condition=Q(ended_on__isnull=True), name="reviewer_post_once"),
            models.UniqueConstraint(
                fields=["evaluation", "country"], condition=Q(post__isnull=True, ended_on__isnull=True), name="reviewing_state_once"
            ),
        ]


class Interest(Shared):
    """An interest that an expert declared: a State with whose evaluation she has nothing to do."""

    post = models.UUIDField()
    state = models.CharField(max_length=2)
    kind = models.CharField(max_length=12, choices=InterestKind.choices)
    text = models.CharField(max_length=200, blank=True)
    declared_on = models.DateField()


class Draw(Shared):
    """Lots: the inputs are published first, then the seed, and whoever has both gets the same result."""

    urn_kind = "draw"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="draws")
    inputs = models.JSONField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the inputs, fixed before there was a seed")
    seed = models.CharField(max_length=200, blank=True)
    seed_source = models.CharField(max_length=300, blank=True, help_text="where anybody can look the seed up")
    result = models.JSONField(default=dict)
    drawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(drawn_at__isnull=True) | ~Q(seed=""), name="drawn_with_a_seed")]

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("monitoring:draw", args=[self.pk])
