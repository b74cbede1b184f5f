"""What the status of treaties costs beside the SQL that reads its rows: 200 States, 10 and 30 instruments; how it grows."""

import sys
from collections.abc import Callable
from datetime import date
from itertools import product

import psycopg

from bench.ground import Table, database

SIZES = (10, 30)
STATES = [a + b for a, b in product("BCDEFGHIJK", "ABCDEFGHIJKLMNOPQRST")]
ONE = 'select state, kind, "on", source, as_of, confirmed, note from treaties_act where instrument_id = %s order by state, "on"'
ALL = ONE.replace("where instrument_id = %s ", "")
DAY = date(2026, 11, 23)


def main() -> None:
    """Fills a database of its own and prints a table: milliseconds of what readers get, and of the bare SQL."""
    with database("entraide_bench_treaties") as (admin, _urls):
        table = Table("200 States", "instruments")
        for size in [int(given) for given in sys.argv[1:]] or SIZES:
            _fill(admin, size)
            _measure(admin, size, table)


def _fill(admin: psycopg.Connection, size: int) -> None:
    """The facts that come with Entraide, then invented instruments with the Trafficking Protocol's rule, ratified by 200 States."""
    from entraide.features.treaties.loading import load_instruments
    from entraide.features.treaties.models import Instrument

    load_instruments()
    model = Instrument.objects.get(slug="trafficking-protocol")
    admin.execute("delete from treaties_act where instrument_id in (select id from treaties_instrument where slug like 'bench-%%')")
    admin.execute("delete from treaties_instrument where slug like 'bench-%%'")
    columns = [field.column for field in Instrument._meta.concrete_fields if field.column not in {"id", "slug"}]
    names = ", ".join(f'"{name}"' for name in columns)
    with_model = f"insert into treaties_instrument (id, slug, {names}) select gen_random_uuid(), 'bench-' || n, {names} "
    admin.execute(with_model + "from treaties_instrument, generate_series(1, %s) n where slug = %s", [size, model.slug])
    for kind, year in (("signature", 2001), ("ratification", 2004)):
        admin.execute(
            "insert into treaties_act (id, created_at, source, as_of, invented, state, kind, \"on\", instrument_id) "
            "select gen_random_uuid(), now(), 'bench', '2026', true, s, %s, (make_date(%s, 1, 1) + (random() * 3000)::int)::text, "
            "i.id from treaties_instrument i, unnest(%s::text[]) s where i.slug like 'bench-%%'",
            [kind, year, STATES],
        )  # fmt: skip
    admin.execute("analyze")


def _measure(admin: psycopg.Connection, size: int, table: Table) -> None:
    from django.test import Client

    from entraide.features.treaties import queries
    from entraide.features.treaties.models import Instrument
    from entraide.features.treaties.pictures import map_of

    row = Instrument.objects.select_related("parent", "document").get(slug="bench-1")
    client = Client()

    def page(path: str) -> Callable[[], object]:
        return lambda: client.get(path).content

    def one() -> object:
        return admin.execute(ONE, [row.pk]).fetchall()

    def every() -> object:
        return admin.execute(ALL).fetchall()

    def cold() -> object:
        queries.forget()
        return queries.stands(row, DAY)

    works: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
        ("status of one, for the first time", cold, one),
        ("status of one, again", lambda: queries.stands(row, DAY), one),
        ("its map", lambda: map_of(row, queries.stands(row, DAY), DAY), one),
        ("its page: map, curve, table", page("/treaties/bench-1/?on_day=23&on_month=11&on_year=2026"), one),
        ("its table as CSV", page("/treaties/bench-1/status/"), one),
        ("its table by API, 200 rows", page("/api/treaties/instruments/bench-1/status?size=200"), one),
        ("all instruments, again", lambda: queries.all_stands(DAY), every),
        ("all instruments, page", page("/treaties/"), every),
    ]
    for what, ours, bare in works:
        table.line(what, size, ours, bare)


if __name__ == "__main__":
    main()
