"""Workbooks for tests, written row by row."""

import io
from collections.abc import Sequence

import openpyxl

HEAD = ("type", "name", "label::English (en)", "label::Français (fr)", "required", "relevant", "constraint", "constraint_message", "hint")


def workbook(
    survey: Sequence[Sequence[object]], choices: Sequence[Sequence[object]] = (), settings: Sequence[Sequence[object]] = (), **more: object
) -> bytes:
    """An XLSX file with these rows under the usual headings."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    for row in (HEAD, *survey):
        sheet.append(list(row))
    for title, rows in {"choices": (("list_name", "name", "label::English (en)"), *choices), "settings": settings, **more}.items():
        other = book.create_sheet(title)
        for row in rows:  # type: ignore[attr-defined]  # sequences of rows
            other.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def large(questions: int = 300) -> bytes:
    """A form of as many questions, in sections of twenty, with conditions, lists and constraints."""
    rows: list[Sequence[object]] = []
    for number in range(1, questions + 1):
        if number % 20 == 1:
            rows.append(("begin group", f"part_{number}", f"Part {number // 20 + 1}", f"Partie {number // 20 + 1}"))
        label = (f"Question {number}: what does the law say?", f"Question {number} : que dit la loi ?")
        kind = ("text", "integer", "select_one answer", "select_multiple answer", "date")[number % 5]
        relevant = f"${{q{number - 1}}} = 'yes'" if number % 5 == 3 else None
        rows.append((kind, f"q{number}", *label, "yes" if number % 7 == 0 else None, relevant, ". >= 0" if number % 5 == 1 else None))
        if number % 20 == 0 or number == questions:
            rows.append(("end group",))
    choices = [("answer", code, code.title()) for code in ("yes", "no", "partly")]
    return workbook(rows, choices, (("form_title", "form_id"), ("Large questionnaire", "large")))
