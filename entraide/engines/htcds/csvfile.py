"""CSV as it comes: which encoding, which delimiter, and its rows."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from entraide.engines.htcds.names import Role, recognise
from entraide.engines.htcds.reading import MAX_COLUMNS, MAX_ROWS, Cell, Dialect, Unreadable

MARKS = {"utf-8-sig": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
DELIMITERS = ",;\t"


def decode(data: bytes) -> tuple[str, str]:
    """(text without byte order mark, encoding) of a file in UTF-8, or in UTF-16 with its mark.

    Nothing is guessed: in Latin-1 every byte is some letter, so a wrong guess corrupts names without a sound.
    Raises Unreadable with the first byte that is not text.
    """
    encoding = next((name for name, mark in MARKS.items() if data.startswith(mark)), "utf-8")
    if data.startswith(b"\xff\xfe\x00\x00"):
        raise Unreadable("file_not_utf8", byte=1, line=1)
    if encoding == "utf-8" and data[:1000].count(0) > len(data[:1000]) // 4:
        raise Unreadable("file_utf16_unmarked")
    mark = MARKS.get(encoding, b"")
    body = data[len(mark) :]
    try:
        return body.decode(encoding.removesuffix("-sig")), encoding
    except UnicodeDecodeError as error:
        before = body[: error.start].decode(encoding.removesuffix("-sig"), errors="replace")
        line = before.count("\n") + before.count("\r") - before.count("\r\n") + 1
        raise Unreadable("file_not_utf8", byte=len(mark) + error.start + 1, line=line) from None


def dialect_of(text: str, encoding: str) -> Dialect:
    """How the text is written: the delimiter is the one that finds the most known headings, then the most headings."""
    headings = {delimiter: _first(text, delimiter) for delimiter in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda sign: (_known(headings[sign]), len(headings[sign])))
    newline = next((sign for sign in ("\r\n", "\n", "\r") if sign in text), "\r\n")
    quoted = delimiter.join(f'"{name.replace(chr(34), chr(34) * 2)}"' for name in headings[delimiter])
    return replace(
        Dialect(format="csv", delimiter=delimiter, encoding=encoding, newline=newline),
        quote_all=bool(headings[delimiter]) and text.lstrip("\r\n").startswith(quoted),
        final_newline=text.endswith(("\n", "\r")),
    )


def rows(text: str, delimiter: str) -> Iterator[tuple[int, list[Cell]]]:
    """(row as a spreadsheet counts it, cells); raises Unreadable at the row where the quotation marks break."""
    number = 0
    try:
        for number, row in enumerate(_reader(text, delimiter), start=1):
            if len(row) > MAX_COLUMNS and any(cell.strip() for cell in row[MAX_COLUMNS:]):
                raise Unreadable("too_many_columns", row=number, limit=MAX_COLUMNS)
            yield number, [Cell(cell) for cell in row[:MAX_COLUMNS]]
    except csv.Error as error:
        huge = "field limit" in str(error)
        raise Unreadable("csv_cell_endless" if huge else "csv_broken", row=number + 1) from None


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _first(text: str, delimiter: str) -> list[str]:
    try:
        lines = islice(_reader(text, delimiter), MAX_ROWS)  # a file that begins with more blank rows is no list of cases
        return next((row for row in lines if any(cell.strip() for cell in row)), [])
    except csv.Error:
        return []


def _known(headings: list[str]) -> int:
    return sum(recognise(heading).role is not Role.UNKNOWN for heading in headings[:1000])
