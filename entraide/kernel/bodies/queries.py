"""Named reads of bodies."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction
from django.db.models import Case, Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import get_language

from entraide.kernel.base import clock
from entraide.kernel.base.countries import UN_LANGUAGES, country_choices
from entraide.kernel.bodies.choices import SeatRole
from entraide.kernel.bodies.models import Body, Seat, Vetting


def get(body: UUID) -> Body:
    """The body of this id."""
    return Body.objects.get(pk=body)


def valid_vettings(on: date) -> QuerySet[Vetting]:
    """Vettings in force on a day."""
    return Vetting.objects.filter(Q(revoked_on__isnull=True) | Q(revoked_on__gt=on), vetted_on__lte=on, valid_until__gt=on)


def with_vetting() -> QuerySet[Body]:
    """Bodies, each with `vetted`: whether it may receive personal data today."""
    return Body.objects.annotate(vetted=Exists(valid_vettings(clock.today()).filter(body=OuterRef("pk"))))


def is_vetted(body: UUID) -> bool:
    """Whether the body may receive personal data today."""
    return valid_vettings(clock.today()).filter(body=body).exists()


def listed(*, text: str = "", country: str = "", kind: str = "", form: str = "", vetted: str = "") -> QuerySet[Body]:
    """The list of bodies, narrowed, in the order in which a reader looks for them."""
    bodies = with_vetting().order_by(*in_reading_order())
    if text:
        bodies = bodies.filter(
            Q(names__en__icontains=text) | Q(names__fr__icontains=text) | Q(acronym__icontains=text) | Q(slug__icontains=text)
        )
    for field, value in (("country", country), ("kind", kind), ("form", form)):
        if value:
            bodies = bodies.filter(**{field: value})
    return bodies.filter(Q(vetted=vetted == "yes")) if vetted in {"yes", "no"} else bodies


def in_reading_order() -> list[Combinable]:
    """By country and then by name as the reader's language writes them, accents aside; those above countries first."""
    language = (get_language() or "en").split("-")[0]
    codes = tuple(sorted(Body.objects.exclude(country="").values_list("country", flat=True).distinct()))
    places = (When(country=code, then=Value(place)) for place, (code, _name) in enumerate(country_choices(codes)))
    name = Coalesce(KeyTextTransform(language, "names"), KeyTextTransform("en", "names"), "slug")
    return [Case(*places, default=Value(-1)), Func(Lower(name), function="unaccent", output_field=TextField()), F("slug")]


def seats(group: Body, on: date | None = None, *, role: str = "", text: str = "") -> QuerySet[Seat]:
    """Seats of a group, all or those of one day, narrowed by role and by what the body is called; chair first."""
    found = Seat.objects.filter(group=group).select_related("body")
    if role:
        found = found.filter(role=role)
    if text:
        named = Q(body__names__en__icontains=text) | Q(body__names__fr__icontains=text) | Q(body__acronym__icontains=text)
        found = found.filter(named)
    return (found.filter(term__contains=on) if on else found).order_by("role", "body__slug")


def above(group: Body) -> set[UUID]:
    """The bodies that a group is part of."""
    return set(group.parents.values_list("pk", flat=True))


def chairs(group: Body) -> set[UUID]:
    """Whoever holds the chair of a group today; one at most."""
    return set(seats(group, clock.today()).filter(role=SeatRole.CHAIR).values_list("body", flat=True))


def of_this_name(names: Iterable[str], country: str) -> QuerySet[Body]:
    """Bodies of a country that carry one of these names in some language."""
    same = Q(pk__in=[])
    for name in names:
        for language in UN_LANGUAGES:
            same |= Q(**{f"names__{language}__iexact": name})
    return Body.objects.filter(same, country=country)


def called(name: str, *, using: str = "default") -> list[Body]:
    """Bodies of this slug, acronym or name in some language, for the command line; past the row policies where `using` is the owner."""
    same = Q(slug=name) | Q(acronym__iexact=name)
    for language in UN_LANGUAGES:
        same |= Q(**{f"names__{language}__iexact": name})
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(f'set local role "{settings.ENTRAIDE_ROLES["steward"]}"')
        return list(Body.objects.using(using).filter(same)[:20])
