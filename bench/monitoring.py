"""`python -m bench.monitoring`: the chain and the matrix beside bare SQL: 200 States, 30 instruments, 50 rounds, up to 3 million answers.

Invented rows (`monitoring.sql`), filled past all policies; read through the site's own code as anybody who is not signed in, beside one
hand-written statement per page that reads the same rows with no policy.
"""

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import psycopg

from bench.ground import Table, database

HERE = Path(__file__).resolve().parent
ROUNDS, ANSWERS_A_ROUND = 50, 200 * 300


def main() -> None:
    """Fills, measures at a tenth and at the whole, prints; another number of rounds can be given."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    fixed, by_round, *pages = [
        part.split("\n\n", 1)[1].strip() for part in (HERE / "monitoring.sql").read_text().split("-- ")[1:]
    ]  # fmt: skip
    with database("entraide_bench_monitoring") as (admin, _urls):
        admin.execute("truncate texts_document, monitoring_mechanism, questionnaires_questionnaire cascade")
        admin.execute(fixed)
        table = Table("200 States, 30 instruments", "answers")
        done = 0
        for until in sorted({max(1, rounds // 10), rounds}):
            admin.execute(by_round.replace(":since", str(done)).replace(":until", str(until - 1)))
            done = until
            admin.execute("analyze")
            _measure(admin, table, until * ANSWERS_A_ROUND, *pages)


def named(name: str) -> UUID:
    """The id of an invented row."""
    return UUID(hashlib.md5(name.encode(), usedforsecurity=False).hexdigest())


def _measure(admin: psycopg.Connection, table: Table, answers: int, chain: str, matrix: str) -> None:
    from django.db import transaction

    facts = {"p": named("p3"), "r": named("r0")}

    def bare(statement: str) -> Callable[[], object]:
        return lambda: admin.execute(statement, facts).fetchall()

    with transaction.atomic():
        table.line("the chain, ready for its template", answers, _chain, bare(chain))
        table.line("the matrix of 200 States", answers, _matrix, bare(matrix))


def _chain() -> object:
    from entraide.features.monitoring.chain.building import build
    from entraide.features.monitoring.chain.gaps import published, rows
    from entraide.features.monitoring.chain.picture import pictures
    from entraide.features.texts.models import Provision

    whole = build("AA", list(Provision.objects.filter(pk=named("p3")).select_related("document")), "en")
    assert len(whole.links) > 30, sorted(link.stage for link in whole.links.values())
    return rows(whole, published("AA", [named("p3")])), pictures(whole, mirrored=False)


def _matrix() -> object:
    from entraide.features.monitoring.matrix import matrix
    from entraide.features.monitoring.models import Round

    found = matrix(Round.objects.get(pk=named("r0")), "en")
    assert len(found.states) == 200
    return found


if __name__ == "__main__":
    main()
