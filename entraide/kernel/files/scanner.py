"""Asks clamd whether a file carries known malware. A node has a scanner where ENTRAIDE_CLAMD names its socket; elsewhere pages say so.

Source: clamd(8), command INSTREAM: chunks, each with its length in four bytes, then a length of nought; one line answers.
"""

import socket
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entraide.kernel.access.rules import refuse, require

PATIENCE = 30.0
CHUNK = 64 * 1024
SCANNED = _("Files are sealed and scanned for malware.")
NOT_SCANNED = _("Files are sealed; they are not scanned for malware.")


def said() -> Promise:
    """What pages say of it to whoever adds a file."""
    return SCANNED if settings.ENTRAIDE_CLAMD else NOT_SCANNED


def scan(data: bytes) -> None:
    """Refuses what the scanner knows, and everything while it does not answer: nobody would know what was let in."""
    if not settings.ENTRAIDE_CLAMD:
        return
    try:
        answer = _ask(data)
    except OSError:
        answer = ""
    if answer.endswith("FOUND"):
        require(refuse("infected", _("The scanner found malware in this file. It was not kept.")))
    if not answer.endswith("OK"):
        require(refuse("unscanned", _("The scanner for malware does not answer, so the file was not kept. Try again later.")))


def _ask(data: bytes) -> str:
    with _connected() as line:
        line.sendall(b"zINSTREAM\0")
        for at in range(0, len(data), CHUNK):
            chunk = data[at : at + CHUNK]
            line.sendall(len(chunk).to_bytes(4, "big") + chunk)
        line.sendall(b"\0\0\0\0")
        answer = b""
        while part := line.recv(4_096):
            answer += part
    return answer.rstrip(b"\0\n").decode("ascii", "replace")


def _connected() -> socket.socket:
    """`unix:///run/clamav/clamd.ctl` or `tcp://host:3310`."""
    place = urlsplit(settings.ENTRAIDE_CLAMD)
    if place.scheme == "unix":
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(PATIENCE)
        try:
            line.connect(place.path)
        except OSError:
            line.close()
            raise
        return line
    return socket.create_connection((place.hostname or "127.0.0.1", place.port or 3310), timeout=PATIENCE)
