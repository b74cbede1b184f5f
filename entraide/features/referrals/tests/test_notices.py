"""A notice says that something awaits, in the reader's language, and nothing else; the job carries posts only."""

import email
import email.header
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import Message
from smtplib import SMTPException

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Keep
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection
from pytest_django import Settings

from entraide.features.referrals.choices import State
from entraide.features.referrals.tasks import expire_one
from entraide.features.referrals.tests.scenes import Scene, scene
from entraide.kernel.accounts.models import Account
from entraide.kernel.base import clock
from entraide.kernel.notices.tasks import send_notice, send_one
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db
PERSONAL = ["Amara", "Testperson", "1999", "447700900123", "Assistance", "shelter"]


class Letterbox(Keep):
    """Keeps what arrives."""

    def __init__(self) -> None:
        super().__init__(Message)
        self.letters: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.letters.append(message)


class Strict(Letterbox):
    """Refuses one address until it is told otherwise."""

    refused = ""

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if address == self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"


@contextmanager
def _mail(box: Letterbox, settings: Settings) -> Iterator[None]:
    """A real mail server that the site is told of."""
    controller = Controller(box, hostname="127.0.0.1", port=_free_port())
    controller.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
        yield
    finally:
        controller.stop()


def _send_all() -> int:
    """Runs each queued mail as the worker does; one that fails stays queued. Returns how many did."""
    failed = 0
    with connection.cursor() as cursor:
        cursor.execute("select id, args::text from procrastinate_jobs where task_name = 'notices.send_one' order by id")
        for job, args in cursor.fetchall():
            assert "@" not in args, "a job carries no address"
            try:
                send_one(**json.loads(args))
            except SMTPException:
                failed += 1
            else:
                cursor.execute("delete from procrastinate_jobs where id = %s", [job])
    return failed


def _jobs() -> list[dict[str, list[str]]]:
    """What the queued notices carry, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute("select args::text from procrastinate_jobs where task_name = 'notices.send' order by id")
        return [json.loads(row[0]) for row in cursor.fetchall()]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def told() -> Scene:
    made = scene()
    made.send()
    return made


def test_arrival_queues_one_notice_that_carries_posts_and_no_content(told: Scene) -> None:
    [args] = _jobs()
    assert set(args) == {"posts"} and set(args["posts"]) <= {str(one) for one in told.theirs.audience}
    assert not [word for word in PERSONAL if word in str(args)]


def test_every_move_of_one_side_awaits_the_other(told: Scene) -> None:
    told.recipient_makes("ask_back", text="Which language?")
    told.sender("answer", text="English.")
    told.take()
    assert told.mine.state == State.ACCEPTED
    assert [str(told.worker.post) in args["posts"] for args in _jobs()] == [False, True, False, True]


def test_a_rolled_back_send_queues_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    told = scene()
    draft = told.draft()

    def broken(**_facts: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("entraide.features.referrals.services.record", broken)
    with pytest.raises(RuntimeError):
        told.send(draft)
    assert _jobs() == []


@pytest.mark.parametrize(("language", "subject"), [("en", "Something awaits you in Entraide"), ("fr", "")])
def test_the_mail_is_in_the_readers_language_and_says_nothing_personal(
    told: Scene, settings: Settings, language: str, subject: str
) -> None:
    assert told.intake.account is not None
    with as_steward():
        Account.objects.filter(pk=told.intake.account).update(language=language)
        address = Account.objects.values_list("email", flat=True).get(pk=told.intake.account)
    box = Letterbox()
    with _mail(box, settings):
        send_notice(_jobs()[0]["posts"])
        assert _send_all() == 0
    [letter] = box.letters
    assert letter["To"] == address
    whole = str(email.header.make_header(email.header.decode_header(letter["Subject"])))
    body = letter.get_payload(decode=True)
    text = whole + (body.decode() if isinstance(body, bytes) else "")
    assert whole and (not subject or whole == subject)
    assert settings.ENTRAIDE_ADDRESS in text and not [word for word in PERSONAL if word in text]
    assert told.case.reference not in text and str(told.mine.pk) not in text and str(told.mine.thread) not in text


def test_an_address_that_is_refused_holds_up_no_other_and_only_it_is_tried_again(told: Scene, settings: Settings) -> None:
    people = [told.intake, world.post(told.recipient, "intake"), world.post(told.recipient, "coordinator")]
    addresses = sorted(world.account_of(one).email for one in people)
    box = Strict()
    box.refused = addresses[0]
    with _mail(box, settings):
        send_notice(_jobs()[0]["posts"])
        assert _send_all() == 1
        assert sorted(str(letter["To"]) for letter in box.letters) == addresses[1:]
        box.refused = ""
        assert _send_all() == 0
    assert sorted(str(letter["To"]) for letter in box.letters) == addresses, "nobody gets it twice"


def test_when_the_time_runs_out_both_sides_hear_of_it(told: Scene) -> None:
    before = len(_jobs())
    with clock.at(clock.now() + timedelta(days=2)):
        expire_one(told.worker.body, told.mine.side, told.mine.pk)
    heard = {post for args in _jobs()[before:] for post in args["posts"]}
    assert str(told.worker.post) in heard and {str(one) for one in told.theirs.audience} & heard
