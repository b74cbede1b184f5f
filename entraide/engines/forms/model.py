"""A form as a tree: sections (some repeat) that hold questions; what an import could not place."""

from collections.abc import Iterator
from dataclasses import dataclass, field

Texts = dict[str, str]
"""{language: text}."""
KINDS = frozenset({"text", "long", "integer", "decimal", "date", "yes_no", "one", "many", "table", "file", "note"})


@dataclass(frozen=True)
class Option:
    """One of the answers to choose from, or a row or column of a table."""

    code: str
    labels: Texts


@dataclass
class Question:
    """A question; `extra` keeps what means nothing here and is given back on export."""

    key: str
    kind: str
    labels: Texts = field(default_factory=dict)
    hints: Texts = field(default_factory=dict)
    options: list[Option] = field(default_factory=list)
    rows: list[Option] = field(default_factory=list)
    columns: list[Option] = field(default_factory=list)
    condition: str = ""
    constraint: str = ""
    constraint_texts: Texts = field(default_factory=dict)
    required: bool = False
    provisions: list[str] = field(default_factory=list)
    extra: dict[str, str] = field(default_factory=dict)


@dataclass
class Section:
    """A group of questions and further sections; `loose` ones stand for questions that were in no group."""

    key: str
    titles: Texts = field(default_factory=dict)
    intros: Texts = field(default_factory=dict)
    condition: str = ""
    repeats: bool = False
    most: int | None = None
    parts: list["Section | Question"] = field(default_factory=list)
    loose: bool = False
    extra: dict[str, str] = field(default_factory=dict)

    def walk(self) -> Iterator["Section | Question"]:
        """Itself and everything in it, in reading order."""
        yield self
        for part in self.parts:
            if isinstance(part, Section):
                yield from part.walk()
            else:
                yield part


@dataclass
class Form:
    """A whole questionnaire; the first language is the one it was written in."""

    code: str = ""
    titles: Texts = field(default_factory=dict)
    intros: Texts = field(default_factory=dict)
    languages: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    extra: dict[str, str] = field(default_factory=dict)

    def walk(self) -> Iterator[Section | Question]:
        """Everything in reading order."""
        for section in self.sections:
            yield from section.walk()

    def questions(self) -> list[Question]:
        """Every question in reading order."""
        return [part for part in self.walk() if isinstance(part, Question)]


@dataclass(frozen=True)
class Problem:
    """What could not be placed, or was placed otherwise than it was written.

    `sheet` and `row` (from 1, as the spreadsheet counts; 0: the sheet itself) say where, `code` why, `text` what stands there;
    `cells` holds the row whole where nothing of it was placed.
    """

    sheet: str
    row: int
    code: str
    text: str = ""
    cells: dict[str, str] = field(default_factory=dict)


@dataclass
class Imported:
    """What an import found: the form, and everything to look at."""

    form: Form
    problems: list[Problem] = field(default_factory=list)


class Refused(Exception):
    """The file cannot be read at all; `code` says why."""

    def __init__(self, code: str, part: str = "") -> None:
        super().__init__(code)
        self.code, self.part = code, part
