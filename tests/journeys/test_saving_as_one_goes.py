"""Two people write in one section at once, one of them loses the connection: nothing that was said to be saved is lost."""

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from playwright.sync_api import Locator, expect

from entraide.features.questionnaires import queries, services
from entraide.features.questionnaires.models import Answer, Reply
from entraide.features.questionnaires.tests import scenes
from entraide.features.questionnaires.tests.browsing import section_url
from entraide.features.questionnaires.writing import name_of
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.accounts.choices import Function
from tests import world
from tests.journeys.conftest import PASSWORD, Person, Visitors

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
Enter = Callable[[Acting], Person]


class Law:
    """The section on the law of a reply that is being written."""

    def __init__(self) -> None:
        with transaction.atomic():
            self.scene = scenes.asked(PASSWORD)
            self.reply = scenes.begin(self.scene.focal)
            scenes.write(self.scene, self.scene.focal, self.reply, {"has_law": "yes"})
            self.colleague = world.post(self.scene.bodies["office"], Function.FOCAL_POINT, password=PASSWORD)
            with acting_as(self.scene.focal):
                self.address = section_url(self.scene, self.reply, "which_law")

    def name(self, key: str) -> str:
        return name_of((self.scene.questions[key].pk, 0))

    def stands(self, key: str = "which_law") -> object:
        with transaction.atomic(), acting_as(self.scene.focal):
            return Answer.objects.filter(reply=self.reply, question=self.scene.questions[key]).values_list("value", flat=True).first()

    def aside(self) -> list[object]:
        with transaction.atomic(), acting_as(self.scene.focal):
            return [row.value for row in queries.undecided(Reply.objects.get(pk=self.reply.pk))]


@pytest.fixture
def law() -> Law:
    return Law()


@pytest.fixture
def language() -> str:
    return "fr"


@pytest.fixture
def enter(language: str, visitors: Visitors, law: Law) -> Iterator[Enter]:
    """Somebody at a browser, in the section."""

    def opened(by: Acting) -> Person:
        person = visitors.sign_in(world.account_of(by), language, width=390)
        person.go(law.address)
        return person

    yield opened


def box(person: Person, law: Law) -> Locator:
    return person.page.locator(f"[name={law.name('which_law')}]")


def told(person: Person, law: Law, state: str, key: str = "which_law") -> None:
    expect(person.page.locator(f"#{law.name(key)} [data-said={state}]")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_two_type_in_one_answer_at_once_and_both_versions_are_shown(law: Law, enter: Enter) -> None:
    one, other = enter(law.scene.focal), enter(law.colleague)
    box(one, law).press_sequentially("Act 7")
    told(one, law, "saved")
    one.has_no_barriers()
    assert law.stands() == "Act 7"
    box(other, law).press_sequentially("Decree 3")
    told(other, law, "two")
    other.sees_text("Act 7")
    other.has_no_barriers()
    with one.page.expect_response("**/keep/"):
        box(one, law).press_sequentially(" of 2019")
    with other.page.expect_response("**/keep/"):
        box(other, law).press_sequentially(" of 2020")
    told(other, law, "two")
    told(one, law, "saved")
    assert law.stands() == "Act 7 of 2019" and law.aside() == ["Decree 3 of 2020"]
    other.follow("Compare and choose")
    other.sees_text("Act 7 of 2019")
    other.sees_text("Decree 3 of 2020")
    other.has_no_barriers()


def test_without_a_connection_the_words_stay_in_the_page_are_said_not_to_be_saved_and_are_sent_later(law: Law, enter: Enter) -> None:
    person = enter(law.scene.focal)
    box(person, law).press_sequentially("Act 7")
    told(person, law, "saved")
    person.page.context.set_offline(True)
    box(person, law).press_sequentially(" of 2019")
    told(person, law, "away")
    person.has_no_barriers()
    person.page.get_by_role("button", name=person.says("Save"), exact=True).last.click()
    told(person, law, "away")
    assert law.stands() == "Act 7" and box(person, law).input_value() == "Act 7 of 2019", "the button does not throw them away either"
    assert person.page.evaluate("localStorage.length + sessionStorage.length") == 0
    person.page.context.set_offline(False)
    told(person, law, "saved")
    assert law.stands() == "Act 7 of 2019" and law.aside() == []


def test_an_answer_of_the_site_that_got_lost_makes_no_second_version(law: Law, enter: Enter) -> None:
    person = enter(law.scene.focal)
    lost: list[object] = []

    def lose(route: object) -> None:
        if not lost:
            lost.append(route.fetch())  # type: ignore[attr-defined]  # a Route: the site saves it, the page never hears
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    person.page.route("**/keep/", lose)
    box(person, law).press_sequentially("Act 7")
    told(person, law, "away")
    assert law.stands() == "Act 7"
    box(person, law).press_sequentially(" of 2019")
    told(person, law, "saved")
    assert law.stands() == "Act 7 of 2019" and law.aside() == []


def test_what_arrives_after_clearing_is_refused_aloud_and_stays_in_the_page(law: Law, enter: Enter) -> None:
    person = enter(law.scene.focal)
    with transaction.atomic(), acting_as(law.scene.focal):
        services.clear(by=law.scene.focal, reply=law.reply)
    box(person, law).press_sequentially("An hour of writing")
    told(person, law, "not")
    person.has_no_barriers()
    assert law.stands() is None and box(person, law).input_value() == "An hour of writing"


def test_after_signing_in_anew_in_another_window_writing_goes_on_but_never_for_another_post(law: Law, enter: Enter) -> None:
    person = enter(law.scene.focal)
    person.page.context.clear_cookies()
    box(person, law).press_sequentially("Act 7")
    told(person, law, "closed")
    second = Person(person.page.context.new_page(), person.language, person.address)
    second.go("/accounts/login/")
    second.page.locator("#id_login").fill(world.account_of(law.colleague).email)
    second.page.locator("#id_password").fill(PASSWORD)
    second.send_form(last=True)
    box(person, law).press_sequentially(" of 2019")
    told(person, law, "closed")
    assert law.stands() is None, "what was begun for one post is not sent as another"
    second.page.context.clear_cookies()
    second.go("/accounts/login/")
    second.page.locator("#id_login").fill(world.account_of(law.scene.focal).email)
    second.page.locator("#id_password").fill(PASSWORD)
    second.send_form(last=True)
    told(person, law, "saved")
    assert law.stands() == "Act 7 of 2019"


def test_the_button_saves_at_once_what_was_just_typed_and_opens_what_follows_from_it(law: Law, enter: Enter) -> None:
    person = enter(law.scene.focal)
    person.page.locator("input[type=radio][value=no]").first.check()
    told(person, law, "saved", "has_law")
    person.sees("With these answers other questions are asked. Save to see them.")
    person.page.locator("input[type=radio][value=yes]").first.check()
    box(person, law).press_sequentially("Act 7")
    person.click(person.page.get_by_role("button", name=person.says("Save"), exact=True).last)
    assert law.stands() == "Act 7" and law.stands("has_law") == "yes" and law.aside() == []
