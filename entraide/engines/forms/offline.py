"""A reply form that travels: as a workbook and as a document, filled anywhere, read back question by question.

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
from docx.table import Table

from entraide.engines.forms.books import FORMULA, check, read_book, write_book
from entraide.engines.forms.model import Refused

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
class Filled:
    """What came back for a question: the text, on top of which version."""

    key: str
    instance: int
    version: int
    text: str
    place: str
    """Where it stands in the file, for whoever looks for it."""


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


def _hint(entry: Entry, words: Words) -> str:
    chosen = f"{words.choose} " + "; ".join(f"{code} = {text}" for code, text in entry.choices) if entry.choices else ""
    return "\n".join(filter(None, (entry.hint, chosen)))


def _mark(entry: Entry) -> str:
    return f"[[{entry.key}#{entry.instance}@{entry.version}]]"


def write_sheet(reply: str, entries: Iterable[Entry], words: Words) -> bytes:
    """The form as XLSX: one row for each question, the answer in its own column."""
    rows = [[words.section, words.question, words.hint, words.answer, words.mark]]
    rows += [[entry.section, entry.label, _hint(entry, words), entry.answer, _mark(entry)] for entry in entries]
    about = [[words.title], [words.how], [f"[[reply:{reply}]]"]]
    return write_book({"form": rows, "about": about}, {"form": [26, 56, 40, 60, 26], "about": [100]})


def read_sheet(data: bytes) -> tuple[str, list[Filled]]:
    """(reply, answers) of a filled workbook. Raises Refused."""
    found: list[Filled] = []
    reply = ""
    for title, rows in read_book(data).items():
        for number, cells in rows:
            for cell in cells:
                reply = match["reply"] if (match := REPLY.search(cell)) else reply
            place = next((at for at, cell in enumerate(cells) if MARK.fullmatch(cell)), None)
            match = MARK.fullmatch(cells[place]) if place is not None else None
            if place and match:
                text = "" if cells[place - 1] == FORMULA else cells[place - 1]
                found.append(_filled(match, text, f"{title}, {number}"))
    return _checked(reply, found)


def _filled(match: re.Match[str], text: str, place: str) -> Filled:
    return Filled(match["key"], int(match["instance"]), int(match["version"]), text, place)


def _checked(reply: str, found: list[Filled]) -> tuple[str, list[Filled]]:
    if not found:
        raise Refused("no_answers")
    return reply, found


def write_document(reply: str, entries: Iterable[Entry], words: Words) -> bytes:
    """The form as DOCX: for each question a table of one column: mark, question, hint, and a box for the answer."""
    made = docx.Document()
    made.core_properties.author = ""
    made.core_properties.title = words.title
    made.add_heading(_clean(words.title), level=0)
    made.add_paragraph(_clean(words.how))
    _small(made, f"[[reply:{reply}]]")
    section = ""
    for entry in entries:
        if entry.section != section:
            section = entry.section
            made.add_heading(_clean(section), level=1)
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
    head.add_paragraph().add_run(_clean(entry.label)).bold = True
    if hint := _hint(entry, words):
        head.add_paragraph(_clean(hint)).runs[0].italic = True
    lines = _clean(entry.answer).split("\n")
    body.paragraphs[0].add_run(lines[0]).font.highlight_color = WD_COLOR_INDEX.AUTO
    for line in lines[1:]:
        body.add_paragraph(line)
    made.add_paragraph()


def _clean(text: str) -> str:
    """Without signs that XML cannot hold."""
    return _UNFIT.sub("", text)


def read_document(data: bytes) -> tuple[str, list[Filled]]:
    """(reply, answers) of a filled document. Raises Refused."""
    check(data, "word/")
    try:
        opened = docx.Document(io.BytesIO(data))
        reply = next((match["reply"] for each in opened.paragraphs if (match := REPLY.search(each.text))), "")
        found = [filled for number, table in enumerate(opened.tables, start=1) if (filled := _read_box(table, number))]
    except Refused:
        raise
    except Exception:  # python-docx raises whatever the broken part makes it stumble over
        raise Refused("broken") from None
    return _checked(reply, found)


def _read_box(table: Table, number: int) -> Filled | None:
    if len(table.rows) < 2:
        return None
    match = MARK.search(table.rows[0].cells[0].text)
    if match is None:
        return None
    lines = [paragraph.text for row in table.rows[1:] for paragraph in row.cells[0].paragraphs]
    return _filled(match, "\n".join(lines).strip(), str(number))


def read_filled(data: bytes) -> tuple[str, list[Filled]]:
    """A filled form, DOCX or XLSX by what is in it, whatever it is called. Raises Refused."""
    return read_document(data) if b"word/document.xml" in data else read_sheet(data)


TABLE_LINE = re.compile(r"^\s*(?P<row>[^|=]+?)\s*\|\s*(?P<column>[^|=]+?)\s*=\s*(?P<figure>.*?)\s*$")


def table_as_text(rows: Iterable[tuple[str, str]], columns: Iterable[tuple[str, str]], figures: Mapping[str, Mapping[str, str]]) -> str:
    """A table of figures as lines `row | column = figure`; rows and columns as (code, text)."""
    columns = list(columns)
    return "\n".join(
        f"{row} | {column} = {figures.get(row, {}).get(column, '')}".rstrip() for row, _text in rows for column, _name in columns
    )


def table_from_text(text: str) -> dict[str, dict[str, str]]:
    """The lines back as {row: {column: figure}}; what is no such line is left out."""
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if match := TABLE_LINE.match(line):
            found.setdefault(match["row"], {})[match["column"]] = match["figure"]
    return found
