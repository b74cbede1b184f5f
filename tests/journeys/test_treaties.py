"""What two States can rest a request on, found by somebody who does not sign in, at a desk and on a telephone."""

import pytest

from entraide.features.treaties.loading import load_instruments
from tests.journeys.conftest import Person, Visitors

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

    reader.go("/treaties/trafficking-protocol/")
    reader.sees("Not examined")
    reader.has_no_barriers()
    reader.page.locator("summary").last.click()
    reader.fill_date("on", 1, 1, 2005)
    reader.send_form()
    reader.sees_text("2005")
    reader.has_no_barriers()
