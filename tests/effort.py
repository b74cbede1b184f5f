"""How much work something may be, in seconds of this thread's processor: a busy machine makes a test slower, not red."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def little_work(seconds: float = 30) -> Iterator[None]:
    """What is done within takes far less than this; what grows with the square of hostile input would take far more."""
    before = time.thread_time()
    yield
    spent = time.thread_time() - before
    assert spent < seconds, f"{spent:.1f} s of work"
