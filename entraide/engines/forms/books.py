"""Workbooks from strangers and for them: refused before they are opened where they are not what they say; cells as plain text."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

import openpyxl
from defusedxml.ElementTree import fromstring
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from entraide.engines.forms.model import Refused

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED, MAX_RATIO, MAX_PARTS = 64 * 1024 * 1024, 200, 1_000
MAX_ROWS, MAX_COLUMNS = 20_000, 200
MOST_IN_CELL = 32_767
FORMULA = "\x00"
"""Before the text of a formula, which is never a value."""
REMARKS = re.compile(r"xl/(comments|threadedComments|drawings)[^.]*\.xml")
Rows = list[tuple[int, list[str]]]


class _Sheet(Protocol):
    """What is used of openpyxl's read-only sheet."""

    title: str

    def reset_dimensions(self) -> None: ...

    def iter_rows(self) -> Iterator[tuple[object, ...]]: ...


def check(data: bytes, inside: str) -> None:
    """Raises Refused for what must not, or cannot, be opened: too big, empty, encrypted, another format, a bomb."""
    if not data:
        raise Refused("empty")
    if len(data) > MAX_BYTES:
        raise Refused("too_big", str(MAX_BYTES // 1024 // 1024))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except Exception:  # zipfile answers hostile archives with a dozen kinds of error; all mean the same here
        raise Refused("not_this_format") from None
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("encrypted")
    big = (part for part in parts if part.file_size > 1024 * 1024)
    if (
        len(parts) > MAX_PARTS
        or sum(part.file_size for part in parts) > MAX_UNPACKED
        or any(part.file_size > MAX_RATIO * max(part.compress_size, 1) for part in big)
    ):
        raise Refused("bomb")
    if not any(part.filename.startswith(inside) for part in parts):
        raise Refused("not_this_format")


def read_book(data: bytes) -> dict[str, Rows]:
    """{title of the sheet: [(row number, cells)]} without empty rows. Raises Refused."""
    check(data, "xl/")
    found: dict[str, Rows] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's warnings quote cells
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
            sheets: list[_Sheet] = list(book.worksheets)
            for sheet in sheets:
                sheet.reset_dimensions()  # what a sheet says of its own size may be wrong
                found[sheet.title] = _rows(sheet)
        except Refused:
            raise
        except Exception:  # openpyxl raises whatever the broken part makes it stumble over
            raise Refused("broken") from None
    return found


def remarks(data: bytes) -> list[tuple[str, str]]:
    """(part, text) of what was written beside the cells of a workbook: comments, text boxes. Raises Refused."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        try:
            roots = [(name, fromstring(archive.read(name))) for name in archive.namelist() if REMARKS.fullmatch(name)]
        except Exception:  # as above: whatever a broken part makes the readers stumble over
            raise Refused("broken") from None
    texts = ((name, [each.text or "" for each in root.iter() if each.tag.endswith(("}t", "}text"))]) for name, root in roots)
    return [(name, "\n".join(filter(str.strip, found))) for name, found in texts if any(map(str.strip, found))]


def pictures(data: bytes) -> list[str]:
    """The names of pictures and embedded files in an Office file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [name for name in archive.namelist() if re.match(r"(xl|word)/(media|embeddings)/.", name)]


def _rows(sheet: _Sheet) -> Rows:
    rows: Rows = []
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > MAX_ROWS:
            raise Refused("too_many_rows", str(MAX_ROWS))
        texts = [_text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if len(texts) > MAX_COLUMNS:
            raise Refused("too_many_columns", str(MAX_COLUMNS))
        if texts:
            rows.append((number, texts))
    return rows


def _text(cell: object) -> str:
    """A cell as a person reads it; a formula as it is written, behind its sign."""
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    if getattr(cell, "data_type", "") == "f":
        return f"{FORMULA}{getattr(value, 'text', value)}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat() if (value.hour, value.minute, value.second) == (0, 0, 0) else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(Decimal(repr(value)), "f")
    return str(value).replace("\r\n", "\n").replace("\x00", "").strip()


def write_book(sheets: dict[str, list[list[str]]], widths: dict[str, list[int]] | None = None) -> bytes:
    """A workbook of texts: the first row of each sheet is its heading; a text that begins like a formula stays a text."""
    book = openpyxl.Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for place, width in enumerate((widths or {}).get(title, []), start=1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        for number, row in enumerate(rows):
            sheet.append([_cell(sheet, text, heading=number == 0) for text in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: WriteOnlyWorksheet, text: str, *, heading: bool) -> Cell:
    clean = "".join(letter for letter in text if letter >= " " or letter in "\n\t")[:MOST_IN_CELL]
    cell = WriteOnlyCell(sheet, value=clean)
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if heading:
        cell.font = Font(bold=True)
    return cell
