"""`entraide treaties basis`: the same answer as the API and the page, its JSON, and a sentence for whoever asks amiss."""

import json
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.test import Client
from django.urls import reverse

from entraide.commands.treaties import treaties
from entraide.features.treaties import services
from entraide.features.treaties.loading import load_instruments
from entraide.kernel.access.context import acting_as
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def node(monkeypatch: pytest.MonkeyPatch) -> None:
    with as_steward():
        load_instruments(using="default")
    monkeypatch.setenv("ENTRAIDE_WEB_URL", "the test's own database")


def run(*words: str) -> Result:
    return CliRunner().invoke(treaties, ["basis", *words])


def told(*words: str) -> Any:
    done = run(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_command_api_and_page_give_the_same_answer_with_the_authorities_of_both_sides() -> None:
    by = world.post(world.body("office", kind="coordination", country="PT"), "coordinator")
    with acting_as(by):
        services.designate(
            by=by, state="PT", name="Central authority", instrument=None, contact="", helps=["mla"], languages=["fr"],
            channels=["central_authority"],
            source="Journal", as_of=date(2026, 6, 1),
        )  # fmt: skip
    answer = told("PT", "TH", "--for", "mla", "--on", "2026-11-23")
    assert answer["answer"] == "basis" and answer["acts_from"] == "this node"
    assert answer["authorities"]["PT"][0]["names"] == {"en": "Central authority"} and answer["authorities"]["TH"] == []
    api = Client().get("/api/treaties/basis", {"a": "PT", "b": "TH", "help": "mla", "on": "2026-11-23"}).json()
    assert {name: value for name, value in answer.items() if name != "acts_from"} == api
    query = {"a": "PT", "b": "TH", "help": "mla", "offence": "trafficking", "on": "2026-11-23"}
    page = Client().get(reverse("treaties:basis"), query).content.decode()
    assert all(each["name"] in page for each in api["instruments"]) and "Central authority" in page


def test_an_instrument_that_binds_one_of_both_alone_is_said_with_where_each_stands() -> None:
    answer = told("JP", "IR", "--for", "mla", "--on", "2026-11-23")
    untoc = next(each for each in answer["not_binding_both"] if each["instrument"] == "untoc")
    assert [stand["standing"] for stand in untoc["stands"]] == ["party", "signed"]
    assert "UNTOC (Japan: Party, in force 10 August 2017; Iran: Signed)" in run("JP", "IR", "--on", "2026-11-23").output


def test_a_day_before_1900_is_refused_with_a_sentence_on_the_command_the_api_and_the_page() -> None:
    sentence = "Give a day from 1900 on: no instrument recorded here is older."
    query = {"a": "PT", "b": "TH", "help": "mla", "offence": "trafficking", "on": "1899-12-31"}
    assert sentence in run("PT", "TH", "--on", "1899-12-31").output
    api = Client().get("/api/treaties/basis", query)
    assert api.status_code == 422 and sentence in api.content.decode()
    boxes = query | {"on_day": "31", "on_month": "12", "on_year": "1899"}
    page = Client().get(reverse("treaties:basis"), boxes).content.decode()
    assert "1 January 1900" in page and "Authorities and channels" not in page
    assert Client().get("/api/treaties/instruments/untoc/status", {"on": "1899-12-31"}).status_code == 422
    assert Client().get("/api/treaties/basis", query | {"on": "1900-01-01"}).status_code == 200


def test_nothing_found_and_what_binds_only_one_is_said_in_words() -> None:
    answer = told("JP", "IR", "--for", "mla", "--on", "2010-01-01")
    assert answer["answer"] == "nothing_found" and answer["instruments"] == [] and answer["could_serve"]
    assert all(len(each["stands"]) == 2 for each in answer["not_binding_both"])
    text = run("JP", "IR", "--for", "mla", "--on", "2010-01-01").output
    assert "Iran: Nothing recorded" in text and ": nothing" not in text.split("\n", 1)[1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("PT", "QQ"), "is no State known here"),
        (("PT", "<b>"), "is no State known here"),
        (("PT", "pt"), "Give two different States."),
        (("PT", "TH", "--on", "1850-01-01"), "Give a day from 1900 on"),
        (("PT", "TH", "--on", "yesterday"), "does not match the format"),
        (("PT", "TH", "--for", "everything"), "is not one of"),
        (("PT", "TH", "--offence", "theft"), "is not one of"),
        (("PT",), "Missing argument"),
    ],
)
def test_whoever_asks_amiss_gets_a_sentence_and_exit_code_2(words: tuple[str, ...], sentence: str) -> None:
    done = run(*words)
    assert done.exit_code == 2 and sentence in done.output and "Traceback" not in done.output
