"""A command that was not told where its node is says what to set; nobody sees a traceback for that."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

NOWHERE = "postgresql://nobody:x@127.0.0.1:1/entraide"
COMMANDS = [
    ["serve"], ["worker"], ["migrate"], ["facts"], ["audit", "verify"], ["keys", "copy"], ["backup", "dump"],
    ["post", "give", "--body", "x", "--email", "a@example.invalid", "--name", "x"],
    ["export", "htcds", "--post", "a@example.invalid", "--out", "x.csv"],
]  # fmt: skip


def run(arguments: list[str], tmp_path: Path, **told: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ENTRAIDE_", "DATABASE_"))}
    environment |= {"ENTRAIDE_STATE": str(tmp_path / "state"), **told}
    command = [sys.executable, "-m", "entraide.cli", *arguments]
    return subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_without_an_environment_it_says_what_to_set(arguments: list[str], tmp_path: Path) -> None:
    done = run(arguments, tmp_path)
    assert done.returncode == 1 and "Set ENTRAIDE_" in done.stderr and "Traceback" not in done.stderr, done.stderr


def test_a_server_that_does_not_answer_is_named_without_the_password(tmp_path: Path) -> None:
    away = NOWHERE.replace(":x@", ":hushhush@")
    done = run(["serve"], tmp_path, ENTRAIDE_WEB_URL=away, ENTRAIDE_OWNER_URL=away, ENTRAIDE_SECRET_KEY="x" * 50)
    assert done.returncode == 1 and "The database does not answer" in done.stderr and "hushhush" not in done.stderr


@pytest.mark.parametrize("address", ["http://foo", "nonsense"])
def test_what_is_no_address_of_a_database_is_said_to_be_none(address: str, tmp_path: Path) -> None:
    for arguments in (["prepare", address], ["demo", "--port", "1"], ["demo", "--reset"]):
        done = run(arguments, tmp_path, DATABASE_URL=address)
        assert done.returncode == 1 and "Traceback" not in done.stderr and "address" in done.stderr, done.stderr
