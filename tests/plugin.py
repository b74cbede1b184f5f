"""Makes the test database before Django reads its settings: migrated once into a template, cloned for each test process."""

import atexit
import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from hypothesis import HealthCheck, settings
from psycopg import sql

TEMPLATE = "entraide_test"
ROOT = Path(__file__).resolve().parent.parent


def _named(url: str, database: str) -> str:
    return urlsplit(url)._replace(path=f"/{database}").geturl()


def _digest() -> str:
    """Changes when a migration, or the SQL that one applies, changes."""
    sources = sorted(
        path for pattern in ("*/migrations/*.py", "sql.py", "policies.py", "migrate.py") for path in (ROOT / "entraide").rglob(pattern)
    )
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


def prepare(admin_url: str) -> None:
    """Makes roles and template database, migrated by the owner; does nothing where no migration has changed since."""
    from entraide.launch.roles import provision

    digest = _digest()
    with psycopg.connect(admin_url, autocommit=True) as admin:
        found = admin.execute("select shobj_description(oid, 'pg_database') from pg_database where datname = %s", [TEMPLATE]).fetchone()
        fresh = found is not None and found[0] == digest
        if not fresh:
            admin.execute(f"drop database if exists {TEMPLATE} with (force)")
    urls = provision(admin_url, database=TEMPLATE)
    os.environ.update(ENTRAIDE_TEST_ADMIN_URL=admin_url, ENTRAIDE_OWNER_URL=urls.owner, ENTRAIDE_ROLES=TEMPLATE)
    if not fresh:
        environment = os.environ | {"ENTRAIDE_WEB_URL": urls.web}
        subprocess.run([sys.executable, "-m", "entraide.cli", "migrate", "--quiet"], check=True, cwd=ROOT, env=environment)
        with psycopg.connect(admin_url, autocommit=True) as admin:
            admin.execute(sql.SQL("comment on database {} is {}").format(sql.Identifier(TEMPLATE), sql.Literal(digest)))


def clone() -> None:
    """This process's own database: logged in as owner, working as web, so that factories may become the steward."""
    name, admin_url = f"{TEMPLATE}_{os.getpid()}", os.environ["ENTRAIDE_TEST_ADMIN_URL"]

    def drop() -> None:
        with psycopg.connect(admin_url, autocommit=True) as admin:
            admin.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))

    drop()
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("create database {} template {} strategy file_copy").format(sql.Identifier(name), sql.Identifier(TEMPLATE)))
    atexit.register(drop)
    os.environ["ENTRAIDE_WEB_URL"] = _named(os.environ["ENTRAIDE_OWNER_URL"], name)
    os.environ["ENTRAIDE_ASSUME_ROLE"] = f"{TEMPLATE}_web"


def start() -> str:
    """The address of an administrator: DATABASE_URL's server, or a private one that forgets nothing but its speed."""
    given = os.environ.get("DATABASE_URL")
    if given:
        return given
    from entraide.launch.postgres import borrow

    server = borrow(ROOT / "var" / "test", durable=False)
    atexit.register(server.release)
    return server.url()


settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no failure
settings.register_profile("gate", settings.get_profile("patient"), derandomize=True)  # judges the change, not the luck of a draw
settings.load_profile("gate" if os.environ.get("CI") else "patient")
os.environ.setdefault("ENTRAIDE_SECRET_KEY", "only-for-tests")
os.environ.setdefault("ENTRAIDE_MAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")
if "ENTRAIDE_TEST_ADMIN_URL" not in os.environ:
    (ROOT / "var").mkdir(mode=0o700, exist_ok=True)
    with (ROOT / "var" / "test.lock").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)  # two runs in one checkout make the template one after the other
        prepare(start())
clone()
