"""Says what is being done, a line a step, with the seconds it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(text: str) -> None:
    """A line for the person at the terminal."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@contextmanager
def step(what: str) -> Iterator[None]:
    """Prints what begins, and how long it took."""
    begun = time.monotonic()
    say(f"· {what} …")
    yield
    say(f"  done in {time.monotonic() - begun:.1f} s")
