"""`entraide backup`, `restore`, `keys`, `audit`: keeping what was done and forgetting whom one must."""

from pathlib import Path

import click


def _ready() -> None:
    import django

    django.setup()


def _owner_url() -> str:
    import os

    url = os.environ.get("ENTRAIDE_OWNER_URL")
    if not url:
        raise SystemExit("Set ENTRAIDE_OWNER_URL: backups are made and restored by the owner of the database.")
    return url


@click.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
def backup(target: Path) -> None:
    """Dump the database to TARGET: no keys, no search tokens; without the key store it names nobody."""
    _ready()
    from django.conf import settings

    from entraide.launch import backup as dumps
    from entraide.launch.binaries import tools

    dumps.dump(_owner_url(), steward=settings.ENTRAIDE_ROLES["steward"], bin_=tools(), target=target)
    click.echo(f"Written: {target}. Keep the key store's copies apart from it; they expire after 35 days.")


@click.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(source: Path) -> None:
    """Fill an empty database from SOURCE; whoever was erased and whatever was withdrawn since stays so; search is rebuilt."""
    _ready()
    from entraide.features.cases.restoring import after_restore
    from entraide.kernel.access import grants
    from entraide.kernel.audit.sql import RIGHTS
    from entraide.launch import backup as dumps
    from entraide.launch.binaries import tools

    dumps.restore(_owner_url(), bin_=tools(), source=source)
    grants.give("owner", more=RIGHTS)
    found = after_restore()
    click.echo(
        f"Restored: {found.rebuilt} persons can be found again, {found.erased} erased since the backup stay erased, "
        f"{found.ended} agreements that ended since stay ended."
    )


@click.group()
def keys() -> None:
    """The key store: copies and restoring."""


@keys.command("copy")
def copy_store() -> None:
    """Write today's copy and let copies older than 35 days expire."""
    _ready()
    from entraide.kernel.base import clock
    from entraide.kernel.vault.services import store

    click.echo(f"Written: {store().copy(clock.today())}")


@keys.command("restore")
@click.argument("copy", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore_store(copy: Path) -> None:
    """Put an older copy in place; destroyed keys stay destroyed."""
    _ready()
    from entraide.kernel.vault.services import store

    store().restore(copy)
    click.echo("Restored.")


@click.group()
def audit() -> None:
    """The record of what was done: check that its chain is whole."""


@audit.command()
def verify() -> None:
    """Check the whole chain; print its head, to be kept elsewhere. Exit 1 where it does not hold."""
    _ready()
    from django.db import transaction

    from entraide.kernel.audit import queries

    with transaction.atomic():
        tail, broken = queries.tail(), queries.first_broken()
    click.echo(f"{tail.sealed} entries sealed, {tail.unsealed} waiting; head {tail.head or '(none)'}")
    if broken is not None:
        click.echo(f"The chain does not hold at position {broken}.")
        raise SystemExit(1)
    click.echo("The chain holds.")
