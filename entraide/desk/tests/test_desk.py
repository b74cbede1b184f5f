"""The desk by function, bodies and vetting, and the public pages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from entraide.kernel.accounts.choices import HOLDS_CASES, Function
from entraide.kernel.base import clock
from entraide.kernel.bodies import queries as bodies
from entraide.kernel.bodies import services
from entraide.kernel.bodies.models import Body, Vetting
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/help/", "/limits/", "/accessibility/", "/about/", "/accounts/login/"])
def test_public_pages_open_without_signing_in(path: str) -> None:
    assert Client().get(path).status_code == 200


@pytest.mark.parametrize(
    ("function", "offered", "kept"),
    [
        ("case_worker", "/cases/", "/record/"),
        ("data_protection", "/record/", "/cases/"),
        ("administrator", "/posts/colleagues/", "/cases/"),
        ("investigator", "/referrals/", "/posts/colleagues/"),
    ],
)
def test_the_menu_goes_by_function(function: str, offered: str, kept: str) -> None:
    page = world.client_of(world.post(world.body("casa"), function)).get("/").content.decode()
    assert f'href="{offered}"' in page and f'href="{kept}"' not in page


def test_the_desk_shows_what_awaits_me_without_naming_anybody() -> None:
    worker = world.post(world.body("casa"))
    case = world.case(worker, age="in_doubt")
    page = world.client_of(worker).get("/").content.decode()
    assert case.reference in page and "age in doubt" in page and "Amara" not in page
    assert world.client_of(worker).get(reverse("desk:pile", args=["awaiting"])).status_code == 200


def test_the_desk_of_a_coordinator_shows_whom_nobody_vets_and_whose_vetting_runs_out(unvetted: Body) -> None:
    coordinator = world.post(world.body("nrm", kind="coordination", country="PT"), "coordinator")
    elsewhere = world.body("afar", vetted=False, country="ES")
    ending = world.body("ending", vetted=False, country="PT")
    with as_steward():
        Vetting.objects.create(
            body=ending,
            by_body_id=coordinator.body,
            agreement="T/2",
            vetted_on=clock.today(),
            valid_until=clock.today() + timedelta(days=9),
        )
    page = world.client_of(coordinator).get("/").content.decode()
    assert f"{unvetted.name} is not vetted" in page and f"The vetting of {ending.name} runs out" in page
    assert elsewhere.name not in page and f"{ending.name} is not vetted" not in page
    other = world.client_of(world.post(world.body("casa", country="PT"), "coordinator")).get("/").content.decode()
    assert unvetted.name not in other, "a shelter's coordinator vets nobody"


@pytest.mark.parametrize("function", [function for function in Function if function not in HOLDS_CASES])
def test_nobody_is_sent_from_an_empty_desk_to_a_page_that_is_closed_to_the_post(function: str) -> None:
    page = world.client_of(world.post(world.body("nrm", kind="coordination"), function)).get("/").content.decode()
    assert f'href="{reverse("cases:list")}"' not in page


def vetting_form() -> dict[str, str]:
    day = clock.today() + timedelta(days=400)
    return {"agreement": "PT/7", "valid_until_day": str(day.day), "valid_until_month": str(day.month), "valid_until_year": str(day.year)}


@pytest.fixture
def unvetted() -> Body:
    return world.body("new", vetted=False, country="PT")


def test_a_coordinator_vets_a_body_of_the_own_country_and_can_revoke(unvetted: Body) -> None:
    coordinator = world.post(world.body("nrm", kind="coordination", country="PT"), "coordinator")
    client = world.client_of(coordinator)
    for _time in range(2):
        assert client.post(reverse("bodies:vet", args=[unvetted.pk]), vetting_form()).status_code == 302
    vetting = bodies.valid_vettings(clock.today()).filter(body=unvetted)
    from entraide.kernel.access.context import acting_as

    with acting_as(coordinator):
        assert bodies.is_vetted(unvetted.pk)
        found = vetting.get().pk  # one, though the form was sent twice
    address = reverse("bodies:revoke", args=[unvetted.pk, found])
    first = client.get(reverse("bodies:body", args=[unvetted.pk])).content.decode()
    assert f'href="{address}"' in first and f'action="{address}"' not in first, "revoking asks once more"
    assert "the body would have to be vetted anew" in client.get(address).content.decode()
    with acting_as(coordinator):
        assert bodies.is_vetted(unvetted.pk)
    stranger = world.client_of(world.post(world.body("casa", country="ES")))
    assert stranger.get(address).status_code == stranger.post(address).status_code == 403
    other = world.vet(unvetted)
    assert "Another one still stands" in client.post(address, follow=True).content.decode()
    assert client.get(address).status_code == 302
    with acting_as(coordinator):
        assert bodies.is_vetted(unvetted.pk)
        services.revoke_vetting(by=coordinator, vetting=other)
        assert not bodies.is_vetted(unvetted.pk)


@pytest.mark.parametrize(
    ("kind", "country", "function", "sentence"),
    [
        ("coordination", "ES", "coordinator", "in another country"),
        ("assistance", "PT", "coordinator", "Only a coordinator at a coordination body"),
        ("coordination", "PT", "case_worker", "Only a coordinator at a coordination body"),
    ],
)
def test_others_may_not_vet_and_are_told_why(kind: str, country: str, function: str, sentence: str, unvetted: Body) -> None:
    client = world.client_of(world.post(world.body("other", kind=kind, country=country), function))
    assert sentence in client.get(reverse("bodies:body", args=[unvetted.pk])).content.decode()
    answer = client.post(reverse("bodies:vet", args=[unvetted.pk]), vetting_form())
    assert answer.status_code == 403 and sentence in answer.content.decode()


def test_nobody_vets_the_own_body() -> None:
    mine = world.body("nrm", kind="coordination", vetted=False, country="PT")
    answer = world.client_of(world.post(mine, "coordinator")).post(reverse("bodies:vet", args=[mine.pk]), vetting_form())
    assert answer.status_code == 403 and "No body vets itself" in answer.content.decode()


def test_a_past_day_comes_back_as_an_error_on_the_form(unvetted: Body) -> None:
    client = world.client_of(world.post(world.body("nrm", kind="coordination", country="PT"), "coordinator"))
    answer = client.post(reverse("bodies:vet", args=[unvetted.pk]), vetting_form() | {"valid_until_year": "2001"})
    assert answer.status_code == 200 and "The last day must lie in the future" in answer.content.decode()


def test_bodies_stand_in_the_order_of_the_readers_alphabet() -> None:
    for slug, country, name in (("a-late", "EE", "Zuzu"), ("z-early", "EE", "Ämari"), ("de", "DE", "Linde")):
        world.body(slug, country=country, name=name)
    client = world.client_of(world.post(world.body("casa", country="PT")))

    def order(language: str) -> list[str]:
        page = client.get(reverse("bodies:bodies"), headers={"accept-language": language}).content.decode()
        return sorted(("Zuzu", "Ämari", "Linde"), key=page.index)

    assert order("en") == ["Ämari", "Zuzu", "Linde"], "Estonia before Germany"
    assert order("fr") == ["Linde", "Ämari", "Zuzu"], "Allemagne before Estonie"


def test_the_list_of_bodies_filters_and_pages() -> None:
    for number in range(30):
        world.body(f"many-{number}", vetted=False, country="FR")
    client = world.client_of(world.post(world.body("casa", country="PT")))
    page = client.get(reverse("bodies:bodies"), {"country": "FR", "page": "2"}).content.decode()
    assert page.count("/bodies/0") == 5
    assert "No body matches" in client.get(reverse("bodies:bodies"), {"text": "nothing like it"}).content.decode()


def test_a_pile_narrows_to_one_state() -> None:
    worker = world.post(world.body("casa"))
    world.case(worker, age="in_doubt")
    world.case(worker, age="adult")
    client, address = world.client_of(worker), reverse("desk:pile", args=["awaiting"])
    items = client.get(address).context["items"]
    state = str(items[0].detail)
    kept = client.get(address, {"what": state}).context["items"]
    assert kept and all(str(item.detail) == state for item in kept)
    assert len(client.get(address, {"what": "nonsense"}).context["items"]) == len(items)
