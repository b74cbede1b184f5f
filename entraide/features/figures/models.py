"""Tables of figures and their cells; what is published is a copy of them."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from entraide.features.figures.choices import Origin, TableState
from entraide.features.figures.codes import TOTAL
from entraide.kernel.base.figures import tallies
from entraide.kernel.base.models import Record


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

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(low__gte=0) & (Q(high__isnull=True) | Q(high__gte=F("low"))), name="%(class)s_in_order")
        ]

    @property
    def exact(self) -> bool:
        """Whether it is one number and no interval."""
        return self.low == self.high


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
    file = models.BinaryField(default=bytes, help_text="the file while it is only tried")
    file_name = models.CharField(max_length=20, blank=True)
    made_by = models.UUIDField()
    invented = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["holder", "tally", "year"], condition=~Q(tally=""), name="counted_once"),
            models.UniqueConstraint(fields=["holder", "digest"], condition=Q(state="filed", origin="imported"), name="filed_once"),
        ]

    @property
    def name(self) -> str:
        """Its title; of a counted one, what was counted and the year."""
        if self.tally in tallies:
            return f"{tallies[self.tally].label}, {self.year}"
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("figures:table", args=[self.pk])


class Cell(Number):
    """One value of a table."""

    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="cells")

    class Meta(Number.Meta):
        indexes = [models.Index(fields=["table", "place"], name="cells_in_order")]
