"""A questionnaire of 300 questions is imported, sent round, written by two ministries and an organisation, cleared, sent, read."""

from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import expect

from entraide.features.questionnaires.models import Circulation, Questionnaire, Reply
from entraide.features.questionnaires.tests import scenes
from entraide.kernel.access.context import Acting, acting_as
from tests import world
from tests.engines.forms.books import large, workbook
from tests.journeys.conftest import PASSWORD, Person, Visitors

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LANGUAGES = ["en", "fr"]
SMALL = [
    ("begin group", "law", "Law", "Loi"),
    ("select_one yn", "has_law", "Is there a law?", "Existe-t-il une loi ?", "yes"),
    ("text", "which", "Which law?", "Quelle loi ?", None, "${has_law} = 'yes'"),
    ("end group",),
    ("begin group", "figures", "Figures", "Chiffres"),
    ("integer", "victims", "How many victims?", "Combien de victimes ?", None, None, ". >= 0"),
    ("end group",),
]
CHOICES = [("yn", "yes", "Yes"), ("yn", "no", "No")]
SETTINGS = (("form_title", "form_id"), ("Journey", "journey"))


@pytest.fixture
def scene() -> scenes.Scene:
    """A mechanism, two States, two organisations; nothing asked yet."""
    with transaction.atomic():
        return scenes.people(PASSWORD)


def enter(visitors: Visitors, by: Acting, language: str, *, width: int = 1280) -> Person:
    """Somebody at a browser."""
    return visitors.sign_in(world.account_of(by), language, width=width)


def submit(person: Person) -> None:
    """Presses the last button of the page's form."""
    person.send_form(last=True)


def save(person: Person) -> None:
    """Presses the last of the buttons that save."""
    person.click(person.page.get_by_role("button", name=person.says("Save"), exact=True).last)


def imported(person: Person, data: bytes, folder: Path, name: str) -> None:
    """Imports a workbook on its page."""
    file = folder / name
    file.write_bytes(data)
    person.go("/questionnaires/forms/")
    person.has_no_barriers()
    person.press("Import an XLSForm")
    person.has_no_barriers()
    person.page.locator("input[type=file]").set_input_files(file)
    person.press("Read the file")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_xlsform_of_300_questions_is_imported_and_a_damaged_one_says_what_it_could_not_place(
    language: str, scene: scenes.Scene, visitors: Visitors, tmp_path: Path
) -> None:
    writer = enter(visitors, scene.secretariat, language)
    imported(writer, large(300), tmp_path, "large.xlsx")
    expect(writer.page.locator("main")).to_contain_text("300 questions")
    writer.has_no_barriers()
    damaged = workbook([*SMALL, ("calculate", "sum", "Sum", "Somme"), ("telepathy", "mind", "Mind", "Esprit")], CHOICES, SETTINGS)
    imported(writer, damaged, tmp_path, "damaged.xlsx")
    writer.sees("row %(row)s", row=9)
    writer.sees_text("telepathy | mind")
    writer.has_no_barriers()


def ask(scene: scenes.Scene, visitors: Visitors, language: str, folder: Path) -> Person:
    """Given a questionnaire, imported, published and sent round."""
    asks = enter(visitors, scene.secretariat, language)
    imported(asks, workbook(SMALL, CHOICES, SETTINGS), folder, "small.xlsx")
    asks.sees_text("Is there a law?" if language == "en" else "Existe-t-il une loi ?")
    asks.has_no_barriers()
    asks.press("Publish")
    asks.has_no_barriers()
    asks.press("Publish")
    asks.press("Send it round")
    asks.has_no_barriers()
    asks.fill_date("due", 1, 12, 2030)
    asks.page.locator(f"[name=ngos][value='{scene.bodies['ngo'].pk}']").check()
    submit(asks)
    asks.sees("Not answered yet")
    asks.has_no_barriers()
    return asks


def give_parts(scene: scenes.Scene, focal: Person) -> None:
    """When the focal point begins the reply and gives each section to a ministry."""
    focal.go("/")
    focal.follow_text("Journey")
    focal.has_no_barriers()
    submit(focal)
    expect(focal.page.locator(".govuk-task-list")).to_be_visible()
    focal.has_no_barriers()
    for place, body in ((0, "police"), (1, "ministry")):
        focal.press("Give a part to a ministry or colleague")
        focal.page.locator("[name=part]").select_option(index=place)
        focal.page.locator("[name=body]").select_option(str(scene.bodies[body].pk))
        if not place:
            focal.has_no_barriers()
        submit(focal)
        focal.sees("It is assigned. Whoever writes there is told that something awaits them.")


def write_part(visitors: Visitors, by: Acting, language: str, *, width: int) -> Person:
    """And an expert opens what lies on her desk."""
    expert = enter(visitors, by, language, width=width)
    expert.go("/questionnaires/asked/")
    expert.has_no_barriers()
    expert.click(expert.page.locator("main table a").first)
    expert.has_no_barriers()
    return expert


def experts_write(scene: scenes.Scene, visitors: Visitors, language: str) -> None:
    """And both ministries write their parts; what is no number is said, and nothing of it is lost."""
    police = write_part(visitors, scene.police, language, width=390)
    police.page.locator("input[type=radio][value=yes]").first.check()
    save(police)
    police.page.locator("input[type=text]").first.fill("Act 7")
    save(police)
    police.sees("Saved.")
    police.has_no_barriers()
    ministry = write_part(visitors, scene.ministry, language, width=1280)
    ministry.page.locator("input[inputmode=decimal]").first.fill("twelve")
    save(ministry)
    ministry.sees("There is a problem")
    ministry.has_no_barriers()
    ministry.page.locator("input[inputmode=decimal]").first.fill("12")
    save(ministry)
    ministry.sees("Saved.")


def organisation_answers(scene: scenes.Scene, visitors: Visitors, language: str) -> None:
    """And an organisation answers the same questions in its own reply."""
    ngo = enter(visitors, scene.ngo, language, width=390)
    ngo.go("/")
    ngo.follow_text("Journey")
    submit(ngo)
    ngo.click(ngo.page.locator(".govuk-task-list__link").first)
    ngo.page.locator("input[type=radio][value=no]").first.check()
    save(ngo)
    ngo.sees("Saved.")
    with transaction.atomic(), acting_as(scene.ngo):
        own = Reply.objects.get()
    for move in ("clear", "send"):
        ngo.go(f"/questionnaires/replies/{own.pk}/move/{move}/")
        submit(ngo)
    ngo.sees("The reply is sent.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_ministries_write_one_reply_the_focal_point_sends_it_and_an_organisation_sends_its_own(
    language: str, scene: scenes.Scene, visitors: Visitors, tmp_path: Path
) -> None:
    asks = ask(scene, visitors, language, tmp_path)
    focal = enter(visitors, scene.focal, language)
    give_parts(scene, focal)

    experts_write(scene, visitors, language)

    with transaction.atomic(), acting_as(scene.focal):
        reply = Reply.objects.get()
    focal.go(reply.get_absolute_url())
    focal.press("Clear the reply")
    focal.has_no_barriers()
    submit(focal)
    focal.sees("The reply is cleared. Send it when you are ready.")
    focal.press("Send the reply")
    focal.has_no_barriers()
    submit(focal)
    focal.sees("The reply is sent.")
    focal.has_no_barriers()

    organisation_answers(scene, visitors, language)

    with transaction.atomic(), acting_as(scene.secretariat):
        sent = Circulation.objects.get()
        assert Questionnaire.objects.count() == 1
    asks.go(sent.get_absolute_url())
    asks.sees("Answered")
    asks.press("Answers side by side")
    asks.sees_text("Act 7")
    asks.sees_text("Harbour Lights")
    asks.has_no_barriers()
    focal.go(f"{sent.get_absolute_url()}beside/")
    focal.sees_text("Act 7")
    focal.does_not_see("Harbour Lights")
    focal.has_no_barriers()
