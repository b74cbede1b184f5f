"""Read an HTCDS file whole: every value that can be taken, and the place and reason of every one that cannot."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain

from openpyxl.utils import get_column_letter

from entraide.engines.htcds import csvfile, xlsxfile
from entraide.engines.htcds.catalogue import FIELDS
from entraide.engines.htcds.cells import check_text
from entraide.engines.htcds.columns import FieldColumns, by_field, combined
from entraide.engines.htcds.model import Type
from entraide.engines.htcds.names import Heading, Role, is_xlsform, nearest, recognise
from entraide.engines.htcds.reading import (
    EMPTY,
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_PROBLEMS,
    MAX_ROWS,
    Cell,
    Dialect,
    Kind,
    Problem,
    Reading,
    Refused,
    Row,
    Unreadable,
    shown,
)

Lines = Iterator[tuple[int, list[Cell]]]
_At = Callable[[int], Cell]
_Complain = Callable[[int, Refused], None]
MAX_SOURCE_ID = 200
_LAST_ROW = 100_000
"""Blank rows are skipped, but not for ever."""
_NAMES = ("prs_FirstName", "prs_MiddleName", "prs_SecondName")


def read(data: bytes, filename: str, *, today: date, ignore_unknown: bool = False) -> Reading:
    """The cases in a CSV or XLSX file of HTCDS 2.0 fields, in either of the standard's spellings.

    What the file is, its bytes say; `filename` only helps to name a format that cannot be read. Dates after `today` are refused where
    they tell of the past. Columns that are no HTCDS fields are problems, unless `ignore_unknown`; the survey tool's and Salesforce's
    own columns are always set aside. Raises nothing for any input: whatever is wrong is in `problems`, at most 1,000 and a note.
    """
    book = _Reader(today, ignore_unknown)
    try:
        dialect, lines = _opened(data, filename)
        book.dialect = dialect
        book.take(lines)
    except Unreadable as reason:
        book.complain(reason.row, None, reason)
    return book.result()


def _opened(data: bytes, filename: str) -> tuple[Dialect, Lines]:
    if not data.strip(b"\xef\xbb\xbf\r\n\t "):
        raise Unreadable("file_empty")
    if len(data) > MAX_BYTES:
        raise Unreadable("file_too_large", limit=MAX_BYTES // 1024 // 1024)
    if xlsxfile.is_workbook(data):
        title, lines = xlsxfile.rows(data)
        return Dialect(format="xlsx", sheet=title), lines
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")):
        raise Unreadable("file_not_spreadsheet")
    if filename.casefold().endswith((".xlsx", ".xlsm")):
        raise Unreadable("file_broken")
    text, encoding = csvfile.decode(data)
    dialect = csvfile.dialect_of(text, encoding)
    return dialect, csvfile.rows(text, dialect.delimiter)


class _Reader:
    """One reading in progress."""

    def __init__(self, today: date, ignore_unknown: bool) -> None:
        self.today = today
        self.ignore_unknown = ignore_unknown
        self.dialect = Dialect()
        self.rows: list[Row] = []
        self.problems: list[Problem] = []
        self.unlisted = 0
        self.headings: list[str] = []
        self.meant: list[Heading] = []
        self.columns: dict[str, FieldColumns] = {}
        self.unused: set[int] = set()
        self.source: int | None = None
        self.seen: dict[object, int] = {}

    def complain(self, row: int, place: int | None, reason: Refused, said: str = "") -> None:
        """Write a problem down, or only count it where the list is full."""
        if len(self.problems) >= MAX_PROBLEMS:
            self.unlisted += 1
            return
        column = "" if place is None else get_column_letter(place + 1)
        field = self.meant[place].field if place is not None and place < len(self.meant) else ""
        self.problems.append(Problem(row, column, field or None, reason.code, reason.params, shown(said)))

    def result(self) -> Reading:
        """Everything read, problems in the order of rows."""
        problems = sorted(self.problems, key=lambda problem: problem.row)
        if self.unlisted:
            problems.append(Problem(0, "", None, "more_problems", {"count": self.unlisted}))
        left_out = tuple(name for place, name in enumerate(self.headings) if place in self.unused and name.strip())
        return Reading(tuple(self.rows), tuple(problems), left_out, self.dialect)

    def take(self, lines: Lines) -> None:
        """Headings first, then every row."""
        filled = (line for line in lines if any(cell.text and not cell.text.isspace() for cell in line[1]) or _too_far(line[0]))
        heading_row, first = next(filled, (0, []))
        self.name_columns(heading_row, first)
        kept: list[tuple[int, list[Cell]]] = []
        broken: Unreadable | None = None
        try:
            for number, cells in filled:
                if len(kept) == MAX_ROWS or _too_far(number):
                    raise Unreadable("too_many_rows", limit=MAX_ROWS, last=kept[-1][0] if kept else heading_row)
                kept.append((number, cells))
        except Unreadable as reason:
            broken = reason
        self.judge_columns(heading_row, kept)
        for number, cells in kept:
            self.take_row(number, cells)
        if broken:
            raise broken
        if not kept:
            raise Unreadable("no_rows")

    def name_columns(self, row: int, cells: list[Cell]) -> None:
        """Find out what each heading means; raises Unreadable where nothing here is HTCDS."""
        while cells and not cells[-1].text.strip():
            cells = cells[:-1]
        if len(cells) > MAX_COLUMNS:
            raise Unreadable("too_many_columns", limit=MAX_COLUMNS)
        self.headings = [cell.text for cell in cells]
        self.meant = [recognise(name) for name in self.headings]
        self.columns, twice = by_field(self.headings)
        if not self.columns:
            raise Unreadable("no_headings", row=row, example="prs_FirstName")
        for first, second, field in twice:
            self.unused.add(second)
            places = {"first": get_column_letter(first + 1), "second": get_column_letter(second + 1)}
            self.complain(row, second, Refused("column_twice", field=field, **places))

    def judge_columns(self, row: int, lines: list[tuple[int, list[Cell]]]) -> None:
        """Decide, now that it is known which columns hold anything, which are used, set aside or a problem."""
        filled = {place for _, cells in lines for place, cell in enumerate(cells[: len(self.headings)]) if cell.text.strip()}
        sources = [place for place, meant in enumerate(self.meant) if meant.role is Role.SOURCE]
        self.source = min(sources, key=lambda place: (place not in filled, self.meant[place].rank), default=None)
        for place, meant in enumerate(self.meant):
            if meant.role in (Role.FIELD, Role.CHOICE) or place == self.source:
                continue
            self.unused.add(place)
            if meant.role is Role.UNKNOWN and place in filled and not self.ignore_unknown:
                self.complain(row, place, self.why_unknown(place), self.headings[place])
        used = tuple(name for place, name in enumerate(self.headings) if place not in self.unused)
        spelling = "xlsform" if any(is_xlsform(name) for name in used) else "ods"
        self.dialect = replace(self.dialect, headers=used, spelling=spelling, separator=self.separator(lines, spelling))

    def why_unknown(self, place: int) -> Refused:
        """The reason why a heading means nothing."""
        heading, field = self.headings[place], self.meant[place].field
        if not heading.strip():
            return Refused("column_unnamed")
        if field:
            return Refused("column_choice_unknown", field=field)
        near = nearest(heading)
        return Refused("column_unknown", nearest=near) if near else Refused("column_unknown_no_idea")

    def separator(self, lines: list[tuple[int, list[Cell]]], spelling: str) -> str:
        """What stands between the values of a multiselect: the first seen, else what the spelling's tools write."""
        multi = [
            column.whole for column in self.columns.values() if FIELDS[column.field].type is Type.MULTISELECT and column.whole is not None
        ]
        texts = (cells[place].text for _, cells in lines for place in multi if place < len(cells))
        return next((sign for text in texts for sign in ";|" if sign in text), " " if spelling == "xlsform" else ";")

    def take_row(self, number: int, cells: list[Cell]) -> None:
        """One case: its values, its raw cells, and whether it is one at all."""
        row = Row(values={}, number=number)
        refused: set[int] = set()

        def cell(place: int) -> Cell:
            return cells[place] if place < len(cells) else EMPTY

        def complain(place: int, reason: Refused) -> None:
            refused.add(place)
            self.complain(number, place, reason, cell(place).text)

        for name, column in self.columns.items():
            value = combined(column, cell, self.today, complain)
            if value is not None:
                row.values[name] = value
        for place, heading in enumerate(self.headings):
            if place not in self.unused and cell(place).text:
                row.raw[heading] = cell(place).text
                if cell(place).kind is not Kind.TEXT:
                    row.kinds[heading] = cell(place).kind
        for place in range(len(self.headings), len(cells)):
            if cells[place].text.strip():
                self.complain(number, place, Refused("cells_beyond_headings"), cells[place].text)
                break
        row.source_id = self.source_id(cell, complain)
        self.judge_row(row, cell, frozenset((place, cell(place).text) for place in refused))
        self.rows.append(row)

    def source_id(self, cell: _At, complain: _Complain) -> str | None:
        """The case's number in the system that the file comes from."""
        if self.source is None:
            return None
        written = cell(self.source)
        text = written.text.strip()
        try:
            check_text(written, lines=False)
            if text.startswith("="):
                raise Refused("formula")
            if len(text) > MAX_SOURCE_ID:
                raise Refused("source_too_long", limit=MAX_SOURCE_ID)
            if written.kind is Kind.NUMBER and len(text) > 15:
                raise Refused("number_rounded")
        except Refused as reason:
            complain(self.source, reason)
            return None
        return text or None

    def judge_row(self, row: Row, cell: _At, refused: frozenset[tuple[int, str]]) -> None:
        """A row that describes nobody, and a row that comes twice, are problems."""
        case = (column for name, column in self.columns.items() if name in _NAMES or name.startswith("vic_"))
        told = chain(((self.source,) if self.source is not None else ()), *(column.places() for column in case))
        if not any(cell(place).text.strip() for place in told):
            self.complain(row.number, None, Refused("case_empty"))
            return
        mark: object = row.source_id or (row.fingerprint(), refused)
        first = self.seen.setdefault(mark, row.number)
        if first != row.number:
            self.complain(
                row.number, self.source if row.source_id else None, Refused("source_twice" if row.source_id else "row_twice", first=first)
            )


def _too_far(number: int) -> bool:
    return number > _LAST_ROW
