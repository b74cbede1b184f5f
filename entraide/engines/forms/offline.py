"""A reply form that travels: as a workbook and as a document, filled anywhere; `bringing` reads it back question by question.

Each question carries its key, its instance and the version of the answer that stood there, so that whoever reads it back can see what
changed on both sides. Sources of the formats: Office Open XML (ECMA-376) through openpyxl and python-docx.
"""

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Pt, RGBColor

from entraide.engines.forms.books import MOST_IN_CELL, write_book

MARK = re.compile(r"\[\[(?P<key>[A-Za-z_][\w.-]*)#(?P<instance>\d{1,5})@(?P<version>\d{1,9})\]\]")
"""[[key#instance@version]] stands at the head of each question of a document."""
REPLY = re.compile(r"\[\[reply:(?P<reply>[0-9a-f-]{36})\]\]")


_UNFIT = re.compile("[^\\t\\n\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """A question with what stands there now, as text; `choices` are (code, text) pairs; `cells` of a table: {(row, column): text}."""

    key: str
    instance: int
    version: int
    section: str
    label: str
    hint: str = ""
    answer: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Words:
    """What the form itself says, in the language of whoever fills it."""

    title: str
    how: str
    section: str
    question: str
    hint: str
    answer: str
    choose: str
    mark: str
    long: str
    """In place of an answer that is longer than a cell holds."""


def hint_of(entry: Entry, words: Words) -> str:
    """What helps with a question: its hint, and the codes to choose from."""
    chosen = f"{words.choose} " + "; ".join(f"{code} = {text}" for code, text in entry.choices) if entry.choices else ""
    return "\n".join(filter(None, (entry.hint, chosen)))


def _mark(entry: Entry) -> str:
    return f"[[{entry.key}#{entry.instance}@{entry.version}]]"


def write_sheet(reply: str, entries: Iterable[Entry], words: Words) -> bytes:
    """The form as XLSX: one row for each question, the answer in its own column; what no cell holds cannot come back cut."""
    rows = [[words.section, words.question, words.hint, words.answer, words.mark]]
    for entry in entries:
        said = [entry.answer, _mark(entry)] if len(entry.answer) <= MOST_IN_CELL else [words.long, ""]
        rows.append([entry.section, entry.label, hint_of(entry, words), *said])
    about = [[words.title], [words.how], [f"[[reply:{reply}]]"]]
    return write_book({"form": rows, "about": about}, {"form": [26, 56, 40, 60, 26], "about": [100]})


def write_document(reply: str, entries: Iterable[Entry], words: Words) -> bytes:
    """The form as DOCX: for each question a table of one column: mark, question, hint, and a box for the answer."""
    made = docx.Document()
    made.core_properties.author = ""
    made.core_properties.title = words.title
    made.add_heading(clean(words.title), level=0)
    made.add_paragraph(clean(words.how))
    _small(made, f"[[reply:{reply}]]")
    section = ""
    for entry in entries:
        if entry.section != section:
            section = entry.section
            made.add_heading(clean(section), level=1)
        _box(made, entry, words)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _small(made: Document, text: str) -> None:
    run = made.add_paragraph().add_run(text)
    run.font.size, run.font.color.rgb = Pt(7), RGBColor(0x66, 0x66, 0x66)


def _box(made: Document, entry: Entry, words: Words) -> None:
    table = made.add_table(rows=2, cols=1)
    table.style = "Table Grid"
    head, body = table.rows[0].cells[0], table.rows[1].cells[0]
    mark = head.paragraphs[0].add_run(_mark(entry))
    mark.font.size, mark.font.color.rgb = Pt(7), RGBColor(0x66, 0x66, 0x66)
    head.add_paragraph().add_run(clean(entry.label)).bold = True
    if hint := hint_of(entry, words):
        head.add_paragraph(clean(hint)).runs[0].italic = True
    lines = clean(entry.answer).split("\n")
    body.paragraphs[0].add_run(lines[0]).font.highlight_color = WD_COLOR_INDEX.AUTO
    for line in lines[1:]:
        body.add_paragraph(line)
    made.add_paragraph()


def clean(text: str) -> str:
    """Without signs that XML cannot hold."""
    return _UNFIT.sub("", text)


TABLE_LINE = re.compile(r"^\s*(?P<row>[^|=]+?)\s*\|\s*(?P<column>[^|=]+?)\s*=\s*(?P<figure>.*?)\s*$")


def table_as_text(rows: Iterable[tuple[str, str]], columns: Iterable[tuple[str, str]], figures: Mapping[str, Mapping[str, str]]) -> str:
    """A table of figures as lines `row | column = figure`; rows and columns as (code, text)."""
    columns = list(columns)
    return "\n".join(
        f"{row} | {column} = {figures.get(row, {}).get(column, '')}".rstrip() for row, _text in rows for column, _name in columns
    )


def table_from_text(text: str) -> tuple[dict[str, dict[str, str]], list[str]]:
    """The lines back as {row: {column: figure}}, and those that are no such line or say something else of a figure that stands already."""
    found: dict[str, dict[str, str]] = {}
    odd: list[str] = []
    for line in filter(str.strip, text.splitlines()):
        match = TABLE_LINE.match(line)
        there = found.setdefault(match["row"], {}) if match else {}
        if match is None or (match["figure"] and there.get(match["column"], match["figure"]) != match["figure"]):
            odd.append(line.strip())
        elif match["figure"] or match["column"] not in there:
            there[match["column"]] = match["figure"]
    return found, odd
