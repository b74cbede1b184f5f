"""Verbs on bodies."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import refuse, require
from entraide.kernel.access.sides import side_of
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock
from entraide.kernel.base.ids import uuid7
from entraide.kernel.bodies import queries, rules
from entraide.kernel.bodies.models import Body, Seat, Vetting


@transaction.atomic
def vet(*, by: Acting, body: Body, agreement: str, valid_until: date) -> Vetting:
    """Records that the body was looked at and may receive personal data under a sharing agreement, until a day."""
    require(rules.may_vet(by, queries.get(by.body), body))
    today = clock.today()
    if valid_until <= today:
        require(refuse("already_over", _("The last day must lie in the future.")))
    there = queries.valid_vettings(today).filter(body=body, by_body=by.body, agreement=agreement, valid_until=valid_until).first()
    if there:  # the same form sent twice
        return there
    vetting = Vetting.objects.create(
        body=body, by_body_id=by.body, by_post=by.post, agreement=agreement, vetted_on=today, valid_until=valid_until
    )
    record(by=by, action="bodies.vet", kind="body", object_id=body.pk)
    return vetting


@transaction.atomic
def revoke_vetting(*, by: Acting, vetting: Vetting) -> None:
    """Ends a vetting today; what was sent stays sent, nothing more can be received."""
    require(rules.may_vet(by, queries.get(by.body), vetting.body))
    if vetting.revoked_on is None:
        vetting.revoked_on, vetting.revoked_by = clock.today(), by.post
        vetting.save(update_fields=["revoked_on", "revoked_by"])
        record(by=by, action="bodies.revoke_vetting", kind="body", object_id=vetting.body_id)


@transaction.atomic
def register(
    *,
    by: Acting,
    names: Mapping[str, str],
    form: str,
    level: str,
    kind: str,
    country: str = "",
    place: str = "",
    parents: Sequence[Body] = (),
) -> Body:
    """Adds a body, unvetted: it can receive nothing until somebody vets it."""
    mine = queries.get(by.body)
    require(rules.may_register(by, mine, country, level))
    kept = {language: name.strip() for language, name in names.items() if name.strip()}
    if queries.of_this_name(kept.values(), country).exists():
        require(refuse("known", _("A body of this name is registered in this country already.")))
    identifier = uuid7()
    slug = f"{slugify(next(iter(kept.values())))[:60]}-{str(identifier)[-8:]}".strip("-")
    body = Body(
        id=identifier, slug=slug, names=kept, form=form, level=level, kind=kind, side=side_of(kind), country=country, place=place,
        invented=mine.invented,
    )  # fmt: skip
    body.save(force_insert=True)
    body.parents.through.objects.bulk_create([body.parents.through(from_body=body, to_body=parent) for parent in parents])
    record(by=by, action="bodies.register", kind="body", object_id=body.pk)
    return body


@transaction.atomic
def give_seat(*, by: Acting, group: Body, body: Body, role: str, since: date, until: date | None) -> Seat:
    """Gives a body a seat in a group for a term; `until` is the first day after it. The database refuses a second chair."""
    require(rules.may_seat(by, group, queries.above(group), queries.chairs(group)))
    if until is not None and until <= since:
        require(refuse("ends_first", _("The last day must come after the first.")))
    if group.pk == body.pk:
        require(refuse("itself", _("No group has a seat in itself.")))
    try:
        with transaction.atomic():
            seat = Seat.objects.create(group=group, body=body, role=role, term=DateRange(since, until))
    except IntegrityError as error:
        if "never_two_chairs" in str(error):
            require(refuse("two_chairs", _("Somebody else holds the chair in these days. End that seat first, or choose other dates.")))
        if "a_seat_once" in str(error):
            require(refuse("has_seat", _("This body holds this seat in these days already.")))
        raise
    record(by=by, action="bodies.give_seat", kind="seat", object_id=seat.pk, detail={"role": role})
    return seat


@transaction.atomic
def end_seat(*, by: Acting, seat: Seat, on: date) -> Seat:
    """Ends a seat; `on` is the first day on which it is no longer held."""
    require(rules.may_seat(by, seat.group, queries.above(seat.group), queries.chairs(seat.group)))
    seat = Seat.objects.select_for_update().get(pk=seat.pk)
    if seat.term.upper is not None and seat.term.upper <= on:
        require(refuse("ended", _("This seat ends on that day or before already.")))
    if seat.term.lower is not None and on <= seat.term.lower:
        require(refuse("before", _("A seat cannot end before it began.")))
    seat.term = DateRange(seat.term.lower, on)
    seat.save(update_fields=["term"])
    record(by=by, action="bodies.end_seat", kind="seat", object_id=seat.pk, detail={"role": seat.role})
    return seat
