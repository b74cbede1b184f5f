"""Treaties for programs: the same facts, rules and sentences as on the pages."""

import json
from typing import Any

import pytest
from django.test import Client

from entraide.features.treaties.loading import load_instruments
from entraide.features.treaties.models import Authority, Law
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.api.services import make_token
from entraide.kernel.audit.models import AuditEntry
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db
SOURCE = {"source": "Official journal, invented", "as_of": "2026-06-01"}
AUTHORITY = {"name": "Central authority", "helps": ["mla"], "languages": ["fr"], "channels": ["central_authority"], **SOURCE}


@pytest.fixture(autouse=True)
def facts() -> None:
    with as_steward():
        load_instruments(using="default")


@pytest.fixture
def coordinator() -> Acting:
    return world.post(world.body("office", kind="coordination", country="PT"), "coordinator")


def client_with_token(by: Acting) -> Client:
    with acting_as(by):
        return Client(headers={"Authorization": f"Bearer {make_token(by=by, name='x', days=1, second_factor_shown=True)[1]}"})


def asked(path: str, **query: str) -> Any:
    answer = Client().get(f"/api/treaties/{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_the_basis_is_the_one_of_the_command_with_authorities_and_law_of_both_sides() -> None:
    told = asked("basis", a="PT", b="TH", help="mla", on="2026-11-23")
    assert told["answer"] == "basis" and {"untoc", "trafficking-protocol"} <= {each["instrument"] for each in told["instruments"]}
    assert told["reservations"] == told["bilateral"] == told["european_union"] == "not examined"
    assert told["authorities"] == {"PT": [], "TH": []} and told["empty_means"] == "not recorded here"


def test_nothing_found_is_an_answer_with_what_could_serve() -> None:
    told = asked("basis", a="JP", b="SO", help="mla", offence="trafficking", on="2010-01-01")
    assert told["answer"] == "nothing_found" and told["could_serve"]


def test_status_of_a_day_is_paged_with_every_source() -> None:
    first = asked("instruments/trafficking-protocol/status", on="2012-01-01", size="200")
    stands = {each["state"]: each for each in first["items"]}
    assert stands["TH"]["standing"] == "signed" and all(act["source"] and act["as_of"] for each in first["items"] for act in each["acts"])
    assert asked("instruments/trafficking-protocol/status", on="2026-01-01", standing="signed")["count"] == 2


def test_an_instrument_says_its_rule_and_what_was_not_examined() -> None:
    told = asked("instruments/cets-197")
    assert "first day of the month" in told["rule"] and set(told["examined"].values()) == {False}
    assert {"id": "art_13", "number": "Article 13", "heading": "Recovery and reflection period"}.items() <= told["provisions"][12].items()


def test_a_state_answers_for_itself_and_is_written_down(coordinator: Acting) -> None:
    client = client_with_token(coordinator)
    made = client.post("/api/treaties/states/PT/authorities", json.dumps(AUTHORITY), content_type="application/json")
    assert made.status_code == 201 and made.json()["invented"]
    assert asked("basis", a="PT", b="TH")["authorities"]["PT"][0]["names"] == {"en": "Central authority"}
    refused = client.post("/api/treaties/states/TH/authorities", json.dumps(AUTHORITY), content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "other_state")
    ended = client.delete(f"/api/treaties/authorities/{made.json()['id']}")
    assert ended.status_code == 204 and asked("states/PT")["authorities"] == []
    with as_steward():
        assert set(AuditEntry.objects.filter(action__startswith="treaties.").values_list("action", flat=True)) == {
            "treaties.designate", "treaties.end",
        }  # fmt: skip


def test_law_with_another_s_entry_is_ended_only_by_its_body(coordinator: Acting) -> None:
    given = {"topic": "reflection", "answer": "yes", "text": "Thirty days.", "reference": "Act 1, article 2", **SOURCE}
    made = client_with_token(coordinator).post("/api/treaties/states/PT/law", json.dumps(given), content_type="application/json").json()
    other = world.post(world.body("other", kind="coordination", country="PT"), "coordinator")
    assert client_with_token(other).delete(f"/api/treaties/law/{made['id']}").status_code == 403
    assert asked("law", states="PT")[0]["reference"] == "Act 1, article 2"
    with as_steward():
        assert Law.objects.get().ended_on is None and Authority.objects.count() == 0


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"a": "PT", "b": "PT"}, "Choose two different States."),
        ({"a": "PT"}, "This is missing."),
        ({"a": "PT", "b": "TH", "on": "soon"}, "Give a day as YYYY-MM-DD."),
        ({"a": "PT", "b": "TH", "help": "love"}, "Choose one of: "),
    ],
)
def test_a_wrong_question_gets_a_sentence(query: dict[str, str], sentence: str) -> None:
    answer = Client().get("/api/treaties/basis", query)
    assert answer.status_code == 422 and answer.json()["places"][0]["sentence"].startswith(sentence), answer.json()


def test_a_state_that_is_none_is_not_found() -> None:
    assert Client().get("/api/treaties/basis", {"a": "PT", "b": "ZZ"}).status_code == 404


def test_what_differs_between_two_laws_is_said_once_both_are_recorded(coordinator: Acting) -> None:
    given = {"topic": "reflection", "answer": "yes", "text": "Thirty days.", "reference": "Act 1, article 2", **SOURCE}
    thai = world.post(world.body("bangkok", kind="coordination", country="TH"), "coordinator")
    client_with_token(coordinator).post("/api/treaties/states/PT/law", json.dumps(given), content_type="application/json")
    assert asked("basis", a="PT", b="TH")["differs"]["reflection"] is None, "not recorded is no difference"
    other = given | {"answer": "no", "text": "None."}
    client_with_token(thai).post("/api/treaties/states/TH/law", json.dumps(other), content_type="application/json")
    assert asked("basis", a="PT", b="TH")["differs"]["reflection"] is True
    assert "Differs" in Client().get("/treaties/compare/?a=PT&b=TH&c=").content.decode()
