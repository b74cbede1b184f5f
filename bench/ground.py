"""What the measurements of pages share: a database of their own, and one line per measurement."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from entraide.launch.postgres import borrow
from entraide.launch.roles import Urls, provision

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 9


@contextmanager
def database(name: str) -> Iterator[tuple[psycopg.Connection, Urls]]:
    """A migrated database of its own, which Django reads as `web`; and a connection past all policies and keys, to fill it."""
    server = borrow(ROOT / "var" / "bench", durable=False)
    try:
        urls = provision(server.url(), database=name)
        os.environ.update(
            ENTRAIDE_OWNER_URL=urls.owner, ENTRAIDE_WEB_URL=urls.web, ENTRAIDE_ROLES=urls.roles, ENTRAIDE_ADDRESS="http://testserver/",
            ENTRAIDE_SECOND_FACTOR="0", ENTRAIDE_SECRET_KEY="bench",  # noqa: S106 - of a database that is thrown away
            DJANGO_SETTINGS_MODULE="entraide.config.settings",
        )  # fmt: skip
        subprocess.run([sys.executable, "-m", "entraide.cli", "migrate", "--quiet"], check=True, env=os.environ)
        import django

        django.setup()
        with psycopg.connect(server.url(name), autocommit=True) as admin:
            admin.execute("set session_replication_role = replica")
            _lend_defaults(admin)
            yield admin, urls
    finally:
        server.release()


def _lend_defaults(admin: psycopg.Connection) -> None:
    """Gives the columns the defaults their models state, so that rows filled by hand need only say what matters to the measurement."""
    from django.apps import apps
    from django.db import connection

    for model in (model for model in apps.get_models() if model._meta.managed):
        for field in model._meta.concrete_fields:
            if field.null or field.primary_key or not (field.has_default() or field.empty_strings_allowed):
                continue
            value = field.get_db_prep_save(field.get_default(), connection)
            admin.execute(
                sql.SQL("alter table {} alter column {} set default {}").format(
                    sql.Identifier(model._meta.db_table), sql.Identifier(field.column), sql.Literal(value)
                )
            )


class Table:
    """A table of measurements, printed line by line: ours beside the bare SQL of the same rows, and how ours grows from size to size."""

    def __init__(self, what: str, size: str, *more: str) -> None:
        self.first: dict[str, tuple[int, float]] = {}
        _say(f"{what:36}{size:>10}{'ours ms':>12}{'bare ms':>10}{'ratio':>8}{'grown':>16}" + "".join(f"{each:>12}" for each in more))

    def line(self, what: str, size: int, mine: Callable[[], object], bare: Callable[[], object], *more: object) -> None:
        """The medians of several calls in milliseconds, their ratio, and how much longer ours takes than at the first size."""
        ours, theirs = _median(mine), _median(bare)
        at, then = self.first.setdefault(what, (size, ours))
        grown = f"×{ours / then:.1f} for ×{size / at:.0f}" if size != at else ""
        _say(
            f"{what:36}{size:>10,}{ours:>12.2f}{theirs:>10.2f}{ours / theirs:>8.1f}{grown:>16}" + "".join(f"{each!s:>12}" for each in more)
        )


def _median(work: Callable[[], object]) -> float:
    work()
    times = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1_000)
    return statistics.median(times)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
