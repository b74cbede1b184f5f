"""From bytes to rows of cells: encodings, byte order marks, damaged accents, separators, workbooks."""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from entraide.engines.tables.refusal import Unreadable

MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 10 * 1024 * 1024, 200_000, 300
MOST_UNPACKED = 200 * 1024 * 1024
SEPARATORS = ",;\t|"
Merged = tuple[int, int, int]
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_DAMAGED = re.compile(r"[ÃÂâÐÑØÙ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


@dataclass(frozen=True)
class Sheet:
    """Rows of text cells; the first row is number 1. `merged` down one column: column, first row, last row, all from 0."""

    rows: list[list[str]]
    name: str = ""
    separator: str = ""
    encoding: str = ""
    merged: Sequence[Merged] = ()


def sheets(data: bytes) -> list[Sheet]:
    """Every sheet of a workbook, or the one table of a text file."""
    if not data.strip(b"\x00 \r\n\t"):
        raise Unreadable("empty")
    if len(data) > MOST_BYTES:
        raise Unreadable("too_large")
    return _workbook(data) if data[:4] == b"PK\x03\x04" else [_text(data)]


def _text(data: bytes) -> Sheet:
    text, encoding = decoded(data)
    separator = separator_of(text)
    usual = csv.field_size_limit(MOST_BYTES)  # of the whole process: other readers count on the usual one
    try:
        rows = [[mended(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    finally:
        csv.field_size_limit(usual)
    if len(rows) > MOST_ROWS:
        raise Unreadable("too_large")
    if not any(any(cell.strip() for cell in row) for row in rows):
        raise Unreadable("empty")
    return Sheet(rows, separator=separator, encoding=encoding)


def decoded(data: bytes) -> tuple[str, str]:
    """The text and the encoding it was in. What is no UTF-8 is taken for Windows-1252, in which every byte that matters here is a sign."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(name, errors="replace").lstrip("\ufeff"), name
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if data[start:2000:2].count(0) > len(data[start:2000:2]) * 0.4:
            return data.decode(name, errors="replace"), name
    try:
        return data.decode("utf-8").replace("\x00", ""), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace").replace("\x00", ""), "cp1252"


def mended(cell: str) -> str:
    """A cell whose UTF-8 was once read as Windows-1252 (CÃ´te for Côte), put right; any other as it is."""
    for _time in range(2):
        if not _DAMAGED.search(cell):
            break
        try:
            cell = b"".join(_byte(sign) for sign in cell).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            break
    return cell


def _byte(sign: str) -> bytes:
    """Windows-1252 leaves five bytes without a sign; damaged texts carry them as they are."""
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1")


def separator_of(text: str) -> str:
    """The sign that cuts the first lines into most cells, and into equally many."""
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    best, found = (0.0, 0), ","
    for sign in SEPARATORS:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign))
        width, times = max(
            ((width, times) for width, times in widths.items() if width > 1), key=lambda one: one[0] * one[1], default=(0, 0)
        )
        score = (times / max(1, len(lines)) * min(width, 3), width)
        if width > 1 and score > best:
            best, found = score, sign
    return found


def _workbook(data: bytes) -> list[Sheet]:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(item.file_size for item in package.infolist()) > MOST_UNPACKED:
                raise Unreadable("too_large")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except Unreadable:
        raise
    except Exception:  # openpyxl raises whatever the damaged part makes it raise
        raise Unreadable("no_workbook") from None
    found = []
    for sheet in book.worksheets:
        try:
            rows = [[_written(cell) for cell in row[:MOST_COLUMNS]] for row in sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 1)]
            # read-only sheets do not tell what is merged, but where their part lies, which its types leave out
            merged = _merged(data, sheet._worksheet_path)  # type: ignore[attr-defined]
        except Exception:
            raise Unreadable("no_workbook") from None
        if len(rows) > MOST_ROWS:
            raise Unreadable("too_large")
        found.append(Sheet(rows, name=sheet.title, merged=merged))
    if not any(any(any(row) for row in sheet.rows) for sheet in found):
        raise Unreadable("empty")
    return found


def _merged(data: bytes, path: str) -> list[Merged]:
    from openpyxl.utils import column_index_from_string

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        found = _MERGED.findall(package.read(path.lstrip("/")))
    return [
        (column_index_from_string(left.decode()) - 1, int(top) - 1, int(bottom) - 1) for left, top, right, bottom in found if left == right
    ]


def _written(cell: object) -> str:
    """A cell of a workbook as text; whole numbers without a point, a day as its year where it is the first of January."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime | date):
        return str(cell.year) if (cell.month, cell.day) == (1, 1) else cell.isoformat()[:10]
    return mended(str(cell))
