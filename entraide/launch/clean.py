"""`make clean`: removes what private servers of this checkout keep outside it; needs nothing but Python."""

import fcntl
import shutil
from contextlib import suppress
from pathlib import Path

from entraide.launch.paths import ROOT, data_home


def clean(var: Path) -> None:
    """Removes the data of every server whose state lies under `var`, and no other's; refused while one of them is used."""
    states = [lock.parent for lock in (*var.glob("server.lock"), *var.glob("*/server.lock"))]
    for state in states:
        with (state / "server.lock").open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise SystemExit(f"The database of {state} is in use. Stop Entraide (Ctrl-C) or its tests, then clean again.") from None
    for state in states:
        home = data_home(state)
        if home != state:
            shutil.rmtree(home, ignore_errors=True)
            with suppress(OSError):  # others keep theirs beside it
                home.parent.rmdir()


if __name__ == "__main__":
    clean(ROOT / "var")  # never $ENTRAIDE_STATE: a node's state is not this checkout's to throw away
