"""A text comes in from a file, what could not be placed is looked at, it is published, and a paragraph of it is quoted."""

from pathlib import Path

import pytest
from django.db import transaction

from entraide.kernel.accounts.models import Account
from tests import world
from tests.journeys.conftest import PASSWORD, Visitors

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PLANS = {
    "en": (
        "Plan of an invented group\n\nI. Aims\n\n1. The members exchange checked facts.\n\n2. They meet twice:\n\n(a) in spring;\n\n"
        "(b) in autumn.\n\n* * *\n\n4. They report every year.\n",
        "exchange checked facts",
    ),
    "fr": (
        "Plan d’un groupe inventé\n\nI. Buts\n\n1. Les membres échangent des faits vérifiés.\n\n2. Ils se réunissent deux fois :\n\n"
        "a) au printemps ;\n\nb) en automne.\n\n* * *\n\n4. Ils rendent compte chaque année.\n",
        "échangent des faits vérifiés",
    ),
}


@pytest.fixture
def secretariat() -> Account:
    with transaction.atomic():
        office = world.body("office", kind="coordination", name="Office")
        return world.account_of(world.post(office, "secretariat", password=PASSWORD))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_text_is_filed_looked_through_published_and_quoted(
    language: str, secretariat: Account, visitors: Visitors, tmp_path: Path
) -> None:
    words, quoted = PLANS[language]
    file = tmp_path / "plan.txt"
    file.write_text(words, encoding="utf-8")
    person = visitors.sign_in(secretariat, language)
    person.go("/texts/")
    person.has_no_barriers()
    person.press("File a text")
    person.has_no_barriers()
    person.press("Read the file")
    person.sees("Choose a file.")
    person.page.locator("[name=file]").set_input_files(file)
    person.page.locator("select[name=language]").select_option(language)
    person.page.locator("[name=kind]").select_option("plan")
    person.press("Read the file")
    person.sees("The draft is filed. Look through it, then publish it or throw it away.")
    person.sees_text("3")  # the number that is missing is told
    person.has_no_barriers()
    person.press("Publish this version")
    person.has_no_barriers()
    person.press("Publish this version")
    person.sees("The version is published; everybody sees it, and it never changes.")
    address = person.page.url

    reader = visitors.visit(language, width=390)
    reader.go(address)
    reader.has_no_barriers()
    reader.click(reader.page.locator("#para_1 a").first)
    reader.has_no_barriers()
    reader.page.locator("#words").fill(quoted)
    reader.press("Make the link")
    link = reader.page.locator(".govuk-inset-text a").first
    reader.does_not_see("quote=" + quoted)
    reader.go(str(link.get_attribute("href")))
    reader.sees("The quoted words stand here, marked below.")
    assert reader.page.locator("mark").inner_text() == quoted
    reader.has_no_barriers()
