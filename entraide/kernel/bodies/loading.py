"""Filing the public facts (States, bodies, seats) as the steward; what is there already is brought up to date, never doubled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import IntegrityError, connections, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from entraide.kernel.access.rules import Refused, Verdict, refuse
from entraide.kernel.access.sides import Kind, side_of
from entraide.kernel.base import clock
from entraide.kernel.bodies import facts
from entraide.kernel.bodies.choices import Form, Level
from entraide.kernel.bodies.models import Body, Seat, Vetting


@dataclass(frozen=True)
class VettingFact:
    """Who vetted a body; days from today, `until` exclusive."""

    body: str
    by: str
    on: int
    until: int
    agreement: str
    revoked: int | None = None


def load_facts(*, using: str = "owner") -> int:
    """States, the report's bodies and their seats; returns how many bodies there are."""
    states = [
        Body(
            slug=state.slug, names=dict(state.names), form=Form.STATE, level=Level.NATIONAL, kind=Kind.OTHER,
            country=state.code, source=state.source, as_of=state.as_of, confirmed=state.confirmed,
        )
        for state in facts.states()
    ]  # fmt: skip
    bodies = [
        Body(
            slug=body.slug, names=dict(body.names), acronym=body.acronyms[0][:30] if body.acronyms else "",
            form=body.form, level=body.level, kind=body.kind,
            place=body.place.city if body.place else "", source=body.source, as_of=body.as_of, confirmed=body.confirmed,
        )
        for body in facts.bodies()
    ]  # fmt: skip
    parents = {body.slug: body.parents for body in facts.bodies()}
    file_bodies([*states, *bodies], parents, using=using)
    _file_seats(using)
    return len(states) + len(bodies)


def file_bodies(bodies: Iterable[Body], parents: Mapping[str, Iterable[str]], *, using: str) -> None:
    """Adds bodies and their parents, or brings them up to date by slug; the side follows from the kind.

    A body that has posts, a vetting or files keeps its side: the firewall does not move under what it holds.
    """
    changing = [
        "names",
        "acronym",
        "form",
        "level",
        "kind",
        "side",
        "country",
        "place",
        "languages",
        "services",
        "source",
        "as_of",
        "confirmed",
    ]
    with _as_steward(using):
        known = {slug: (pk, side) for slug, pk, side in Body.objects.using(using).values_list("slug", "pk", "side")}
        given = list(bodies)
        for body in given:
            body.side = side_of(body.kind)
            body.pk = known[body.slug][0] if body.slug in known else body.pk
        Body.objects.using(using).bulk_create([body for body in given if body.slug not in known])
        moved = [body.slug for body in given if body.slug in known and known[body.slug][1] != body.side]
        try:
            Body.objects.using(using).bulk_update([body for body in given if body.slug in known], changing)
        except IntegrityError as error:
            if not moved:
                raise
            raise Refused(_other_side(moved)) from error
        ids = dict(Body.objects.using(using).values_list("slug", "pk"))
        link = Body.parents.through
        links = [
            link(from_body_id=ids[child], to_body_id=ids[parent]) for child, found in parents.items() for parent in found if parent in ids
        ]
        link.objects.using(using).bulk_create(links, ignore_conflicts=True)


def _other_side(slugs: list[str]) -> Verdict:
    sentence = _(
        "The firewall stands between these bodies and what they would become, and they have posts, a vetting or files: %(bodies)s. "
        "Nothing was changed. Register the other kind as a body of its own."
    )
    return refuse("other_side", sentence % {"bodies": ", ".join(sorted(slugs))})


def _file_seats(using: str) -> None:
    with _as_steward(using):
        ids = dict(Body.objects.using(using).values_list("slug", "pk"))
        known = {(seat.group_id, seat.body_id, seat.role, seat.term.lower) for seat in Seat.objects.using(using)}
        seats = [
            Seat(
                group_id=ids[fact.group], body_id=ids[fact.holder], role=fact.role, term=DateRange(fact.since, fact.until),
                source=fact.source[:200], confirmed=fact.confirmed,
            )
            for fact in facts.seats()
            if (ids[fact.group], ids[fact.holder], fact.role, fact.since) not in known
        ]  # fmt: skip
        Seat.objects.using(using).bulk_create(seats)


def file_vettings(vettings: Iterable[VettingFact], *, using: str) -> None:
    """Adds vettings to bodies that have none."""
    with _as_steward(using):
        ids = dict(Body.objects.using(using).values_list("slug", "pk"))
        vetted = set(Vetting.objects.using(using).values_list("body_id", flat=True))
        Vetting.objects.using(using).bulk_create(
            Vetting(
                body_id=ids[fact.body], by_body_id=ids[fact.by], agreement=fact.agreement,
                vetted_on=_day(fact.on), valid_until=_day(fact.until),
                revoked_on=None if fact.revoked is None else _day(fact.revoked),
                revoked_by=None if fact.revoked is None else ids[fact.by],
            )
            for fact in vettings
            if ids[fact.body] not in vetted
        )  # fmt: skip


def _day(offset: int) -> date:
    return clock.today() + timedelta(days=offset)


class _as_steward:
    """Within the block the connection works as the steward, in one transaction."""

    def __init__(self, using: str) -> None:
        self.using, self.atomic = using, transaction.atomic(using=using)

    def __enter__(self) -> None:
        self.atomic.__enter__()
        with connections[self.using].cursor() as cursor:
            cursor.execute("select current_user")
            self.before = cursor.fetchone()[0]
            cursor.execute(f'set local role "{settings.ENTRAIDE_ROLES["steward"]}"')

    def __exit__(self, *error: object) -> None:
        if error[0] is None:
            with connections[self.using].cursor() as cursor:
                cursor.execute(f'set local role "{self.before}"')
        self.atomic.__exit__(*error)  # type: ignore[arg-type]  # what the block raised
