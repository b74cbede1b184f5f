"""Pages of treaties: public, with source and day of everything; each State's own bodies record authorities, law and steps."""

import csv
import json
import re
import subprocess
import sys
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from entraide.features.texts.models import Provision, Version, Wording
from entraide.features.treaties.loading import load_instruments
from entraide.features.treaties.models import Act, Authority, Instrument, Law, Step
from entraide.kernel.access.context import Acting
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db
SOURCE = {"source": "Official journal, invented", "as_of_day": "1", "as_of_month": "6", "as_of_year": "2026"}
AUTHORITY = {"name": "Central authority", "helps": ["mla"], "languages": ["fr"], "channels": ["central_authority"], "contact": "", **SOURCE}
LAW = {"topic": "reflection", "answer": "yes", "text": "Thirty days at least.", "reference": "Act 1, article 2", **SOURCE}


@pytest.fixture(autouse=True)
def facts() -> None:
    with as_steward():  # and afterwards as web again
        load_instruments(using="default")


@pytest.fixture
def coordinator() -> Acting:
    return world.post(world.body("office", kind="coordination", country="PT"), "coordinator")


def text(address: str, **query: str) -> str:
    answer = Client().get(address, query)
    assert answer.status_code == 200, address
    return answer.content.decode()


def basis(a: str, b: str, help_: str, on: str = "") -> str:
    day = dict(zip(("on_year", "on_month", "on_day"), on.split("-"), strict=False)) if on else {}
    return text(reverse("treaties:basis"), a=a, b=b, help=help_, offence="trafficking", **day)


def test_facts_are_filed_once_however_often_they_are_loaded() -> None:
    before = (Instrument.objects.count(), Act.objects.count())
    load_instruments(using="default")
    assert (Instrument.objects.count(), Act.objects.count()) == before == (8, 1044)


def test_an_instrument_shows_its_rule_status_map_curve_and_sources_without_signing_in() -> None:
    page = text(reverse("treaties:instrument", args=["cets-197"]))
    assert "on the first day of the month after 3 months from the deposit" in page and "article 42" in page
    assert 'class="ui-map"' in page and 'class="ui-curve"' in page and "Not examined" in page
    assert "as of 2024" in page and "Not confirmed" in page and "Party: <strong>48</strong>" in page


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "the European Union, which is not a State, is counted in the text and the table (Party)"),
        ("fr", "l’Union européenne, qui n’est pas un État, est comptée dans le texte et le tableau (Partie)"),
    ],
)
def test_the_map_says_why_it_counts_one_less_than_the_text(language: str, told: str) -> None:
    client = Client(headers={"Accept-Language": language})
    with translation.override("en"):  # and nobody after this test reads French
        page, other = (client.get(reverse("treaties:instrument", args=[slug])).content.decode() for slug in ("untoc", "actip"))
    counted, drawn = (re.findall(rf"Part(?:y|ie)\s?: {form}", page)[0] for form in (r"<strong>(\d+)", r"(\d+)</li>"))
    assert int(counted) == int(drawn) + 1 and told in page
    assert told not in other, "where it is no party"


def test_status_is_that_of_the_day_asked_for() -> None:
    day = {"on_day": "31", "on_month": "1", "on_year": "2008"}
    assert "Party: <strong>" not in text(reverse("treaties:instrument", args=["cets-197"]), **day)
    assert "Party: <strong>10</strong>" in text(
        reverse("treaties:instrument", args=["cets-197"]), **(day | {"on_day": "1", "on_month": "2"})
    )


def test_the_file_has_every_act_with_source_and_day() -> None:
    answer = Client().get(reverse("treaties:status_csv", args=["p029"]))
    rows = list(csv.DictReader(StringIO(answer.content.decode())))
    assert len(rows) == 60 and all(row["source"] and row["as_of"] for row in rows)


def test_the_basis_names_instruments_provisions_conditions_and_what_is_not_known() -> None:
    page = basis("PT", "TH", "mla", "2026-11-23")
    assert "Mutual legal assistance" in page and "Article 18" in page and "in force 16 November 2013" in page
    assert "Would carry it, but does not bind both" in page and "Reciprocity" in page and "not examined" in page
    assert "Not entered here; that does not say that there is none." in page and "Not entered<" in page


def test_nothing_found_is_an_answer_with_what_could_serve() -> None:
    page = basis("JP", "TV", "compensation")
    assert "nothing recorded here binds both" in page and "Reciprocity" in page and "Traceback" not in page


@pytest.mark.parametrize("query", [{"a": "PT", "b": "PT"}, {"a": "XX", "b": "PT"}, {"a": "PT"}, {"a": "PT", "b": "TH", "help": "x"}])
def test_a_wrong_question_gets_a_sentence(query: dict[str, str]) -> None:
    assert "error-summary" in text(reverse("treaties:basis"), **{"help": "mla", "offence": "trafficking", **query})


def test_a_states_own_coordinator_records_an_authority_and_it_stands_in_the_answer(coordinator: Acting) -> None:
    client = world.client_of(coordinator)
    page = client.post(reverse("treaties:designate", args=["PT"]), AUTHORITY, follow=True).content.decode()
    assert "The authority is recorded." in page and "Central authority" in page
    found = basis("TH", "PT", "mla")
    assert "Central authority" in found and "Between central authorities" in found and "Official journal, invented" in found
    assert "Central authority</strong>" not in basis("TH", "PT", "extradition"), "competent for assistance only"
    with as_steward():
        row = Authority.objects.get()
    client.post(reverse("treaties:end", args=["authority", row.pk]))
    assert "Central authority</strong>" not in basis("TH", "PT", "mla")


def test_law_is_compared_with_source_and_day_and_the_old_entry_stays(coordinator: Acting) -> None:
    client = world.client_of(coordinator)
    for sentence in ("Thirty days at least.", "Forty-five days."):
        client.post(reverse("treaties:record_law", args=["PT"]), {**LAW, "text": sentence})
    page = text(reverse("treaties:compare"), a="PT", b="TH")
    assert "Forty-five days." in page and "Thirty days" not in page and "1 June 2026" in page and "Not entered<" in page
    with as_steward():
        assert Law.objects.count() == 2


@pytest.mark.parametrize("route", ["designate", "record_law"])
def test_nobody_records_for_another_state(route: str, coordinator: Acting) -> None:
    answer = world.client_of(coordinator).post(reverse(f"treaties:{route}", args=["TH"]), {**AUTHORITY, **LAW})
    assert answer.status_code == 403 and "your own State" in answer.content.decode()
    worker = world.post(world.body("casa", country="PT"))
    assert world.client_of(worker).get(reverse(f"treaties:{route}", args=["PT"])).status_code == 403


def test_another_body_does_not_end_what_it_did_not_record(coordinator: Acting) -> None:
    world.client_of(coordinator).post(reverse("treaties:record_law", args=["PT"]), LAW)
    with as_steward():
        law = Law.objects.get()
    other = world.client_of(world.post(world.body("ministry", kind="coordination", country="PT"), "coordinator"))
    assert other.post(reverse("treaties:end", args=["law", law.pk])).status_code == 403
    assert other.get(reverse("treaties:end", args=["act", law.pk])).status_code == 404


def test_a_commitment_has_owners_steps_and_evidence() -> None:
    by = world.post(world.body("bureau", kind="coordination", country="TH"), "secretariat")
    client = world.client_of(by)
    address = reverse("treaties:commitments", args=["commit-memorandum"])
    empty = text(address)
    assert empty.count("No step recorded.") == 8 and "Viet" in empty and "Record a step" not in empty
    step = {"title": "A draft law", "due_day": "1", "due_month": "1", "due_year": "2020", **SOURCE}
    client.post(reverse("treaties:add_step", args=["commit-memorandum", "area_law__a"]), step)
    assert "Late since" in text(address) and "No evidence recorded" in text(address)
    with as_steward():
        row = Step.objects.get()
    evidence = {"title": "Law 1 of 2026", "on_day": "1", "on_month": "2", "on_year": "2026", **SOURCE}
    client.post(reverse("treaties:add_evidence", args=[row.pk]), evidence)
    assert "Law 1 of 2026" in text(address)
    assert "A draft law" in text(reverse("texts:provision", args=["commit-memorandum", "area_law__a"])), (
        "the provision shows what points at it"
    )


def test_the_provision_says_what_it_can_carry() -> None:
    page = text(reverse("texts:provision", args=["untoc", "art_18"]))
    assert "What it can carry" in page and "Mutual legal assistance" in page


@pytest.mark.parametrize(
    ("language", "heading", "words", "warning"),
    [
        ("en", "Repatriation of victims of trafficking in persons", "preferably voluntary", "not the official wording"),
        ("fr", "Rapatriement des victimes de la traite des personnes", "de préférence volontaire", "n’est pas le texte officiel"),
    ],
)
def test_what_a_basis_cites_is_summed_up_in_the_readers_language_and_says_so(language: str, heading: str, words: str, warning: str) -> None:
    headers = {"accept-language": language}
    query = {"a": "PT", "b": "TH", "help": "return", "offence": "trafficking"}
    answer = Client().get(reverse("treaties:basis"), query, headers=headers).content.decode()
    assert heading in answer and words in answer and "Treaty Series, vol. 2237, p. 319" in answer
    page = Client().get(reverse("texts:provision", args=["trafficking-protocol", "art_8"]), headers=headers).content.decode()
    assert heading in page and words in page and warning in page and "treaties.un.org" in page


def test_a_summary_says_so_in_every_file_too() -> None:
    for form in ("akn", "txt"):
        answer = Client().get(reverse("texts:export", args=["untoc", 1, form]), {"lang": "fr"})
        assert "non le texte officiel" in answer.content.decode(), form


def test_facts_that_were_mended_make_a_new_version_and_keep_the_addresses() -> None:
    before = Provision.objects.get(document__slug="actip", eid="art_18").pk
    with as_steward():
        Wording.objects.filter(version__document__slug="actip", language="fr").delete()
        load_instruments(using="default")
        load_instruments(using="default")
    assert list(Version.objects.filter(document__slug="actip").values_list("number", flat=True)) == [1, 2]
    assert not Version.objects.filter(document__slug="untoc", number=2).exists()
    assert Provision.objects.get(document__slug="actip", eid="art_18").pk == before


def test_a_rule_that_could_not_be_compared_says_so() -> None:
    assert "could not be compared with the text" in text(reverse("treaties:instrument", args=["actip"]))
    assert "could not be compared with the text" not in text(reverse("treaties:instrument", args=["untoc"]))


def test_each_source_stands_once_on_a_page() -> None:
    page = text(reverse("treaties:instrument", args=["trafficking-protocol"]))
    assert page.count("United Nations Treaty Collection XVIII.12.a") == 1 and page.count('href="#source-2"') > 20


def entraide(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-m", "entraide.cli", *arguments], capture_output=True, text=True, check=False)


def test_the_command_answers_without_a_database() -> None:
    done = entraide("treaties", "basis", "PT", "TH", "--for", "mla", "--on", "2026-11-23", "--json")
    told = json.loads(done.stdout)
    assert told["answer"] == "basis" and [each["instrument"] for each in told["instruments"]] == ["trafficking-protocol", "untoc"]
    assert told["reservations"] == told["bilateral"] == told["european_union"] == "not examined" and told["could_serve"]
    assert entraide("treaties", "basis", "PT", "XX").returncode == 2
    assert told["acts_from"] == "the facts that come with Entraide"
    status = json.loads(entraide("treaties", "status", "actip", "--on", "2017-03-08", "--json").stdout)
    assert {each["state"]: each["standing"] for each in status["states"]}["VN"] == "party"


@pytest.mark.parametrize("given", [{"on": "1899-12-31"}, {"on_day": "31", "on_month": "12", "on_year": "1899"}])
def test_a_day_outside_the_range_gets_its_sentence_however_an_address_carries_it(given: dict[str, str]) -> None:
    asked = {"a": "PT", "b": "TH", "help": "mla", "offence": "trafficking"}
    for address, more in ((reverse("treaties:instrument", args=["untoc"]), {}), (reverse("treaties:basis"), asked)):
        said = text(address, **more, **given)
        assert "error-summary" in said and "1 January 1900" in said, address
    file = Client().get(reverse("treaties:status_csv", args=["untoc"]), given)
    assert file.status_code == 302 and "1899" in file["Location"], "no file of another day than was asked for"
    assert Client().get("/api/treaties/instruments/untoc/status", {"on": "1899-12-31"}).status_code == 422


def test_a_bare_day_in_an_address_is_taken_and_what_is_none_is_said_to_be_none() -> None:
    address = reverse("treaties:instrument", args=["untoc"])
    assert "standing_on_2010-01-31" in text(reverse("treaties:status_csv", args=["untoc"]), on="2010-01-31")
    assert 'value="2010"' in text(address, on="2010-01-31") and "error-summary" in text(address, on="yesterday")


def test_a_rule_on_withdrawal_that_was_not_looked_up_is_named_on_the_pages_of_status_and_of_the_basis() -> None:
    for slug in ("actip", "saarc-2002"):
        assert "The rule on withdrawal was not looked up" in text(reverse("treaties:instrument", args=[slug]))
    assert "was not looked up" not in text(reverse("treaties:instrument", args=["untoc"]))
    asked = {"help": "mla", "offence": "trafficking"}
    assert "day of its notice: ACTIP." in text(reverse("treaties:basis"), a="TH", b="PH", **asked)
    assert "was not looked up" not in text(reverse("treaties:basis"), a="PT", b="TH", **asked)
