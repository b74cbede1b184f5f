"""What the processes of a node are told: addresses, secrets, names; made once and kept beside the database's passwords."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from entraide.launch.roles import Urls


def secret_key(state: Path) -> str:
    """The key that signs sessions; made at first use."""
    path = state / "secret.key"
    if not path.exists():
        part = path.with_suffix(".part")
        part.touch(mode=0o600)
        part.write_text(secrets.token_urlsafe(48))
        part.replace(path)
    return path.read_text()


def environment(state: Path, urls: Urls, *, address: str, port: int, demo: bool) -> dict[str, str]:
    """The environment of web, worker and commands."""
    own: Mapping[str, str] = {
        "DJANGO_SETTINGS_MODULE": "entraide.config.settings",
        "ENTRAIDE_STATE": str(state),
        "ENTRAIDE_WEB_URL": urls.web,
        "ENTRAIDE_OWNER_URL": urls.owner,
        "ENTRAIDE_ROLES": urls.roles,
        "ENTRAIDE_SECRET_KEY": secret_key(state),
        "ENTRAIDE_ADDRESS": address,
        "ENTRAIDE_COOKIE": f"entraide_session_{port}",
        "ENTRAIDE_POOL": "1",
        "PYTHONUNBUFFERED": "1",
    }
    if demo:
        own = {**own, "ENTRAIDE_DEMO": "1", "ENTRAIDE_MAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    return {**os.environ, **own}
