"""XLSX as it comes: refused before it is opened where it is not what it says, then its cells."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

import openpyxl
from openpyxl.workbook import Workbook

from entraide.engines.htcds.names import Role, recognise
from entraide.engines.htcds.reading import MAX_COLUMNS, Cell, Kind, Unreadable

MAX_UNPACKED = 64 * 1024 * 1024
MAX_PART = 4 * 1024 * 1024
"""Of styles, relations and the like: everything but the sheets and their shared texts."""
MAX_RATIO = 200
MAX_PARTS = 1_000
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SPREADSHEET_ROWS = 1_048_576


class _Sheet(Protocol):
    """What is used of openpyxl's read-only sheet."""

    title: str

    def reset_dimensions(self) -> None: ...

    def iter_rows(self) -> Iterator[tuple[object, ...]]: ...


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a ZIP or an old Office file, whatever the file is called."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLD))


def check(data: bytes) -> None:
    """Raises Unreadable for what must not, or cannot, be opened: old, encrypted, another format, a bomb."""
    if data.startswith(_OLD):
        raise Unreadable("file_encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "file_old_excel")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            mimetype = archive.read("mimetype")[:100] if "mimetype" in archive.namelist() and not _bomb(parts) else b""
    except Exception:  # zipfile answers hostile archives with a dozen kinds of error; all mean the same here
        raise Unreadable("file_broken") from None
    if _bomb(parts):
        raise Unreadable("file_bomb")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("file_encrypted")
    if b"opendocument" in mimetype:
        raise Unreadable("file_open_document")
    names = {part.filename for part in parts}
    if "xl/workbook.bin" in names:
        raise Unreadable("file_binary_excel")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Unreadable("file_not_spreadsheet")


def _bomb(parts: list[zipfile.ZipInfo]) -> bool:
    """Judged by the sizes the archive declares: zipfile never unpacks more of a part than that."""
    big = [part for part in parts if part.file_size > 1024 * 1024]
    return (
        len(parts) > MAX_PARTS
        or sum(part.file_size for part in parts) > MAX_UNPACKED
        or any(part.file_size > MAX_RATIO * max(part.compress_size, 1) for part in big)
        or any(
            part.file_size > MAX_PART and not part.filename.startswith(("xl/worksheets/", "xl/sharedStrings", "xl/media/")) for part in big
        )
    )


def rows(data: bytes) -> tuple[str, Iterator[tuple[int, list[Cell]]]]:
    """(title, rows) of the first sheet whose first filled row holds HTCDS names, else of the first sheet. Raises Unreadable."""
    check(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's warnings quote cells
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
            sheet = _chosen(book)
        except Unreadable:
            raise
        except Exception:  # openpyxl raises whatever the broken part of the workbook makes it stumble over
            raise Unreadable("file_broken") from None
    return sheet.title, _cells(sheet)


def _chosen(book: Workbook) -> _Sheet:
    sheets: list[_Sheet] = list(book.worksheets)
    if not sheets:
        raise Unreadable("no_headings", example="prs_FirstName")
    for sheet in sheets:
        first = next((cells for _, cells in _cells(sheet) if any(cell.text.strip() for cell in cells)), [])
        if any(recognise(cell.text).role is Role.FIELD for cell in first):
            return sheet
    return sheets[0]


def _cells(sheet: _Sheet) -> Iterator[tuple[int, list[Cell]]]:
    sheet.reset_dimensions()  # what a sheet says of its own size may be wrong, and openpyxl would believe it
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        number = 0
        try:
            for number, row in enumerate(sheet.iter_rows(), start=1):
                if number > _SPREADSHEET_ROWS:
                    raise Unreadable("file_broken", row=number)
                cells = [_cell(cell) for cell in row]
                if len(cells) > MAX_COLUMNS and any(cell.text.strip() for cell in cells[MAX_COLUMNS:]):
                    raise Unreadable("too_many_columns", limit=MAX_COLUMNS)
                yield number, cells[:MAX_COLUMNS]
        except Unreadable:
            raise
        except Exception:  # as above: a broken sheet shows itself only while it is read
            raise Unreadable("file_broken", row=number + 1) from None


def _cell(cell: object) -> Cell:
    value = getattr(cell, "value", None)
    if value is None:
        return Cell("")
    kind = getattr(cell, "data_type", "s")
    if kind == "f":
        return Cell("=", Kind.FORMULA)
    if kind == "e":
        return Cell(str(value), Kind.ERROR)
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE", Kind.CHECKBOX)
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
        return Cell(value.date().isoformat() if midnight else value.isoformat(), Kind.DATE)
    if isinstance(value, date):
        return Cell(value.isoformat(), Kind.DATE)
    if isinstance(value, int | float):
        return _number(value)
    return Cell(str(value).replace("\r\n", "\n"))


def _number(value: int | float) -> Cell:
    if isinstance(value, float) and not value.is_integer():
        text = format(Decimal(repr(value)), "f") if abs(value) < 1e15 else "#NUM!"  # also true of nan, whose comparison is false
        return Cell(text, Kind.NUMBER if text != "#NUM!" else Kind.ERROR)
    return Cell(str(int(value)), Kind.NUMBER) if abs(value) < 1e300 else Cell("#NUM!", Kind.ERROR)
