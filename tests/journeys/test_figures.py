"""Figures all the way, in English and French: a table in, a release out past two reviewers, withdrawn; one's own count; an estimate."""

import json
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from entraide.features.cases.values import Values
from entraide.features.figures import tasks
from entraide.kernel.access.context import Acting
from entraide.kernel.base import clock
from tests import world
from tests.journeys.conftest import PASSWORD, Person, Visitors

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
languages = pytest.mark.parametrize("language", ["en", "fr"])
TABLE = (
    "Pays;Année;Sexe;Âge;Nombre\nPortugal;2020;Total;Total;1.041\nPortugal;2021;Total;Total;1.234.000\nEspagne;2021;Total;Total;<5\n"
    "Portugal;2021;Femmes;Total;612\nPortugal;2021;Hommes;Total;-3\n"
).encode("cp1252")
HISTORIES = b"a,b,c,count\n1,0,0,120\n0,1,0,90\n0,0,1,70\n1,1,0,30\n1,0,1,25\n0,1,1,20\n1,1,1,8\n"
FORCED: Values = {"vic_TypeOfExploitation": ["ForcedLabour"]}


@pytest.fixture
def people() -> dict[str, Acting]:
    """An analyst, two reviewers and a case worker of one body."""
    with transaction.atomic():
        home = world.body("casa", country="PT", name="Casa Aurora")
        functions = ("analyst", "coordinator", "data_protection", "case_worker")
        return {function: world.post(home, function, password=PASSWORD) for function in functions}


def bring_a_table(analyst: Person) -> None:
    """Given a table from a ministry, tried and filed with what has no place beside it."""
    analyst.go("/figures/")
    analyst.has_no_barriers()
    analyst.press("Bring a table")
    analyst.has_no_barriers()
    analyst.page.locator("[name=file]").set_input_files({"name": "t.csv", "mimeType": "text/csv", "buffer": TABLE})
    analyst.page.locator("[name=title]").fill("Invented table")
    analyst.page.locator("[name=source]").fill("Invented ministry")
    analyst.page.locator("[name=already_public]").check()
    analyst.press("Try the file")
    analyst.sees("A count cannot be negative.")
    analyst.has_no_barriers()
    analyst.page.locator("[name=seen]").check()
    analyst.press("File this table")
    analyst.sees("The table is filed.")
    analyst.has_no_barriers()


def draft(analyst: Person) -> str:
    """When she drafts a release and sends it to review."""
    analyst.go("/figures/releases/new/")
    for name in ("title_en", "title_fr", "summary_en", "summary_fr"):
        analyst.page.locator(f"[name={name}]").fill(f"Invented {name[-2:]}")
    analyst.page.locator("[name=tables]").first.check()
    analyst.has_no_barriers()
    analyst.press("Make the draft")
    analyst.sees("The draft is made. Look at every part before you send it to review.")
    analyst.has_no_barriers()
    analyst.press("Send to review")
    analyst.sees("The release waits for two reviewers who did not draft it.")
    return analyst.page.url.removeprefix(analyst.address)


def agree(reviewer: Person, path: str) -> None:
    """And two others, who find it on their desks, agree."""
    reviewer.go("/")
    reviewer.sees("A release waits for your review")
    reviewer.go(path)
    reviewer.press("Review this release")
    reviewer.has_no_barriers()
    reviewer.page.locator("[name=answer][value=agree]").check()
    reviewer.press("Record my review")
    reviewer.sees("Your review is recorded.")


@languages
def test_a_table_becomes_a_release_that_is_published_and_withdrawn(visitors: Visitors, people: dict[str, Acting], language: str) -> None:
    analyst = visitors.sign_in(world.account_of(people["analyst"]), language)
    bring_a_table(analyst)
    path = draft(analyst)
    for function in ("coordinator", "data_protection"):
        agree(visitors.sign_in(world.account_of(people[function]), language), path)
    analyst.go(path)
    analyst.press("Publish")
    analyst.sees("The release is published.")

    telephone = visitors.browser.new_context(locale=language, viewport={"width": 390, "height": 800})
    telephone.set_default_timeout(20_000)
    everybody = Person(telephone.new_page(), language, visitors.address)
    everybody.go(path)
    everybody.sees("What these figures are not")
    everybody.sees_text({"en": "1 to 4", "fr": "1 à 4"}[language])
    everybody.has_no_barriers()
    assert everybody.page.locator("svg.ui-map").count() == 1, "two States: a map beside the table"

    analyst.press("Withdraw")
    analyst.has_no_barriers()
    analyst.page.locator("[name=reason]").fill("Invented reason.")
    analyst.press("Withdraw this release")
    analyst.sees("The release is withdrawn. The reason stands where the numbers were.")
    everybody.go(path + "?again=1")
    everybody.sees_text("Invented reason.")
    everybody.does_not_see('svg class="ui-map')
    everybody.has_no_barriers()
    telephone.close()


@languages
def test_a_body_counts_its_own_year_and_sees_ranges(visitors: Visitors, people: dict[str, Acting], language: str) -> None:
    with clock.at(datetime(2025, 5, 5, tzinfo=UTC)), transaction.atomic():
        for number in range(13):
            gender = "Masculine" if number == 0 else "Feminine"
            world.case(people["case_worker"], person={"identity": {"prs_Gender": gender}, "trafficking": FORCED})
    analyst = visitors.sign_in(world.account_of(people["analyst"]), language, width=390)
    analyst.go("/figures/tables/count/")
    analyst.has_no_barriers()
    analyst.page.locator("[name=tally][value='cases.persons']").check()
    analyst.page.locator("[name=year]").select_option("2025")
    analyst.press("Count this year")
    analyst.sees("The year is counted. The table never changes.")
    analyst.sees_text({"en": "0 to", "fr": "0 à"}[language])
    analyst.has_no_barriers()
    analyst.go("/figures/tables/count/")
    analyst.page.locator("[name=tally][value='cases.persons']").check()
    analyst.page.locator("[name=year]").select_option("2025")
    analyst.press("Count this year")
    analyst.sees("This year has been counted. It is never counted again: the difference between two counts could give a person away.")
    visitors.errors.clear()  # the browser notes the refused page


def run_jobs() -> None:
    """What the worker does."""
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs where task_name = 'figures.estimate' returning args::text")
        for (args,) in cursor.fetchall():
            tasks.estimate(**json.loads(args))


@languages
def test_an_estimate_is_ordered_worked_on_and_shown_side_by_side(visitors: Visitors, people: dict[str, Acting], language: str) -> None:
    analyst = visitors.sign_in(world.account_of(people["analyst"]), language)
    analyst.go("/figures/estimates/new/")
    analyst.page.locator("[name=file]").set_input_files({"name": "h.csv", "mimeType": "text/csv", "buffer": HISTORIES})
    analyst.page.locator("[name=title]").fill("Invented lists")
    analyst.page.locator("[name=source]").fill("Invented")
    analyst.page.locator("[name=area]").select_option("PT")
    analyst.page.locator("[name=methods][value=lcmcr]").uncheck()
    analyst.page.locator("[name=resamples]").select_option("0")
    analyst.page.locator("[name=missed]").fill("5")
    analyst.page.locator("[name=false]").fill("2")
    analyst.has_no_barriers()
    analyst.press("Begin the estimate")
    analyst.sees("Waiting to be worked on")
    analyst.has_no_barriers()
    analyst.press("Stop")
    analyst.sees("What is done is kept. Going on takes up the families that are missing; one that was being worked on begins again.")
    analyst.press("Go on")
    analyst.sees("Waiting to be worked on")
    run_jobs()
    analyst.follow("Look again")
    analyst.sees("Families side by side")
    analyst.sees("What the answer rests on")
    analyst.has_no_barriers()
    analyst.sees("If links were wrong")
    assert [each.locator("circle").count() for each in analyst.page.locator("svg.ui-curve").all()] == [4, 4], "never one dot alone"
