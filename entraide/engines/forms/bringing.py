"""Reading a reply form that was filled elsewhere: what somebody wrote is the answer to a question, or stands in a list with its place.

`Printed` is what the form itself says, so that everything else in the file is known to be somebody's. Sources of the formats: Office Open
XML (ECMA-376) through openpyxl and python-docx.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from entraide.engines.forms.books import FORMULA, check, pictures, read_book, remarks
from entraide.engines.forms.model import Refused
from entraide.engines.forms.offline import MARK, REPLY, Entry, Words, clean, hint_of
from entraide.engines.forms.wordboxes import Block, blocks, notes


@dataclass(frozen=True)
class Spot:
    """Where something stands: row of a sheet, table or paragraph of a document (from 1), or a part of the file."""

    kind: str
    number: int = 0
    name: str = ""


@dataclass(frozen=True)
class Filled:
    """What came back for a question: the text, on top of which version."""

    key: str
    instance: int
    version: int
    text: str
    spot: Spot


@dataclass(frozen=True)
class Loose:
    """What somebody wrote that is no answer to a question; `code` says why."""

    spot: Spot
    code: str
    text: str


@dataclass(frozen=True)
class Printed:
    """What the form itself says: {line: keys of the questions whose text it is, "" among them where it is also said elsewhere};

    the headings of answers and marks; how lines begin that vary.
    """

    lines: Mapping[str, frozenset[str]] = field(default_factory=dict)
    answer: frozenset[str] = frozenset()
    mark: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()

    def foreign(self, text: str) -> str:
        """The lines of a text that the form did not say."""
        plain = MARK.sub("", REPLY.sub("", text)).replace(FORMULA, "")
        return "\n".join(line.strip() for line in plain.splitlines() if not self._says(_plain(line)))

    def _says(self, line: str) -> bool:
        return not line or line in self.lines or (bool(self.starts) and line.startswith(self.starts))

    def contradicts(self, key: str, texts: Iterable[str]) -> bool:
        """Whether the texts beside a mark are those of other questions."""
        return any(keys and key not in keys and "" not in keys for keys in self._keys(texts))

    def asks(self, text: str) -> bool:
        """Whether a question of the form stands in a text."""
        return any(keys and "" not in keys for keys in self._keys([text]))

    def _keys(self, texts: Iterable[str]) -> Iterator[frozenset[str]]:
        return (self.lines.get(_plain(line), frozenset()) for text in texts for line in text.splitlines())


def _plain(line: str) -> str:
    return " ".join(clean(line).split())


def printed(forms: Iterable[tuple[Words, Iterable[Entry]]], headings: Iterable[str] = (), starts: Iterable[str] = ()) -> Printed:
    """What a form says, in each language in which somebody may have taken it along."""
    lines: dict[str, frozenset[str]] = {}
    answer, mark = set(), set()

    def say(text: str, key: str = "") -> None:
        for line in filter(None, map(_plain, text.splitlines())):
            lines[line] = lines.get(line, frozenset()) | {key}

    for words, entries in forms:
        answer |= {_plain(words.answer), _plain(words.long)}
        mark.add(_plain(words.mark))
        for text in (words.title, words.how, words.section, words.question, words.hint, words.answer, words.mark, words.long):
            say(text)
        for entry in entries:
            say(entry.section)
            say(entry.label, entry.key)
            say(hint_of(entry, words), entry.key)
    for heading in headings:
        say(heading)
    return Printed(lines, frozenset(answer), frozenset(mark), tuple(filter(None, map(_plain, starts))))


@dataclass
class Brought:
    """A filled form: of which reply, its answers, and what else somebody wrote into it."""

    replies: set[str] = field(default_factory=set)
    filled: list[Filled] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)

    def place(self, match: re.Match[str], text: str, spot: Spot) -> None:
        """Keeps an answer; a formula is none."""
        if text.startswith(FORMULA):
            self.leave(spot, "formula", text)
        else:
            self.filled.append(Filled(match["key"], int(match["instance"]), int(match["version"]), text.strip(), spot))

    def leave(self, spot: Spot, code: str, *texts: str) -> None:
        """Lists what could not be placed, where there is anything."""
        if text := " | ".join(filter(None, (each.replace(FORMULA, "").strip() for each in texts))):
            self.loose.append(Loose(spot, code, text))


def read_filled(data: bytes, own: Printed) -> Brought:
    """A filled form, DOCX or XLSX by what is in it, whatever it is called. Raises Refused."""
    brought = read_document(data, own) if b"word/document.xml" in data else read_sheet(data, own)
    for name in pictures(data):
        brought.leave(Spot("part", name=name), "picture", name)
    if not brought.filled and not any(each.code in {"unsure", "formula"} for each in brought.loose):
        raise Refused("no_answers")
    return brought


def read_sheet(data: bytes, own: Printed) -> Brought:
    """A filled workbook: the answer stands under its heading; where that is gone, before the mark. Raises Refused."""
    brought = Brought()
    for title, rows in read_book(data).items():
        column: int | None = None
        for number, cells in rows:
            brought.replies.update(match["reply"] for cell in cells for match in REPLY.finditer(cell))
            heads = [at for at, cell in enumerate(cells) if _plain(cell) in own.answer]
            if heads and any(_plain(cell) in own.mark for cell in cells):
                column = heads[0]
            _read_row(brought, cells, column, Spot("row", number, title), own)
    for name, text in remarks(data):
        brought.leave(Spot("part", name=name), "beside", text)
    return brought


def _read_row(brought: Brought, cells: list[str], column: int | None, spot: Spot, own: Printed) -> None:
    marks = [at for at, cell in enumerate(cells) if "[[" in cell and MARK.search(cell)]
    match = MARK.search(cells[marks[0]]) if len(marks) == 1 else None
    if match is None:
        whole = [cell if marks or (at == column and _plain(cell) not in own.answer) else own.foreign(cell) for at, cell in enumerate(cells)]
        brought.leave(spot, "unsure" if marks else "no_mark", *whole)
        return
    at = column if column is not None and column != marks[0] else marks[0] - 1
    text = cells[at] if 0 <= at < len(cells) else ""
    others = cells[: max(at, 0)] + cells[max(at, 0) + (at >= 0) :]
    placed = column is not None and at == marks[0] - 1
    if (own.lines and text and not placed and not own.foreign(text)) or own.contradicts(match["key"], others):
        brought.leave(spot, "unsure", *cells)
        return
    brought.place(match, text, spot)
    brought.leave(spot, "beside", *map(own.foreign, others))


def read_document(data: bytes, own: Printed) -> Brought:
    """A filled document: under the row of a table that carries a mark stands the answer. Raises Refused."""
    check(data, "word/")
    brought = Brought()
    try:
        found, beside = list(blocks(data)), list(notes(data))
    except Exception:  # python-docx raises whatever the broken part makes it stumble over
        raise Refused("broken") from None
    for block in found:
        if block.rows is None:
            brought.replies.update(match["reply"] for match in REPLY.finditer(block.text))
            brought.leave(Spot("paragraph", block.number), "no_mark", own.foreign(block.text))
        else:
            _read_table(brought, block, own)
    for name, text in beside:
        brought.leave(Spot("part", name=name), "beside", text)
    return brought


def _read_table(brought: Brought, block: Block, own: Printed) -> None:
    """A table holds one question, or several where programs or people made one of two."""
    boxes: list[list[list[str]]] = []
    for row in block.rows or []:
        whole = "\n".join(row)
        if not boxes or MARK.search(whole) or (("[[" in whole or len(boxes[-1]) > 1) and own.asks(whole)):
            boxes.append([])
        boxes[-1].append(row)
    for number, (head, *body) in enumerate(boxes):
        _read_box(brought, head, ["\n".join(row) for row in body], Spot("table", block.number), own, apart=number > 0)


def _read_box(brought: Brought, head: list[str], body: list[str], spot: Spot, own: Printed, *, apart: bool) -> None:
    marks = list(MARK.finditer("\n".join(head)))
    if not marks and (body or not apart):
        brought.leave(spot, "no_mark", *map(own.foreign, head), *body)
    elif len(marks) != 1 or own.contradicts(marks[0]["key"], head):
        brought.leave(spot, "unsure", *head, *body)
    else:
        brought.place(marks[0], "\n".join(body), spot)
        brought.leave(spot, "beside", *map(own.foreign, head))
