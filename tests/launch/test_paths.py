"""Two checkouts on one database server, and one checkout on two servers, never meet."""

from pathlib import Path

import pytest

from entraide.launch.paths import demo_database, demo_home

SERVER = "postgresql://admin:secret@db.example/postgres"


def homes(monkeypatch: pytest.MonkeyPatch, state: Path, *servers: str | None) -> list[tuple[Path, str]]:
    monkeypatch.setenv("ENTRAIDE_STATE", str(state))
    return [(home := demo_home(server), demo_database(home, server)) for server in servers]


def test_each_server_has_keys_of_its_own_in_each_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    servers = None, SERVER, SERVER.replace("db.", "other."), SERVER.replace("/postgres", ":6432/postgres")
    here = homes(monkeypatch, tmp_path / "a", *servers)
    assert len({home for home, _database in here}) == 4
    assert here == homes(monkeypatch, tmp_path / "a", *servers)
    assert all("secret" not in str(home) for home, _database in here)


def test_two_checkouts_on_one_server_use_two_databases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [(_home, one)] = homes(monkeypatch, tmp_path / "a", SERVER)
    [(_home, two)] = homes(monkeypatch, tmp_path / "b", SERVER)
    assert one != two and len(f"{one}_steward") < 63
