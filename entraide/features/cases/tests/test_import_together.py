"""Two colleagues import the same file at the same moment: one does it, the other is told in a sentence and sees what is here."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import reverse

from entraide.features.cases import importing, runs
from entraide.features.cases.models import Case, CaseRecord, ImportRun
from entraide.kernel.access.context import Acting, acting_as
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 12
PATIENCE = 120
SENTENCE = "Somebody at your body imported some of these rows meanwhile"


def file(first: int = 0) -> bytes:
    lines = [f"X-{number},Amara{number},Testperson" for number in range(first, first + ROWS)]
    return "\r\n".join(["CaseNumber,prs_FirstName,prs_SecondName", *lines, ""]).encode()


@pytest.fixture
def pair() -> tuple[Acting, Acting]:
    with transaction.atomic():
        casa = world.body("casa")
        return world.post(casa), world.post(casa)


def upload(by: Acting, data: bytes) -> str:
    answer = world.client_of(by).post(reverse("cases:imports"), {"file": SimpleUploadedFile("cases.csv", data)}, follow=True)
    return answer.content.decode()


def confirm(by: Acting) -> str:
    with transaction.atomic(), acting_as(by):
        run = ImportRun.objects.get(by_post=by.hand)
    return world.client_of(by).post(reverse("cases:import_confirm", args=[run.pk]), follow=True).content.decode()


def page(by: Acting) -> str:
    with transaction.atomic(), acting_as(by):
        run = ImportRun.objects.get(by_post=by.hand)
    return world.client_of(by).get(reverse("cases:import_run", args=[run.pk])).content.decode()


def while_filing(by: Acting, data: bytes, meanwhile: Callable[[], str]) -> str:
    """Files the file in a transaction that is still open when the other begins and waits for it; then it commits."""

    def apart() -> str:
        try:
            return meanwhile()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(), acting_as(by):
            importing.file_rows(by=by, checked=importing.check(by=by, data=data, filename="a.csv"))
            begun, end = pool.submit(apart), time.monotonic() + PATIENCE
            while not (waits() or begun.done()) and time.monotonic() < end:
                time.sleep(0.05)
            assert not begun.done(), "it waits for the other transaction"
        return begun.result(PATIENCE)


def waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select exists (select from pg_locks where not granted)")
        return bool(cursor.fetchone()[0])


def at_the_body() -> int:
    with transaction.atomic(), as_steward():
        assert CaseRecord.objects.values("case").distinct().count() == Case.objects.count(), "no case is half filed"
        return Case.objects.count()


def test_on_the_page_the_second_is_told_and_sees_what_is_here(pair: tuple[Acting, Acting]) -> None:
    first, second = pair
    assert "Import 12 cases" in upload(second, file(4))
    told = while_filing(first, file(), lambda: confirm(second))
    assert SENTENCE in told and "Import 4 cases" in told and "Already here, with colleagues" in told
    assert at_the_body() == ROWS
    assert "New cases: 4. Already here: 8." in confirm(second) and at_the_body() == ROWS + 4


def test_who_confirms_after_a_colleague_filed_the_same_is_told_before_anything_is_filed(pair: tuple[Acting, Acting]) -> None:
    first, second = pair
    assert "Import 12 cases" in upload(first, file()) and "Import 12 cases" in upload(second, file())
    assert "New cases: 12" in confirm(first)
    told = confirm(second)
    assert SENTENCE in told and "Everything in this file is here already." in told and at_the_body() == ROWS


def test_in_the_background_the_file_is_put_back_with_the_reason(pair: tuple[Acting, Acting], monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = pair
    monkeypatch.setattr(runs, "FILE_AT_ONCE", 0)
    upload(second, file())
    assert "The file is being imported" in confirm(second)
    with transaction.atomic(), acting_as(second):
        run = ImportRun.objects.get().pk

    def job() -> str:
        runs.file_in_background(by=second, run=run)
        return page(second)

    told = while_filing(first, file(), job)
    assert SENTENCE in told and "Everything in this file is here already." in told and at_the_body() == ROWS


def test_the_command_says_the_sentence_and_the_second_run_what_is_here(pair: tuple[Acting, Acting], tmp_path: Path) -> None:
    first, second = pair
    source = tmp_path / "cases.csv"
    source.write_bytes(file())
    address = world.account_of(second).email

    def command() -> str:
        environment = {**os.environ, "ENTRAIDE_KEYS": settings.ENTRAIDE_KEYS}
        line = [sys.executable, "-m", "entraide.cli", "import", "htcds", str(source), "--post", address]
        done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
        return f"{done.returncode} {done.stdout} {done.stderr}"

    told = while_filing(first, file(), command)
    assert told.startswith("1 ") and SENTENCE in told and "Traceback" not in told and at_the_body() == ROWS
    again = command()
    assert again.startswith("0 ") and "0 new, 12 already here, 0 filed" in again and at_the_body() == ROWS


def test_nothing_of_a_colleague_s_case_is_compared_with_what_is_brought(pair: tuple[Acting, Acting]) -> None:
    """Whoever guesses values in a file learns of a hidden case that its number is taken, and nothing of what it holds."""
    first, second = pair
    with transaction.atomic(), acting_as(first):
        importing.file_rows(by=first, checked=importing.check(by=first, data=file(), filename="a.csv"))
    answers = []
    for guess in (file(), file().replace(b"Testperson", b"Otherperson")):
        with transaction.atomic(), acting_as(second):
            found = importing.check(by=second, data=guess, filename="a.csv")
            answers.append((found.new, found.already_here, found.conflicts, found.elsewhere))
    assert answers[0] == answers[1] == ((), 0, (), ROWS)
