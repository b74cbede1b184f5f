"""What reading a file gives: rows with values, problems with their place, and the dialect to write the file back in."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from entraide.engines.htcds.model import Value
from entraide.engines.htcds.sentences import SENTENCES

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 5_000
MAX_COLUMNS = 200
MAX_CELL = 10_000
MAX_PROBLEMS = 1_000
SHOWN = 40


class Kind(StrEnum):
    """How a cell is stored; only a workbook knows anything but text."""

    TEXT = "text"
    NUMBER = "number"
    CHECKBOX = "checkbox"
    DATE = "date"
    FORMULA = "formula"
    ERROR = "error"


class Cell(NamedTuple):
    """A cell as text (dates in ISO 8601, checkboxes as TRUE or FALSE), and how it was stored."""

    text: str
    kind: Kind = Kind.TEXT


EMPTY = Cell("")


class Refused(ValueError):
    """A value that cannot be taken, with the code of the sentence that says why; never carries the value."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Unreadable(Refused):
    """A file that cannot be read from some row on (0: not at all)."""

    def __init__(self, code: str, row: int = 0, **params: str | int) -> None:
        super().__init__(code, **params)
        self.row = row


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the file that must be put right: `row` as the spreadsheet counts (0: the whole file), `column` its letters.

    `code` and `params` never hold what a person's cell says and may be logged; `shown` does (cut to 40 characters, controls
    escaped), is for the uploader's eyes, and stays out of `repr` and `str`.
    """

    row: int
    column: str
    field: str | None
    code: str
    params: Mapping[str, str | int] = dataclasses.field(default_factory=dict)
    shown: str = dataclasses.field(default="", repr=False)

    def sentence(self) -> str:
        """The reason in English; pages translate `SENTENCES[code]` and fill in `params` themselves."""
        return SENTENCES[self.code] % self.params

    def __str__(self) -> str:
        return f"{self.row}{self.column}: {self.sentence()}"


def shown(text: str) -> str:
    """The first 40 characters, with everything that does not print (controls, bidi marks) written as U+XXXX."""
    visible = "".join(sign if sign.isprintable() else f"[U+{ord(sign):04X}]" for sign in text[: SHOWN + 1])
    return visible if len(text) <= SHOWN and len(visible) <= SHOWN else visible[:SHOWN] + "…"


@dataclass(slots=True)
class Record:
    """One case to write: values by field id, and the cells it was read from (by heading) where it came from a file."""

    values: dict[str, Value]
    raw: dict[str, str] = dataclasses.field(default_factory=dict, repr=False)
    kinds: dict[str, Kind] = dataclasses.field(default_factory=dict)
    source_id: str | None = None

    def fingerprint(self) -> bytes:
        """SHA-256 over the values, independent of the order of columns and of spellings; 32 bytes.

        It recognises a case that has no source id when the same file comes again. Names and dates can be guessed
        until the digest fits: keep it only under a key, as any personal field.
        """
        plain = [(name, canonical(value)) for name, value in sorted(self.values.items())]
        return hashlib.sha256(json.dumps(plain, ensure_ascii=True).encode()).digest()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({len(self.values)} values)"


@dataclass(slots=True, repr=False)
class Row(Record):
    """One case as read: `number` is its row in the spreadsheet; `kinds` names the cells that a workbook did not store as text."""

    number: int = 0


def canonical(value: Value) -> str:
    """A value as text that the reader takes back: ISO dates, TRUE and FALSE, codes joined by a semicolon."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return ";".join(value) if isinstance(value, tuple) else str(value)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file was written, so that it can be written that way again.

    `headers` are the headings that were used, in order and to the letter; columns left out are not among them.
    `spelling` is "ods" or "xlsform", `encoding` one of utf-8, utf-8-sig, utf-16-le, utf-16-be (the last three with a byte order mark).
    """

    format: str = "csv"
    spelling: str = "ods"
    delimiter: str = ","
    separator: str = ";"
    encoding: str = "utf-8"
    newline: str = "\r\n"
    quote_all: bool = False
    final_newline: bool = True
    sheet: str = "HTCDS"
    headers: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Plain values, to be stored beside the import."""
        return asdict(self) | {"headers": list(self.headers)}

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> "Dialect":
        """The dialect from what `to_json` gave; KeyError or TypeError where it did not."""
        headers = stored["headers"]
        if not isinstance(headers, list):
            raise TypeError("headers must be a list")
        return replace(cls(**{key: value for key, value in stored.items() if key != "headers"}), headers=tuple(headers))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole file as read; nothing may be imported while `problems` is not empty."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]
    dialect: Dialect

    @property
    def ok(self) -> bool:
        """Whether every value of the file was taken."""
        return not self.problems
