"""Tokens: made with the second factor, shown once, kept as a digest, of one post and for a time, revoked by the holder."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.db import DatabaseError, transaction
from django.test import Client

from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.accounts.doors import SHOWN_KEY
from entraide.kernel.accounts.models import Post
from entraide.kernel.api import queries, services
from entraide.kernel.api.models import Token
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.base import clock
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Acting:
    return world.post(world.body("casa"))


def made(by: Acting, days: int = 30) -> tuple[Token, str]:
    with acting_as(by):
        return services.make_token(by=by, name="nightly", days=days, second_factor_shown=True)


def opens(text: str) -> bool:
    return queries.acting_by(text) is not None


def test_a_token_acts_for_its_post_with_its_function_and_nothing_more(worker: Acting) -> None:
    token, text = made(worker)
    found = queries.acting_by(text)
    assert found is not None
    assert (found[0].post, found[0].function, found[0].principals, found[0].token) == (
        worker.post, worker.function, worker.principals, token.pk,
    )  # fmt: skip


def test_only_a_digest_is_kept(worker: Acting) -> None:
    token, text = made(worker)
    with as_steward():
        kept = Token.objects.get(pk=token.pk)
        told = str(list(AuditEntry.objects.values()))
    assert bytes(kept.digest) == services.digest(text) and text not in told and text[4:] not in str(vars(kept))


def test_making_is_written_down_and_without_the_entry_nothing_is_made(worker: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    token, _text = made(worker)
    with as_steward():
        assert AuditEntry.objects.get(action="api.make_token").object_id == token.pk

    def fails(**_given: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(services, "record", fails)
    with pytest.raises(RuntimeError):
        made(worker)
    with as_steward():
        assert Token.objects.count() == 1


def test_it_ends_by_its_day_by_revoking_and_with_the_post(worker: Acting) -> None:
    token, text = made(worker)
    assert opens(text)
    with as_steward():
        Token.objects.filter(pk=token.pk).update(created_at=clock.now() - timedelta(days=40), until=clock.today())
    assert not opens(text)
    other, text = made(worker)
    with acting_as(worker):
        services.revoke_token(by=worker, token=other)
    assert not opens(text)
    _token, text = made(worker)
    with as_steward():
        Post.objects.filter(pk=worker.hand).update(until=clock.today())
    assert not opens(text)


def test_its_last_use_is_shown_to_the_day(worker: Acting) -> None:
    token, text = made(worker)
    opens(text)
    with as_steward():
        assert Token.objects.get(pk=token.pk).last_used_on == clock.today()


@pytest.mark.parametrize("days", [0, -1, 366])
def test_it_lasts_a_year_at_most(worker: Acting, days: int) -> None:
    with pytest.raises(Refused, match="too_long"):
        made(worker, days)


def test_a_token_makes_no_token_and_without_second_factor_there_is_none(worker: Acting) -> None:
    _token, text = made(worker)
    found = queries.acting_by(text)
    assert found is not None
    with pytest.raises(Refused, match="by_token"):
        made(found[0])
    with acting_as(worker), pytest.raises(Refused, match="second_factor"):
        services.make_token(by=worker, name="x", days=1, second_factor_shown=False)


def test_only_the_holder_sees_and_revokes_it_and_the_data_protection_post_sees_it_too(worker: Acting) -> None:
    token, _text = made(worker)
    with as_steward():
        home = Post.objects.select_related("body").get(pk=worker.hand).body
    colleague, overseer = world.post(home, "administrator"), world.post(home, "data_protection")
    assert world.client_of(colleague).post(f"/posts/tokens/{token.pk}/revoke/").status_code == 404
    assert world.client_of(overseer).post(f"/posts/tokens/{token.pk}/revoke/").status_code == 404
    with acting_as(colleague):
        assert Token.objects.count() == 0
    with acting_as(overseer):
        assert queries.token_names([token.pk]) == {str(token.pk): "nightly"}
        assert Token.objects.update(name="x") == 0


def test_nobody_makes_a_token_of_another_post_past_the_service(worker: Acting) -> None:
    other, tomorrow = world.post(world.body("elsewhere")), clock.today() + timedelta(days=1)
    with acting_as(worker), pytest.raises(DatabaseError), transaction.atomic():
        Token.objects.create(
            account=world.account_of(worker).pk,
            body=worker.body,
            post_id=other.hand,
            name="x",
            digest=b"x",
            until=tomorrow,
        )


def test_the_page_shows_it_once_lists_and_revokes_it(worker: Acting) -> None:
    client = world.client_of(worker)
    assert "You have no token" in client.get("/posts/tokens/").content.decode()
    shown = client.post("/posts/tokens/new/", {"name": "nightly export", "days": "30"}).content.decode()
    text = "ent_" + shown.split("ent_")[1][:43]
    assert opens(text) and shown.count(text) == 1
    listed = client.get("/posts/tokens/").content.decode()
    assert "nightly export" in listed and text not in listed
    with as_steward():
        address = f"/posts/tokens/{Token.objects.get().pk}/revoke/"
    assert client.post(address).status_code == 302 and not opens(text)
    assert client.post(address).status_code == 403, "once"
    made(worker)
    assert client.get("/posts/tokens/?state=valid").content.count(b"<strong><bdi>nightly") == 1


def test_the_page_asks_for_a_code_of_the_second_factor(worker: Acting, settings: Any) -> None:
    settings.ENTRAIDE_SECOND_FACTOR = True
    secret = generate_totp_secret()
    TOTP.activate(world.account_of(worker), secret)
    client = world.client_of(worker)
    session = client.session
    session[SHOWN_KEY] = str(worker.account)
    session.save()
    given = {"name": "nightly", "days": "30"}
    for code in ({}, {"code": "000000"}):
        assert "ent_" not in client.post("/posts/tokens/new/", given | code).content.decode()
    now = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert "ent_" in client.post("/posts/tokens/new/", given | {"code": now}).content.decode()


def test_a_token_opens_no_page(worker: Acting) -> None:
    _token, text = made(worker)
    answer = Client().get("/posts/tokens/", headers={"Authorization": f"Bearer {text}"})
    assert answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")


def test_a_new_password_ends_every_token_and_the_page_says_so_before() -> None:
    by = world.post(world.body("casa"), password="a long enough password")
    token, text = made(by)
    other = made(world.post(world.body("red")))[1]
    client = world.client_of(by)
    assert "your tokens for programs end with the old password" in client.get("/accounts/password/change/").content.decode()
    new = {"oldpassword": "a long enough password", "password1": "rivers under old bridges", "password2": "rivers under old bridges"}
    assert client.post("/accounts/password/change/", new).status_code == 302
    assert not opens(text) and opens(other)
    with as_steward():
        assert AuditEntry.objects.filter(action="api.revoke_token", object_id=token.pk).count() == 1
