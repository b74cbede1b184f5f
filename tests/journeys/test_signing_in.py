"""Password, second factor and recovery codes: set, lost and set anew; axe on every page, in both languages."""

from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.db import transaction
from django.urls import reverse

from entraide.kernel.accounts.models import Account
from entraide.kernel.accounts.tasks import password_link
from tests import world
from tests.journeys.conftest import PASSWORD, Person, Visitors

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def somebody() -> Account:
    """A case worker with a password."""
    with transaction.atomic():
        return world.account_of(world.post(world.body("casa", name="Casa Aurora"), password=PASSWORD))


def set_a_password(person: Person, account: Account) -> None:
    """Given a forgotten password, set anew by the link that comes by mail."""
    person.go(reverse("account_reset_password"))
    person.has_no_barriers()
    person.page.locator("#id_email").fill(account.email)
    person.press("Send me the link")
    person.sees("Look into your mail")
    person.has_no_barriers()
    person.go(reverse("account_reset_password_from_key", args=["x", "y"]))
    person.sees("This link no longer works")
    person.has_no_barriers()
    person.go(urlsplit(password_link(Account.objects.get(pk=account.pk))).path)
    person.sees("Set your password")
    person.has_no_barriers()
    for box in ("#id_password1", "#id_password2"):
        person.page.locator(box).fill(PASSWORD)
    person.press("Set the password")
    person.sees("Your password is set")
    person.has_no_barriers()


def code_of(person: Person) -> str:
    """What the app on the telephone shows, having been given the secret of the page."""
    secret = str(person.page.locator("details bdi").text_content())
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def set_up_the_second_factor(person: Person) -> None:
    """When she sets up the app and keeps the recovery codes."""
    person.go(reverse("mfa_index"))
    person.sees("Not set up")
    person.has_no_barriers()
    person.press("Set up the app")
    if person.page.locator("#id_password").count():
        person.sees("Is it you?")
        person.has_no_barriers()
        person.page.locator("#id_password").fill(PASSWORD)
        person.press("Go on")
    person.has_no_barriers()
    person.page.locator("#id_code").fill("000000")
    person.press("Set up")
    person.sees("There is a problem")
    person.has_no_barriers()
    person.page.locator("#id_code").fill(code_of(person))
    person.press("Set up")
    person.sees("Recovery codes")
    person.has_no_barriers()


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("fr", 390)])
def test_the_pages_of_sign_in_stand_in_our_frame_and_have_no_barriers(
    language: str, width: int, somebody: Account, visitors: Visitors
) -> None:
    person = visitors.sign_in(somebody, language, width=width)
    person.go(reverse("account_logout"))
    person.has_no_barriers()
    person.press("Sign out")
    set_a_password(person, somebody)

    person.press("Sign in")
    person.has_no_barriers()
    person.page.locator("#id_login").fill(somebody.email)
    person.page.locator("#id_password").fill(PASSWORD)
    person.send_form(last=True)
    set_up_the_second_factor(person)

    code = person.page.locator("main .govuk-list bdi").first.inner_text()
    person.press("Make new codes")
    person.has_no_barriers()
    person.press("Make new codes")
    person.does_not_see(code)
    person.go(reverse("account_change_password"))
    person.has_no_barriers()
    person.go(reverse("mfa_deactivate_totp"))
    person.has_no_barriers()
    person.press("Remove the app")
    person.sees("Not set up")
    person.go(reverse("accounts:posts"))
    person.has_no_barriers()
