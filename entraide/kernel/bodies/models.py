"""Bodies, the seats they hold in groups, and who vetted them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from entraide.kernel.access.sides import KINDS, Kind, Side
from entraide.kernel.base.countries import country_name
from entraide.kernel.base.models import Record
from entraide.kernel.base.names import localised
from entraide.kernel.bodies.choices import Form, Level, SeatRole


class Body(Record):
    """A State, organisation, authority, NGO, network, group or mission."""

    slug = models.SlugField(max_length=80, unique=True)
    names = models.JSONField(help_text="{language: name}")
    acronym = models.CharField(max_length=30, blank=True)
    form = models.CharField(max_length=20, choices=Form.choices)
    level = models.CharField(max_length=10, choices=Level.choices)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    side = models.CharField(max_length=20, choices=Side.choices)
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1 alpha-2")
    place = models.CharField(max_length=80, blank=True, help_text="a city; empty where the place is confidential")
    languages = models.JSONField(default=list, help_text="ISO 639 codes in which it works")
    services = models.JSONField(default=list)
    source = models.CharField(max_length=200, blank=True)
    as_of = models.CharField(max_length=40, blank=True)
    confirmed = models.BooleanField(default=True)
    invented = models.BooleanField(default=False)
    parents = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="children")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "side"], name="bodies_body_id_side"),
            models.CheckConstraint(condition=~Q(names={}), name="body_has_a_name"),
            models.CheckConstraint(
                condition=Q(side=Side.LAW_ENFORCEMENT, kind__in=KINDS[Side.LAW_ENFORCEMENT])
                | Q(side=Side.ASSISTANCE, kind__in=KINDS[Side.ASSISTANCE]),
                name="side_follows_kind",
            ),
        ]
        indexes = [models.Index(fields=["country", "slug"])]

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return localised(self.names)

    @property
    def country_label(self) -> str:
        """The country's name in the reader's language; empty above States."""
        return country_name(self.country)


class Seat(Record):
    """A seat of one body in a group, for a term; at no time two chairs."""

    group = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats_held")
    role = models.CharField(max_length=12, choices=SeatRole.choices)
    term = DateRangeField(help_text="open where a date is not known")
    source = models.CharField(max_length=200, blank=True)
    confirmed = models.BooleanField(default=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="never_two_chairs",
                expressions=[("group", RangeOperators.EQUAL), ("term", RangeOperators.OVERLAPS)],
                condition=Q(role=SeatRole.CHAIR),
            ),
            ExclusionConstraint(
                name="a_seat_once",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    ("body", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("term", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=~Q(group=F("body")), name="no_seat_in_itself"),
        ]


class Vetting(Record):
    """Somebody looked at a body and under which agreement it may receive personal data, until when."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="vettings")
    by_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="vettings_given")
    by_post = models.UUIDField(null=True)
    agreement = models.CharField(max_length=200, help_text="reference of the sharing agreement")
    vetted_on = models.DateField()
    valid_until = models.DateField()
    revoked_on = models.DateField(null=True)
    revoked_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gt=F("vetted_on")), name="vetting_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True, revoked_by__isnull=True) | Q(revoked_on__isnull=False, revoked_by__isnull=False),
                name="revoked_when_and_by_whom",
            ),
            models.CheckConstraint(condition=~Q(body=F("by_body")), name="nobody_vets_itself"),
        ]
