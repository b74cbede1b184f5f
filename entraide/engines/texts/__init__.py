"""Structured texts: read from plain text, Word and Akoma Ntoso, written back, compared by words, quoted by links that keep."""

from pathlib import PurePath

from entraide.engines.texts.aknin import read_akn
from entraide.engines.texts.aknout import Work, write_akn
from entraide.engines.texts.anchors import Anchor, Lost, Span, anchor, find, locate
from entraide.engines.texts.diffing import Change, Difference, Op, Run, diff, diff_nodes, diff_words
from entraide.engines.texts.docxin import read_docx
from entraide.engines.texts.docxout import Cover, write_docx
from entraide.engines.texts.model import DocumentKind, Footnote, Furniture, Imported, Kind, Node, Place, Problem, Refused, Text
from entraide.engines.texts.plain import language_tag, read_plain
from entraide.engines.texts.plainout import displayed, write_plain
from entraide.engines.texts.sentences import SENTENCES, STATES
from entraide.engines.texts.step import Gap, InStep, in_step

__all__ = [
    "SENTENCES",
    "STATES",
    "Anchor",
    "Change",
    "Cover",
    "Difference",
    "DocumentKind",
    "Footnote",
    "Furniture",
    "Gap",
    "Imported",
    "InStep",
    "Kind",
    "Lost",
    "Node",
    "Op",
    "Place",
    "Problem",
    "Refused",
    "Run",
    "Span",
    "Text",
    "Work",
    "anchor",
    "diff",
    "diff_nodes",
    "diff_words",
    "displayed",
    "find",
    "in_step",
    "locate",
    "read",
    "read_akn",
    "read_docx",
    "read_plain",
    "write_akn",
    "write_docx",
    "write_plain",
]


def read(data: bytes, filename: str, language: str) -> Imported:
    """A file by its name: `.txt`, `.docx`, or `.xml` (Akoma Ntoso). `Refused` with one sentence where it cannot be read."""
    language_tag(language)
    if not data.strip():
        raise Refused("empty")
    ending = PurePath(filename).suffix.lower()
    if ending == ".docx":
        return read_docx(data, language)
    if ending in (".xml", ".akn"):
        return read_akn(data, language)
    if ending in (".txt", ".text", ".md", ""):
        return read_plain(data, language)
    raise Refused("format")
