"""A person is referred over a border: sender and recipient in two sessions, in English and in French."""

from datetime import timedelta

import pytest
from django.db import transaction

from entraide.features.cases.texts import load_texts
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.features.referrals.tasks import expire_overdue
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.base import clock
from entraide.kernel.bodies import queries as bodies
from tests import world
from tests.journeys.conftest import PASSWORD, Person, Visitors

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LANGUAGES = ["en", "fr"]
SHARED = ("Identity: name, birth date, gender, citizenship", "How to reach the person safely")


@pytest.fixture
def sides() -> tuple[Acting, Acting]:
    """A case worker in Portugal and an intake desk in Thailand."""
    with transaction.atomic():
        worker = world.post(world.body("casa", country="PT", name="Casa Aurora"), password=PASSWORD)
        intake = world.post(world.body("ban", country="TH", name="Ban Rak"), "intake", password=PASSWORD)
    load_texts(using="default")
    return worker, intake


def open_a_case(worker: Person) -> None:
    """Given a case, opened by hand."""
    worker.go("/cases/")
    worker.has_no_barriers()
    worker.press("Open a case")
    worker.has_no_barriers()
    worker.tick("No, an adult")
    worker.press("Open the case and go on")
    worker.has_no_barriers()
    worker.page.locator("[name=ent_SafeContactWhen]").fill("weekday mornings")
    worker.page.locator("[name=ent_SafeContactNever]").fill("never by letter")
    worker.press("Save and go on")
    worker.has_no_barriers()
    worker.press("Save and go on")
    worker.page.locator("[name=prs_FirstName]").fill("Amara")
    worker.page.locator("[name=prs_SecondName]").fill("Testperson")
    worker.has_no_barriers()
    worker.press("Save and go on")
    worker.sees_text("never by letter")
    worker.has_no_barriers()


def put_on_record(worker: Person) -> None:
    """And the person's agreement, a legal basis and a basis of transfer."""
    case = worker.page.url
    tomorrow = clock.today() + timedelta(days=60)
    worker.follow("Agreements")
    worker.press("Ask the person")
    worker.has_no_barriers()
    worker.follow_text("Ban Rak")
    worker.has_no_barriers()
    worker.tick("Assistance and shelter")
    for group in SHARED:
        worker.tick(group)
    worker.press("Go on to the text for the person")
    worker.sees("Show or read this to the person")
    worker.has_no_barriers()
    worker.press("Record what was agreed")
    worker.has_no_barriers()
    for group in SHARED:
        worker.tick(group)
    worker.fill_date("valid_until", tomorrow.day, tomorrow.month, tomorrow.year)
    worker.tick("Signed on paper")
    worker.press("Record the agreement")
    worker.sees("The agreement is recorded. It can be narrowed or withdrawn at any time, in one step.")
    worker.has_no_barriers()
    worker.go(f"{case}agreements/")
    worker.press("Record a legal basis")
    worker.tick("Task in the public interest laid down by law")
    worker.fill("Law and article", "Act 1/2013, article 4")
    worker.press("Record the legal basis")
    worker.press("Record a basis of transfer")
    worker.follow_text("Ban Rak")
    worker.tick("Sharing agreement between the two bodies or their States")
    worker.fill("Reference", "PT-TH/1")
    worker.press("Record the basis of transfer")
    worker.sees("The basis of transfer is recorded.")
    worker.has_no_barriers()
    worker.go(case)


def send(worker: Person) -> None:
    """When the case worker refers the person, having seen exactly what goes."""
    worker.press("Refer to another body")
    worker.has_no_barriers()
    worker.press("Send a referral")
    worker.follow_text("Ban Rak")
    worker.has_no_barriers()
    worker.page.locator("[name=purpose][value=assistance_and_shelter]").check()
    worker.tick("Safe accommodation")
    worker.tick("Within a day")
    worker.send_form(last=True)
    worker.sees("What must be on record before anything leaves")
    worker.press("See exactly what goes")
    worker.sees_text("Amara")
    worker.sees("Telephone, e-mail, address")
    worker.has_no_barriers()
    worker.press("Send the referral")
    worker.has_no_barriers()


def open_the_referral(intake: Person) -> None:
    """And the recipient opens what lies on the desk."""
    intake.go("/")
    intake.follow_text("Casa Aurora")
    intake.does_not_see("Amara")
    intake.has_no_barriers()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_person_is_referred_accepted_received_and_reported_on(language: str, sides: tuple[Acting, Acting], visitors: Visitors) -> None:
    worker = visitors.sign_in(world.account_of(sides[0]), language)
    intake = visitors.sign_in(world.account_of(sides[1]), language, width=390)
    open_a_case(worker)
    put_on_record(worker)
    send(worker)

    open_the_referral(intake)
    intake.press("Accept")
    intake.send_form()
    intake.follow("Open your case of this person")
    intake.sees_text("never by letter")
    intake.follow("Person")
    intake.sees_text("Amara")
    intake.has_no_barriers()
    referral_of(sides[1], intake)
    intake.press("Confirm arrival")
    intake.send_form()
    referral_of(sides[1], intake)
    intake.press("Report the outcome")
    intake.tick("Arrived, in care")
    intake.send_form()

    worker.go("/referrals/sent/")
    worker.sees("Closed with an outcome")
    referral_of(sides[0], worker)
    worker.sees("Arrived, in care")
    worker.has_no_barriers()


def test_without_any_script_a_person_is_referred_and_accepted(sides: tuple[Acting, Acting], visitors: Visitors) -> None:
    worker = visitors.sign_in(world.account_of(sides[0]), "en", width=390, scripts=False)
    intake = visitors.sign_in(world.account_of(sides[1]), "en", scripts=False)
    worker.page.locator("nav summary").first.click()
    worker.follow("Cases")
    open_a_case(worker)
    put_on_record(worker)
    send(worker)

    open_the_referral(intake)
    intake.press("Accept")
    intake.send_form()
    intake.follow("Open your case of this person")
    intake.sees_text("never by letter")


def referral_of(acting: Acting, person: Person) -> None:
    """Opens the one referral that this side has."""
    with transaction.atomic(), acting_as(acting):
        found = OutgoingReferral.objects.first() or IncomingReferral.objects.get()
    person.go(found.get_absolute_url())


def ready_to_send(sides: tuple[Acting, Acting]) -> None:
    """Given a case with everything on record."""
    worker, intake = sides
    with transaction.atomic():
        case = world.case(worker)
        with acting_as(worker):
            recipient = bodies.get(intake.body)
        world.agree(worker, case, recipient)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_referral_is_declined_with_a_reason(language: str, sides: tuple[Acting, Acting], visitors: Visitors) -> None:
    ready_to_send(sides)
    worker = visitors.sign_in(world.account_of(sides[0]), language, width=390)
    intake = visitors.sign_in(world.account_of(sides[1]), language)
    worker.go("/cases/")
    worker.open_first()
    send(worker)

    open_the_referral(intake)
    intake.press("Decline")
    intake.has_no_barriers()
    intake.send_form()
    intake.sees("There is a problem")
    intake.tick("We do not have the language")
    intake.send_form()
    intake.sees("Declined")

    referral_of(sides[0], worker)
    worker.sees("Declined")
    worker.sees("We do not have the language")
    worker.has_no_barriers()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_referral_that_nobody_answers_expires_and_both_are_told(language: str, sides: tuple[Acting, Acting], visitors: Visitors) -> None:
    ready_to_send(sides)
    worker = visitors.sign_in(world.account_of(sides[0]), language)
    intake = visitors.sign_in(world.account_of(sides[1]), language)
    worker.go("/cases/")
    worker.open_first()
    send(worker)
    with transaction.atomic(), acting_as(sides[0]):
        due = OutgoingReferral.objects.get().reply_by
    assert due is not None

    with clock.at(due + timedelta(minutes=1)):
        expire_overdue(timestamp=0)

    worker.go("/")
    worker.sees("What is late")
    worker.sees("Expired without an answer")
    intake.go("/referrals/received/")
    intake.sees("Expired without an answer")
    intake.has_no_barriers()
