"""Web and worker together: ready is said, and nothing is left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from entraide.launch.supervisor import port_is_free

PATIENCE = 120
ROOT = Path(__file__).resolve().parents[2]
WEB = """
import http.server, sys
class Up(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Up).serve_forever()
"""
SLEEP = """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", "grandchild-" + sys.argv[1]])
time.sleep(600)
"""
MAIN = """
import sys
from pathlib import Path
from entraide.launch.supervisor import Command, run
port, worker = sys.argv[1], sys.argv[2]
commands = [Command("web", [sys.executable, "-c", {web!r}, port]), Command("worker", [sys.executable, "-c", worker, port])]
sys.exit(run(commands, environment=__import__("os").environ, address=f"http://127.0.0.1:{{port}}/", logs=Path(sys.argv[3])))
"""


@pytest.fixture(autouse=True)
def pipes() -> Iterator[None]:
    """Closes what `start` left open."""
    yield
    for process in _begun:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()
    _begun.clear()


_begun: list[subprocess.Popen[str]] = []


def start(port: int, logs: Path, worker: str = SLEEP) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN.format(web=WEB), str(port), worker, str(logs)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    )
    _begun.append(process)
    return process


def become(expected: Callable[[], object]) -> None:
    """Waits until it is so; a busy machine may take its time."""
    deadline = time.monotonic() + PATIENCE
    while not expected():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def alive(mark: str) -> list[str]:
    found = subprocess.run(["pgrep", "-f", mark], capture_output=True, text=True, check=False).stdout.split()
    return [pid for pid in found if Path(f"/proc/{pid}/stat").exists() and ") Z " not in Path(f"/proc/{pid}/stat").read_text()]


def read_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def free_port() -> int:
    from entraide.launch.postgres import _free_port

    return _free_port()


def test_ready_is_said_and_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    port = free_port()
    process = start(port, tmp_path)
    assert read_line(process) == f"Entraide is ready: http://127.0.0.1:{port}/"
    become(lambda: alive(f"grandchild-{port}"))
    os.kill(process.pid, signal.SIGINT)
    assert process.wait(PATIENCE) == 0
    become(lambda: not alive(f"grandchild-{port}"))


def test_a_child_that_dies_ends_the_rest(tmp_path: Path) -> None:
    port = free_port()
    process = start(port, tmp_path, worker="import time; time.sleep(1); raise SystemExit(3)")
    assert process.wait(PATIENCE) == 1
    assert process.stdout is not None and "worker ended unexpectedly" in process.stdout.read()
    become(lambda: port_is_free(port))


def test_a_killed_supervisor_takes_its_children_along(tmp_path: Path) -> None:
    port = free_port()
    process = start(port, tmp_path, worker=f"import time; time.sleep(600)  # orphan-{port}")
    read_line(process)
    become(lambda: alive(f"orphan-{port}"))
    process.kill()
    process.wait()
    become(lambda: not alive(f"time.sleep(600)  # orphan-{port}"))


def test_a_taken_port_is_told_before_anything_else() -> None:
    port = free_port()
    holder = subprocess.Popen([sys.executable, "-c", WEB, str(port)])
    try:
        become(lambda: not port_is_free(port))
        done = subprocess.run(
            [sys.executable, "-m", "entraide.cli", "demo", "--port", str(port)], capture_output=True, text=True, cwd=ROOT, check=False
        )
        assert done.returncode == 1 and f"Port {port} is taken" in done.stderr
    finally:
        holder.kill()
        holder.wait()
