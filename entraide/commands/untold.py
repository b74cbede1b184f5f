"""A command that was not told where its node is, or cannot reach it, says so in one sentence instead of a traceback."""

import os

_SHOWN = "README.md, “A node of your own”, shows what to set."


def sentence(error: Exception) -> str:
    """What is missing and what to do; empty where the error is about something else."""
    # Named, not imported: commands that need no database start without Django.
    kind = f"{type(error).__module__}.{type(error).__name__}"
    if kind == "django.utils.connection.ConnectionDoesNotExist":
        return f"Set ENTRAIDE_OWNER_URL: this command works as the owner of the database. {_SHOWN}"
    if kind == "django.core.exceptions.ImproperlyConfigured" and not os.environ.get("ENTRAIDE_SECRET_KEY"):
        return f"Set ENTRAIDE_SECRET_KEY. {_SHOWN}"
    if kind in {"django.db.utils.OperationalError", "psycopg.OperationalError"}:
        return f"The database does not answer: {_first_line(error)}\n{_addresses()}"
    if kind == "django.db.utils.ProgrammingError" and "does not exist" in str(error):
        return "The database has no tables of Entraide, or older ones. Run: entraide migrate"
    if kind == "psycopg.ProgrammingError":
        return "This is no address of a database. It looks like postgresql://user:password@host:5432/name"
    if kind == "entraide.kernel.vault.keystore.StoreUnavailable":
        return "There is no key store where this command looks for it. Set ENTRAIDE_STATE to the node’s folder, then: entraide migrate"
    return ""


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]


def _addresses() -> str:
    missing = [name for name in ("ENTRAIDE_WEB_URL", "ENTRAIDE_OWNER_URL") if not os.environ.get(name)]
    return f"Set {' and '.join(missing)}. {_SHOWN}" if missing else "Check that the server runs, and the address in ENTRAIDE_WEB_URL."
