"""Posts: acting for one at a time, given and ended by the administrator of the own body."""

import json

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.rules import Verdict
from entraide.kernel.accounts import rules, services
from entraide.kernel.accounts.models import Account, Post
from entraide.kernel.accounts.queries import posts_held
from entraide.kernel.accounts.tasks import send_account_notice, send_password_link
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


@pytest.mark.parametrize(
    "onward", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "\\\\elsewhere.example", "https:x"]
)
def test_switching_leads_nowhere_outside_the_site(onward: str) -> None:
    worker = world.post(world.body("casa"))
    answer = world.client_of(worker).post(reverse("accounts:switch"), {"post": str(worker.post), "next": onward})
    assert answer["Location"] == "/"


def test_switching_onward_to_nonsense_is_an_address_and_no_error() -> None:
    worker = world.post(world.body("casa"))
    answer = world.client_of(worker).post(reverse("accounts:switch"), {"post": str(worker.post), "next": "%2f%2fnowhere"})
    assert (answer.status_code, answer["Location"]) == (302, "%2f%2fnowhere")


def test_a_post_that_ended_opens_nothing() -> None:
    worker = world.post(world.body("casa"))
    client = world.client_of(worker)
    assert client.get("/").status_code == 200
    with as_steward():
        Post.objects.filter(pk=worker.hand).update(until=clock.today())
    assert client.get("/")["Location"] == reverse("accounts:posts")
    assert "You hold no post today" in client.get(reverse("accounts:posts")).content.decode()


def csrf_of(page: str) -> str:
    return page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]


def test_a_form_opened_for_one_post_is_not_sent_as_another_chosen_in_a_second_window() -> None:
    casa = world.body("casa")
    admin = world.post(casa, "administrator")
    other = second_post(admin, world.body("red"), "administrator")
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.account_of(admin))
    page = client.get(reverse("accounts:posts")).content.decode()
    client.post(reverse("accounts:switch"), {"post": str(admin.post), "csrfmiddlewaretoken": csrf_of(page)})
    form = {"name": "Rita Nova", "email": "rita@example.invalid", "function": "case_worker", "language": "en"}
    form["csrfmiddlewaretoken"] = csrf_of(client.get(reverse("accounts:give_post")).content.decode())
    second_window = csrf_of(client.get(reverse("accounts:posts")).content.decode())
    client.post(reverse("accounts:switch"), {"post": str(other.pk), "csrfmiddlewaretoken": second_window})
    answer = client.post(reverse("accounts:give_post"), form)
    assert answer.status_code == 403 and "changed post" in answer.content.decode()
    assert not Account.objects.filter(email="rita@example.invalid").exists()
    form["csrfmiddlewaretoken"] = csrf_of(client.get(reverse("accounts:give_post")).content.decode())
    assert client.post(reverse("accounts:give_post"), form).status_code == 302


@pytest.mark.parametrize("chosen_by_hand", [True, False])
def test_when_a_post_ends_nothing_opened_for_it_is_done_for_the_post_that_remains(chosen_by_hand: bool) -> None:
    admin = world.post(world.body("casa"), "administrator")
    client = world.client_of(admin)
    if not chosen_by_hand:
        client.get("/")
    other = second_post(admin, world.body("red"), "administrator")
    if chosen_by_hand:
        client.post(reverse("accounts:switch"), {"post": str(admin.post)})
    with as_steward():
        Post.objects.filter(pk=admin.hand).update(until=clock.today())
    form = {"name": "Rita Nova", "email": "rita@example.invalid", "function": "case_worker", "language": "en"}
    answer = client.post(reverse("accounts:give_post"), form, follow=True)
    assert "has ended" in answer.content.decode() and not Account.objects.filter(email="rita@example.invalid").exists()
    assert client.post(reverse("accounts:give_post"), form).status_code == 302
    with as_steward():
        assert Post.objects.get(account__email="rita@example.invalid").body_id == other.body_id


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
    [letter] = mails_of_jobs()
    assert letter.to == ["rita@example.invalid"] and "mot de passe" in str(letter.body), "in the language of the person"
    assert "Casa Aurora" not in letter.body and "Rita" not in letter.body


def test_giving_the_same_post_twice_gives_one_post_and_one_entry() -> None:
    admin = world.post(world.body("casa"), "administrator")
    form = {"name": "Rita Nova", "email": "rita@example.invalid", "function": "case_worker", "language": "en"}
    for _time in range(2):
        assert world.client_of(admin).post(reverse("accounts:give_post"), form).status_code == 302
    with as_steward():
        assert Post.objects.filter(account__email="rita@example.invalid").count() == 1
    assert written("accounts.give_post") == 1


def test_without_the_entry_in_the_record_no_post_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    admin = world.post(world.body("casa"), "administrator")

    def fails(**_kwargs: object) -> None:
        raise RuntimeError("no record")

    monkeypatch.setattr("entraide.kernel.accounts.services.record", fails)
    with pytest.raises(RuntimeError), acting_as(admin), transaction.atomic():
        services.give_post(by=admin, email="rita@example.invalid", name="Rita", function="case_worker")
    assert not Account.objects.filter(email="rita@example.invalid").exists()


@pytest.mark.parametrize("function", ["intake", "data_protection"])
def test_an_administrator_gives_herself_no_post_and_is_told_who_can(function: str) -> None:
    admin = world.post(world.body("casa"), "administrator")
    form = {"name": "Ada Min", "email": world.account_of(admin).email.upper(), "function": function, "language": "en"}
    answer = world.client_of(admin).post(reverse("accounts:give_post"), form)
    assert "another administrator of your body can" in answer.content.decode()
    assert admin.account is not None and [held.function for held in posts_held(admin.account)] == ["administrator"]


def test_ending_a_post_asks_first() -> None:
    casa = world.body("casa")
    admin, worker = world.post(casa, "administrator"), world.post(casa, name="Ines Worker")
    page = world.client_of(admin).get(reverse("accounts:end_post", args=[worker.post])).content.decode()
    assert "End this post?" in page and "Ines Worker" in page
    assert worker.account is not None and posts_held(worker.account), "looking ends nothing"


def test_colleagues_are_those_of_the_own_body_and_filter_by_post() -> None:
    casa = world.body("casa")
    admin = world.post(casa, "administrator", name="Ada Min")
    world.post(casa, name="Ines Worker")
    world.post(world.body("red"), name="Else Where")
    client = world.client_of(admin)
    page = client.get(reverse("accounts:colleagues")).content.decode()
    assert "Ines Worker" in page and "Else Where" not in page
    assert "Ines Worker" not in client.get(reverse("accounts:colleagues"), {"function": "administrator"}).content.decode()


def test_many_colleagues_are_paged() -> None:
    casa = world.body("casa")
    admin = world.post(casa, "administrator")
    for number in range(30):
        world.post(casa, name=f"Worker {number:02}")
    page = world.client_of(admin).get(reverse("accounts:colleagues"), {"page": "2", "function": "case_worker"}).content.decode()
    assert page.count("Lost telephone") == 5


def mails_of_jobs() -> list[mail.EmailMessage]:
    """Runs what was queued for accounts, and returns the mails."""
    with connection.cursor() as cursor:
        cursor.execute("select task_name, args::text from procrastinate_jobs where task_name like 'accounts.%%' order by id")
        for name, args in cursor.fetchall():
            assert "@" not in args, "a job carries no address"
            task = send_password_link if name == "accounts.password_link" else send_account_notice
            task(**json.loads(args))
    return list(mail.outbox)


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


def test_the_one_button_sign_in_exists_in_the_demonstration_only(settings: object) -> None:
    worker = world.post(world.body("casa"))
    email = world.account_of(worker).email
    card = {"email": email, "title_en": "Case worker", "title_fr": "Travailleuse sociale", "try_en": "Try", "try_fr": "Essayez"}
    newer = card | {"email": "not.in.this.world@example.invalid", "title_en": "Somebody newer"}
    settings.ENTRAIDE_DEMO_POSTS = [card, newer]  # type: ignore[attr-defined]  # pytest-django's settings
    settings.ENTRAIDE_DEMO = False  # type: ignore[attr-defined]  # pytest-django's settings
    assert Client().post(reverse("accounts:demo"), {"email": email}).status_code == 404
    settings.ENTRAIDE_DEMO = True  # type: ignore[attr-defined]  # pytest-django's settings
    page = Client().get("/").content.decode()
    assert "Case worker" in page and "Somebody newer" not in page, "a world of an older version offers what it holds"
    client = Client()
    assert client.post(reverse("accounts:demo"), {"email": "other@example.invalid"}).status_code == 404
    assert client.post(reverse("accounts:demo"), {"email": email}).status_code == 302
    assert client.get("/").status_code == 200


def test_the_last_data_protection_post_does_not_end_in_silence() -> None:
    casa = world.body("casa")
    admin, overseer = world.post(casa, "administrator"), world.post(casa, "data_protection")
    address = reverse("accounts:end_post", args=[overseer.post])
    client = world.client_of(admin)
    assert "last data protection post of this body" in client.get(address).content.decode()
    assert client.post(address).status_code == 403 and overseer.account is not None and posts_held(overseer.account)
    world.post(casa, "data_protection")
    world.post(world.body("red"), "data_protection")
    assert client.post(address).status_code == 302 and not posts_held(overseer.account)


def test_two_first_posts_for_one_address_at_the_same_moment_are_a_sentence_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    admin = world.post(world.body("casa"), "administrator")
    form = {"name": "Rita Nova", "email": "rita@example.invalid", "function": "case_worker", "language": "en"}
    allowed = rules.may_give

    def and_meanwhile(by: Acting, to: Account | None) -> Verdict:
        Account.objects.create_user("rita@example.invalid", "Rita N.")  # what another administrator's transaction commits at this moment
        return allowed(by, to)

    monkeypatch.setattr(rules, "may_give", and_meanwhile)
    page = world.client_of(admin).post(reverse("accounts:give_post"), form).content.decode()
    assert "a first post a moment ago" in page and 'value="rita@example.invalid"' in page, "nothing typed is lost"
    monkeypatch.undo()
    assert world.client_of(admin).post(reverse("accounts:give_post"), form).status_code == 302
