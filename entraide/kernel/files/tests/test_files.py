"""Which files are taken, under which name, and that what is kept opens only where it belongs."""

import io
import zipfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.kernel.access.rules import Refused
from entraide.kernel.files.checks import checked, plain_name
from entraide.kernel.files.sealed import open_file, seal_file
from entraide.kernel.vault import services as vault
from entraide.kernel.vault.sealing import Damaged


def office(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("law.pdf", b"%PDF-1.7 ...", "application/pdf"), ("a/b\\Law.PDF", b"%PDF-1.7", "application/pdf"),
        ("plan.docx", office("word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("figures.csv", "année;nombre\n2025;12".encode(), "text/csv"), ("photo.jpg", b"\xff\xd8\xff\xe0", "image/jpeg"),
    ],
)  # fmt: skip
def test_known_kinds_are_taken(name: str, data: bytes, kind: str) -> None:
    assert checked(name, data).kind == kind


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("law.pdf", b"", "empty"), ("law.pdf", b"x" * (10 * 2**20 + 1), "too_big"), ("law.pdf", b"<html>", "kind"),
        ("law.exe", b"MZ", "kind"),
        ("law.html", b"<script>", "kind"), ("law.svg", b"<svg/>", "kind"), ("plan.docx", office("xl/workbook.xml"), "kind"),
        ("plan.docx", office("word/document.xml", "word/vbaProject.bin"), "kind"), ("figures.csv", b"\x00\x01", "kind"),
        ("law", b"%PDF-", "kind"),
        ("law.docx", b"PK\x03\x04", "kind"),
    ],
)  # fmt: skip
def test_others_are_refused(name: str, data: bytes, code: str) -> None:
    with pytest.raises(Refused, match=code):
        checked(name, data)


@given(st.text(max_size=300))
def test_a_name_is_plain_whatever_it_was(name: str) -> None:
    plain = plain_name(name)
    assert plain and len(plain) <= 120 and not set(plain) & set('/\\<>:"|?*;%\n\r\t\x00') and plain_name(plain) == plain
    assert not {"\u202e", "\u2066"} & set(plain), "nothing turns the name around"


def test_a_sealed_file_opens_where_it_belongs_and_nowhere_else(tmp_path: Path, settings: Any) -> None:
    settings.ENTRAIDE_KEYS = str(tmp_path / "keys")
    vault.store().prepare()
    place = uuid4()
    key, sealed = seal_file(uuid4(), belongs_to=place, data=b"%PDF-1.7 invented")
    assert b"invented" not in sealed and open_file(key, belongs_to=place, sealed=sealed) == b"%PDF-1.7 invented"
    with pytest.raises(Damaged):
        open_file(key, belongs_to=uuid4(), sealed=sealed)
    with pytest.raises(Damaged):
        open_file(key, belongs_to=place, sealed=sealed[:-1] + bytes([sealed[-1] ^ 1]))
