"""`make clean` takes along what root's private servers keep outside the checkout, and nobody else's."""

import fcntl
import subprocess
import sys
from pathlib import Path

import pytest

from entraide.launch.clean import clean
from entraide.launch.paths import ROOT, data_home


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setenv("ENTRAIDE_SERVER_HOME", str(tmp_path / "lib"))
    return tmp_path / "here" / "var"


def server_of(state: Path) -> Path:
    state.mkdir(parents=True)
    (state / "server.lock").touch()
    home = data_home(state)
    (home / "postgres-18").mkdir(parents=True)
    return home


def test_the_servers_of_this_checkout_go_and_anothers_stay(var: Path, tmp_path: Path) -> None:
    mine = [server_of(var / "demo"), server_of(var / "test")]
    others = server_of(tmp_path / "there" / "var" / "demo")
    clean(var)
    assert not [home for home in mine if home.exists()]
    assert (others / "postgres-18").exists()


def test_a_server_in_use_is_left_and_said(var: Path) -> None:
    home = server_of(var / "demo")
    with (var / "demo" / "server.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        with pytest.raises(SystemExit, match="in use"):
            clean(var)
    assert home.exists()


def test_nothing_to_clean_is_no_fault(var: Path) -> None:
    clean(var)


def test_make_clean_asks_for_it_before_the_folder_that_names_them_is_gone() -> None:
    told = subprocess.run(["make", "-n", "clean", f"PYTHON={sys.executable}"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told.index("entraide.launch.clean") < told.index("rm -rf")
