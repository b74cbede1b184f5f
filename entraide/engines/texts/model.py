"""A structured text as an immutable tree: provisions with permanent ids, after Akoma Ntoso 3.0 (OASIS Standard, 2018)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from entraide.engines.texts.sentences import SENTENCES, STATES

MAX_BYTES = 10 * 1024 * 1024
MAX_LINE = 100_000
MAX_DEPTH = 24
CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ue000\ue001\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]"
)
BLANKS = re.compile("[ \t\r\n\x0b\x0c\x85\u2028\u2029]+")


class Refused(ValueError):
    """A file or value that cannot be taken, with the code of the sentence that says why; never carries the content."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return SENTENCES[self.code] % self.params


class Kind(StrEnum):
    """What a node is. Akoma Ntoso's element names, but for `heading` and `annex`, which it writes as a named `hcontainer`."""

    PREAMBLE = "preamble"
    RECITAL = "recital"
    PART = "part"
    TITLE = "title"
    CHAPTER = "chapter"
    SECTION = "section"
    SUBSECTION = "subsection"
    LEVEL = "level"
    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    SUBPARAGRAPH = "subparagraph"
    POINT = "point"
    INDENT = "indent"
    ALINEA = "alinea"
    HEADING = "heading"
    ANNEX = "annex"


class DocumentKind(StrEnum):
    """The Akoma Ntoso document type: `act` for what has articles, `statement` for resolutions, `doc` for reports and the rest."""

    ACT = "act"
    STATEMENT = "statement"
    DOC = "doc"


class Place(StrEnum):
    """Where in its node a footnote is cited."""

    TEXT = "text"
    HEADING = "heading"


def tidy(text: str) -> str:
    """Ordinary blanks and line ends as single spaces, none at the ends; non-breaking spaces stay."""
    return BLANKS.sub(" ", text).strip(" ")


def _check(*values: str) -> None:
    for value in values:
        if CONTROLS.search(value):
            raise Refused("controls")
        if value != tidy(value):
            raise Refused("untidy")


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note, its mark ("1", "*"), and the character offset `at` in the text or heading that cites it."""

    id: str
    mark: str
    text: str
    at: int
    place: Place = Place.TEXT

    def __post_init__(self) -> None:
        _check(self.mark, self.text)


@dataclass(frozen=True, slots=True)
class Node:
    """One provision. `number` is what is shown ("12", "a)", "Article 5"); a bare numeral is shown with a full stop.

    `text` comes before the children. Texts hold no line ends, no controls, no blanks at their ends (`Refused` otherwise).
    """

    id: str
    kind: Kind
    number: str = ""
    heading: str = ""
    text: str = ""
    footnotes: tuple[Footnote, ...] = ()
    children: "tuple[Node, ...]" = ()

    def __post_init__(self) -> None:
        _check(self.number, self.heading, self.text)
        for note in self.footnotes:
            if not 0 <= note.at <= len(self.heading if note.place is Place.HEADING else self.text):
                raise Refused("note_outside", id=self.id)

    def walk(self) -> "Iterator[Node]":
        """This node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Text:
    """A whole document in one language (BCP 47 tag). `notes` are footnotes of the title, and those that no node cites."""

    title: str
    language: str
    kind: DocumentKind
    nodes: tuple[Node, ...]
    notes: tuple[Footnote, ...] = ()

    def __post_init__(self) -> None:
        _check(self.title)
        if any(not 0 <= note.at <= len(self.title) for note in self.notes):
            raise Refused("note_outside", id="title")
        ids = [node.id for node in self.walk()] + [note.id for note in self.footnotes()]
        if len(ids) != len(set(ids)):
            raise Refused("same_id")

    def walk(self) -> Iterator[Node]:
        """All nodes in reading order."""
        for node in self.nodes:
            yield from node.walk()

    def footnotes(self) -> Iterator[Footnote]:
        """All footnotes: the title's, then by node."""
        yield from self.notes
        for node in self.walk():
            yield from node.footnotes

    def get(self, id: str) -> Node | None:
        """The node with this id, or None."""
        return next((node for node in self.walk() if node.id == id), None)


@dataclass(frozen=True, slots=True)
class Problem:
    """What somebody should look at: `line` as an editor counts (0: the whole file), the code of a sentence, the text concerned.

    With `placed` the text stands in the tree and there is a doubt about it; without, it stands nowhere else than here.
    """

    line: int
    text: str
    code: str
    placed: bool = False

    @property
    def reason(self) -> str:
        """The reason in English; pages translate `STATES[code]` themselves."""
        return STATES[self.code]


@dataclass(frozen=True, slots=True)
class Furniture:
    """What belongs to the paper and not to the text: running heads, page numbers, rules, hyphens at line ends, controls."""

    line: int
    text: str
    code: str

    @property
    def reason(self) -> str:
        """The reason in English."""
        return STATES[self.code]


@dataclass(frozen=True, slots=True)
class Imported:
    """A file as read: the tree, what is doubtful or could not be placed, and what was removed."""

    text: Text
    problems: tuple[Problem, ...] = ()
    furniture: tuple[Furniture, ...] = ()

    @property
    def unplaced(self) -> tuple[Problem, ...]:
        """The lines that stand nowhere in the tree."""
        return tuple(problem for problem in self.problems if not problem.placed)

    @property
    def doubts(self) -> tuple[Problem, ...]:
        """What stands in the tree but wants looking at."""
        return tuple(problem for problem in self.problems if problem.placed)
