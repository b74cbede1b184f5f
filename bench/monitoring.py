"""`python -m bench.monitoring`: the chain and the matrix beside bare SQL: 200 States, 30 instruments, 50 rounds, up to 3 million answers.

Invented rows (`monitoring.sql`), filled past all policies; read through the site's own code as anybody who is not signed in, beside one
hand-written statement per page that reads the same rows with no policy.
"""

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import psycopg

from bench.__main__ import _line, _migrate
from entraide.launch.postgres import borrow
from entraide.launch.roles import provision

HERE = Path(__file__).resolve().parent
ROUNDS, ANSWERS_A_ROUND = 50, 200 * 300


def main() -> None:
    """Fills, measures at a tenth and at the whole, prints; another number of rounds can be given."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    fixed, by_round, *pages = [
        part.split("\n\n", 1)[1].strip() for part in (HERE / "monitoring.sql").read_text().split("-- ")[1:]
    ]  # fmt: skip
    server = borrow(HERE.parent / "var" / "bench", durable=False)
    try:
        urls = provision(server.url(), database="entraide_bench_monitoring")
        _migrate(urls.owner, urls.web, urls.roles)
        os.environ.update({"ENTRAIDE_WEB_URL": urls.web, "ENTRAIDE_ROLES": urls.roles, "ENTRAIDE_SECRET_KEY": "bench"})
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entraide.config.settings")
        with psycopg.connect(server.url("entraide_bench_monitoring"), autocommit=True) as admin:
            admin.execute("set session_replication_role = replica")
            admin.execute("truncate texts_document, monitoring_mechanism, questionnaires_questionnaire cascade")
            admin.execute(fixed)
            sys.stdout.write(f"{'':34}{'answers':>9}{'ours ms':>12}{'bare ms':>10}{'ratio':>8}\n")
            done = 0
            for until in sorted({max(1, rounds // 10), rounds}):
                admin.execute(by_round.replace(":since", str(done)).replace(":until", str(until - 1)))
                done = until
                admin.execute("analyze")
                _measure(admin, until * ANSWERS_A_ROUND, *pages)
    finally:
        server.release()


def named(name: str) -> UUID:
    """The id of an invented row."""
    return UUID(hashlib.md5(name.encode(), usedforsecurity=False).hexdigest())


def _measure(admin: psycopg.Connection, answers: int, chain: str, matrix: str) -> None:
    import django

    django.setup()
    from django.db import transaction

    facts = {"p": named("p3"), "r": named("r0")}

    def bare(statement: str) -> Callable[[], object]:
        return lambda: admin.execute(statement, facts).fetchall()

    with transaction.atomic():
        _line("the chain, ready for its template", answers, _chain, bare(chain))
        _line("the matrix of 200 States", answers, _matrix, bare(matrix))


def _chain() -> object:
    from entraide.features.monitoring.chain.building import build
    from entraide.features.monitoring.chain.gaps import published, rows
    from entraide.features.monitoring.chain.picture import picture
    from entraide.features.texts.models import Provision

    whole = build("AA", list(Provision.objects.filter(pk=named("p3")).select_related("document")), "en")
    assert len(whole.links) > 30, sorted(link.stage for link in whole.links.values())
    return rows(whole, published("AA", [named("p3")])), picture(whole, mirrored=False)


def _matrix() -> object:
    from entraide.features.monitoring.matrix import matrix
    from entraide.features.monitoring.models import Round

    found = matrix(Round.objects.get(pk=named("r0")), "en")
    assert len(found.states) == 200
    return found


if __name__ == "__main__":
    main()
