"""The State under visit has a copy of the programme: its authorities, days and places; no note, no NGO, no shelter, in no version."""

import json
from datetime import timedelta

import pytest
from django.db import models
from django.urls import reverse

from entraide.features.monitoring import services
from entraide.features.monitoring.models import Appointment, Evaluation, Meeting, Programme, Visit
from entraide.features.monitoring.tests import scenes
from entraide.features.monitoring.tests.scenes import Scene
from entraide.features.monitoring.tests.test_api import got, posted
from entraide.features.monitoring.tests.test_pages import page, status
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.base import clock
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db
MEETINGS = (
    ("authority", "Ministry of the Interior", "Hall 3", "Identification", "The minister was late."),
    ("ngo", "Open Door", "Lantern Street 9", "Practice", "In practice hardly ever."),
    ("shelter", "House of Calm", "Quiet Lane 2", "Rooms", "Six rooms, all taken."),
    ("other", "A lawyer", "Court Square 1", "Compensation", "Nobody was paid."),
)
CONFIDENTIAL = [words for _party, *rest in MEETINGS[1:] for words in rest] + [MEETINGS[0][4]]


@pytest.fixture
def scene() -> Scene:
    return Scene()


def visited(scene: Scene) -> tuple[Evaluation, Visit]:
    evaluation, by, today = scene.evaluation(), scene.secretariat, clock.today()
    with acting_as(by):
        visit = services.plan_visit(by=by, evaluation=evaluation, begins_on=today, ends_on=today + timedelta(days=4), places="Northtown")
        for party, whom, place, about, noted in MEETINGS:
            services.hold_meeting(by=by, visit=visit, on=today, party=party, with_whom=whom, place=place, about=about, noted=noted)
    return evaluation, visit


def sent(scene: Scene, visit: Visit) -> Programme:
    with acting_as(scene.secretariat):
        return services.send_programme(by=scene.secretariat, visit=visit)


def everything(reader: Acting) -> str:
    """All that a reader sees of visits, with no filter."""
    rows: list[object] = []
    with acting_as(reader):
        for table in (Visit, Meeting, Programme, Appointment):
            assert issubclass(table, models.Model)
            rows += table._default_manager.values()
    return json.dumps(rows, default=str)


def test_the_state_sees_a_copy_with_its_authorities_and_nothing_confidential_anywhere(scene: Scene) -> None:
    evaluation, visit = visited(scene)
    state = scene.speakers["XA"]
    assert everything(state) == "[]", "before it is sent there is nothing"
    sent(scene, visit)
    told = [
        everything(state),
        page(state, evaluation.get_absolute_url()),
        json.dumps(got(state, f"evaluations/{evaluation.pk}/programmes")),
    ]
    for each in told:
        assert "Ministry of the Interior" in each and "Hall 3" in each and "Northtown" in each
        assert not [words for words in CONFIDENTIAL if words in each]
    assert got(state, f"evaluations/{evaluation.pk}/visits") == []


def test_nobody_else_sees_the_programme_and_nobody_changes_it(scene: Scene) -> None:
    evaluation, visit = visited(scene)
    sent(scene, visit)
    for reader in (scene.speakers["XB"], scene.ngo, scene.experts[0], scene.committee):
        assert everything(reader) == "[]"
    assert "Ministry of the Interior" not in page(None, evaluation.get_absolute_url())
    assert got(None, f"evaluations/{evaluation.pk}/programmes") == []
    for writer in (scene.secretariat, scene.speakers["XA"]):
        with acting_as(writer):
            assert Appointment.objects.update(with_whom="forged") == 0 and Appointment.objects.all().delete()[0] == 0


def test_a_later_change_goes_as_a_new_version_and_the_old_one_stays(scene: Scene) -> None:
    evaluation, visit = visited(scene)
    sent(scene, visit)
    client, address = world.client_of(scene.secretariat), reverse("monitoring:send_programme", args=[visit.pk])
    assert "nothing in it has changed" in client.get(address).content.decode()
    with acting_as(scene.secretariat):
        own, other = Meeting.objects.get(party="authority"), Meeting.objects.get(party="ngo")
        services.cancel_meeting(by=scene.secretariat, meeting=other)
    assert client.get(address).status_code == 403, "what the State is not told of is no change for it"
    assert address not in page(scene.secretariat, evaluation.get_absolute_url()), "no link to what is refused"
    moved = clock.today() + timedelta(days=2)
    given = {"on_day": moved.day, "on_month": moved.month, "on_year": moved.year, "party": "authority", "with_whom": own.with_whom}
    client.post(reverse("monitoring:change_meeting", args=[own.pk]), {**given, "place": "Hall 7"})
    shown = page(scene.speakers["XA"], evaluation.get_absolute_url())
    assert "Hall 3" in shown and "Hall 7" not in shown, "the copy does not move under the reader"
    assert address in page(scene.secretariat, evaluation.get_absolute_url())
    client.post(address)
    shown = page(scene.speakers["XA"], evaluation.get_absolute_url())
    assert shown.index("Hall 7") < shown.index("Hall 3") and "Version 2" in shown and "Version 1" in shown


def test_who_may_send_it_and_what_the_page_warns_of(scene: Scene) -> None:
    _evaluation, visit = visited(scene)
    address = reverse("monitoring:send_programme", args=[visit.pk])
    shown = page(scene.secretariat, address)
    assert "Ministry of the Interior" in shown and not [words for words in CONFIDENTIAL if words in shown]
    for other in (scene.experts[0], scene.speakers["XA"]):
        assert status(other, address) == 403
    assert posted(scene.experts[0], f"visits/{visit.pk}/programme") == 403
    with acting_as(scene.secretariat):
        services.hold_meeting(
            by=scene.secretariat, visit=visit, on=clock.today(), party="authority", with_whom="Police", about="with Open Door"
        )
    assert "What goes to the State names Open Door" in page(scene.secretariat, address)
    review = scene.evaluation(scene.round(scene.mechanism("untoc-like", **scenes.UNTOC), ("XB",)), "XB")
    with acting_as(scene.secretariat), pytest.raises(Refused, match="not_in_use"):
        services.plan_visit(by=scene.secretariat, evaluation=review, begins_on=clock.today(), ends_on=clock.today(), places="x")


def test_a_member_who_leaves_the_team_no_longer_sees_the_copy(scene: Scene) -> None:
    evaluation, visit = visited(scene)
    scene.move(evaluation, "begin", "write")
    sent(scene, visit)
    expert = scene.experts[0]
    assert "Hall 3" in everything(expert)
    with acting_as(scene.secretariat):
        services.dismiss(by=scene.secretariat, reviewer=evaluation.reviewers.get(post=expert.hand))
    assert everything(expert) == "[]"


def test_the_programme_lies_on_the_desk_of_the_state_and_a_meeting_is_not_told_unless_said(scene: Scene) -> None:
    evaluation, visit = visited(scene)
    sent(scene, visit)
    assert "Programme of the visit" in page(scene.speakers["XA"], reverse("desk:home"))
    assert posted(scene.secretariat, f"visits/{visit.pk}/meetings", on=clock.today().isoformat(), with_whom="Unsaid") == 201
    with as_steward():
        assert Meeting.objects.get(with_whom="Unsaid").party == "other"
    assert evaluation.stage == "planned"
