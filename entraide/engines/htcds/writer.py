"""Write cases back: equal to the file they came from where nothing changed, plain HTCDS where they came from none."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.cell import Cell as SheetCell

from entraide.engines.htcds.catalogue import FIELDS
from entraide.engines.htcds.columns import FieldColumns, by_field, combined
from entraide.engines.htcds.csvfile import MARKS
from entraide.engines.htcds.model import Value
from entraide.engines.htcds.names import Role, recognise, spelled
from entraide.engines.htcds.reading import Cell, Dialect, Kind, Record, Refused, canonical

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_HARMLESS = re.compile(r"[+-]?[0-9 .()-]+")
_SETTLED = (1980, 1, 1, 0, 0, 0)


def write_csv(records: Sequence[Record], dialect: Dialect | None = None, *, guard: bool = False) -> bytes:
    """The records as CSV in the dialect they were read in; without one, UTF-8 with all fields that hold a value.

    A cell is written exactly as it was read as long as the record's value is still what that cell means; otherwise plainly (ISO dates,
    TRUE/FALSE, codes). Fields that were added since get columns at the end. Not reproduced: columns that were left out,
    blank rows, needless quotation marks.

    A cell that begins with = + - or @ may be run as a formula by the spreadsheet of whoever opens the file. `guard=True` puts
    an apostrophe before such cells (numbers and telephone numbers excepted: they cannot do anything). It is off by default, because
    the guarded file is no longer the file that came in, and systems that read it would store the apostrophe; cells that begin with =
    never get past the reader. Turn it on where a person will open the CSV, or give them XLSX, where cells are text for certain.
    """
    dialect = dialect or Dialect()
    dialect = replace(dialect, headers=_headings(records, dialect))
    stream = io.StringIO(newline="")
    writer = csv.writer(
        stream,
        delimiter=dialect.delimiter,
        lineterminator=dialect.newline,
        quoting=csv.QUOTE_ALL if dialect.quote_all else csv.QUOTE_MINIMAL,
    )
    writer.writerow(dialect.headers)
    for record in records:
        texts = [cell.text for cell in _cells(record, dialect)]
        writer.writerow([_guarded(text) for text in texts] if guard else texts)
    text = stream.getvalue()
    if not dialect.final_newline:
        text = text.removesuffix(dialect.newline)
    return MARKS.get(dialect.encoding, b"") + text.encode(dialect.encoding.removesuffix("-sig"))


def write_xlsx(records: Sequence[Record], dialect: Dialect | None = None) -> bytes:
    """The records as a workbook of one sheet; the same records always give the same bytes.

    Cells are written as text, which no spreadsheet runs as a formula, but for unchanged cells that came as numbers, dates or checkboxes.
    What a sheet cannot hold (control characters, which the reader never takes) becomes U+FFFD. For the rest see `write_csv`.
    """
    dialect = dialect or Dialect(format="xlsx")
    dialect = replace(dialect, headers=_headings(records, dialect))
    book = Workbook(write_only=True)
    sheet = book.create_sheet(dialect.sheet)

    def stored(cell: Cell) -> SheetCell | None:
        if not cell.text:
            return None
        if cell.kind in (Kind.NUMBER, Kind.CHECKBOX, Kind.DATE):
            typed = WriteOnlyCell(sheet, _typed(cell))
            if cell.kind is Kind.DATE:
                typed.number_format = "yyyy-mm-dd"
            return typed
        written = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\ufffd", cell.text))
        written.data_type = "s"
        return written

    sheet.append([stored(Cell(name)) for name in dialect.headers])
    for record in records:
        sheet.append([stored(cell) for cell in _cells(record, dialect)])
    stream = io.BytesIO()
    book.save(stream)
    return settled(stream.getvalue())


def _headings(records: Sequence[Record], dialect: Dialect) -> tuple[str, ...]:
    """The dialect's headings, then the fields that have values but no column yet."""
    known = set(by_field(dialect.headers)[0])
    held = {name for record in records for name in record.values} - known
    added = [spelled(name, dialect.spelling) for name in FIELDS if name in held]
    numbered = any(record.source_id for record in records) and not any(recognise(name).role is Role.SOURCE for name in dialect.headers)
    return (*dialect.headers, *(["CaseNumber"] if numbered else []), *added)


def _cells(record: Record, dialect: Dialect) -> list[Cell]:
    headers = dialect.headers
    cells = [Cell("")] * len(headers)

    def read(place: int) -> Cell:
        heading = headers[place]
        return Cell(record.raw.get(heading, ""), record.kinds.get(heading, Kind.TEXT))

    for name, column in by_field(headers)[0].items():
        value = record.values.get(name)
        if _unchanged(column, read, value):
            for place in column.places():
                cells[place] = read(place)
        elif value is not None:
            _fill(cells, column, value, dialect.separator)
    for place, heading in enumerate(headers):
        if recognise(heading).role is Role.SOURCE:
            written = read(place)
            cells[place] = written if written.text.strip() == (record.source_id or "") else Cell(record.source_id or "")
    return cells


def _unchanged(column: FieldColumns, read: Callable[[int], Cell], value: Value | None) -> bool:
    reasons: list[Refused] = []
    meant = combined(column, read, date.max, lambda _, reason: reasons.append(reason))
    return not reasons and meant == value


def _fill(cells: list[Cell], column: FieldColumns, value: Value, separator: str) -> None:
    if column.whole is not None:
        cells[column.whole] = Cell(separator.join(value) if isinstance(value, tuple) else canonical(value))
    for code, place in column.choices.items():
        cells[place] = Cell("1" if isinstance(value, tuple) and code in value else "0")


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_DANGEROUS) and not _HARMLESS.fullmatch(text) else text


def _typed(cell: Cell) -> float | datetime:
    if cell.kind is Kind.CHECKBOX:
        return cell.text == "TRUE"
    if cell.kind is Kind.DATE:
        return datetime.fromisoformat(cell.text)
    return float(cell.text) if "." in cell.text else int(cell.text)


def settled(workbook: bytes) -> bytes:
    """The same workbook or document without the time at which it was written, so that the same content gives the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "docProps/core.xml":
                content = re.sub(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", b"1980-01-01T00:00:00Z", content)
            target.writestr(zipfile.ZipInfo(part.filename, _SETTLED), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
