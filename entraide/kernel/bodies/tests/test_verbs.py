"""Registering bodies, giving and ending seats: who may, and the sentence when not."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.base import clock
from entraide.kernel.bodies import queries, services
from entraide.kernel.bodies.choices import Form, Level, SeatRole
from entraide.kernel.bodies.models import Body, Seat
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db
TODAY = clock.today()


@pytest.fixture
def national() -> Body:
    return world.body("national-unit", kind="coordination", country="PT")


@pytest.fixture
def group() -> Body:
    made = world.body("task-force", kind="coordination", country="", level=Level.REGIONAL)
    with as_steward():
        made.form = Form.GROUP
        made.save(update_fields=["form"])
    return made


def coordinator(at: Body) -> Acting:
    return world.post(at, "coordinator")


def register(by: Acting, name: str = "New shelter", country: str = "PT", level: str = Level.NATIONAL) -> Body:
    with acting_as(by), transaction.atomic():
        return services.register(by=by, names={"en": name, "fr": ""}, form=Form.NGO, level=level, kind="assistance", country=country)


def test_a_coordinator_registers_a_body_of_her_country_and_it_can_receive_nothing(national: Body) -> None:
    made = register(coordinator(national))
    with as_steward():
        assert (made.names, made.side) == ({"en": "New shelter"}, "assistance") and not queries.is_vetted(made.pk)
        assert AuditEntry.objects.filter(action="bodies.register", object_id=made.pk).count() == 1


@pytest.mark.parametrize("level", [Level.REGIONAL, Level.GLOBAL])
def test_a_national_body_registers_none_above_itself_which_could_then_vet_in_every_country(level: str, national: Body) -> None:
    with pytest.raises(Refused) as refused:
        register(coordinator(national), level=level)
    assert refused.value.verdict.code == "above"
    above = world.body("world-unit", kind="coordination", country="", level=Level.GLOBAL)
    assert register(coordinator(above), level=level).level == level


@pytest.mark.parametrize(
    ("function", "country", "code"), [("case_worker", "PT", "not_a_coordinator"), ("coordinator", "TH", "other_country")]
)
def test_others_register_nothing(function: str, country: str, code: str, national: Body) -> None:
    with pytest.raises(Refused) as refused:
        register(world.post(national, function), country=country)
    assert refused.value.verdict.code == code
    with as_steward():
        assert not Body.objects.filter(names__en="New shelter").exists()


def test_the_database_takes_no_body_from_anybody_but_a_coordinator(national: Body) -> None:
    from django.db.utils import ProgrammingError

    with pytest.raises(ProgrammingError, match="row-level security"), acting_as(world.post(national)), transaction.atomic():
        Body(slug="x", names={"en": "x"}, form="ngo", level="national", kind="assistance", side="assistance").save(force_insert=True)


def test_the_same_name_in_the_same_country_is_registered_once(national: Body) -> None:
    register(coordinator(national))
    with pytest.raises(Refused, match="known"):
        register(coordinator(national), "NEW SHELTER")


def seat(by: Acting, group: Body, body: Body, role: str = SeatRole.CHAIR, since: date = TODAY, until: date | None = None) -> Seat:
    with acting_as(by), transaction.atomic():
        return services.give_seat(by=by, group=group, body=body, role=role, since=since, until=until)


def test_the_groups_coordinator_gives_and_ends_seats_and_the_chair_passes_on(group: Body) -> None:
    by, one, two = coordinator(group), world.body("one"), world.body("two")
    first = seat(by, group, one, since=TODAY - timedelta(days=100))
    with pytest.raises(Refused, match="two_chairs"):
        seat(by, group, two)
    with acting_as(by), transaction.atomic():
        services.end_seat(by=by, seat=first, on=TODAY)
    seat(by, group, two)
    with acting_as(by):
        assert queries.chairs(group) == {two.pk}
    with as_steward():
        assert AuditEntry.objects.filter(action__in=["bodies.give_seat", "bodies.end_seat"]).count() == 3


def test_the_chairs_and_the_parents_coordinator_may_too_and_a_members_may_not(group: Body) -> None:
    chair, parent, member = (world.body(name, kind="coordination") for name in ("chair", "parent", "member"))
    seat(coordinator(group), group, chair)
    seat(coordinator(group), group, member, SeatRole.MEMBER)
    with as_steward():
        group.parents.add(parent)
    for number, by in enumerate((coordinator(chair), coordinator(parent))):
        seat(by, group, world.body(f"new-{number}"), SeatRole.OBSERVER)
    with pytest.raises(Refused, match="not_its_coordinator"):
        seat(coordinator(member), group, world.body("other"), SeatRole.OBSERVER)


@pytest.mark.parametrize(
    ("role", "since", "until", "code"),
    [(SeatRole.MEMBER, TODAY, TODAY, "ends_first"), (SeatRole.MEMBER, TODAY + timedelta(days=1), None, "has_seat")],
)
def test_bad_terms_are_refused_with_a_sentence(role: str, since: date, until: date | None, code: str, group: Body) -> None:
    by, one = coordinator(group), world.body("one")
    seat(by, group, one, SeatRole.MEMBER, TODAY - timedelta(days=9))
    with pytest.raises(Refused, match=code):
        seat(by, group, one, role, since, until)


def test_a_seat_cannot_end_before_it_began_nor_twice(group: Body) -> None:
    by = coordinator(group)
    given = seat(by, group, world.body("one"), since=TODAY)
    for on, code in ((TODAY - timedelta(days=1), "before"), (TODAY + timedelta(days=5), ""), (TODAY + timedelta(days=5), "ended")):
        with acting_as(by), transaction.atomic():
            if code:
                with pytest.raises(Refused, match=code):
                    services.end_seat(by=by, seat=given, on=on)
            else:
                services.end_seat(by=by, seat=given, on=on)


def test_a_shelter_is_no_group(national: Body) -> None:
    shelter = world.body("shelter")
    with pytest.raises(Refused, match="no_group"):
        seat(coordinator(shelter), shelter, national, SeatRole.MEMBER)
