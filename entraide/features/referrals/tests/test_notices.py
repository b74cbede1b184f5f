"""A notice says that something awaits, in the reader's language, and nothing else; the job carries posts only."""

import email
import email.header
import json
import socket
from email.message import Message

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Keep
from django.db import connection
from pytest_django import Settings

from entraide.features.referrals.choices import State
from entraide.features.referrals.tests.scenes import Scene, scene
from entraide.kernel.accounts.models import Account
from entraide.kernel.notices.tasks import send_notice
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
    controller = Controller(box, hostname="127.0.0.1", port=_free_port())
    controller.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
        send_notice(_jobs()[0]["posts"])
    finally:
        controller.stop()
    [letter] = box.letters
    assert letter["To"] == address
    whole = str(email.header.make_header(email.header.decode_header(letter["Subject"])))
    body = letter.get_payload(decode=True)
    text = whole + (body.decode() if isinstance(body, bytes) else "")
    assert whole and (not subject or whole == subject)
    assert settings.ENTRAIDE_ADDRESS in text and not [word for word in PERSONAL if word in text]
    assert told.case.reference not in text and str(told.mine.pk) not in text and str(told.mine.thread) not in text
