"""The command line: `entraide --help` says what there is."""

import os
import sys

import click

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entraide.config.settings")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Entraide: acting together against trafficking in persons."""


@main.command()
@click.option("--quiet", is_flag=True, help="Print nothing when all goes well.")
def migrate(quiet: bool) -> None:
    """Bring the database to this version, as its owner."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", database="owner", verbosity=0 if quiet else 1)
    call_command("createcachetable", database="owner", verbosity=0)
    _grant()


def _grant() -> None:
    """Lets web call the functions of the job queue, whose migrations know nothing of our roles."""
    from django.conf import settings
    from django.db import connections

    web = settings.ENTRAIDE_ROLES["web"]
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'grant execute on all functions in schema public to "{web}"')


if __name__ == "__main__":
    sys.exit(main())
