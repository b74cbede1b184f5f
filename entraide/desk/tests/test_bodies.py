"""The pages of bodies: registering, giving and ending seats."""

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse

from entraide.kernel.bodies.choices import Form
from entraide.kernel.bodies.models import Body, Seat
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db
DAY = {"since_day": "1", "since_month": "6", "since_year": "2026"}


@pytest.fixture
def group() -> Body:
    made = world.body("task-force", kind="coordination", name="Task force")
    with as_steward():
        Body.objects.filter(pk=made.pk).update(form=Form.GROUP)
        Body.objects.create(
            slug="pt", names={"en": "Portugal"}, form=Form.STATE, level="national", kind="other", side="assistance", country="PT"
        )
    return made


@pytest.fixture
def page(group: Body) -> Client:
    return world.client_of(world.post(group, "coordinator"))


NEW = {"name": "Casa Nova", "name_fr": "", "form": "ngo", "kind": "assistance", "level": "national", "country": "PT", "place": ""}


def test_a_body_is_registered_and_shown_unvetted(page: Client) -> None:
    assert "Register a body" in page.get(reverse("bodies:bodies")).content.decode()
    text = page.post(reverse("bodies:register"), NEW, follow=True).content.decode()
    assert "Casa Nova" in text and "Not vetted: can receive nothing" in text
    assert "registered in this country already" in page.post(reverse("bodies:register"), NEW).content.decode()


def test_others_see_no_button_and_are_told_why(group: Body) -> None:
    client = world.client_of(world.post(group))
    assert "Register a body" not in client.get(reverse("bodies:bodies")).content.decode()
    for address in (reverse("bodies:register"), reverse("bodies:give_seat", args=[group.pk])):
        answer = client.get(address)
        assert answer.status_code == 403 and "coordinator" in answer.content.decode()
    assert "The coordinator of this group" in client.get(reverse("bodies:body", args=[group.pk])).content.decode()


def test_a_seat_is_given_refused_twice_and_ended(page: Client, group: Body) -> None:
    one, two = world.body("one", name="One"), world.body("two", name="Two")
    give = reverse("bodies:give_seat", args=[group.pk])
    text = page.post(give, {"body": one.pk, "role": "chair", **DAY}, follow=True).content.decode()
    assert "The seat is given." in text and "Chair" in text
    assert "Somebody else holds the chair" in page.post(give, {"body": two.pk, "role": "chair", **DAY}).content.decode()
    with as_steward():
        seat = Seat.objects.get(group=group)
    end = reverse("bodies:end_seat", args=[group.pk, seat.pk])
    assert "One" in page.get(end).content.decode()
    assert "cannot end before it began" in page.post(end, {"on_day": "1", "on_month": "1", "on_year": "2020"}).content.decode()
    assert "The seat has ended." in page.post(end, {"on_day": "1", "on_month": "7", "on_year": "2026"}, follow=True).content.decode()


def test_the_seats_of_a_group_are_narrowed_by_role_and_name(group: Body) -> None:
    one, two = world.body("one", name="Alpha Office"), world.body("two", name="Beta Office")
    with as_steward():
        for body, role in ((one, "member"), (two, "observer")):
            Seat.objects.create(group=group, body=body, role=role, term=DateRange(None, None))
    client = world.client_of(world.post(world.body("casa")))
    address = reverse("bodies:body", args=[group.pk])
    for wanted, shown, hidden in (({"role": "observer"}, "Beta", "Alpha"), ({"text": "alph"}, "Alpha", "Beta")):
        page = client.get(address, wanted).content.decode()
        assert f"{shown} Office" in page and f"{hidden} Office" not in page
    assert "No seat matches" in client.get(address, {"text": "nobody"}).content.decode()


def test_a_seat_of_another_group_is_not_found_here(page: Client, group: Body) -> None:
    other = world.body("other-group", kind="coordination")
    with as_steward():
        Body.objects.filter(pk=other.pk).update(form=Form.GROUP)
        seat = Seat.objects.create(group=other, body=group, role="member", term=("2020-01-01", None))
    assert page.get(reverse("bodies:end_seat", args=[group.pk, seat.pk])).status_code == 404
