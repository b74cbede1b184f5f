"""Runs web and worker together: says when the site is ready, and leaves nothing behind when it ends."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from urllib.request import urlopen

from entraide.launch.progress import say

GRACE = 8.0
SLOW = 60.0


@dataclass(frozen=True)
class Command:
    """A process to keep running."""

    name: str
    argv: Sequence[str]


def port_is_free(port: int) -> bool:
    """Whether the loopback port can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _die_with_parent() -> None:
    """Linux: the child is told when its parent is killed without a chance to clean up."""
    try:
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
    except (OSError, AttributeError):
        return


def run(commands: Sequence[Command], *, environment: Mapping[str, str], address: str, logs: Path) -> int:
    """Starts the commands, prints the ready line once `address`health answers, waits; returns an exit code.

    Ctrl-C, SIGTERM or the end of any child stops all of them: TERM first, KILL after a few seconds or at a second Ctrl-C.
    """
    stop = threading.Event()
    hurry = threading.Event()

    def asked(_signal: int, _frame: FrameType | None) -> None:
        (hurry if stop.is_set() else stop).set()

    before = {number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM)}
    children: list[tuple[Command, subprocess.Popen[bytes]]] = []
    try:
        for command in commands:
            with (logs / f"{command.name}.log").open("ab") as log:
                child = subprocess.Popen(
                    command.argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=dict(environment), start_new_session=True,
                    preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # one call into libc, no locks
                )  # fmt: skip
            children.append((command, child))
        ready = _wait_until_ready(address, stop, children)
        if ready:
            say(f"Entraide is ready: {address}")
        while not stop.is_set() and not _ended(children):
            stop.wait(0.3)
        return _verdict(children, stop, logs)
    finally:
        _end_all([child for _command, child in children], hurry)
        for number, handler in before.items():
            signal.signal(number, handler)


def _ended(children: list[tuple[Command, subprocess.Popen[bytes]]]) -> Command | None:
    return next((command for command, child in children if child.poll() is not None), None)


def _verdict(children: list[tuple[Command, subprocess.Popen[bytes]]], stop: threading.Event, logs: Path) -> int:
    dead = _ended(children)
    if dead is None or stop.is_set():
        say("Stopping.")
        return 0
    say(f"The {dead.name} ended unexpectedly; what it said last is in {logs / (dead.name + '.log')}")
    return 1


def _wait_until_ready(address: str, stop: threading.Event, children: list[tuple[Command, subprocess.Popen[bytes]]]) -> bool:
    told, began = False, time.monotonic()
    while not stop.is_set() and _ended(children) is None:
        if not told and time.monotonic() - began > SLOW:
            say("This machine is busy; still starting.")
            told = True
        with suppress(OSError), urlopen(f"{address}health", timeout=5) as answer:  # noqa: S310 - our own loopback address
            if answer.status == 200:
                return True
        stop.wait(0.1)
    return False


def _end_all(children: list[subprocess.Popen[bytes]], hurry: threading.Event) -> None:
    for child in children:
        _signal_group(child, signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    while any(child.poll() is None for child in children) and time.monotonic() < deadline and not hurry.is_set():
        time.sleep(0.05)
    for child in children:
        _signal_group(child, signal.SIGKILL)
        child.wait()


def _signal_group(child: subprocess.Popen[bytes], number: int) -> None:
    try:
        os.killpg(child.pid, number)
    except ProcessLookupError:
        return
