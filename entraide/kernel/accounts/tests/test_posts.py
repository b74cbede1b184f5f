"""Posts: acting for one at a time, given and ended by the administrator of the own body."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from entraide.kernel.access.context import Acting
from entraide.kernel.accounts.models import Account, Post
from entraide.kernel.accounts.queries import posts_held
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.base import clock
from entraide.kernel.bodies.models import Body
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db


def second_post(acting: Acting, at: Body, function: str) -> Post:
    assert acting.account is not None
    with as_steward():
        return Post.objects.create(body=at, function=function, account_id=acting.account, holder_name="Person", since=clock.today())


def written(action: str) -> int:
    with as_steward():
        return AuditEntry.objects.filter(action=action).count()


def test_somebody_with_two_posts_chooses_and_the_page_shows_it() -> None:
    casa = world.body("casa", name="Casa Aurora")
    worker = world.post(casa)
    other = second_post(worker, world.body("red", name="Rede Exemplo"), "administrator")
    client = world.client_of(worker)
    assert client.get("/")["Location"] == reverse("accounts:posts")
    assert client.post(reverse("accounts:switch"), {"post": str(other.pk)}).status_code == 302
    assert "Rede Exemplo" in client.get("/").content.decode()
    assert written("accounts.switch") == 1
    client.post(reverse("accounts:switch"), {"post": str(worker.post)})
    assert "Casa Aurora" in client.get("/").content.decode()


def test_nobody_takes_up_a_post_of_somebody_else() -> None:
    worker, other = world.post(world.body("casa")), world.post(world.body("red"))
    assert world.client_of(worker).post(reverse("accounts:switch"), {"post": str(other.post)}).status_code == 404


def test_switching_leads_nowhere_outside_the_site() -> None:
    worker = world.post(world.body("casa"))
    answer = world.client_of(worker).post(reverse("accounts:switch"), {"post": str(worker.post), "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_a_post_that_ended_opens_nothing() -> None:
    worker = world.post(world.body("casa"))
    client = world.client_of(worker)
    assert client.get("/").status_code == 200
    with as_steward():
        Post.objects.filter(pk=worker.hand).update(until=clock.today())
    assert client.get("/")["Location"] == reverse("accounts:posts")
    assert "You hold no post today" in client.get(reverse("accounts:posts")).content.decode()


def test_a_closed_account_holds_no_post() -> None:
    worker = world.post(world.body("casa"))
    Account.objects.filter(pk=world.account_of(worker).pk).update(is_active=False)
    assert worker.account is not None and posts_held(worker.account) == []


def test_the_administrator_gives_a_post_and_a_mail_says_nothing_but_how_to_begin() -> None:
    casa = world.body("casa", name="Casa Aurora")
    admin = world.post(casa, "administrator")
    form = {"name": "Rita Nova", "email": "rita@example.invalid", "function": "case_worker", "language": "fr"}
    answer = world.client_of(admin).post(reverse("accounts:give_post"), form)
    assert answer.status_code == 302
    with as_steward():
        assert Post.objects.filter(body=casa, function="case_worker", account__email="rita@example.invalid").exists()
    assert written("accounts.give_post") == 1
    assert len(mail.outbox) == 1 and mail.outbox[0].to == ["rita@example.invalid"]
    assert "Casa Aurora" not in mail.outbox[0].body and "Rita" not in mail.outbox[0].body


def test_only_an_administrator_manages_posts() -> None:
    casa = world.body("casa")
    worker, colleague = world.post(casa), world.post(casa)
    client = world.client_of(worker)
    assert client.get(reverse("accounts:colleagues")).status_code == 403
    answer = client.post(reverse("accounts:end_post", args=[colleague.post]))
    assert answer.status_code == 403 and "Switch to another post" in answer.content.decode()


def test_an_administrator_ends_posts_of_the_own_body_only_and_not_the_own_post() -> None:
    casa, red = world.body("casa"), world.body("red")
    admin, worker, foreign = world.post(casa, "administrator"), world.post(casa), world.post(red)
    client = world.client_of(admin)
    assert client.post(reverse("accounts:end_post", args=[foreign.post])).status_code == 404
    assert client.post(reverse("accounts:end_post", args=[admin.post])).status_code == 403
    assert client.post(reverse("accounts:end_post", args=[worker.post])).status_code == 302
    assert worker.account is not None and posts_held(worker.account) == []


def test_without_a_second_factor_nothing_opens_where_it_is_asked_for(settings: object) -> None:
    settings.ENTRAIDE_SECOND_FACTOR = True  # type: ignore[attr-defined]  # pytest-django's settings
    answer = world.client_of(world.post(world.body("casa"))).get("/cases/")
    assert answer.status_code == 302 and answer["Location"] == reverse("mfa_activate_totp")


def test_signing_in_with_a_second_factor_asks_for_its_code(settings: object) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    settings.ENTRAIDE_SECOND_FACTOR = True  # type: ignore[attr-defined]  # pytest-django's settings
    worker = world.post(world.body("casa"), password="a long enough password")
    account = world.account_of(worker)
    TOTP.activate(account, generate_totp_secret())
    client = Client()
    answer = client.post(reverse("account_login"), {"login": account.email, "password": "a long enough password"})
    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get("/cases/")["Location"].startswith("/accounts/login/")


def test_a_wrong_password_and_an_unknown_account_get_the_same_sentence() -> None:
    worker = world.post(world.body("casa"), password="a long enough password")
    known = world.account_of(worker).email
    pages = [
        Client().post(reverse("account_login"), {"login": login, "password": "wrong wrong wrong"})
        for login in (known, "nobody@example.invalid")
    ]
    errors = [page.context["form"].non_field_errors() for page in pages]
    assert errors[0] == errors[1] and errors[0]


def test_nobody_signs_up() -> None:
    assert "Nobody signs up here" in Client().get("/accounts/signup/").content.decode()


def test_the_one_button_sign_in_exists_in_the_demonstration_only(settings: object) -> None:
    worker = world.post(world.body("casa"))
    email = world.account_of(worker).email
    card = {"email": email, "title_en": "Case worker", "title_fr": "Travailleuse sociale", "try_en": "Try", "try_fr": "Essayez"}
    settings.ENTRAIDE_DEMO_POSTS = [card]  # type: ignore[attr-defined]  # pytest-django's settings
    settings.ENTRAIDE_DEMO = False  # type: ignore[attr-defined]  # pytest-django's settings
    assert Client().post(reverse("accounts:demo"), {"email": email}).status_code == 404
    settings.ENTRAIDE_DEMO = True  # type: ignore[attr-defined]  # pytest-django's settings
    client = Client()
    assert client.post(reverse("accounts:demo"), {"email": "other@example.invalid"}).status_code == 404
    assert client.post(reverse("accounts:demo"), {"email": email}).status_code == 302
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_logout",
        "account_reset_password",
        "account_reset_password_done",
        "account_change_password",
        "mfa_index",
        "account_reauthenticate",
        "account_email",
    ],
)
def test_every_page_of_the_sign_in_library_has_our_frame(name: str) -> None:
    worker = world.post(world.body("casa"), password="a long enough password")
    client = Client() if name in {"account_login", "account_reset_password", "account_reset_password_done"} else world.client_of(worker)
    answer = client.get(reverse(name), follow=True)
    assert answer.status_code == 200 and "govuk-template" in answer.content.decode()
