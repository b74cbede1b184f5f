"""`make bench`: what row policies cost on the list of cases, and how it grows."""

import sys
from collections.abc import Callable
from uuid import UUID, uuid4

import psycopg

from bench.ground import Table, database

SIZES = (10_000, 100_000)
FILL = """
insert into cases_case (id, created_at, holder, side, audience, reference, key, status, age, identification, country, opened_on, origin,
    invented, legal_hold, version, closing_reason, changed_at)
select gen_random_uuid(), now(), %(body)s, 'assistance', array[(array[%(posts)s]::uuid[])[1 + n %% 200], %(agent)s],
    'B' || n, gen_random_uuid(), 'Active', 'adult', 'none', 'PT', date '2024-01-01' + (n %% 700), 'entered', true, '', 1, '{}', now()
from generate_series(%(since)s::int, %(until)s::int) n
"""
LIST = "select id, reference from cases_case {where} order by opened_on desc, id desc limit 25"


def main() -> None:
    """Fills a database of its own and prints a table; other numbers of cases can be given."""
    body, posts = uuid4(), [uuid4() for _ in range(200)]
    with database("entraide_bench") as (admin, urls):
        admin.execute("truncate cases_case cascade")
        done = 0
        table = Table("row policies", "cases")
        for size in [int(given) for given in sys.argv[1:]] or SIZES:
            facts = {"body": body, "posts": posts, "agent": uuid4(), "since": done + 1, "until": size}
            admin.execute(FILL.replace("%(posts)s", ",".join(f"'{post}'" for post in posts)), facts)
            done = size
            admin.execute("analyze cases_case")
            _measure(table, urls.web, admin, body, posts[0], size)


def _measure(table: Table, web_url: str, admin: psycopg.Connection, body: UUID, post: UUID, size: int) -> None:
    bare_where = f"where side = 'assistance' and audience && array['{post}'::uuid]"
    with psycopg.connect(web_url) as web:
        web.execute("select set_config('app.principals', %s, false), set_config('app.side', 'assistance', false)", [f"{{{post}}}"])
        web.execute("select set_config('app.body', %s, false)", [str(body)])

        def run(connection: psycopg.Connection, statement: str) -> Callable[[], object]:
            return lambda: connection.execute(statement).fetchall()

        table.line("first page of the list", size, run(web, LIST.format(where="")), run(admin, LIST.format(where=bare_where)))
        count = "select count(*) from cases_case "
        table.line("count of the list", size, run(web, count), run(admin, count + bare_where))


if __name__ == "__main__":
    main()
