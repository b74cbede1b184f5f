"""What stands against somebody who has a backup, a code overheard, many guesses, or an old session."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from entraide.kernel.accounts.tests.test_signing_in import PASSWORD, code_for, sign_in, with_telephone
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_earlier_attempts() -> None:
    cache.clear()


def test_the_database_holds_no_second_factor_that_works(settings: Settings) -> None:
    worker = world.post(world.body("casa"))
    secret = with_telephone(worker)
    seed = RecoveryCodes.activate(world.account_of(worker))
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(data::text, ' ') from mfa_authenticator")
        kept = cursor.fetchone()[0]
    codes = seed.get_unused_codes()
    assert secret not in kept and len(codes) == 10 and not any(code in kept for code in codes)
    settings.SECRET_KEY = "of another node"
    with pytest.raises(InvalidTag):
        Authenticator.objects.get(type="totp").wrap().validate_code(code_for(secret))


def test_a_code_that_was_overheard_opens_nothing_a_second_time(settings: Settings) -> None:
    settings.ENTRAIDE_SECOND_FACTOR = True
    worker = world.post(world.body("casa"), password=PASSWORD)
    code = code_for(with_telephone(worker))
    for works in (True, False):
        client, onward = sign_in(worker)
        client.post(onward, {"code": code})
        assert (client.get("/cases/").status_code == 200) is works


def test_guessing_a_password_stops_and_no_flood_of_other_guesses_starts_it_again() -> None:
    worker = world.post(world.body("casa"), password=PASSWORD)
    login = {"login": world.account_of(worker).email, "password": "wrong wrong wrong"}
    for _guess in range(5):
        Client().post(reverse("account_login"), login)
    for number in range(350):
        cache.set(f"another-attempt-{number}", 1)
    client, _onward = sign_in(worker)
    assert client.get("/cases/").status_code == 302, "even the right password waits now"


def test_guessing_codes_stops(settings: Settings) -> None:
    settings.ENTRAIDE_SECOND_FACTOR = True
    worker = world.post(world.body("casa"), password=PASSWORD)
    secret = with_telephone(worker)
    client, onward = sign_in(worker)
    for _guess in range(6):
        client.post(onward, {"code": "000000"})
    client.post(onward, {"code": code_for(secret)})
    assert client.get("/cases/").status_code == 302


def test_a_new_password_ends_every_other_session() -> None:
    worker = world.post(world.body("casa"), password=PASSWORD)
    thief, owner = (sign_in(worker)[0] for _session in range(2))
    assert thief.get("/cases/").status_code == 200
    new = {"oldpassword": PASSWORD, "password1": "rivers under old bridges", "password2": "rivers under old bridges"}
    assert owner.post(reverse("account_change_password"), new).status_code == 302
    assert thief.get("/cases/").status_code == 302 and owner.get("/cases/").status_code == 200


def test_a_session_that_was_planted_is_not_the_one_that_signs_in() -> None:
    worker = world.post(world.body("casa"), password=PASSWORD)
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "planted0planted0planted0planted0"
    client.post(reverse("account_login"), {"login": world.account_of(worker).email, "password": PASSWORD})
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != "planted0planted0planted0planted0"
    assert client.get("/cases/").status_code == 200
