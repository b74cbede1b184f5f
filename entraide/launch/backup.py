"""Dumps and restores the database as the steward; search tokens stay out, so that a backup finds nobody."""

import os
import subprocess
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import unquote, urlsplit

LEFT_OUT = ("cases_searchtoken", "django_session", "cache_entry")


class BackupFailed(SystemExit):
    """The dump or the restore did not succeed; the sentence says why."""


def _run(program: Path, url: str, *arguments: str) -> None:
    parts = urlsplit(url)
    place = [
        f"--host={parts.hostname}", f"--port={parts.port or 5432}", f"--username={unquote(parts.username or '')}",
        f"--dbname={unquote(parts.path.lstrip('/'))}",
    ]  # fmt: skip
    environment = os.environ | {"PGPASSWORD": unquote(parts.password or "")}
    done = subprocess.run([program, *place, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no reason was given"]
        raise BackupFailed(f"{program.name} failed: {lines[0]}")


def dump(owner_url: str, *, steward: str, bin_: Path, target: Path) -> None:
    """Writes a dump in PostgreSQL's custom format, 0600; replaces `target` only when complete."""
    part = target.with_suffix(target.suffix + ".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    left_out = [f"--exclude-table-data={table}" for table in LEFT_OUT]
    _run(
        bin_ / "pg_dump", owner_url, "--format=custom", f"--role={steward}", "--no-privileges", "--no-comments", *left_out, f"--file={part}"
    )
    part.replace(target)


def restore(owner_url: str, *, bin_: Path, source: Path) -> None:
    """Fills an empty database, made by `provision` (which also made its schemas), from a dump; all or nothing. Rights are given anew."""
    contents = subprocess.run([bin_ / "pg_restore", "--list", source], capture_output=True, text=True, check=False)
    if contents.returncode:
        raise BackupFailed("This file is not a backup, or it is damaged.")
    with NamedTemporaryFile("w", suffix=".list") as wanted:
        wanted.writelines(line for line in contents.stdout.splitlines(keepends=True) if " SCHEMA - " not in line)
        wanted.flush()
        _run(
            bin_ / "pg_restore",
            owner_url,
            "--single-transaction",
            "--exit-on-error",
            "--no-privileges",
            f"--use-list={wanted.name}",
            str(source),
        )
