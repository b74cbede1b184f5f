"""The database stops and starts again while the site serves: said clearly meanwhile, and the same processes go on."""

import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest

from entraide.kernel.base.ids import uuid7
from tests.faults.node import Browser, Node, become, reachable

COPY = "from entraide.kernel.vault.tasks import copy_keys; copy_keys.defer(timestamp=0)"


@pytest.fixture
def node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unused_port: int) -> Iterator[Node]:
    monkeypatch.setenv("ENTRAIDE_SERVER_HOME", str(tmp_path / "server"))
    reachable(tmp_path)
    made = Node(tmp_path, unused_port)
    yield made
    made.end()


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def count(node: Node, table: str) -> int:
    with psycopg.connect(node.server.url("node")) as admin:
        found = admin.execute(f"select count(*) from {table}").fetchone()
    assert found
    return int(found[0])


def copies(node: Node) -> list[Path]:
    return list((node.home / "keys" / "copies").glob(f"{date.today().year}-*.sqlite3"))


def test_pages_say_so_while_it_is_gone_and_the_same_processes_go_on_when_it_is_back(node: Node) -> None:
    email, _body = node.person()
    node.serve()
    node.start("worker")
    become(lambda: count(node, "procrastinate_workers") == 1)
    somebody = node.signed_in(email)
    form = somebody.ask("cases/new/")[1]
    assert 'name="csrfmiddlewaretoken"' in form
    node.stop_database()
    for path in ("cases/", "health"):
        status, page = somebody.ask(path)
        assert status == 503 and "cannot answer at the moment" in page and "Traceback" not in page, (path, status, page[:300])
    status, page = somebody.send("cases/new/", {"age": "adult"}, form=form)
    assert status == 503 and "Nothing is saved by halves" in page
    status, page = Browser(node.address).ask("api/figures/releases")
    assert status == 503 and '"unavailable"' in page
    assert Browser(node.address).ask("static/ui/entraide.css")[0] == 200
    node.start_database()
    become(lambda: somebody.ask("cases/")[0] == 200)
    assert count(node, "cases_case") == 0, "what was refused meanwhile is not there"
    node.run("-c", "import django; django.setup()\n" + COPY, ENTRAIDE_POOL="0")
    become(lambda: copies(node))
    assert somebody.ask(f"cases/{uuid7()}/")[0] == 404, "and that is written down"
    become(lambda: count(node, "audit_auditentry") > 0 and count(node, "audit_unsealed") == 0)
    assert all(process.poll() is None for process in node.processes.values()), "the same processes"
    told = "".join((node.home / f"{name}.log").read_text() for name in node.processes)
    assert email not in told
