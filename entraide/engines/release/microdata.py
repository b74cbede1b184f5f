"""Reads the table of persons into small integers, in bounded memory."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import islice
from pathlib import Path

import numpy as np

from entraide.engines.release.arrays import Codes, Progress, quiet
from entraide.engines.release.refusal import Refused
from entraide.engines.sentence import gettext_noop as _
from entraide.engines.sentence import say

MOST_ROWS, MOST_PERSONS, MOST_CELLS = 10_000_000, 2_000_000, 250_000_000
MOST_COLUMNS, MOST_VALUES = 64, 5_000
BATCH = 20_000
MISSING = ""
NUL = "\0"  # in no text

NO_TEXT = _("The file is not UTF-8: save it as “CSV UTF-8” and try again.")


@dataclass
class Microdata:
    """Columns of codes. Code 0 is missing in every column; `values[column][code]` is what the file says."""

    names: list[str]
    values: list[list[str]]
    codes: list[Codes]
    left_out: int = 0  # further rows of a person who already has one

    @property
    def rows(self) -> int:
        return len(self.codes[0])

    @property
    def sizes(self) -> list[int]:
        return [len(values) for values in self.values]


class _Coding(dict[str, int]):
    """Gives each new value the next code; blanks at the ends do not count."""

    def __init__(self) -> None:
        super().__init__({MISSING: 0})
        self.listed = [MISSING]

    def __missing__(self, raw: str) -> int:
        value = raw.strip()
        if NUL in value:
            raise Refused(NO_TEXT)
        if value not in self:
            if len(self.listed) >= MOST_VALUES:
                why = _("A column has more than %(most)s different values: group them first (ages to bands, dates to years).")
                raise Refused(why, most=MOST_VALUES)
            self[value] = len(self.listed)
            self.listed.append(value)
        if raw != value:
            self[raw] = self[value]
        return self[value]


def read(path: Path, *, person: str | None = None, progress: Progress = quiet) -> Microdata:
    """The CSV at `path`: UTF-8, a line of names, one row per person; an empty cell is missing.

    Separated by comma, semicolon or tab. With `person` that column tells persons apart: only the first row of each is used and the column
    itself is dropped. Raises Refused with one sentence.
    """
    try:
        length = max(1, path.stat().st_size)
        with path.open("rb") as raw, TextIOWrapper(raw, encoding="utf-8-sig", newline="") as stream:
            return _read(stream, person, lambda: progress(say(_("Reading")), raw.tell() / length))
    except UnicodeDecodeError:
        raise Refused(NO_TEXT) from None
    except csv.Error as problem:
        raise Refused(_("The file cannot be read as CSV: %(problem)s."), problem=str(problem)) from None
    except OSError as problem:
        raise Refused(_("The file cannot be read: %(problem)s."), problem=problem.strerror or "") from None


def _read(stream: TextIOWrapper, person: str | None, tell: Callable[[], None]) -> Microdata:
    head = stream.readline()
    if NUL in head:
        raise Refused(NO_TEXT)
    reader = csv.reader([head], delimiter=_delimiter(head), strict=True)
    names = [name.strip() for name in next(reader, [])]
    dropped = _check(names, person)
    codings = [_Coding() for number in range(len(names)) if number != dropped]
    parts: list[list[Codes]] = [[] for _ in codings]
    seen: set[str] = set()
    rows = left_out = 0
    body = csv.reader(stream, delimiter=_delimiter(head), strict=True)
    for batch in iter(lambda: list(islice(body, BATCH)), []):
        whole = list(_whole(batch, len(names), body.line_num))
        kept = whole if dropped is None else list(_first_of_each(whole, dropped, seen))
        left_out += len(whole) - len(kept)
        rows += len(kept)
        _bounded(rows, len(names), dropped is not None)
        if kept:
            for part, column, coding in zip(parts, _across(kept, dropped), codings, strict=True):
                part.append(_code(column, coding))
        tell()
    if not rows:
        raise Refused(_("The file has no rows: there is nothing to release."))
    codes = [np.concatenate(parts.pop(0)) for _ in codings]  # one column at a time, so that nothing is held twice
    return Microdata([name for name in names if name != person], [coding.listed for coding in codings], codes, left_out)


def _first_of_each(rows: list[list[str]], column: int, seen: set[str]) -> Iterator[list[str]]:
    for row in rows:
        who = row[column].strip()
        if not who:
            raise Refused(_("A row does not say whose it is: the column of --person must be filled everywhere."))
        if who not in seen:
            seen.add(who)
            yield row


def _across(rows: list[list[str]], dropped: int | None) -> list[tuple[str, ...]]:
    columns = list(zip(*rows, strict=True))
    return columns if dropped is None else columns[:dropped] + columns[dropped + 1 :]


def _code(column: tuple[str, ...], coding: _Coding) -> Codes:
    return np.fromiter(map(coding.__getitem__, column), dtype=np.uint16, count=len(column))


def _whole(batch: list[list[str]], width: int, line: int) -> Iterator[list[str]]:
    for row in batch:
        if len(row) == width:
            yield row
        elif row:
            why = _("Before line %(line)s there is a row with %(cells)s cells where the first line has %(width)s.")
            raise Refused(why, line=line + 1, cells=len(row), width=width)


def _bounded(rows: int, width: int, persons: bool) -> None:
    most = min(MOST_PERSONS if persons else MOST_ROWS, MOST_CELLS // width)
    if rows > most:
        why = _("The file has more than %(most)s rows of %(width)s columns, which is more than is read at once: release a sample.")
        raise Refused(why, most=most, width=width)


def _delimiter(head: str) -> str:
    return max(",;\t", key=head.count)


def _check(names: list[str], person: str | None) -> int | None:
    """The place of the person's column."""
    if not any(names):
        raise Refused(_("The file is empty: its first line must name the columns."))
    if not all(names) or len(set(names)) < len(names):
        raise Refused(_("The first line must give every column a name of its own."))
    if person is not None and person not in names:
        raise Refused(_("--person names a column that the file does not have."))
    width = len(names) - (person is not None)
    if width < 2:
        raise Refused(_("There is only one column: nothing to combine, so there are no rows to make; a simple count will do."))
    if width > MOST_COLUMNS:
        why = _("There are %(width)s columns and at most %(most)s can be protected together: keep those that will be read.")
        raise Refused(why, width=width, most=MOST_COLUMNS)
    return None if person is None else names.index(person)
