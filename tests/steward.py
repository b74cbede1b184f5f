"""Making the world that a test needs, past the row policies: only tests and data migrations do this."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction


@contextmanager
def as_steward() -> Iterator[None]:
    """Within the block statements run as the steward role; afterwards as web again."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'set local role "{settings.ENTRAIDE_ROLES["steward"]}"')
        try:
            yield
        finally:
            if not connection.needs_rollback:
                cursor.execute(f'set local role "{settings.ENTRAIDE_ROLES["web"]}"')
