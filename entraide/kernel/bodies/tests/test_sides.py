"""The side of the firewall on which a body stands follows from its kind, and does not move under what the body holds."""

import pytest
from django.db import IntegrityError, transaction

from entraide.kernel.access.rules import Refused
from entraide.kernel.access.sides import KINDS, POLICING, Kind, Side, side_of
from entraide.kernel.bodies.choices import Form, Level
from entraide.kernel.bodies.loading import file_bodies
from entraide.kernel.bodies.models import Body
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db


def told(slug: str, kind: str) -> Body:
    """A body as a file of facts tells it; which side it is on is nobody's to say."""
    return Body(slug=slug, names={"en": slug}, form=Form.AUTHORITY, level=Level.NATIONAL, kind=kind, country="PT")


def side(slug: str) -> tuple[str, str]:
    found = body_called(slug)
    return found.kind, found.side


def body_called(slug: str) -> Body:
    with as_steward():
        return Body.objects.get(slug=slug)


@pytest.mark.parametrize("kind", Kind.values)
def test_each_kind_has_one_side_and_the_database_refuses_the_other(kind: str) -> None:
    right = side_of(kind)
    assert kind in KINDS[right] and (kind in POLICING) == (right == Side.LAW_ENFORCEMENT)
    wrong = next(other for other in Side if other != right)
    body = world.body("unit", kind=kind)
    for change in ({"side": wrong}, {"side": "other"}):
        with pytest.raises(IntegrityError), transaction.atomic(), as_steward():
            Body.objects.filter(pk=body.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic(), as_steward():
        Body.objects.create(slug="x", names={"en": "x"}, form=Form.NGO, level=Level.LOCAL, kind=kind, side=wrong)


def test_loading_keeps_both_in_step_while_nothing_rests_on_the_body() -> None:
    file_bodies([told("guard", "other")], {}, using="default")
    assert side("guard") == ("other", "assistance")
    file_bodies([told("guard", "border")], {}, using="default")
    assert side("guard") == ("border", "law_enforcement")


@pytest.mark.parametrize("rests", ["a post", "a vetting", "a case"])
def test_a_body_on_which_something_rests_keeps_its_side_and_nothing_is_loaded_by_halves(rests: str) -> None:
    file_bodies([told("guard", "other"), told("house", "other")], {}, using="default")
    guard = body_called("guard")
    if rests == "a vetting":
        world.vet(guard)
    else:
        worker = world.post(guard)
        if rests == "a case":
            world.case(worker)
    with pytest.raises(Refused) as refused, transaction.atomic():
        file_bodies([told("house", "assistance"), told("guard", "border")], {}, using="default")
    assert "guard" in str(refused.value.verdict.sentence) and "house" not in str(refused.value.verdict.sentence)
    assert side("guard") == ("other", "assistance") and side("house") == ("other", "assistance")
    file_bodies([told("guard", "assistance")], {}, using="default")
    assert side("guard") == ("assistance", "assistance"), "within its side a body may change what it does"
