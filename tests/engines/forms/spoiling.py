"""What people and programs do to a file that was good: for workbooks and documents, one step each, drawn by Hypothesis."""

import copy
import io
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
from docx.oxml import OxmlElement
from hypothesis import strategies as st
from openpyxl.comments import Comment

Step = Callable[[Any, int, int], str | None]
"""(opened file, two numbers) → what was written where no answer belongs, if anything."""


def _rows(book: Any) -> Any:
    return book.worksheets[0]


def insert_row(book: Any, at: int, _other: int) -> str | None:
    _rows(book).insert_rows(1 + at % _rows(book).max_row)
    return None


def note_in_row(book: Any, at: int, other: int) -> str | None:
    sheet = _rows(book)
    sheet.cell(1 + at % (sheet.max_row + 2), sheet.max_column + 1 + other % 4).value = "written beside"
    return "written beside"


def move_rows(book: Any, at: int, other: int) -> str | None:
    sheet = _rows(book)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    rows.insert(other % len(rows), rows.pop(at % len(rows)))
    _refill(sheet, rows)
    return None


def swap_columns(book: Any, at: int, other: int) -> str | None:
    sheet = _rows(book)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    left, right = at % sheet.max_column, other % sheet.max_column
    for row in rows:
        row[left], row[right] = row[right], row[left]
    _refill(sheet, rows)
    return None


def _refill(sheet: Any, rows: list[list[Any]]) -> None:
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"


def insert_column(book: Any, at: int, _other: int) -> str | None:
    _rows(book).insert_cols(1 + at % 6)
    return None


def hide(book: Any, at: int, other: int) -> str | None:
    _rows(book).row_dimensions[1 + at % 9].hidden = True
    _rows(book).column_dimensions["ABCDE"[other % 5]].hidden = True
    return None


def rename(book: Any, _at: int, _other: int) -> str | None:
    _rows(book).title = "Feuille é 1"
    return None


def copy_sheet(book: Any, _at: int, _other: int) -> str | None:
    book.copy_worksheet(_rows(book))
    return None


def paste_again(book: Any, _at: int, _other: int) -> str | None:
    sheet = _rows(book)
    if sheet.max_row < 60:
        for row in list(sheet.iter_rows(values_only=True)):
            sheet.append(list(row))
    return None


def spoil_mark(book: Any, at: int, other: int) -> str | None:
    marks = [cell for row in _rows(book).iter_rows() for cell in row if str(cell.value).startswith("[[")]
    if marks:
        cell = marks[at % len(marks)]
        cell.value = SPOILT[other % len(SPOILT)](cell.value)
    return None


SPOILT: tuple[Callable[[str], str | None], ...] = (
    lambda mark: mark[:-1], lambda mark: mark.replace("@", " "), lambda _mark: None, lambda mark: mark + mark, str.upper,
    lambda mark: f" {mark} ok", lambda mark: mark.replace("[[q1", "[[q2"), lambda mark: mark.replace("#0", "#x"),
)  # fmt: skip


def formula(book: Any, at: int, _other: int) -> str | None:
    sheet = _rows(book)
    sheet.cell(1 + at % sheet.max_row, sheet.max_column + 1).value = "=SUM(41,1)"
    return "=SUM(41,1)"


def comment(book: Any, at: int, _other: int) -> str | None:
    _rows(book).cell(1 + at % 9, 4).comment = Comment("said in a comment", "Somebody")
    return "said in a comment"


def drop_heading(book: Any, _at: int, _other: int) -> str | None:
    for place in range(1, 8):
        if str(_rows(book).cell(1, place).value) in {"Section", "Question", "Hint", "Answer", "Do not change"}:
            _rows(book).cell(1, place).value = None
    return None


SHEET: tuple[Step, ...] = (
    insert_row, note_in_row, move_rows, swap_columns, insert_column, hide, rename, copy_sheet, paste_again, spoil_mark, formula, comment,
    drop_heading,
)  # fmt: skip


def sheet_after(data: bytes, steps: list[tuple[Step, int, int]]) -> tuple[bytes, set[str]]:
    """The workbook after these steps, and what they wrote."""
    return _after(openpyxl.load_workbook(io.BytesIO(data)), steps)


def document_after(data: bytes, steps: list[tuple[Step, int, int]]) -> tuple[bytes, set[str]]:
    """The document after these steps, and what they wrote."""
    return _after(docx.Document(io.BytesIO(data)), steps)


def _after(opened: Any, steps: list[tuple[Step, int, int]]) -> tuple[bytes, set[str]]:
    added = {text for step, at, other in steps if (text := step(opened, at, other))}
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue(), added


def _table(opened: Any, at: int) -> Any:
    return opened.tables[at % len(opened.tables)]


def paragraph(opened: Any, at: int, _other: int) -> str | None:
    opened.paragraphs[at % len(opened.paragraphs)].insert_paragraph_before("written between the boxes")
    return "written between the boxes"


def column_beside(opened: Any, at: int, other: int) -> str | None:
    table = _table(opened, at)
    table.add_column(docx.shared.Cm(3)).cells[other % len(table.rows)].text = "written beside"
    return "written beside"


def row_below(opened: Any, at: int, _other: int) -> str | None:
    _table(opened, at).add_row().cells[0].text = "written below"
    return "written below"


def in_the_head(opened: Any, at: int, _other: int) -> str | None:
    _table(opened, at).rows[0].cells[0].add_paragraph("written in the head")
    return "written in the head"


def merge_tables(opened: Any, at: int, _other: int) -> str | None:
    if len(opened.tables) > 1:
        at %= len(opened.tables) - 1
        first, second = opened.tables[at], opened.tables[at + 1]
        for row in list(second.rows):
            first._tbl.append(row._tr)
        second._tbl.getparent().remove(second._tbl)
    return None


def move_table(opened: Any, at: int, other: int) -> str | None:
    _table(opened, at)._tbl.addnext(_table(opened, other)._tbl) if at % len(opened.tables) != other % len(opened.tables) else None
    return None


def copy_table(opened: Any, at: int, _other: int) -> str | None:
    table = _table(opened, at)
    table._tbl.addnext(copy.deepcopy(table._tbl))
    return None


def spoil_word_mark(opened: Any, at: int, other: int) -> str | None:
    run = next((run for each in _table(opened, at).rows[0].cells[0].paragraphs for run in each.runs if "[[" in run.text), None)
    if run is not None:
        run.text = SPOILT[other % len(SPOILT)](run.text) or ""
    return None


def wrapped(kind: str) -> Step:
    """Puts what stands in a box into what Word puts around words: a tracked insertion, a content control, a link."""

    def step(opened: Any, at: int, _other: int) -> str | None:
        cell = _table(opened, at).rows[-1].cells[0].paragraphs[0]
        around, inner = OxmlElement(kind), None
        if kind == "w:sdt":
            inner = OxmlElement("w:sdtContent")
            around.append(inner)
        for run in list(cell._p.r_lst):
            (around if inner is None else inner).append(run)
        cell._p.append(around)
        return None

    return step


def header(opened: Any, _at: int, _other: int) -> str | None:
    opened.sections[0].header.paragraphs[0].text = "written in the header"
    return "written in the header"


def nested(opened: Any, at: int, _other: int) -> str | None:
    _table(opened, at).rows[-1].cells[0].add_table(1, 1).rows[0].cells[0].text = "written in a table"
    return "written in a table"


WORD: tuple[Step, ...] = (
    paragraph, column_beside, row_below, in_the_head, merge_tables, move_table, copy_table, spoil_word_mark, wrapped("w:ins"),
    wrapped("w:sdt"), wrapped("w:hyperlink"), header, nested,
)  # fmt: skip


def steps(of: tuple[Step, ...]) -> st.SearchStrategy[list[tuple[Step, int, int]]]:
    """A few steps, one after the other."""
    return st.lists(st.tuples(st.sampled_from(of), st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=4)
