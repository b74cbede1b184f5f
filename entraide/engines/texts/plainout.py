"""A tree to plain text: one line for each unit, an empty line between, notes at the end."""

import re
from collections.abc import Iterator

from entraide.engines.texts.model import Footnote, Kind, Node, Place, Text
from entraide.engines.texts.notes import TO_SUPERSCRIPT

BARE = re.compile(r"(?:\d+|[A-Z]+)(?: ?(?:bis|ter|quater|quinquies|sexies|septies|octies))?", re.IGNORECASE)
INDENT = {Kind.SUBPARAGRAPH: 1, Kind.POINT: 2, Kind.INDENT: 3}
RULE = "_" * 18


def displayed(number: str) -> str:
    """A number as readers see it: a bare numeral gets its full stop."""
    return f"{number}." if BARE.fullmatch(number) else number


def cited(text: str, notes: tuple[Footnote, ...], place: Place) -> str:
    """The text with the marks of its notes: figures raised, signs as they are, letters in square brackets."""
    for note in sorted((note for note in notes if note.place is place), key=lambda note: -note.at):
        mark = note.mark.translate(TO_SUPERSCRIPT) if note.mark.isdecimal() else note.mark if not note.mark.isalnum() else f"[{note.mark}]"
        text = text[: note.at] + mark + text[note.at :]
    return text


def write_plain(text: Text) -> str:
    """The whole text; lines are not wrapped. What is read back has the same numbers, headings and notes."""
    title = cited(text.title, text.notes, Place.TEXT)
    lines = [title] if title else []
    for node in text.nodes:
        lines += _lines(node)
    if notes := list(text.footnotes()):
        lines += [RULE, *(f"{note.mark}  {note.text}" for note in notes)]
    return "\n\n".join(lines) + "\n"


def _lines(node: Node) -> Iterator[str]:
    number = displayed(node.number)
    heading = cited(node.heading, node.footnotes, Place.HEADING)
    body = cited(node.text, node.footnotes, Place.TEXT)
    space = "    " * INDENT.get(node.kind, 0)
    if heading or node.kind in (Kind.ARTICLE, Kind.ANNEX, Kind.PART, Kind.CHAPTER):
        yield space + " ".join(part for part in (number, heading) if part)
        number = ""
    if number or body:
        yield space + " ".join(part for part in (number, body) if part)
    for child in node.children:
        yield from _lines(child)
