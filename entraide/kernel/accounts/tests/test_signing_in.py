"""Signing in: password, second factor, the pages of the sign-in library, and what stays closed."""

import re
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from entraide.kernel.access.context import Acting
from entraide.kernel.accounts import library
from entraide.kernel.accounts.models import Account
from entraide.kernel.accounts.tests.test_posts import mails_of_jobs, written
from entraide.kernel.bodies.models import Body
from tests import world

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"


@pytest.fixture(autouse=True)
def no_earlier_attempts() -> None:
    cache.clear()


@pytest.fixture
def casa() -> Body:
    return world.body("casa")


@pytest.fixture
def factor(settings: Settings) -> None:
    settings.ENTRAIDE_SECOND_FACTOR = True


def code_for(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def with_telephone(by: Acting) -> str:
    secret = str(generate_totp_secret())
    TOTP.activate(world.account_of(by), secret)
    return secret


def sign_in(by: Acting, password: str = PASSWORD) -> tuple[Client, str]:
    client = Client()
    answer = client.post(reverse("account_login"), {"login": world.account_of(by).email, "password": password})
    return client, answer.get("Location", "")


def test_from_the_post_given_to_the_desk_with_password_and_second_factor(casa: Body, factor: None, settings: Settings) -> None:
    """The whole way of somebody new, as production is set up."""
    settings.ENTRAIDE_SECOND_FACTOR = False
    form = {"name": "Rita Nova", "email": "rita@example.invalid", "function": "case_worker", "language": "en"}
    world.client_of(world.post(casa, "administrator")).post(reverse("accounts:give_post"), form)
    settings.ENTRAIDE_SECOND_FACTOR = True
    link = urlsplit(re.findall(r"http\S+", str(mails_of_jobs()[0].body))[0]).path
    client = Client()
    opened = client.get(link)
    answer = client.post(opened["Location"], {"password1": "rivers under old bridges", "password2": "rivers under old bridges"})
    assert answer["Location"] == reverse("account_reset_password_from_key_done")
    answer = client.post(reverse("account_login"), {"login": "rita@example.invalid", "password": "rivers under old bridges"})
    assert answer["Location"] == "/"
    assert client.get("/")["Location"] == reverse("mfa_activate_totp") + "?next=/"
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200 and "data:image/svg+xml" in page.content.decode()
    secret = page.context["form"].secret
    assert secret in page.content.decode(), "the secret stands there as text too"
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    assert "10 codes are left" in client.get(answer["Location"]).content.decode()
    assert client.get("/").status_code == 200, "whoever has just typed the first code is not asked again"
    assert Client().get(link).status_code == 200 and "no longer works" in Client().get(link).content.decode()


def test_without_a_second_factor_nothing_opens_where_it_is_asked_for(casa: Body, factor: None) -> None:
    answer = world.client_of(world.post(casa)).get("/cases/")
    assert answer.status_code == 302 and answer["Location"].startswith(reverse("mfa_activate_totp"))


def test_signing_in_asks_for_the_code_and_then_opens(casa: Body, factor: None) -> None:
    worker = world.post(casa, password=PASSWORD)
    secret = with_telephone(worker)
    client, onward = sign_in(worker)
    assert onward.startswith(reverse("mfa_authenticate"))
    assert client.get("/cases/")["Location"].startswith("/accounts/login/")
    page = client.get(onward).content.decode()
    assert "govuk-template" in page and "Second factor" in page
    assert client.post(onward, {"code": "000000"}).status_code == 200
    client.post(onward, {"code": code_for(secret)})
    assert client.get("/cases/").status_code == 200


def test_a_session_that_never_showed_the_second_factor_opens_nothing_though_the_account_has_one(casa: Body, factor: None) -> None:
    worker = world.post(casa, password=PASSWORD)
    secret = with_telephone(worker)
    client = world.client_of(worker)  # signed in by a way that asked for nothing
    answer = client.get("/cases/")
    assert answer.status_code == 302 and answer["Location"] == reverse("mfa_reauthenticate") + "?next=/cases/"
    assert "Acting as" not in client.get("/help/").content.decode()
    assert client.post(answer["Location"], {"code": code_for(secret)})["Location"] == "/cases/"
    assert client.get("/cases/").status_code == 200


def test_somebody_new_sets_up_the_second_factor_without_typing_the_password_twice(casa: Body, factor: None) -> None:
    worker = world.post(casa, password=PASSWORD)
    client, _onward = sign_in(worker)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    kept = client.session
    kept["account_authentication_methods"] = [each | {"at": each["at"] - 301} for each in kept["account_authentication_methods"]]
    kept.save()
    later = client.get(reverse("mfa_activate_totp"))
    assert later["Location"].startswith(reverse("account_reauthenticate")), "five minutes later it may be somebody else"
    by_another_way = world.client_of(worker).get(reverse("mfa_activate_totp"))
    assert by_another_way["Location"].startswith(reverse("account_reauthenticate")), "no password was typed in this session"


def test_whoever_has_a_second_factor_shows_it_again_before_removing_it(casa: Body, factor: None) -> None:
    worker = world.post(casa, password=PASSWORD)
    secret = with_telephone(worker)
    client, onward = sign_in(worker)
    client.post(onward, {"code": code_for(secret)})
    ask = client.get(reverse("mfa_deactivate_totp"))["Location"]
    assert "reauthenticate" in ask
    other = world.client_of(worker)
    before = other.get(reverse("account_change_password")).status_code
    cache.clear()  # the same code once more
    client.post(reverse("mfa_reauthenticate"), {"code": code_for(secret)})
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert not Authenticator.objects.filter(user_id=worker.account).exists()
    assert before == 200 and other.get(reverse("account_change_password")).status_code == 302, "every other session has ended"
    assert client.get(reverse("account_change_password")).status_code == 200


def test_a_wrong_password_is_answered_in_plain_words(casa: Body) -> None:
    worker = world.post(casa, password=PASSWORD)
    page = Client().post(reverse("account_login"), {"login": world.account_of(worker).email, "password": "another one"})
    assert "do not go together" in page.content.decode()


def test_a_recovery_code_stands_in_once(casa: Body, factor: None) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    worker = world.post(casa, password=PASSWORD)
    with_telephone(worker)
    code = RecoveryCodes.activate(world.account_of(worker)).get_unused_codes()[0]
    for works in (True, False):
        client, onward = sign_in(worker)
        client.post(onward, {"code": code})
        assert (client.get("/cases/").status_code == 200) is works


def test_a_wrong_password_and_an_unknown_account_get_the_same_sentence(casa: Body) -> None:
    known = world.account_of(world.post(casa, password=PASSWORD)).email
    pages = [
        Client().post(reverse("account_login"), {"login": login, "password": "wrong wrong wrong"})
        for login in (known, "nobody@example.invalid")
    ]
    errors = [page.context["form"].non_field_errors() for page in pages]
    assert errors[0] == errors[1] and len(errors[0]) == 1


def test_asking_for_a_link_says_the_same_and_mails_nothing_to_strangers(casa: Body) -> None:
    known = world.account_of(world.post(casa, password=PASSWORD)).email
    answers = [
        Client().post(reverse("account_reset_password"), {"email": email}, follow=True) for email in (known, "nobody@example.invalid")
    ]
    texts = [re.sub(r"(?s)<header.*?</header>", "", answer.content.decode()) for answer in answers]
    assert texts[0] == texts[1] and "Look into your mail" in texts[0]
    assert [letter.to for letter in mails_of_jobs()] == [[known]]


def test_a_closed_account_is_told_so_and_gets_no_link(casa: Body) -> None:
    worker = world.post(casa, password=PASSWORD)
    Account.objects.filter(pk=world.account_of(worker).pk).update(is_active=False)
    client, onward = sign_in(worker)
    assert onward == reverse("account_inactive") and "This account is closed" in client.get(onward).content.decode()
    Client().post(reverse("account_reset_password"), {"email": world.account_of(worker).email})
    assert mails_of_jobs() == []


def test_too_many_attempts_get_our_page(casa: Body) -> None:
    email = world.account_of(world.post(casa, password=PASSWORD)).email
    for _time in range(35):
        answer = Client().post(reverse("account_login"), {"login": email, "password": "wrong wrong wrong"})
    assert answer.status_code == 429 and "Too many attempts" in answer.content.decode() and "entraide.css" in answer.content.decode()


def test_nobody_signs_up(casa: Body) -> None:
    assert "Nobody signs up here" in Client().get("/accounts/signup/").content.decode()
    form = {"email": "new@example.invalid", "password1": PASSWORD}
    Client().post("/accounts/signup/", form)
    assert not Account.objects.filter(email="new@example.invalid").exists()


@pytest.mark.parametrize("path", ["email/", "password/set/", "confirm-email/", "confirm-email/abc/", "login/code/confirm/", "3rdparty/"])
def test_what_the_library_offers_besides_is_not_found(path: str, casa: Body) -> None:
    worker = world.post(casa)
    assert world.client_of(worker).get(f"/accounts/{path}").status_code == 404
    assert not EmailAddress.objects.exists()


OPEN = [pattern.name for pattern in library.urlpatterns if pattern.callback is not library.closed]


@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize("name", OPEN)
def test_every_open_page_has_our_frame(name: str, signed_in: bool, casa: Body) -> None:
    worker = world.post(casa, password=PASSWORD)
    client = Client()
    if signed_in:
        with_telephone(worker)
        client = world.client_of(worker)
    args = ["x", "y"] if name == "account_reset_password_from_key" else []
    answer = client.get(reverse(name, args=args), follow=True)
    assert answer.status_code in {200, 404}
    text = answer.content.decode()
    assert "govuk-template" in text and "ui-body" in text
    if signed_in and answer.status_code == 200 and name != "account_login":
        assert "Acting as" in text and 'href="/cases/"' in text


@pytest.mark.parametrize(
    ("name", "template"),
    [
        ("mfa_index", "mfa/index.html"),
        ("mfa_deactivate_totp", "mfa/totp/deactivate_form.html"),
        ("mfa_generate_recovery_codes", "mfa/recovery_codes/generate.html"),
        ("mfa_view_recovery_codes", "mfa/recovery_codes/index.html"),
    ],
)
def test_pages_of_the_second_factor_after_saying_who_one_is(
    name: str, template: str, casa: Body, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    worker = world.post(casa, password=PASSWORD)
    secret = with_telephone(worker)
    RecoveryCodes.activate(world.account_of(worker))
    client = world.client_of(worker)
    client.post(reverse("mfa_reauthenticate"), {"code": code_for(secret)})
    answer = client.get(reverse(name))
    assert answer.status_code == 200 and "govuk-template" in answer.content.decode()
    assert template in [used.name for used in answer.templates]
    assert client.get(reverse("mfa_download_recovery_codes"))["Content-Type"].startswith("text/plain")
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("mfa_generate_recovery_codes")).status_code == 302
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert not Authenticator.objects.filter(user_id=worker.account).exists()
    assert ["second factor" in str(letter.body) or "recovery" in str(letter.body) for letter in mails_of_jobs()] == [True, True]


def test_changing_the_password_tells_by_mail_and_names_neither_machine_nor_browser(casa: Body) -> None:
    worker = world.post(casa, password=PASSWORD)
    form = {"oldpassword": PASSWORD, "password1": "rivers under old bridges", "password2": "rivers under old bridges"}
    assert world.client_of(worker).post(reverse("account_change_password"), form, HTTP_USER_AGENT="Strange/1").status_code == 302
    [letter] = mails_of_jobs()
    assert "password of your account was changed" in letter.body and "Strange" not in letter.body and "127.0.0.1" not in letter.body


def test_an_administrator_removes_the_lost_second_factor_of_a_colleague(casa: Body) -> None:
    admin, worker = world.post(casa, "administrator"), world.post(casa)
    with_telephone(worker)
    url = reverse("accounts:lost_telephone", args=[worker.post])
    client, hers = world.client_of(admin), world.client_of(worker)
    assert hers.get("/cases/").status_code == 200
    assert "calls from a number you know" in client.get(url).content.decode()
    assert Authenticator.objects.filter(user_id=worker.account).exists(), "looking removes nothing"
    assert client.post(url).status_code == 302
    assert not Authenticator.objects.filter(user_id=worker.account).exists()
    assert written("accounts.remove_second_factor") == 1 and len(mails_of_jobs()) == 1
    assert hers.get("/cases/").status_code == 302, "whoever has the telephone may have a session too"


def test_nobody_removes_the_second_factor_of_somebody_who_also_works_elsewhere(casa: Body) -> None:
    from entraide.kernel.accounts.tests.test_posts import second_post

    admin, worker = world.post(casa, "administrator"), world.post(casa)
    second_post(worker, world.body("red"), "case_worker")
    with_telephone(worker)
    answer = world.client_of(admin).post(reverse("accounts:lost_telephone", args=[worker.post]))
    assert answer.status_code == 403 and "posts elsewhere too" in answer.content.decode()
    assert Authenticator.objects.filter(user_id=worker.account).exists()
    foreign = world.post(world.body("third"))
    assert world.client_of(admin).post(reverse("accounts:lost_telephone", args=[foreign.post])).status_code == 404
