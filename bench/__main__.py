"""`make bench`: what row policies cost on the list of cases, and how it grows."""

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import psycopg

from entraide.launch.postgres import borrow
from entraide.launch.roles import provision

ROOT = Path(__file__).resolve().parent.parent
SIZES = (10_000, 100_000)
ROUNDS = 15
FILL = """
insert into cases_case (id, created_at, holder, side, audience, reference, key, status, age, identification, country, opened_on, origin,
    invented, legal_hold, version, closing_reason, changed_at)
select gen_random_uuid(), now(), %(body)s, 'assistance', array[(array[%(posts)s]::uuid[])[1 + n %% 200], %(agent)s],
    'B' || n, gen_random_uuid(), 'Active', 'adult', 'none', 'PT', date '2024-01-01' + (n %% 700), 'entered', true, '', 1, '{}', now()
from generate_series(%(since)s::int, %(until)s::int) n
"""
LIST = "select id, reference from cases_case {where} order by opened_on desc, id desc limit 25"


def main() -> None:
    """Fills a database of its own and prints a table."""
    server = borrow(ROOT / "var" / "bench", durable=False)
    try:
        urls = provision(server.url(), database="entraide_bench")
        _migrate(urls.owner, urls.web, urls.roles)
        body, posts = uuid4(), [uuid4() for _ in range(200)]
        with psycopg.connect(server.url("entraide_bench"), autocommit=True) as admin:
            admin.execute("set session_replication_role = replica")
            admin.execute("truncate cases_case cascade")
            done = 0
            sys.stdout.write(f"{'':34}{'cases':>9}{'policy ms':>12}{'bare ms':>10}{'ratio':>8}\n")
            for size in SIZES:
                facts = {"body": body, "posts": posts, "agent": uuid4(), "since": done + 1, "until": size}
                admin.execute(FILL.replace("%(posts)s", ",".join(f"'{post}'" for post in posts)), facts)
                done = size
                admin.execute("analyze cases_case")
                _measure(urls.web, admin, body, posts[0], size)
    finally:
        server.release()


def _migrate(owner: str, web: str, roles: str) -> None:
    import subprocess

    told = os.environ | {"ENTRAIDE_OWNER_URL": owner, "ENTRAIDE_WEB_URL": web, "ENTRAIDE_ROLES": roles, "ENTRAIDE_SECRET_KEY": "bench"}
    subprocess.run([sys.executable, "-m", "entraide.cli", "migrate", "--quiet"], check=True, env=told)


def _measure(web_url: str, admin: psycopg.Connection, body: UUID, post: UUID, size: int) -> None:
    bare_where = f"where side = 'assistance' and audience && array['{post}'::uuid]"
    with psycopg.connect(web_url) as web:
        web.execute("select set_config('app.principals', %s, false), set_config('app.side', 'assistance', false)", [f"{{{post}}}"])
        web.execute("select set_config('app.body', %s, false)", [str(body)])

        def run(connection: psycopg.Connection, statement: str) -> Callable[[], object]:
            return lambda: connection.execute(statement).fetchall()

        _line("first page of the list", size, run(web, LIST.format(where="")), run(admin, LIST.format(where=bare_where)))
        count = "select count(*) from cases_case "
        _line("count of the list", size, run(web, count), run(admin, count + bare_where))


def _line(what: str, size: int, mine: Callable[[], object], bare: Callable[[], object]) -> None:
    ours, theirs = _median(mine), _median(bare)
    sys.stdout.write(f"{what:34}{size:>9,}{ours:>12.2f}{theirs:>10.2f}{ours / theirs:>8.1f}\n")
    sys.stdout.flush()


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1_000)
    return statistics.median(times)


if __name__ == "__main__":
    main()
