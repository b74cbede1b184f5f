"""Tables of figures and their cells; what is published is a copy of them."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from entraide.features.figures.choices import EstimateState, Origin, ReleaseState, TableState
from entraide.features.figures.codes import TOTAL
from entraide.kernel.base.figures import tallies
from entraide.kernel.base.models import Record
from entraide.kernel.base.names import localised


class Held(Record):
    """A row that a body's analysts write and its readers read."""

    holder = models.UUIDField(editable=False)

    class Meta:
        abstract = True


class Number(Held):
    """One value and the codes that say of what. An interval where it is withheld or not known exactly; no upper end where none is known."""

    place = models.PositiveIntegerField(help_text="its order in the table")
    indicator = models.CharField(max_length=40, help_text="the tag of its definition")
    area = models.CharField(max_length=80, blank=True, help_text="ISO 3166-1 alpha-2, or as the source writes it")
    year = models.PositiveSmallIntegerField(null=True)
    sex = models.CharField(max_length=40, default=TOTAL)
    age = models.CharField(max_length=40, default=TOTAL)
    form = models.CharField(max_length=120, default=TOTAL)
    citizenship = models.CharField(max_length=80, default=TOTAL)
    category = models.CharField(max_length=160, default=TOTAL)
    low = models.DecimalField(max_digits=18, decimal_places=4)
    high = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    best = models.DecimalField(max_digits=18, decimal_places=4, null=True, help_text="of an estimate: the value that its method prefers")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(low__gte=0) & (Q(high__isnull=True) | Q(high__gte=F("low"))), name="%(class)s_in_order")
        ]

    @property
    def exact(self) -> bool:
        """Whether it is one number and no interval."""
        return self.low == self.high


def named(tally: str, year: int | None) -> str:
    """The name of a counted table in the reader's language; empty where nothing of that name is counted here."""
    return f"{tallies[tally].label}, {year}" if tally in tallies else ""


class Table(Held):
    """A table that was counted here or came in a file."""

    urn_kind = "figures"

    origin = models.CharField(max_length=10, choices=Origin.choices)
    state = models.CharField(max_length=10, choices=TableState.choices, default=TableState.FILED)
    title = models.CharField(max_length=200, blank=True)
    tally = models.CharField(max_length=60, blank=True, help_text="what was counted, for counted ones")
    year = models.PositiveSmallIntegerField(null=True, help_text="the year that was counted")
    smallest = models.PositiveSmallIntegerField(null=True, help_text="no smaller count of persons is told")
    source = models.CharField(max_length=300, blank=True)
    already_public = models.BooleanField(default=False, help_text="its source has published it as it is")
    digest = models.CharField(max_length=64, help_text="SHA-256 of its cells, so that nothing is filed twice")
    report = models.JSONField(default=dict, help_text="what the import found: sums, and every row that was not placed")
    file = models.BinaryField(default=bytes, help_text="the file while it is only tried, sealed")
    key = models.UUIDField(null=True, help_text="of the sealed file")
    file_name = models.CharField(max_length=20, blank=True)
    made_by = models.UUIDField()
    invented = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "tally", "year"], condition=~Q(tally="") & Q(already_public=False), name="counted_once"
            ),
            models.UniqueConstraint(fields=["holder", "digest"], condition=Q(state="filed", origin="imported"), name="filed_once"),
        ]

    @property
    def name(self) -> str:
        """Its title; of a counted one, what was counted and the year."""
        return named(self.tally, self.year) or self.title

    @property
    def is_known(self) -> bool:
        """Whether it was counted here from what everybody can read."""
        return self.origin == Origin.COUNTED and self.already_public

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("figures:table", args=[self.pk])


class Cell(Number):
    """One value of a table."""

    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="cells")

    class Meta(Number.Meta):
        indexes = [models.Index(fields=["table", "place"], name="cells_in_order")]


class Estimate(Held):
    """How many there may be in all: capture histories, and the families of models side by side as each of them is done."""

    urn_kind = "estimate"

    state = models.CharField(max_length=10, choices=EstimateState.choices, default=EstimateState.QUEUED)
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    area = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField()
    sex = models.CharField(max_length=10, default=TOTAL)
    age = models.CharField(max_length=10, default=TOTAL)
    form = models.CharField(max_length=10, default=TOTAL)
    names = models.JSONField(help_text="of the lists")
    counts = models.JSONField(help_text="persons by the lists on which exactly they are; bit i of the place is list i")
    methods = models.JSONField(help_text="families to run, in this order")
    resamples = models.PositiveIntegerField()
    seed = models.PositiveBigIntegerField()
    missed_links = models.FloatField(default=0, help_text="share of true links that the matching is taken to have missed")
    false_links = models.FloatField(default=0, help_text="share of the links made that is taken to be false")
    links = models.JSONField(default=list, help_text="what wrong links would make of the answer")
    families = models.JSONField(default=list, help_text="what each family says, as it is done")
    checks = models.JSONField(default=list, help_text="each list taken as a population of known size")
    step = models.CharField(max_length=40, blank=True, help_text="the family being worked on")
    share = models.FloatField(default=0, help_text="how far it is, 0 to 1")
    attempt = models.PositiveIntegerField(default=0, help_text="which job may write; an older one stops")
    made_by = models.UUIDField()
    finished_at = models.DateTimeField(null=True)
    invented = models.BooleanField(default=False)

    @property
    def answered(self) -> list[dict[str, Any]]:
        """The families that have an estimate."""
        return [each for each in self.families if each["estimate"] is not None]

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("figures:estimate", args=[self.pk])


class Release(Held):
    """A set of figures on its way to everybody; its numbers are copies that never change."""

    urn_kind = "release"

    series = models.UUIDField(help_text="the same for all versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=ReleaseState.choices, default=ReleaseState.DRAFT)
    public = models.BooleanField(default=False, help_text="whether everybody sees that it is there")
    titles = models.JSONField(help_text="{language: title}")
    summaries = models.JSONField(help_text="{language: what it says}")
    body_names = models.JSONField(help_text="{language: name of the body that publishes}")
    sources = models.JSONField(default=list, help_text="[{title, source}]")
    notes = models.JSONField(default=dict, help_text="{language: [paragraphs on methods]}")
    smallest = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of its numbers")
    drafted_by = models.UUIDField()
    drafter = models.UUIDField(help_text="the account; it cannot review")
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, help_text="why it was withdrawn, as everybody reads it")
    invented = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="release_version_once"),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | (Q(withdrawn_at__isnull=False) & ~Q(reason="")), name="release_withdrawn_why"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False, public=True), name="release_published_when"
            ),
        ]

    @property
    def title(self) -> str:
        """In the reader's language."""
        return localised(self.titles)

    @property
    def summary(self) -> str:
        """In the reader's language."""
        return localised(self.summaries)

    @property
    def body_name(self) -> str:
        """Who publishes, in the reader's language."""
        return localised(self.body_names)

    @property
    def told_sources(self) -> list[dict[str, str]]:
        """Title and source of each table and estimate; what was counted is named in the reader's language."""
        return [
            {"title": named(each.get("tally", ""), each.get("year")) or each["title"], "source": each["source"]} for each in self.sources
        ]

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("figures:release", args=[self.pk])


class Figure(Number):
    """One number of a release."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="figures")
    public = models.BooleanField(default=False)
    protected = models.BooleanField(default=False, help_text="persons whose source has not published them itself")

    class Meta(Number.Meta):
        indexes = [models.Index(fields=["release", "place"], name="figures_in_order")]


class Review(Held):
    """What somebody who did not draft it says of a release."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="reviews")
    account = models.UUIDField()
    post = models.UUIDField()
    agrees = models.BooleanField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "account"], name="one_review_per_person")]


Key = tuple[str, str, int | None, str, str, str, str, str]


def key_of(number: Number) -> Key:
    """What a number is of."""
    return (
        number.indicator, number.area, number.year, number.sex, number.age, number.form, number.citizenship, number.category,
    )  # fmt: skip
