"""Finding the head of a table and what each of its columns is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from entraide.engines.tables import words
from entraide.engines.tables.numbers import clean

SEARCHED = 60
DIMENSIONS = ("area", "year", "indicator", "dimension", "category", "sex", "age", "form", "citizenship", "label")


@dataclass(frozen=True)
class Column:
    """One column: its role, and for a column of numbers the codes that its name gives them."""

    name: str
    role: str
    codes: Mapping[str, str]


@dataclass(frozen=True)
class Head:
    """Where the head stands (index of its row) and its columns."""

    row: int
    columns: list[Column]

    def of(self, role: str) -> list[int]:
        """The places of the columns in this role."""
        return [place for place, column in enumerate(self.columns) if column.role == role]


def year_of(text: str) -> int | None:
    """A year from 1900 to 2100, with or without a footnote mark."""
    plain = clean(text)
    return int(plain) if re.fullmatch(r"(?:19|20)\d\d|2100", plain) else None


def head_of(rows: Sequence[Sequence[str]]) -> Head | None:
    """The first row that names a column of numbers and one of what they count."""
    for at, row in enumerate(rows[:SEARCHED]):
        columns = [column(text, place, first=not any(cell.strip() for cell in row[:place])) for place, text in enumerate(_trimmed(row))]
        numbers = [each for each in columns if each.role in {"number", "low"}]
        told = [each for each in columns if each.role in DIMENSIONS]
        named = [each for each in told if each.role != "label"] or all(each.role == "number" for each in columns[1:])
        if numbers and told and named:
            return Head(at, _once(columns))
    return None


def _trimmed(row: Sequence[str]) -> Sequence[str]:
    last = max((place for place, cell in enumerate(row) if cell.strip()), default=-1)
    return row[: last + 1]


def _once(columns: list[Column]) -> list[Column]:
    """Where State and code of the State both stand, the code; a second column of the same dimension only repeats the first."""
    taken: set[str] = set()
    made: list[Column] = []
    ordered = sorted(range(len(columns)), key=lambda place: "iso" not in words.normal(columns[place].name))
    keep: set[int] = set()
    for place in ordered:
        role = columns[place].role
        if role not in DIMENSIONS or role not in taken:
            keep.add(place)
            taken.add(role)
    for place, each in enumerate(columns):
        made.append(each if place in keep else Column(each.name, "context", {}))
    return made


def column(text: str, place: int, *, first: bool) -> Column:
    """What a column is by its name; an unnamed first column holds the names of its rows."""
    name, plain = text.strip(), words.normal(text)
    role = words.heads().get(plain, "")
    if role == "value":
        return Column(name, "number", {})
    if role:
        return Column(name, role, {})
    year = year_of(text)
    if year is not None:
        return Column(name, "number", {"year": str(year)})
    if not name:
        return Column(letter(place), "label" if first and place == 0 else "unnamed", {})
    codes = words.group(text)
    if codes is not None:
        return Column(name, "number", codes)
    tag = words.indicator(text)
    return Column(name, "number", {"indicator": tag}) if tag != "other" else Column(name, "unknown", {})


def letter(place: int) -> str:
    """The column's letter in a spreadsheet."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
