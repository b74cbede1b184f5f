"""Short ways to say what a test reads."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from entraide.engines.htcds import Reading, read

TODAY = date(2026, 1, 15)
Stored = str | int | float | bool | date | datetime | None


def read_text(text: str, *, ignore_unknown: bool = False) -> Reading:
    """The reading of a CSV given as text."""
    return read(text.encode(), "cases.csv", today=TODAY, ignore_unknown=ignore_unknown)


def read_one(heading: str, cell: str) -> Reading:
    """The reading of one case with a number and one more cell."""
    quoted = cell.replace('"', '""')
    return read_text(f'CaseNumber,{heading}\n1,"{quoted}"\n')


def workbook(*rows: tuple[Stored, ...], before: tuple[str, ...] = ()) -> bytes:
    """An XLSX file of these rows; `before` names sheets of notes that stand first."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for title in before:
        sheet.title = title
        sheet.append(["Notes", "to the reader"])
        sheet = book.create_sheet("Cases")
    for row in rows:
        sheet.append(list(row))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def archive(**parts: bytes) -> bytes:
    """A ZIP file; two underscores in a name are a slash, one is a point."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name.replace("__", "/").replace("_", "."), content)
    return stream.getvalue()


def altered(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one of its parts changed."""
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(stream, "w", ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part)
            target.writestr(part.filename, change(content) if part.filename == name else content)
    return stream.getvalue()


def read_book(data: bytes, *, ignore_unknown: bool = False) -> Reading:
    """The reading of a workbook."""
    return read(data, "cases.xlsx", today=TODAY, ignore_unknown=ignore_unknown)


def found(reading: Reading) -> list[tuple[int, str, str]]:
    """(row, column, code) of each problem."""
    return [(problem.row, problem.column, problem.code) for problem in reading.problems]


def codes(reading: Reading) -> list[str]:
    """The code of each problem."""
    return [problem.code for problem in reading.problems]
