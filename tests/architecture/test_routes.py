"""Route × role × object, generated from the URL table: nobody but the team opens what belongs to a case; absent and hidden look alike."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from entraide.features.cases import runs
from entraide.features.cases.agreements import Agreement
from entraide.features.referrals import services as referrals
from entraide.features.referrals.models import IncomingReferral
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.sides import Kind
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.bodies import queries as bodies
from tests import world
from tests.architecture.test_doors import all_views

pytestmark = pytest.mark.django_db
ROLES = ("colleague", "administrator", "data_protection", "stranger", "police")
WORDS = {"purpose": "assistance_and_shelter", "group": "identity", "track": "T1", "name": "accept"}


@pytest.fixture
def people() -> dict[str, Acting]:
    casa = world.body("casa", country="PT")
    return {
        "worker": world.post(casa),
        "intake": world.post(world.body("ban", country="TH"), "intake"),
        "colleague": world.post(casa),
        "administrator": world.post(casa, "administrator"),
        "data_protection": world.post(casa, "data_protection"),
        "stranger": world.post(world.body("elsewhere", country="FR"), "coordinator"),
        "police": world.post(world.body("police", kind=Kind.LAW_ENFORCEMENT), "investigator"),
    }


@pytest.fixture
def objects(people: dict[str, Acting]) -> dict[str, UUID]:
    """A case with an agreement and a sent referral; the ids by the names they have in addresses."""
    worker = people["worker"]
    case = world.case(worker)
    with acting_as(worker):
        recipient = bodies.get(people["intake"].body)
    world.agree(worker, case, recipient)
    with acting_as(worker):
        sent = referrals.draft(
            by=worker,
            case=case,
            recipient=recipient,
            purpose=WORDS["purpose"],
            urgency="routine",
            needs=["shelter"],
            chosen=world.ALL_GROUPS,
        )
        referrals.send(by=worker, referral=sent)
        agreement = Agreement.objects.get().pk
        tried = runs.keep(by=worker, data=b"prs_FirstName\r\nAmara\r\n", name="a.csv", leave_out=False).pk
    with acting_as(people["intake"]):
        arrived = IncomingReferral.objects.get().pk
    return {
        "case": case.pk,
        "sent": sent.pk,
        "received": arrived,
        "agreement": agreement,
        "run": tried,
        "body": recipient.pk,
        "post": people["colleague"].hand,
    }


def of_cases() -> Iterator[tuple[str, URLPattern]]:
    """Every route under a case, a referral or a file on its way in."""
    for name, pattern in all_views().items():
        if {"case", "referral"} & set(pattern.pattern.converters) or (name.startswith("cases:") and "run" in pattern.pattern.converters):
            yield name, pattern


def address(name: str, pattern: URLPattern, objects: dict[str, UUID]) -> str:
    """The route with the ids of the world; a referral's side is told by its address."""
    wanted: dict[str, object] = {}
    for argument, converter in pattern.pattern.converters.items():
        if argument == "referral":
            wanted[argument] = objects["received" if "received" in str(pattern.pattern) else "sent"]
        elif argument in objects:
            wanted[argument] = objects[argument]
        else:
            wanted[argument] = WORDS[argument] if type(converter).__name__ != "UUIDConverter" else uuid4()
    return reverse(name, kwargs=wanted)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", [name for name, _pattern in of_cases()])
def test_nobody_outside_the_team_opens_anything_of_a_case(
    role: str, route: str, people: dict[str, Acting], objects: dict[str, UUID]
) -> None:
    client, url = world.client_of(people[role]), address(route, all_views()[route], objects)
    for answer in (client.get(url), client.post(url, {})):
        assert answer.status_code in {403, 404, 405}, f"{role} got {answer.status_code} from {url}"
        assert b"Amara" not in answer.content


@pytest.mark.parametrize("route", [name for name, _pattern in of_cases()])
def test_whoever_has_not_signed_in_is_asked_to(route: str, objects: dict[str, UUID]) -> None:
    url = address(route, all_views()[route], objects)
    for answer in (Client().get(url), Client().post(url, {})):
        sent_on = answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")
        assert answer.status_code == 405 or (answer.status_code == 401 if url.startswith("/api/") else sent_on)


@pytest.mark.parametrize("route", [name for name, _pattern in of_cases()])
def test_absent_and_hidden_are_the_same_bytes_and_headers(route: str, people: dict[str, Acting], objects: dict[str, UUID]) -> None:
    stranger = world.client_of(people["stranger"])
    absent = {name: uuid4() for name in objects} | {"body": objects["body"]}
    pattern = all_views()[route]
    hidden_answer, absent_answer = (stranger.get(address(route, pattern, ids)) for ids in (objects, absent))
    assert hidden_answer.status_code == absent_answer.status_code
    if hidden_answer.status_code == 404:
        nothing = stranger.get("/api/no/such/operation" if route.startswith("api:") else "/no/such/page/")
        assert hidden_answer.content == absent_answer.content == nothing.content
        assert hidden_answer.headers == absent_answer.headers == nothing.headers
        assert not hidden_answer.cookies
        assert b"govuk" in hidden_answer.content or b'"not_found"' in hidden_answer.content, "the page, not an empty answer"


@pytest.mark.parametrize("route", [name for name, _pattern in of_cases() if name.startswith("cases:")])
def test_the_team_is_answered_everywhere(route: str, people: dict[str, Acting], objects: dict[str, UUID]) -> None:
    answer = world.client_of(people["worker"]).get(address(route, all_views()[route], objects))
    assert answer.status_code in {200, 302, 404, 405}


def test_what_was_asked_for_in_vain_is_written_down_with_the_id(people: dict[str, Acting], objects: dict[str, UUID]) -> None:
    from tests.steward import as_steward

    world.client_of(people["stranger"]).get(reverse("cases:case", args=[objects["case"]]))
    with as_steward():
        entry = AuditEntry.objects.filter(outcome="not_visible").get()
    assert (entry.object_id, entry.post, entry.case) == (objects["case"], people["stranger"].post, None)


def test_a_child_is_reached_only_through_its_own_parent(people: dict[str, Acting], objects: dict[str, UUID]) -> None:
    """Two cases of the same team: the agreement of one is not found under the other."""
    other = world.case(people["worker"])
    client = world.client_of(people["worker"])
    assert client.get(reverse("cases:agreement", args=[objects["case"], objects["agreement"]])).status_code == 200
    for name in ("cases:agreement", "cases:withdraw"):
        url = reverse(name, args=[other.pk, objects["agreement"]])
        assert client.get(url).status_code in {404, 405} and client.post(url).status_code == 404
