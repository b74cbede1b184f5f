"""No room left: said clearly, and nothing half done."""

import os
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from entraide.features.cases.models import Case, ImportRun
from entraide.kernel.access.context import Acting
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.base.ids import uuid7
from entraide.kernel.vault.keystore import KeyStore, StoreUnavailable
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with very little room."""
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", folder], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this account may not mount a small disk")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def fill(disk: Path) -> None:
    """To the last byte."""
    with (disk / "ballast").open("ab", buffering=0) as file:
        try:
            while file.write(b"x" * 512):
                pass
        except OSError:
            pass
    assert os.statvfs(disk).f_bavail == 0


def clear(disk: Path) -> None:
    (disk / "ballast").unlink()


@pytest.fixture
def worker(disk: Path, settings: pytest.FixtureRequest) -> Acting:
    settings.ENTRAIDE_KEYS = str(disk / "keys")  # type: ignore[attr-defined]  # pytest-django's own
    KeyStore(disk / "keys").prepare()
    return world.post(world.body("casa"))


def browser(by: Acting) -> Client:
    client = world.client_of(by)
    client.raise_request_exception = False
    return client


def test_without_room_for_her_key_there_is_no_case_and_later_it_is_opened(worker: Acting, disk: Path) -> None:
    client, before = browser(worker), counted()
    fill(disk)
    answer = client.post(reverse("cases:new"), NEW)
    assert answer.status_code == 503 and "cannot answer at the moment" in answer.content.decode() and answer["Retry-After"]
    assert counted() == before and not list((disk / "keys").glob("*-journal"))
    clear(disk)
    assert client.post(reverse("cases:new"), NEW).status_code == 302
    assert counted()["Case"] == before["Case"] + 1
    with as_steward():
        assert KeyStore(disk / "keys").living([Case.objects.get().key])


def test_an_upload_without_room_leaves_neither_row_nor_file(worker: Acting, disk: Path) -> None:
    before = counted(), sorted(disk.rglob("*"))
    fill(disk)
    answer = browser(worker).post(reverse("cases:imports"), {"file": SimpleUploadedFile("cases.csv", b"prs_FirstName\nAmara\n")})
    assert answer.status_code == 503
    clear(disk)
    assert (counted(), sorted(disk.rglob("*"))) == before


def test_an_erasure_without_room_erases_nothing_by_halves_and_can_be_repeated(worker: Acting, disk: Path) -> None:
    case = world.case(worker)
    store = KeyStore(disk / "keys")
    fill(disk)
    with pytest.raises(StoreUnavailable):
        store.destroy(case.key)
    clear(disk)
    assert store.living([case.key]) == {case.key}
    store.destroy(case.key)
    assert store.living([case.key]) == set()


def test_a_copy_without_room_leaves_no_part_of_it_and_the_older_ones_stay(worker: Acting, disk: Path) -> None:
    store = KeyStore(disk / "keys")
    store.copy(date(2026, 1, 1))
    fill(disk)
    with pytest.raises(StoreUnavailable):
        store.copy(date(2026, 1, 2))
    assert [file.name for file in store.copies.iterdir()] == ["2026-01-01.sqlite3"]


@pytest.mark.parametrize("room", [0, 1])
def test_a_store_that_had_no_room_to_begin_with_begins_later_with_a_whole_root_key(disk: Path, room: int) -> None:
    store = KeyStore(disk / "keys")
    disk.joinpath("keys").mkdir()
    fill(disk)
    with pytest.raises((OSError, StoreUnavailable)):
        store.prepare()
    clear(disk)
    store.prepare()
    assert len((disk / "keys" / "root.key").read_bytes()) == 32
    assert store.make(uuid7(), [uuid7()])


def counted() -> dict[str, int]:
    """What there is, past the row policies."""
    kinds: list[type] = [Case, ImportRun, AuditEntry]
    with as_steward():
        return {kind.__name__: kind._default_manager.count() for kind in kinds}  # type: ignore[attr-defined]  # all are models


NEW = {"age": "adult", "country": "PT", "once": str(uuid7())}
