"""The private PostgreSQL: starts, is shared, survives being killed, and keeps quiet about what people wrote."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from entraide.launch import postgres
from entraide.launch.postgres import Server, borrow


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder whose server's data lie in the test's own folder, reachable for the unprivileged account."""
    monkeypatch.setenv("ENTRAIDE_SERVER_HOME", str(tmp_path / "server"))
    for folder in [tmp_path, *tmp_path.parents]:
        if folder.owner() == "root" and folder != Path("/") and os.geteuid() == 0:
            folder.chmod(folder.stat().st_mode | 0o011)
    return tmp_path / "state"


@pytest.fixture
def server(state: Path) -> Iterator[Server]:
    running = borrow(state, durable=False)
    yield running
    running.release()


def run(server: Server, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
    with psycopg.connect(server.url(database), autocommit=True) as admin:
        cursor = admin.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_a_second_start_keeps_the_data(state: Path) -> None:
    first = borrow(state, durable=False)
    run(first, "create table kept (n int)")
    first.release()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(first.url(), connect_timeout=1)
    second = borrow(state, durable=False)
    assert run(second, "select count(*) from kept") == [(0,)]
    second.release()


def test_whoever_leaves_last_stops_the_server(state: Path) -> None:
    one, two = borrow(state, durable=False), borrow(state, durable=False)
    assert one.port == two.port
    one.release()
    assert run(two, "select 1") == [(1,)]
    two.release()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(two.url(), connect_timeout=1)


def test_a_killed_server_starts_again(state: Path) -> None:
    first = borrow(state, durable=True)
    run(first, "create table kept (n int)")
    pid = postgres._pid(first.data)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    while postgres._alive(pid):
        time.sleep(0.05)
    first.lock.close()
    again = borrow(state, durable=True)
    assert run(again, "select count(*) from kept") == [(0,)]
    again.release()


def test_a_half_finished_set_up_begins_anew(state: Path) -> None:
    first = borrow(state, durable=False)
    data = first.data
    first.release()
    (data / "PG_VERSION").unlink()
    again = borrow(state, durable=False)
    assert run(again, "select 1") == [(1,)]
    again.release()


def test_only_the_loopback_address_and_only_with_a_password(server: Server) -> None:
    assert run(server, "show listen_addresses") == [("127.0.0.1",)] and run(server, "show unix_socket_directories") == [("",)]
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(server.url().replace(server.password, "wrong"), connect_timeout=2)


def test_arabic_and_cyrillic_are_letters_here(server: Server) -> None:
    run(server, "create extension if not exists pg_trgm")
    assert run(server, "select similarity('محمد', 'محمود') > 0, similarity('Ольга', 'ольга') = 1, lower('ÉÇЖ') = 'éçж'") == [
        (True, True, True)
    ]


def test_the_log_never_tells_what_people_wrote(server: Server, state: Path) -> None:
    run(server, "create table person (name text unique)")
    with psycopg.connect(server.url(), autocommit=True) as admin:
        admin.execute("insert into person values (%s)", ["Amara Secretname"])
        for statement in ("insert into person values (%s)", "select 1/(length(%s) * 0)", "select %s::int"):
            with pytest.raises(psycopg.Error):
                admin.execute(statement, ["Amara Secretname"])
        with pytest.raises(psycopg.Error):
            admin.execute("select 'Amara Secretname' from nowhere")
    log = (state / "postgres.log").read_text()
    assert "ERROR" in log
    assert "insert into" not in log and "DETAIL" not in log
    assert log.count("Secretname") <= 1, "only a failed cast quotes its value, and no field of a person is cast"


def test_secrets_are_for_the_owner_alone(server: Server, state: Path) -> None:
    assert (state / "server.json").stat().st_mode & 0o077 == 0
    assert server.data.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become somebody else")
def test_an_ordinary_user_starts_it_too(tmp_path: Path) -> None:
    import pwd

    nobody = pwd.getpwnam("nobody")
    home = tmp_path / "home"
    home.mkdir()
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    for folder in [tmp_path, *tmp_path.parents]:
        if folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o011)
    root = Path(__file__).resolve().parents[2]
    python = next((path for path in (sys.executable, "/usr/bin/python3") if _runs(path, nobody.pw_uid)), None)
    if python is None:
        pytest.skip("no interpreter here can be run by an ordinary user")
    code = (
        "from pathlib import Path; from entraide.launch.postgres import borrow; "
        f"s = borrow(Path({str(home / 'state')!r}), durable=False); print('up', s.port); s.release()"
    )
    found = [str(root), *(path for path in sys.path if "site-packages" in path)]
    done = subprocess.run(
        [python, "-W", "ignore", "-c", code], user=nobody.pw_uid, group=nobody.pw_gid, extra_groups=[], cwd="/",
        env={"HOME": str(home), "PATH": os.environ["PATH"], "PYTHONPATH": ":".join(found)},
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.stdout.startswith("up "), done.stderr


def _runs(python: str, uid: int) -> bool:
    try:
        return subprocess.run([python, "-c", ""], user=uid, cwd="/", check=False).returncode == 0
    except OSError:
        return False
