"""A private PostgreSQL: the wheel's programs, our own launcher. TCP on the loopback address, password for everybody."""

import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psycopg

from entraide.launch.binaries import programs
from entraide.launch.paths import data_home, unprivileged

MAJOR = 18
PATIENCE = 120
"""Seconds. A server on a busy machine is slow, not gone: who took it for gone would stop it under those who use it."""
ADMIN = "entraide_admin"
INITDB = [
    "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST", "--lc-collate=C", "--lc-ctype=C.UTF-8",
    f"--username={ADMIN}", "--auth=scram-sha-256", "--no-instructions",
]  # fmt: skip
# The log tells of the server, never of what people wrote: no statements, no parameters, no keys of rows.
QUIET = {
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


_started: list[subprocess.Popen[bytes]] = []  # kept, to be asked how they ended


class ServerFailed(SystemExit):
    """The private server did not start; the sentence says why."""


@dataclass
class Server:
    """A running private server that this process uses; whoever leaves last stops it."""

    data: Path
    port: int
    password: str
    lock: IO[str]
    bin: Path

    def url(self, database: str = "postgres") -> str:
        """The administrator's address."""
        return f"postgresql://{ADMIN}:{self.password}@127.0.0.1:{self.port}/{database}"

    def release(self) -> None:
        """Leaves the server; stops it when nobody else uses it."""
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self.lock.close()
            return
        _stop(self.data)
        self.lock.close()


def borrow(state: Path, *, durable: bool = True) -> Server:
    """Starts the private server of a state folder, or joins the one that runs. Interrupted set-ups begin anew; data are kept."""
    home = data_home(state)
    home.mkdir(parents=True, exist_ok=True)
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    data = home / f"postgres-{MAJOR}"
    lock = (state / "server.lock").open("w")
    with (state / "server.start").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)  # one at a time decides whether to start
        fcntl.flock(lock, fcntl.LOCK_SH)
        facts = _facts(state)
        bin_ = programs(home)
        if not (facts and (data / "PG_VERSION").exists()):
            facts = _initialise(bin_, state, data)
        if not _answers(facts):
            facts = _start(bin_, state, data, facts, durable=durable)
    return Server(data, int(facts["port"]), str(facts["password"]), lock, bin_)


def _facts(state: Path) -> dict[str, Any]:
    try:
        return dict(json.loads((state / "server.json").read_text()))
    except (FileNotFoundError, ValueError):
        return {}


def _remember(state: Path, facts: dict[str, Any]) -> dict[str, Any]:
    part = state / "server.json.part"
    part.touch(mode=0o600)
    part.write_text(json.dumps(facts))
    part.replace(state / "server.json")
    return facts


def _as_server() -> dict[str, Any]:
    account = unprivileged()
    return {"cwd": "/"} | ({"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {})


def _own(path: Path) -> None:
    account = unprivileged()
    if account:
        os.chown(path, account.pw_uid, account.pw_gid)


def _initialise(bin_: Path, state: Path, data: Path) -> dict[str, Any]:
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(mode=0o700, parents=True)
    _own(data)
    if unprivileged():
        data.parent.chmod(0o755)
    password = secrets.token_urlsafe(24)
    told = data.with_name("password")
    told.touch(mode=0o600)
    told.write_text(password)
    _own(told)
    done = subprocess.run(
        [bin_ / "initdb", "-D", data, *INITDB, f"--pwfile={told}"], capture_output=True, text=True, check=False, **_as_server()
    )
    told.unlink()
    if done.returncode:
        shutil.rmtree(data, ignore_errors=True)
        raise ServerFailed(f"The private database could not be set up: {_last_line(done.stderr or done.stdout)}")
    return _remember(state, {"password": password, "port": 0})


def _start(bin_: Path, state: Path, data: Path, facts: dict[str, Any], *, durable: bool) -> dict[str, Any]:
    _clear_stale(data)
    port = facts["port"] if facts["port"] and _free(facts["port"]) else _free_port()
    options = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "logging_collector": "off",
        "log_checkpoints": "off",
        "max_connections": 100,
    }
    options |= QUIET | ({} if durable else FORGETFUL)
    log = state / "postgres.log"
    with log.open("a") as file:
        process = subprocess.Popen(
            [bin_ / "postgres", "-D", data, *(f"--{name}={value}" for name, value in options.items())],
            stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True, **_as_server(),
        )  # fmt: skip
    _started.append(process)
    facts = _remember(state, facts | {"port": port})
    deadline = time.monotonic() + PATIENCE
    while not _answers(facts):
        if process.poll() is not None or time.monotonic() > deadline:
            raise ServerFailed(f"The private database did not start: {_last_line(log.read_text())} (see {log})")
        time.sleep(0.05)
    return facts


def _answers(facts: dict[str, Any]) -> bool:
    if not facts.get("port"):
        return False
    try:
        psycopg.connect(f"postgresql://{ADMIN}:{facts['password']}@127.0.0.1:{facts['port']}/postgres", connect_timeout=PATIENCE).close()
    except psycopg.OperationalError:
        return False
    return True


def _clear_stale(data: Path) -> None:
    """A killed server leaves its pid file; a zombie looks alive to kill(pid, 0) and is not."""
    pid = _pid(data)
    if pid is not None and _alive(pid):
        os.kill(pid, signal.SIGINT)
        _wait_for_end(pid)
    (data / "postmaster.pid").unlink(missing_ok=True)


def _pid(data: Path) -> int | None:
    try:
        return int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _alive(pid: int) -> bool:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)
    except OSError:
        return False
    return "postgres" in fields[0] and fields[1].split()[0] != "Z"


def _wait_for_end(pid: int, seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while _alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    _reap(pid)
    return not _alive(pid)


def _reap(pid: int) -> None:
    for process in _started:
        if process.pid == pid:
            process.poll()
    with suppress(ChildProcessError):  # another process may have started it
        os.waitpid(pid, os.WNOHANG)


def _stop(data: Path) -> None:
    pid = _pid(data)
    if pid is None or not _alive(pid):
        return
    os.kill(pid, signal.SIGINT)
    if not _wait_for_end(pid):
        os.kill(pid, signal.SIGQUIT)
        _wait_for_end(pid, 5)


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex(("127.0.0.1", port)) != 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _last_line(text: str) -> str:
    lines = [line for line in text.strip().split("\n") if line.strip()]
    return lines[-1] if lines else "no reason was given"
