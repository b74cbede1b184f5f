"""A mechanism is entered on a page, each kind as data; the languages of its reports are chosen on one."""

from typing import Any

import pytest
from django.urls import reverse

from entraide.features.monitoring.models import Mechanism
from entraide.features.monitoring.tests.scenes import Scene
from entraide.features.monitoring.tests.test_pages import page, status
from entraide.kernel.audit.models import AuditEntry
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db
EXPERTS, STATES = {"reviewers_are": "experts", "publicity": "public"}, {"reviewers_are": "states", "publicity": "by_state"}
KINDS: dict[str, dict[str, Any]] = {
    "rounds": {**EXPERTS, "reviewers": "2", "visits": "on", "comments_days": "60", "ngo_replies": "on"},
    "between governments": {**STATES, "reviewers": "2", "same_region": "on", "comments_days": "30", "clusters": "Law\nCooperation"},
    "work plan": {**EXPERTS, "reviewers": "0", "comments_days": "0", "ranking": "on", "reports_a_year": "2"},
}


@pytest.fixture
def scene() -> Scene:
    return Scene()


def given(scene: Scene, kind: str) -> dict[str, Any]:
    common = {"name": f"A {kind}", "document": str(scene.treaty.pk), "verbs": "invites\nurges", "languages": ["en", "ar"]}
    return {"reports_a_year": "0", **common, **KINDS[kind]}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_entered_on_the_same_page_and_differs_by_its_row_alone(scene: Scene, kind: str) -> None:
    client, address, wanted = world.client_of(scene.secretariat), reverse("monitoring:found"), given(scene, kind)
    client.post(address, wanted)
    client.post(address, wanted)
    made, again = Mechanism.objects.order_by("slug")
    assert again.slug == f"{made.slug}-2" and again.get_absolute_url() != made.get_absolute_url()
    for name in ("visits", "same_region", "ngo_replies", "ranking"):
        assert getattr(made, name) == (name in wanted), name
    assert (made.reviewers, made.comments_days, made.reports_a_year) == tuple(
        int(wanted[name]) for name in ("reviewers", "comments_days", "reports_a_year")
    )
    assert (made.publicity, made.languages, made.strength("urges")) == (wanted["publicity"], ["en", "ar"], 2)
    assert [each["code"] for each in made.clusters] == (["law", "cooperation"] if "clusters" in wanted else [])
    assert "Arabic" in page(None, made.get_absolute_url())
    with as_steward():
        assert AuditEntry.objects.filter(action="monitoring.found", object_id=made.pk).count() == 1


def test_what_is_missing_is_said_at_its_field_and_nothing_is_entered(scene: Scene) -> None:
    client, address = world.client_of(scene.secretariat), reverse("monitoring:found")
    said = client.post(address, given(scene, "between governments") | {"reviewers": "0"}).content.decode()
    assert "Say how many States evaluate each State." in said
    assert "error-summary" in client.post(address, given(scene, "rounds") | {"verbs": " \n "}).content.decode()
    assert not Mechanism.objects.exists()


def test_only_the_secretariat_of_a_body_that_monitors_or_coordinates_enters_a_mechanism(scene: Scene) -> None:
    address, index = reverse("monitoring:found"), reverse("monitoring:index")
    helps = world.post(world.body("shelter-xa", country="XA"), "secretariat")
    for other in (scene.experts[0], scene.speakers["XA"], scene.ngo, helps):
        assert status(other, address) == 403 and address not in page(other, index)
    assert address in page(scene.secretariat, index) and address in page(scene.committee, index)


def test_languages_are_chosen_on_a_page_and_one_that_is_written_in_stays(scene: Scene) -> None:
    evaluation = scene.evaluation()
    scene.draft(evaluation)
    mechanism = evaluation.round.mechanism
    client, address = world.client_of(scene.secretariat), reverse("monitoring:languages", args=[mechanism.slug])
    assert address in page(scene.secretariat, mechanism.get_absolute_url())
    client.post(address, {"languages": ["en", "es"]})
    mechanism.refresh_from_db()
    assert mechanism.languages == ["en", "es"]
    assert "so it stays: English" in client.post(address, {"languages": ["es"]}).content.decode()
    assert "error-summary" in client.post(address, {"languages": []}).content.decode()
    mechanism.refresh_from_db()
    assert mechanism.languages == ["en", "es"]
    for other in (scene.committee, scene.experts[0], scene.speakers["XA"]):
        assert status(other, address) == 403
    with as_steward():
        assert AuditEntry.objects.filter(action="monitoring.set_languages", object_id=mechanism.pk).count() == 1
