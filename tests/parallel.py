"""Several hands at the same moment, each on a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection, transaction

from entraide.kernel.access.rules import Refused

PATIENCE = 300
"""Seconds: it matters only where a test fails anyway, or the machine is very busy."""
Verb = Callable[[], object]


def at_once(*verbs: Verb) -> list[str]:
    """Runs each in its own transaction, all let go together; "done" or the code of the refusal, in order."""
    barrier = Barrier(len(verbs))

    def run(verb: Verb) -> str:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("set local lock_timeout = '200s'")
                barrier.wait(PATIENCE)
                verb()
            return "done"
        except Refused as refused:
            return refused.verdict.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return [future.result(PATIENCE) for future in [pool.submit(run, verb) for verb in verbs]]
