"""The database for tests: a private PostgreSQL (or DATABASE_URL's), migrated once, cloned for each test process, used as `web`."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

KEEP = {"django_migrations"}


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """The plugin made the database; Django makes none. It begins as a wipe leaves it: no test leans on what another takes away."""
    from django.test import TransactionTestCase

    TransactionTestCase._fixture_teardown = lambda self: wipe()  # type: ignore[method-assign]  # web cannot truncate
    with django_db_blocker.unblock():
        wipe()
    yield


def wipe() -> None:
    """Empties every table, the append-only ones too: as administrator, for tests that commit."""
    from django.conf import settings

    name = settings.DATABASES["default"]["NAME"]
    with psycopg.connect(os.environ["ENTRAIDE_TEST_ADMIN_URL"], dbname=name, autocommit=True) as admin:
        admin.execute("set session_replication_role = replica")
        tables = admin.execute(
            "select format('%I.%I', schemaname, tablename), tablename from pg_tables where schemaname = 'public'"
        ).fetchall()
        admin.execute("truncate " + ", ".join(full for full, table in tables if table not in KEEP) + " restart identity")


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, settings: Any) -> None:
    """Each test has its own key store; the second factor is asked for only by its own tests."""
    settings.ENTRAIDE_SECOND_FACTOR = False
    from entraide.kernel.vault.keystore import KeyStore

    settings.ENTRAIDE_KEYS = str(tmp_path / "keys")
    KeyStore(tmp_path / "keys").prepare()
