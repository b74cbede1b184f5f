"""Seats with terms: one chair at a time, nobody in itself, and the database itself says so."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from entraide.kernel.access.context import acting_as
from entraide.kernel.bodies import queries
from entraide.kernel.bodies.choices import SeatRole
from entraide.kernel.bodies.models import Body, Seat
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Body:
    return world.body("group", kind="coordination", vetted=False)


def seat(group: Body, body: Body, role: str, since: date | None, until: date | None) -> None:
    with as_steward():
        Seat.objects.create(group=group, body=body, role=role, term=DateRange(since, until))


def test_two_chairs_at_once_are_impossible(group: Body) -> None:
    seat(group, world.body("one"), SeatRole.CHAIR, date(2026, 1, 1), date(2026, 7, 1))
    with pytest.raises(IntegrityError, match="never_two_chairs"), transaction.atomic():
        seat(group, world.body("two"), SeatRole.CHAIR, date(2026, 6, 30), None)


def test_a_chair_follows_a_chair_on_the_same_day(group: Body) -> None:
    one, two = world.body("one"), world.body("two")
    seat(group, one, SeatRole.CHAIR, date(2026, 1, 1), date(2026, 7, 1))
    seat(group, two, SeatRole.CHAIR, date(2026, 7, 1), None)
    with acting_as(world.post(one)):
        assert [found.body for found in queries.seats(group, date(2026, 6, 30))] == [one]
        assert [found.body for found in queries.seats(group, date(2026, 7, 1))] == [two]


def test_members_sit_side_by_side_but_nobody_twice_and_no_group_in_itself(group: Body) -> None:
    one = world.body("one")
    for member in (one, world.body("two")):
        seat(group, member, SeatRole.MEMBER, None, None)
    with pytest.raises(IntegrityError, match="a_seat_once"), transaction.atomic():
        seat(group, one, SeatRole.MEMBER, date(2020, 1, 1), None)
    with pytest.raises(IntegrityError, match="no_seat_in_itself"), transaction.atomic():
        seat(group, group, SeatRole.MEMBER, None, None)
