"""Large files: read and filed in the background, with progress and a stop; what nobody decides about is thrown away."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import reverse

from entraide.features.cases import importing, runs, tasks
from entraide.features.cases.models import Case, ImportRun
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.accounts.models import Post
from entraide.kernel.vault import services as vault
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 12


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "READ_AT_ONCE", 0)
    monkeypatch.setattr(runs, "FILE_AT_ONCE", 0)
    monkeypatch.setattr(importing, "BATCH", 4)


@pytest.fixture
def worker() -> Acting:
    return world.post(world.body("casa"))


def rows(first: int = 0) -> bytes:
    lines = [f"X-{number},Amara{number},Testperson" for number in range(first, first + ROWS)]
    return "\r\n".join(["CaseNumber,prs_FirstName,prs_SecondName", *lines, ""]).encode()


def upload(by: Acting, data: bytes) -> str:
    answer = world.client_of(by).post(reverse("cases:imports"), {"file": SimpleUploadedFile("cases.csv", data)}, follow=True)
    return answer.content.decode()


def press(by: Acting, name: str) -> None:
    assert world.client_of(by).post(reverse(f"cases:{name}", args=[run_of(by).pk])).status_code == 302


def page(by: Acting) -> str:
    return world.client_of(by).get(reverse("cases:import_run", args=[run_of(by).pk])).content.decode()


def run_of(by: Acting) -> ImportRun:
    with transaction.atomic(), acting_as(by):
        return ImportRun.objects.get()


def cases_of(by: Acting) -> int:
    with transaction.atomic(), acting_as(by):
        return Case.objects.count()


def work(name: str) -> list[dict[str, Any]]:
    """Runs the queued jobs of one task, as the worker does, and returns what they carried."""
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs where task_name = %s returning args::text", [f"cases.{name}"])
        carried = [json.loads(args) for (args,) in cursor.fetchall()]
    job: Callable[..., None] = getattr(tasks, name)
    for args in carried:
        job(**args)
    return carried


def test_a_large_file_is_read_and_filed_in_the_background(worker: Acting) -> None:
    assert "The file is being read" in upload(worker, rows())
    carried = work("read_import")
    assert "Amara" not in str(carried) and "Testperson" not in str(carried), "a job carries ids, never content"
    assert "The file can be imported" in page(worker) and "Import 12 cases" in page(worker)
    press(worker, "import_confirm")
    assert "The file is being imported" in page(worker) and cases_of(worker) == 0
    work("file_import")
    assert "New cases: 12" in page(worker) and cases_of(worker) == ROWS
    assert run_of(worker).sealed == {} and not vault.living([run_of(worker).key])


def test_it_shows_how_far_it_is_while_nothing_is_visible_yet(worker: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, str]] = []
    tell = runs._tell

    def watch(by: Acting, run: Any, done: int) -> None:
        tell(by, run, done)
        ThreadPoolExecutor(1).submit(look).result()

    def look() -> None:
        seen.append((cases_of(worker), page(worker)))
        connection.close()

    monkeypatch.setattr(runs, "_tell", watch)
    upload(worker, rows())
    work("read_import")
    press(worker, "import_confirm")
    work("file_import")
    assert [count for count, _page in seen] == [0, 0, 0], "all rows or none, for every reader"
    assert ["4 of 12" in shown or "4 / 12" in shown or 'value="4"' in shown for _count, shown in seen] == [True, False, False]


def test_stopped_nothing_is_filed_and_the_file_can_be_filed_again(worker: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    upload(worker, rows())
    work("read_import")
    press(worker, "import_confirm")
    press(worker, "import_stop")
    assert "Stopping" in page(worker)
    work("file_import")
    assert cases_of(worker) == 0 and "The import was stopped: nothing was filed." in page(worker)
    press(worker, "import_confirm")
    work("file_import")
    assert cases_of(worker) == ROWS


def test_a_crash_leaves_nothing_and_the_file_can_be_filed_again(worker: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    upload(worker, rows())
    work("read_import")
    press(worker, "import_confirm")
    with monkeypatch.context() as broken:
        broken.setattr(runs, "_tell", lambda by, run, done: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            work("file_import")
    assert cases_of(worker) == 0 and run_of(worker).state == "interrupted"
    press(worker, "import_confirm")
    work("file_import")
    assert cases_of(worker) == ROWS


def test_the_same_job_twice_files_once(worker: Acting) -> None:
    upload(worker, rows())
    work("read_import")
    press(worker, "import_confirm")
    press(worker, "import_confirm")
    [carried] = work("file_import")
    tasks.file_import(**carried)
    assert cases_of(worker) == ROWS


def test_thrown_away_while_it_is_read_it_stays_away(worker: Acting) -> None:
    upload(worker, rows())
    press(worker, "import_discard")
    work("read_import")
    assert run_of(worker).state == "discarded" and run_of(worker).sealed == {}


def test_whoever_lost_the_post_meanwhile_files_nothing(worker: Acting) -> None:
    upload(worker, rows())
    work("read_import")
    press(worker, "import_confirm")
    with as_steward():
        Post.objects.filter(pk=worker.hand).update(until="2020-01-01", since="2019-01-01")
    work("file_import")
    with as_steward():
        assert not Case.objects.exists()
    work("forget_import")
    with as_steward():
        run = ImportRun.objects.get()
    assert run.sealed == {} and not vault.living([run.key]), "nor does the file of persons stay where nobody can throw it away"


def test_conflicts_that_arose_since_the_trial_are_shown_and_nothing_is_filed(worker: Acting) -> None:
    upload(worker, rows())
    work("read_import")
    with transaction.atomic(), acting_as(worker):
        other = rows().replace(b"Amara3", b"Belinda")
        importing.file_rows(by=worker, checked=importing.check(by=worker, data=other, filename="b.csv"))
    press(worker, "import_confirm")
    work("file_import")
    assert cases_of(worker) == ROWS and "with other values" in page(worker)


def test_a_tried_file_is_thrown_away_after_its_time_and_a_filed_one_stays_as_it_is(worker: Acting) -> None:
    upload(worker, rows())
    work("read_import")
    with connection.cursor() as cursor:
        cursor.execute("select extract(day from scheduled_at - now()) from procrastinate_jobs where task_name = 'cases.forget_import'")
        assert round(cursor.fetchone()[0]) in {runs.KEPT.days, runs.KEPT.days - 1}
    work("forget_import")
    assert run_of(worker).state == "discarded" and run_of(worker).sealed == {} and not vault.living([run_of(worker).key])
    assert "The file was thrown away" in page(worker)


def test_a_colleague_finds_neither_the_run_nor_its_stop(worker: Acting) -> None:
    upload(worker, rows())
    with as_steward():
        body = Post.objects.get(pk=worker.hand).body
    colleague = world.client_of(world.post(body))
    for name, method in (("import_run", "get"), ("import_stop", "post"), ("import_confirm", "post"), ("import_discard", "post")):
        assert getattr(colleague, method)(reverse(f"cases:{name}", args=[run_of(worker).pk])).status_code == 404
