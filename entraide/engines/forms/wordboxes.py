"""The words of a document as its reader sees them: paragraphs and tables in order, with what python-docx's own texts leave out.

That is: what was inserted with changes tracked, content controls, text boxes, and what stands in notes, comments, headers and footers.
Source: Office Open XML (ECMA-376, part 1, section 17).
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import docx
from defusedxml.ElementTree import fromstring

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
PARAGRAPH, TABLE, ROW, CELL = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc"))
GONE = {f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
NOTES = re.compile(r"word/(header|footer|footnotes|endnotes|comments)\d*\.xml")


class Node(Protocol):
    """What is used of an element, of whichever library."""

    tag: str
    text: str | None

    def __iter__(self) -> Iterator["Node"]: ...


@dataclass(frozen=True)
class Block:
    """A paragraph with its text, or a table with the texts of its cells, row by row; each kind is counted from 1."""

    number: int
    text: str = ""
    rows: list[list[str]] | None = None


def _nearest(node: Node, *tags: str) -> Iterator[Node]:
    """The elements of these kinds that are in no other of them."""
    for child in node:
        if child.tag in tags:
            yield child
        elif child.tag not in GONE:
            yield from _nearest(child, *tags)


def _pieces(node: Node) -> Iterator[str]:
    for child in node:
        if child.tag in {f"{W}t", MATH}:
            yield child.text or ""
        elif child.tag in SIGNS:
            yield SIGNS[child.tag]
        elif child.tag not in GONE and child.tag != PARAGRAPH:
            yield from _pieces(child)


def _paragraphs(node: Node) -> Iterator[str]:
    for paragraph in _nearest(node, PARAGRAPH):
        yield "".join(_pieces(paragraph))
        yield from _paragraphs(paragraph)


def _text(nodes: Iterable[Node]) -> str:
    return "\n".join(line for node in nodes for line in _paragraphs(node))


def blocks(data: bytes) -> Iterator[Block]:
    """The body of a document; text boxes come with the paragraph to which they are tied."""
    body: Node = docx.Document(io.BytesIO(data)).element.body
    paragraphs = tables = 0
    for node in _nearest(body, PARAGRAPH, TABLE):
        if node.tag == TABLE:
            tables += 1
            yield Block(tables, rows=[[_text([cell]) for cell in _nearest(row, CELL)] for row in _nearest(node, ROW)])
        else:
            paragraphs += 1
            yield Block(paragraphs, "\n".join(["".join(_pieces(node)), *_paragraphs(node)]))


def notes(data: bytes) -> Iterator[tuple[str, str]]:
    """(part, text) of notes, comments, headers and footers in which something stands."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in filter(NOTES.fullmatch, archive.namelist()):
            if text := _text([fromstring(archive.read(name))]).strip():
                yield name, text
