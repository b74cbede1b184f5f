"""`entraide import htcds` and `entraide export htcds`, as an operator runs them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from entraide.features.cases.models import Case
from entraide.kernel.access.context import Acting, acting_as
from tests import world

pytestmark = pytest.mark.django_db(transaction=True)
FILES = Path(__file__).resolve().parents[3] / "demo" / "files"


def entraide(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ENTRAIDE_KEYS": settings.ENTRAIDE_KEYS}
    return subprocess.run([sys.executable, "-m", "entraide.cli", *arguments], env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def worker() -> Acting:
    with transaction.atomic():
        return world.post(world.body("casa"))


def cases(worker: Acting) -> int:
    with transaction.atomic(), acting_as(worker):
        return Case.objects.count()


def test_a_dry_run_changes_nothing_and_an_import_comes_out_equal(worker: Acting, tmp_path: Path) -> None:
    file, address = FILES / "htcds-shelter-intake.csv", world.account_of(worker).email
    tried = entraide("import", "htcds", str(file), "--post", address, "--dry-run", "--json")
    assert tried.returncode == 0 and json.loads(tried.stdout)["filed"] == 0 and cases(worker) == 0
    assert entraide("import", "htcds", str(file), "--post", address).returncode == 0
    assert entraide("import", "htcds", str(file), "--post", address).returncode == 0
    assert cases(worker) == json.loads(tried.stdout)["new"]
    out = tmp_path / "out.csv"
    out.write_text("an older file that everybody may read")
    out.chmod(0o644)
    assert entraide("export", "htcds", "--post", address, "--out", str(out)).returncode == 0
    assert out.read_bytes() == file.read_bytes() and out.stat().st_mode & 0o077 == 0


def test_telephone_and_address_leave_only_where_asked_when_there_are_rules_for_contact(worker: Acting, tmp_path: Path) -> None:
    with transaction.atomic():
        world.case(worker)
        world.case(worker, person={"contact": {"prs_MobilePhone": "+447700900999"}})
    out, command = tmp_path / "out.csv", ["export", "htcds", "--post", world.account_of(worker).email, "--out", str(tmp_path / "out.csv")]
    assert entraide(*command).returncode == 0
    held_back = out.read_text()
    assert "Amara" in held_back and "+447700900123" not in held_back and "+447700900999" in held_back
    again = entraide("import", "htcds", str(out), "--post", world.account_of(worker).email)
    assert "0 new, 2 already here, 0 filed" in again.stdout
    assert entraide(*command, "--contact").returncode == 0 and "+447700900123" in out.read_text()


def test_a_damaged_file_names_row_column_and_reason_and_imports_nothing(worker: Acting) -> None:
    done = entraide("import", "htcds", str(FILES / "htcds-damaged.csv"), "--post", world.account_of(worker).email)
    assert done.returncode == 1 and "This day is not in the calendar." in done.stdout and "row " in done.stdout
    assert cases(worker) == 0


def test_an_unknown_address_is_told_without_a_traceback(worker: Acting) -> None:
    done = entraide("import", "htcds", str(FILES / "htcds-shelter-intake.csv"), "--post", "nobody@example.invalid")
    assert done.returncode == 2 and "Nobody with this address" in done.stderr and "Traceback" not in done.stderr
