"""`entraide check`: what the linters do not see."""

import subprocess
import sys

import click


@click.command()
def check() -> None:
    """Check settings, migrations, translations, states' pages and the lock files; for `make check`."""
    import os

    os.environ.setdefault("ENTRAIDE_SECRET_KEY", "only-for-checks")
    steps = [
        ["-m", "django", "check", "--fail-level", "WARNING"],
        ["-m", "django", "makemigrations", "--check", "--dry-run", "--verbosity", "1"],
        ["-m", "entraide.cli", "messages", "--check"],
        ["-m", "entraide.cli", "states", "--check"],
        ["-m", "entraide.commands.lock"],
    ]
    failed = [step for step in steps if subprocess.run([sys.executable, "-W", "ignore::RuntimeWarning", *step], check=False).returncode]
    if failed:
        raise SystemExit(1)
