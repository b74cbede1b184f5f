"""What may be kept: known kinds by their first bytes, of a bounded size, under a name that means nothing to a file system.

Where the node has a scanner for malware, it is asked too. Files are handed out as downloads and never shown by the site.
"""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext_lazy as _

from entraide.kernel.access.rules import refuse, require
from entraide.kernel.files.scanner import scan

MAX_BYTES = 10 * 1024 * 1024
_ZIPPED = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "word/"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xl/"),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "ppt/"),
}
_PLAIN = {
    "pdf": ("application/pdf", b"%PDF-"), "png": ("image/png", b"\x89PNG\r\n\x1a\n"), "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
}  # fmt: skip
_TEXT = {"csv": "text/csv", "txt": "text/plain"}
KINDS = (*_PLAIN, *_ZIPPED, *_TEXT)
_MACROS = ("vbaproject.bin", "activex")


@dataclass(frozen=True)
class Checked:
    """A file that may be kept."""

    name: str
    kind: str
    data: bytes


def checked(name: str, data: bytes) -> Checked:
    """The file under a plain name with its media type; refused with one sentence where it may not be kept."""
    if not data:
        require(refuse("empty", _("The file is empty.")))
    if len(data) > MAX_BYTES:
        require(refuse("too_big", _("The file is larger than 10 MB.")))
    plain = plain_name(name)
    kind = _kind(PurePath(plain).suffix.lower().lstrip("."), data)
    if not kind:
        require(
            refuse(
                "kind",
                _("Only these kinds of file are taken, and each must be what its name says: %(kinds)s.") % {"kinds": ", ".join(KINDS)},
            )
        )
    scan(data)
    return Checked(plain, kind, data)


def plain_name(name: str) -> str:
    """The last part of a name, without signs that change what a reader or a file system sees; 120 characters at most."""
    last = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    clean = "".join(letter for letter in last if unicodedata.category(letter)[0] not in "CZ" or letter == " ").strip(" .")
    clean = re.sub(r'[<>:"|?*;%]', "_", clean) or "file"
    stem, dot, ending = clean.rpartition(".")
    return f"{stem[:110]}.{ending[:8]}" if dot and stem else clean[:120]


def _kind(ending: str, data: bytes) -> str:
    if ending in _PLAIN:
        kind, begin = _PLAIN[ending]
        return kind if data.startswith(begin) else ""
    if ending in _ZIPPED:
        return _zipped(ending, data)
    if ending in _TEXT and b"\x00" not in data:
        try:
            data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return ""
        return _TEXT[ending]
    return ""


def _zipped(ending: str, data: bytes) -> str:
    kind, inside = _ZIPPED[ending]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [part.filename.casefold() for part in archive.infolist()]
    except Exception:  # zipfile answers hostile archives with a dozen kinds of error; all mean the same here
        return ""
    if any(macro in name for name in names for macro in _MACROS):
        return ""
    return kind if any(name.startswith(inside) for name in names) else ""
