"""Reading capture histories: who was on which lists, counted. Every fault is a sentence; nothing is guessed."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import TextIO

import numpy as np

from entraide.engines.estimation.refusal import Refused
from entraide.engines.estimation.subsets import Floats
from entraide.engines.sentence import gettext_noop as _

FEWEST, MOST = 2, 10
GREATEST = 10**12  # persons; beyond it a file is damaged
COUNT_NAMES = ("count", "counts", "n", "freq", "frequency", "total", "persons", "number")
CHUNK = 1_000_000  # lines gathered at a time: bounds memory
Rows = Iterator[tuple[list[str], int, int]]
_YES, _NO = {"1", "true", "yes"}, {"0", "false", "no"}


@dataclass(frozen=True)
class Histories:
    """How many persons were on exactly which lists. names: one per list; counts: (2**t,), cell 0 unused; bit i of a cell is list i.

    left_out: persons of the file who are only on lists that were not chosen.
    """

    names: tuple[str, ...]
    counts: Floats
    left_out: float = 0.0

    @property
    def total(self) -> float:
        """Persons on at least one list."""
        return float(self.counts[1:].sum())

    @property
    def shared(self) -> float:
        """Persons on two lists or more."""
        return float(sum(number for at, number in enumerate(self.counts) if at.bit_count() > 1))

    def refuse_unshared(self) -> None:
        """Refuses a table in which nobody is on two lists: whatever were said would come from the prior alone."""
        if not self.shared:
            raise Refused(
                "not-identifiable",
                _("No one is on two lists, so the table says nothing about who is on none."),
                _("Match the lists against each other first, or merge them."),
            )

    def checked(self) -> "Histories":
        """Itself, or the refusal of a table that cannot be estimated from at all."""
        if not self.total:
            raise Refused("input", _("The table counts no one: every cell is zero."), _("Check the count column."))
        for at, name in enumerate(self.names):
            if not self.counts[np.arange(len(self.counts)) >> at & 1 == 1].sum():
                raise Refused("input", _("No one is on the list %(list)s."), _("Leave it out: --lists without %(list)s."), list=name)
        return self


def read(path: Path, lists: Sequence[str] = (), count: str = "") -> Histories:
    """A CSV of 0/1 columns and a count, or of one row per person. Columns in any order; other separators , ; and tab are recognised.

    Where neither lists nor count is named the file is read twice, so that a file of any length needs no more memory than a short one.
    """
    return _read(lambda: _opened(path), lists, count)


def read_bytes(data: bytes, lists: Sequence[str] = (), count: str = "") -> Histories:
    """The same from the bytes of a CSV that is in memory."""
    return _read(lambda: _Lines(TextIOWrapper(BytesIO(data), encoding="utf-8-sig", newline=None)), lists, count)


def _read(opened: Callable[[], "_Lines"], lists: Sequence[str], count: str) -> Histories:
    with opened() as lines:
        first = next(lines, None)
        if first is None:
            raise Refused("input", _("The file is empty."))
        separator = max(",;\t", key=first.count)
        header = _cells(first, separator, 1)
        if all(re.fullmatch(r"[\d.,-]*", name) for name in header):
            raise Refused("input", _("The first line must name the columns."), _("Write a line of names above the table."))
        again = [name for name, times in Counter(header).items() if times > 1 and name]
        if again:
            raise Refused("input", _("Two columns are called “%(column)s”."), _("Give each column its own name."), column=again[0])
        other = set(range(len(header))) if lists or count else _not_flags(_gathered(lines, separator, len(header)), len(header))
    if any(not name and at not in other for at, name in enumerate(header)):
        raise Refused("input", _("A column of 0 and 1 has no name."), _("Give each column its own name."))
    names, counting = _columns(header, lists, count, [header[at] for at in sorted(other) if header[at] and not (lists or count)])
    guessed = not count and counting.lower() not in COUNT_NAMES
    with opened() as lines:
        next(lines)
        return _summed(header, names, counting, _gathered(lines, separator, len(header)), guessed=guessed).checked()


def _opened(path: Path) -> "_Lines":
    try:
        return _Lines(path.open(encoding="utf-8-sig", newline=None))
    except OSError as error:
        raise Refused("input", _("The file cannot be opened: %(error)s."), error=error.strerror or "") from None


class _Lines:
    """Lines of a text file that are not blank, with a sentence where the file is not text."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._each = (line.rstrip("\n") for line in file if line.strip())

    def __enter__(self) -> Iterator[str]:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            line = next(self._each)
        except (UnicodeDecodeError, IsADirectoryError):
            line = "\0"
        if "\0" in line:  # a workbook, or UTF-16 without a mark
            raise Refused("input", _("The file is not UTF-8 text."), _("Save it as CSV UTF-8."))
        return line


def _cells(text: str, separator: str, line: int) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([text], delimiter=separator, strict=True))]
    except csv.Error:
        raise Refused("input", _("Line %(line)s cannot be read as CSV."), _("Save it as CSV UTF-8."), line=line) from None


def _gathered(lines: Iterator[str], separator: str, width: int) -> Rows:
    """Rows, how often each occurs and the line it was first seen in; equal lines are gathered before they are read."""
    line = 2
    while chunk := list(islice(lines, CHUNK)):
        first: dict[str, int] = {}
        for at, text in enumerate(chunk, start=line):
            first.setdefault(text, at)
        for text, times in Counter(chunk).items():
            row = _cells(text, separator, first[text])
            if len(row) != width:
                raise _uneven(first[text], len(row), width)
            yield row, times, first[text]
        line += len(chunk)


def _not_flags(rows: Rows, width: int) -> set[int]:
    """The columns that hold anything but 0 and 1."""
    out: set[int] = set()
    for row, _times, _line in rows:
        out |= {at for at in range(width) if _flag(row[at]) is None}
    return out


def _columns(header: list[str], lists: Sequence[str], count: str, other: list[str]) -> tuple[list[str], str]:
    for name in [*lists, *([count] if count else [])]:
        if name not in header:
            raise Refused("input", _("There is no column “%(column)s”."), _("The columns are: %(columns)s."), column=name, columns=header)
    if len(set(lists)) < len(lists) or count in lists:
        raise Refused("input", _("A column is named twice in --lists and --count."))
    if not count:
        named = [name for name in header if name.lower() in COUNT_NAMES and name not in lists]
        named = [name for name in named if name in other] or named
        count = named[0] if len(named) == 1 else other[0] if len(other) == 1 and not named else ""
        strange = [name for name in other if name != count]
        if strange:
            raise _strange(strange[0])
    names = list(lists) or [name for name in header if name and name != count]
    if len(names) < FEWEST:
        raise Refused(
            "input",
            _("One list alone says nothing about who is on none."),
            _("At least two lists with persons in common are needed; three or more are better."),
        )
    if len(names) > MOST:
        raise Refused(
            "too-large",
            _("%(lists)s lists are more than %(most)s."),
            _("Merge lists that resemble each other, or choose some with --lists."),
            lists=len(names),
            most=MOST,
        )
    return names, count


def _strange(column: str) -> Refused:
    remedy = _("Name the lists with --lists a,b,c and the count with --count n.")
    return Refused("input", _("The column “%(column)s” holds other things than 0 and 1."), remedy, column=column)


def _flag(cell: str) -> bool | None:
    lower = cell.lower()
    return True if lower in _YES else False if lower in _NO else None


def _summed(header: list[str], names: list[str], count: str, rows: Rows, *, guessed: bool) -> Histories:
    """The table; `guessed`: the column of counts has no name that says so, and each history may stand there only once."""
    at = [header.index(name) for name in names]
    counting = header.index(count) if count else None
    rest = [column for column in range(len(header)) if column not in at and column != counting]
    sums = [0] * (1 << len(names))
    seen, left_out = set[int](), 0
    for row, times, line in rows:
        cell = _cell(row, at, names, line)
        if guessed and counting is not None and not re.match(r"[-+.\d]|$", row[counting]):
            raise _strange(count)
        number = times * (1 if counting is None else whole(row[counting], line, count))
        if guessed and count and (times > 1 or cell in seen):
            raise _wrong(
                _("The column “%(column)s” may count persons or tell them apart: in line %(line)s a history comes again."),
                _("Say --count %(column)s, or name the lists with --lists a,b,c."),
                line,
                count,
            )
        seen.add(cell)
        if cell:
            sums[cell] += number
        elif any(_flag(row[column]) for column in rest):
            left_out += number
        elif number:
            raise Refused(
                "input",
                _("Line %(line)s counts persons who are on no list."),
                _("Those are what is estimated; remove the line."),
                line=line,
            )
    if sum(sums) > GREATEST:
        raise Refused("input", _("The table counts more than %(most)s persons."), _("Check the count column."), most=GREATEST)
    return Histories(tuple(names), np.array(sums, dtype=np.float64), float(left_out))


def _cell(row: list[str], at: list[int], names: list[str], line: int) -> int:
    cell = 0
    for bit, column in enumerate(at):
        flag = _flag(row[column])
        if flag is None:
            raise _wrong(_("Line %(line)s: “%(column)s” is neither 0 nor 1."), _("Write 1 for on the list, 0 for not."), line, names[bit])
        cell |= flag << bit
    return cell


def whole(cell: str, line: int, column: str) -> int:
    """A count: digits, or digits and a decimal part of zeros; anything else is refused, naming the line, never the rounding of it."""
    if re.fullmatch(r"\d{1,18}(\.0*)?([eE]\+?0?\d)?", cell, re.ASCII):
        number = float(cell)
        if number.is_integer():
            return int(number)
    if re.fullmatch(r"-\d+(\.\d*)?", cell, re.ASCII) and float(cell) < 0:
        raise _wrong(_("Line %(line)s: “%(column)s” is negative."), _("A count is zero or more."), line, column)
    if re.fullmatch(r"[+-]?\d*\.\d+", cell, re.ASCII):
        raise _wrong(_("Line %(line)s: “%(column)s” is a fraction."), _("A count is a whole number of persons."), line, column)
    if not cell:
        raise _wrong(_("Line %(line)s: “%(column)s” is empty."), _("Write 0 where there is no one."), line, column)
    raise _wrong(_("Line %(line)s: “%(column)s” is not a whole number."), _("Write digits only, without separators."), line, column)


def _wrong(why: str, remedy: str, line: int, column: str) -> Refused:
    return Refused("input", why, remedy, line=line, column=column)


def _uneven(line: int, cells: int, header: int) -> Refused:
    why = _("Line %(line)s has %(cells)s cells, the header %(header)s.")
    return Refused("input", why, _("Repair the line."), line=line, cells=cells, header=header)


def read_draws(path: Path, lists: int) -> Floats:
    """Bootstrap draws: a header of capture histories ("101" is on the first and the third list), one row of counts per draw. (B, 2**t)."""
    with _opened(path) as lines:
        header = _cells(next(lines, ""), ",", 1)
        wrong = [name for name in header if not re.fullmatch(f"[01]{{{lists}}}", name) or "1" not in name]
        if wrong or len(set(header)) < len(header):
            raise Refused(
                "input",
                _("The header of the draws must name each history once, as %(lists)s digits 0 or 1, at least one of them 1."),
                lists=lists,
            )
        cells = [sum(int(digit) << at for at, digit in enumerate(name)) for name in header]
        draws = []
        for line, text in enumerate(lines, start=2):
            row = _cells(text, ",", line)
            if len(row) != len(header):
                raise _uneven(line, len(row), len(header))
            draw = np.zeros(1 << lists)
            draw[cells] = [whole(cell, line, name) for cell, name in zip(row, header, strict=True)]
            if not draw.sum():
                raise Refused("input", _("Line %(line)s of the draws counts no one."), line=line)
            draws.append(draw)
    if draws:
        return np.array(draws)
    raise Refused("input", _("The file of draws holds none."))
