"""What two States can rest a request on, found by somebody who does not sign in, at a desk and on a telephone."""

import pytest

from entraide.features.treaties.loading import load_instruments, name_depositary
from entraide.features.treaties.models import Instrument
from tests import world
from tests.journeys.conftest import PASSWORD, Person, Visitors

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def facts() -> None:
    load_instruments(using="default")


def ask(person: Person, a: str, b: str, help_: str, day: tuple[int, int, int]) -> None:
    """When one State's wish to ask another is put in."""
    person.page.locator("[name=a]").select_option(a)
    person.page.locator("[name=b]").select_option(b)
    person.page.locator("[name=help]").select_option(help_)
    person.fill_date("on", *day)
    person.press("Find the basis")


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("fr", 390)])
def test_a_basis_is_found_with_conditions_and_where_none_is_with_what_could_serve(language: str, width: int, visitors: Visitors) -> None:
    reader = visitors.visit(language, width=width)
    reader.go("/treaties/")
    reader.has_no_barriers()
    reader.press("Find the legal basis between two States")
    reader.has_no_barriers()
    reader.press("Find the basis")
    reader.sees("Choose one of these.")
    reader.has_no_barriers()

    ask(reader, "PT", "TH", "mla", (23, 11, 2026))
    reader.sees_text("UNTOC")
    reader.sees("Assistance may be refused where the conduct is no offence in the requested State.")
    reader.sees("Not entered")
    reader.sees("In our words, not the official ones.")
    reader.sees("Reservations, declarations, objections and withdrawals were not examined; what States recorded here themselves is shown.")
    reader.has_no_barriers()

    ask(reader, "PT", "TH", "mla", (1, 1, 2010))
    reader.sees("What could serve")
    reader.sees("Reciprocity: a promise to do the same in a like case, where the law of the requested State allows help without a treaty.")
    reader.has_no_barriers()

    reader.go("/texts/trafficking-protocol/at/art_8/")
    reader.sees("A summary in our words, not the official wording. Cite the official text.")
    reader.has_no_barriers()

    reader.go("/treaties/trafficking-protocol/")
    reader.sees("Not examined")
    reader.has_no_barriers()
    reader.page.locator("summary").last.click()
    reader.fill_date("on", 1, 1, 2005)
    reader.send_form()
    reader.sees_text("2005")
    reader.has_no_barriers()


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("fr", 390)])
def test_a_depositary_records_an_accession_and_everybody_reads_when_it_takes_effect(language: str, width: int, visitors: Visitors) -> None:
    by = world.post(world.body("registry", kind="coordination", country=""), "secretariat", password=PASSWORD)
    name_depositary(Instrument.objects.get(slug="untoc"), by.body, using="default")
    registrar = visitors.sign_in(world.account_of(by), language, width=width)
    registrar.go("/treaties/untoc/")
    registrar.press("Record what a State did")
    registrar.has_no_barriers()
    registrar.page.locator("[name=state]").select_option("TV")
    registrar.page.locator("[name=kind]").select_option("accession")
    registrar.fill("On which day", "1999-01-01")
    registrar.fill("Source", "Depositary notification, invented")
    registrar.send_form(last=True)
    registrar.sees("The instrument was not adopted yet.")
    registrar.has_no_barriers()
    registrar.fill("On which day", "2026-03-01")
    registrar.send_form(last=True)
    registrar.sees("You are the depositary")

    reader = visitors.visit(language, width=width)
    reader.go("/treaties/states/TV/")
    reader.sees_text("2026")
    reader.sees("by the depositary")
    reader.has_no_barriers()
