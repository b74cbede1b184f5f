"""Instruments and what States did with them; authorities, law and steps that bodies record themselves. All of it is public."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from entraide.features.treaties.choices import ActKind, Answer, Topic
from entraide.kernel.base.models import Record
from entraide.kernel.base.names import localised


class Sourced(Record):
    """A public fact with its source, the day it was true, and whether it was compared with the source."""

    source = models.CharField(max_length=300)
    as_of = models.CharField(max_length=20, help_text="ISO 8601: year, year and month, or day")
    confirmed = models.BooleanField(default=False)
    invented = models.BooleanField(default=False, help_text="belongs to the demonstration")

    class Meta:
        abstract = True


class Instrument(Sourced):
    """A treaty or memorandum with its rule of entry into force and what it can be a basis for."""

    urn_kind = "instrument"

    slug = models.SlugField(max_length=60, unique=True)
    acronym = models.CharField(max_length=40, blank=True)
    names = models.JSONField(help_text="{language: name}")
    binding = models.BooleanField(default=True)
    adopted_on = models.DateField()
    place = models.CharField(max_length=80, blank=True)
    depositary = models.CharField(max_length=120, blank=True)
    reach = models.CharField(max_length=40, help_text="who may join")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="supplements")
    rule = models.JSONField(help_text="see force.from_json")
    coverage = models.JSONField(default=list, help_text="[{help, offences, provisions, conditions, force}]")
    examined = models.JSONField(
        default=list, help_text="kinds of act that were looked for: reservation, declaration, objection, withdrawal"
    )
    document = models.ForeignKey("texts.Document", on_delete=models.PROTECT, related_name="instruments")
    depositary_body = models.UUIDField(null=True, help_text="the body that records here as depositary what States do")

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return localised(self.names)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("treaties:instrument", args=[self.slug])


class Act(Sourced):
    """What a State or organisation did with an instrument; the day as precise as known."""

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="acts")
    state = models.CharField(max_length=2, help_text="ISO 3166-1 alpha-2, or EU")
    kind = models.CharField(max_length=14, choices=ActKind.choices)
    on = models.CharField(max_length=10, blank=True, help_text="ISO 8601: year, year and month, or day; empty where not known")
    text = models.TextField(blank=True, help_text="of a reservation, declaration or objection")
    note = models.CharField(max_length=200, blank=True)
    recorded_force = models.DateField(null=True, help_text="entry into force as the source gives it, to compare with what is computed")
    holder = models.UUIDField(editable=False, null=True, help_text="the body that recorded it; empty for the facts that come with Entraide")
    recorded_by = models.UUIDField(null=True)
    ended_on = models.DateField(null=True, help_text="the first day on which the entry counts no more")
    by_depositary = models.BooleanField(default=False, help_text="recorded by the depositary: its word counts before the State's own")
    answers = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", help_text="the reservation objected to")
    precludes = models.BooleanField(default=False, help_text="the objection keeps the instrument from standing between the two States")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(answers__isnull=True) | Q(kind="objection"), name="only_objections_answer"),
            models.CheckConstraint(condition=Q(precludes=False) | Q(answers__isnull=False), name="precluding_names_the_reservation"),
            models.UniqueConstraint(
                fields=["instrument", "state", "kind", "on"],
                condition=Q(holder__isnull=True) & ~Q(kind__in=["reservation", "declaration", "objection"]),
                name="act_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "instrument"])]


class Recorded(Sourced):
    """A row that a body's coordinator or secretariat recorded, and may end; what ended stays to be read."""

    holder = models.UUIDField(editable=False)
    recorded_by = models.UUIDField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        abstract = True


class Authority(Recorded):
    """Whom a State designated to receive and answer requests of certain kinds."""

    state = models.CharField(max_length=2)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, null=True, related_name="+", help_text="empty: for any")
    helps = models.JSONField(help_text="kinds of help it is competent for")
    names = models.JSONField(help_text="{language: name}")
    languages = models.JSONField(help_text="ISO 639 codes that it accepts")
    channels = models.JSONField(help_text="how a request may travel")
    contact = models.CharField(max_length=300, blank=True, help_text="published contact details of the office, of no person")

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return localised(self.names)


class Law(Recorded):
    """What the law of a State says on a topic."""

    state = models.CharField(max_length=2)
    topic = models.CharField(max_length=20, choices=Topic.choices)
    answer = models.CharField(max_length=8, choices=Answer.choices)
    text = models.CharField(max_length=500, blank=True)
    reference = models.CharField(max_length=200, help_text="act and article")


class Step(Recorded):
    """What somebody who owns a commitment does about it, by when."""

    provision = models.ForeignKey("texts.Provision", on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=2)
    title = models.CharField(max_length=300)
    due = models.DateField(null=True)
    done_on = models.DateField(null=True)


class Evidence(Recorded):
    """What shows that a step was taken."""

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField(max_length=300)
    on = models.DateField()
