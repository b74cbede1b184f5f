"""A whole node for one test: its own PostgreSQL, its own key store, web and worker as processes, and somebody who signs in."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from entraide.launch import postgres
from entraide.launch.environment import environment
from entraide.launch.postgres import Server, borrow
from entraide.launch.roles import provision
from tests.conftest import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "a long enough password"
MAKE_PERSON = f"""
import django; django.setup()
from tests import world
by = world.post(world.body("casa"), password={PASSWORD!r})
print(world.account_of(by).email, by.body)
"""


def become(expected: Callable[[], object]) -> None:
    """Waits until it is so; a busy machine may take its time."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not expected():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.1)


@dataclass
class Browser:
    """Cookies and the address of a site."""

    address: str
    opener: OpenerDirector = field(default_factory=lambda: build_opener(HTTPCookieProcessor(CookieJar())))

    def ask(self, path: str, data: dict[str, str] | None = None) -> tuple[int, str]:
        """(status, text) of a page; 0 where nobody answers."""
        asked = Request(self.address + path.lstrip("/"), urlencode(data).encode() if data is not None else None)
        try:
            with self.opener.open(asked, timeout=PATIENCE / 1000) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as problem:
            return problem.code, problem.read().decode()
        except URLError:
            return 0, ""

    def send(self, path: str, data: dict[str, str], *, form: str | None = None) -> tuple[int, str]:
        """Posts with the token of a page that was opened before (`form`), or of the page itself."""
        page = self.ask(path)[1] if form is None else form
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, page[:500]
        return self.ask(path, data | {"csrfmiddlewaretoken": token[1]})


class Node:
    """Starts and stops each part on its own."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port, self.address = home, port, f"http://127.0.0.1:{port}/"
        self.server: Server = borrow(home / "state", durable=False)
        self.urls = provision(self.server.url(), database="node")
        told = environment(home / "state", self.urls, address=self.address, port=port, demo=False)
        told.pop("ENTRAIDE_ASSUME_ROLE", None)  # of the tests' own database
        mail = "django.core.mail.backends.dummy.EmailBackend"
        self.told = told | {"ENTRAIDE_SECOND_FACTOR": "0", "ENTRAIDE_MAIL_BACKEND": mail, "ENTRAIDE_KEYS": str(home / "keys")}
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.run("-m", "entraide.cli", "migrate", "--quiet")

    def run(self, *command: str, **more: str) -> str:
        """A command of the node, and what it printed."""
        done = subprocess.run([sys.executable, *command], env=self.told | more, cwd=ROOT, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def person(self) -> tuple[str, str]:
        """(address, body) of a case worker who can sign in."""
        email, body = self.run(
            "-c", MAKE_PERSON, ENTRAIDE_WEB_URL=self.urls.owner, ENTRAIDE_ASSUME_ROLE=f"{self.urls.roles}_web", ENTRAIDE_POOL="0"
        ).split()
        return email, body

    def start(self, name: str, *arguments: str) -> None:
        """A process of the node; what it says goes to a log."""
        with (self.home / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "entraide.cli", name, *arguments], env=self.told, cwd=ROOT, stdout=log, stderr=log,
                stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip

    def serve(self) -> None:
        """Web, until it answers."""
        self.start("serve", "--port", str(self.port))
        become(lambda: Browser(self.address).ask("health")[0] == 200)

    def signed_in(self, email: str) -> Browser:
        """Somebody's browser."""
        browser = Browser(self.address)
        status, page = browser.send("accounts/login/", {"login": email, "password": PASSWORD})
        assert status == 200 and "Sign out" in page, page[:3000]
        return browser

    def stop_database(self) -> None:
        """As an administrator would, at once."""
        postgres._stop(self.server.data)

    def start_database(self) -> None:
        """The same server again, under the same address."""
        port = self.server.port
        again = borrow(self.home / "state", durable=False)
        again.lock.close()
        assert again.port == port

    def end(self) -> None:
        """Leaves nothing behind."""
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait(PATIENCE / 1000)
        self.server.release()


def reachable(folder: Path) -> None:
    """PostgreSQL runs as somebody who owns nothing; she must be able to walk to its folder."""
    for each in [folder, *folder.parents]:
        if os.geteuid() == 0 and each != Path("/") and each.owner() == "root":
            each.chmod(each.stat().st_mode | 0o011)
