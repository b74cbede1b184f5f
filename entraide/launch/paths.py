"""Where a checkout keeps what it must remember: keys, passwords, logs, and the private database."""

import hashlib
import os
import pwd
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]


def state_dir() -> Path:
    """$ENTRAIDE_STATE, else `var` in the checkout; made with mode 0700."""
    path = Path(os.environ.get("ENTRAIDE_STATE") or ROOT / "var")
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def demo_home(admin_url: str | None) -> Path:
    """Where the demonstration keeps its keys: one folder for the private server, one for each server of DATABASE_URL."""
    parts = urlsplit(admin_url or "")
    home = state_dir() / (f"demo-{_mark(f'{parts.hostname}:{parts.port or 5432}')}" if admin_url else "demo")
    home.mkdir(mode=0o700, exist_ok=True)
    return home


def demo_database(home: Path, admin_url: str | None) -> str:
    """The demonstration's database; on a server that others may use, named after the folder that holds its keys."""
    return f"entraide_demo_{_mark(str(home.resolve()))}" if admin_url else "entraide_demo"


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def unprivileged() -> pwd.struct_passwd | None:
    """As root, the account that PostgreSQL runs as (it refuses root); otherwise None. No account is made."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return pwd.getpwuid(65534)


def data_home(state: Path) -> Path:
    """Where the private server's data live: under `state`; as root elsewhere, since the unprivileged account must reach it."""
    if os.geteuid() != 0:
        return state
    name = hashlib.sha256(str(state.resolve()).encode()).hexdigest()[:12]
    return Path(os.environ.get("ENTRAIDE_SERVER_HOME") or "/var/lib/entraide") / name
