"""`entraide demo`, `serve`, `worker`, `migrate`: running a node."""

import os
import subprocess
import sys
from pathlib import Path

import click

from entraide.launch import paths, postgres, roles, supervisor
from entraide.launch.environment import environment
from entraide.launch.progress import say, step

ENTRAIDE = [sys.executable, "-m", "entraide.cli"]


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65_535), envvar="PORT", default=8000, show_default=True, help="Port on 127.0.0.1 (also PORT=)."
)
@click.option("--reset", is_flag=True, help="Throw the demo world away and stop; the next start makes it anew.")
def demo(port: int, reset: bool) -> None:
    """Start Entraide with an invented world: database, web and worker. Ctrl-C stops everything.

    Uses a private PostgreSQL, or the server of DATABASE_URL where given (an administrator's address).
    """
    address = f"http://127.0.0.1:{port}/"
    if not reset and not supervisor.port_is_free(port):
        raise SystemExit(f"Port {port} is taken by another program. Choose another one: make demo PORT={port + 1}")
    given = os.environ.get("DATABASE_URL")
    state = paths.demo_home(given)
    database = paths.demo_database(state, given)
    server = None
    if not given:
        with step("private PostgreSQL"):
            server = postgres.borrow(state)
    try:
        admin_url = given or (server.url() if server else "")
        if reset:
            _reset(admin_url, state, database)
            return
        raise SystemExit(_run_demo(admin_url, state, database, address, port))
    finally:
        if server:
            server.release()


def _reset(admin_url: str, state: Path, database: str) -> None:
    import shutil

    import psycopg

    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(f"drop database if exists {database} with (force)")
    shutil.rmtree(state / "keys", ignore_errors=True)
    say("The demo world is gone; make demo makes it anew.")


def _run_demo(admin_url: str, state: Path, database: str, address: str, port: int) -> int:
    with step("database and its roles"):
        urls = roles.provision(admin_url, database=database)
    told = environment(state, urls, address=address, port=port, demo=True)
    with step("tables"):
        subprocess.run([*ENTRAIDE, "migrate", "--quiet"], env=told, check=True)
    with step("demo world (invented persons, cases and shelters)"):
        subprocess.run([*ENTRAIDE, "demo-world"], env=told, check=True)
    commands = [
        supervisor.Command("web", [*ENTRAIDE, "serve", "--port", str(port)]),
        supervisor.Command("worker", [*ENTRAIDE, "worker"]),
    ]
    return supervisor.run(commands, environment=told, address=address, logs=state)


@click.command()
@click.option("--port", type=click.IntRange(1, 65_535), envvar="PORT", default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Behind a proxy that speaks TLS, leave it as it is.")
def serve(port: int, host: str) -> None:
    """Serve the site. Refuses to run as the database's superuser or owner."""
    import django

    django.setup()
    _refuse_power()
    os.execv(  # noqa: S606 - our own program, no shell
        sys.executable,
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", "1",
            "--blocking-threads", "8", "--no-ws", "--log-level", "warning", "entraide.config.wsgi:application",
        ],
    )  # fmt: skip


def _refuse_power() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "select rolsuper or rolbypassrls, exists (select from pg_class where relowner = pg_roles.oid) "
            "from pg_roles where rolname = current_user"
        )
        power, owns = cursor.fetchone()
    connection.close()
    if power or owns:
        raise SystemExit(
            "The site must not run as a superuser, nor as the owner of its tables: row policies would not hold. Set ENTRAIDE_WEB_URL."
        )


@click.command()
def worker() -> None:
    """Run background work: notices, deadlines, imports, daily copies of the key store; seal the record every second."""
    import threading

    import django

    os.environ["ENTRAIDE_POOL"] = "0"  # the worker keeps its own connections
    django.setup()
    _refuse_power()

    threading.Thread(target=_seal_for_ever, daemon=True, name="sealer").start()
    _work_until_stopped()


def _work_until_stopped() -> None:
    """A database that restarts ends no worker: jobs that were under way are found again by the stalled-jobs task."""
    import asyncio
    import logging
    import time

    from django.db import InterfaceError, OperationalError
    from procrastinate.exceptions import ConnectorException

    while True:
        try:
            asyncio.run(_work())
        except asyncio.CancelledError:
            return
        except (ConnectorException, OperationalError, InterfaceError):
            logging.getLogger("entraide.worker").exception("the database does not answer; trying again")
        time.sleep(1)


async def _work() -> None:
    """Works until the connection is lost, which the library takes for the end, or until asked to stop: then it is cancelled."""
    import asyncio
    import signal

    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    assert isinstance(app.connector, DjangoConnector)
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        async with working.open_async():
            task = asyncio.create_task(
                working.run_worker_async(concurrency=4, install_signal_handlers=False)
            )  # long work holds up no deadline
            for asked in (signal.SIGINT, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(asked, task.cancel)
            await task


def _seal_for_ever() -> None:
    import logging
    import time

    from django.db import close_old_connections, connection, transaction

    from entraide.kernel.audit.services import seal

    while True:
        try:
            close_old_connections()
            with transaction.atomic():
                seal()
        except Exception:
            logging.getLogger("entraide.sealer").exception("sealing failed; trying again")
            connection.close()
        time.sleep(1)


@click.command()
@click.option("--quiet", is_flag=True, help="Print nothing when all goes well.")
def migrate(quiet: bool) -> None:
    """Bring the database to this version, as its owner; prepare the key store."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", database="owner", verbosity=0 if quiet else 1)
    call_command("createcachetable", database="owner", verbosity=0)
    _finish()


def _finish() -> None:
    from entraide.features.cases.texts import load_texts
    from entraide.kernel.access import grants
    from entraide.kernel.audit.sql import RIGHTS
    from entraide.kernel.vault.services import store

    grants.give("owner", more=RIGHTS)
    load_texts()
    store().prepare()


@click.command()
@click.argument("admin_url", envvar="DATABASE_URL")
@click.option("--database", default="entraide", show_default=True)
def prepare(admin_url: str, database: str) -> None:
    """Make database and roles on your own server, from an administrator's address; print what to set for a node."""
    urls = roles.provision(admin_url, database=database)
    say(f"ENTRAIDE_OWNER_URL={urls.owner}\nENTRAIDE_WEB_URL={urls.web}\nENTRAIDE_ROLES={urls.roles}")
    say(f"The passwords are kept in {paths.state_dir() / 'database.json'}; then: entraide migrate")
