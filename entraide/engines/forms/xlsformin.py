"""XLSForm in: survey, choices and settings of a workbook as a form, and a list of everything that was not placed as it was written.

Source: XLSForm documentation (xlsform.org): question types, groups, repeats, relevant, constraint, required, several languages.
"""

import re
from collections.abc import Iterable

from entraide.engines.forms.books import FORMULA, Rows, pictures, read_book, remarks
from entraide.engines.forms.columns import SPOKEN, Column, column, language_of
from entraide.engines.forms.lists import Lists
from entraide.engines.forms.model import Form, Imported, Problem, Refused
from entraide.engines.forms.survey import Survey
from entraide.engines.forms.tables import assemble_tables
from entraide.engines.forms.wiring import check_expressions

SHEETS = ("survey", "choices", "settings")
Record = dict[tuple[str, str], str]
"""{(what it holds, language): text}."""


def read_xlsform(data: bytes) -> Imported:
    """The form of an XLSX file. Raises Refused where there is none; whatever of it cannot be placed is in `problems`, with its row."""
    problems: list[Problem] = []
    sheets = _sheets(data, problems)
    if "survey" not in sheets or not sheets["survey"][1]:
        raise Refused("no_survey")
    settings = _settings(sheets.get("settings", ("settings", []))[1], problems)
    language = language_of(settings.get("default_language", "")) if settings.get("default_language") else ""
    survey = _records("survey", sheets["survey"][1], problems)
    choices = _records("choices", sheets.get("choices", ("choices", []))[1], problems)
    form = Form(code=settings.pop("form_id", ""), extra=settings)
    default = language or next((each for _row, record in survey for name, each in record if name == "label" and each), "en")
    _defaulted("survey", survey, default, problems)
    _defaulted("choices", choices, default, problems)
    lists = Lists(choices, problems)
    reader = Survey(lists, problems, default)
    form.sections = reader.read(survey)
    lists.tell_unused()
    form.languages = list(dict.fromkeys([default, *reader.languages, *lists.languages]))
    form.extra.pop("default_language", "")
    form.titles = {default: form.extra.pop("form_title", "") or form.code or "Questionnaire"} | _spoken(form, "form_title::")
    form.intros = _spoken(form, "entraide::intro::")
    assemble_tables(form)
    check_expressions(form, problems, reader.rows)
    return Imported(form, sorted(problems, key=lambda each: (SHEETS.index(each.sheet) if each.sheet in SHEETS else 9, each.row)))


def _sheets(data: bytes, problems: list[Problem]) -> dict[str, tuple[str, Rows]]:
    """{name: (title, rows)} of the sheets of a form; everything else that stands in the workbook is told with its text."""
    found: dict[str, tuple[str, Rows]] = {}
    for title, rows in read_book(data).items():
        name = title.strip().casefold()
        if rows and (name not in SHEETS or found.get(name, ("", []))[1]):
            text = "\n".join(f"{number}: {' | '.join(filter(None, cells))}".replace(FORMULA, "") for number, cells in rows)
            problems.append(Problem(title, 0, "sheet", f"{len(rows)}", {"rows": text}))
        elif rows:
            found[name] = title, rows
    problems += [Problem(part, 0, "remark", text) for part, text in remarks(data)]
    problems += [Problem(part, 0, "picture", part) for part in pictures(data)]
    return found


def _defaulted(sheet: str, records: Iterable[tuple[int, Record]], default: str, problems: list[Problem]) -> None:
    """Tells where a text stands both without a language and in the language that this means; the one that names it counts."""
    for row, record in records:
        for name in SPOKEN:
            if (name, default) in record and (bare := record.pop((name, ""), "")) not in {"", record[name, default]}:
                problems.append(Problem(sheet, row, "cell_twice", bare))


def _spoken(form: Form, begin: str) -> dict[str, str]:
    """Texts that the settings hold in several languages, taken out of what is merely kept."""
    found = {name: form.extra.pop(name) for name in list(form.extra) if name.startswith(begin)}
    return {language_of(name.removeprefix(begin).replace("_", " ")): text for name, text in found.items()}


def _settings(rows: Rows, problems: list[Problem]) -> dict[str, str]:
    if len(rows) < 2:
        return {}
    headings, (row, values) = [re.sub(r"\s+", "_", heading.strip(f"{FORMULA} ").casefold()) for heading in rows[0][1]], rows[1]
    for number, cells in rows[2:]:
        problems.append(Problem("settings", number, "second_row", " | ".join(filter(None, cells)).replace(FORMULA, "")))
    found: dict[str, str] = {}
    for place, value in enumerate(values):
        heading = headings[place] if place < len(headings) else ""
        if value.startswith(FORMULA):
            problems.append(Problem("settings", row, "formula", f"{heading}: {value.removeprefix(FORMULA)}"))
        elif value and not heading:
            problems.append(Problem("settings", row, "no_heading", value))
        elif value and heading in found:
            problems.append(Problem("settings", row, "cell_twice", value))
        elif value:
            found[heading] = value
    return found


def _records(sheet: str, rows: Rows, problems: list[Problem]) -> list[tuple[int, Record]]:
    """The rows under the headings. Columns that mean nothing here are told once and kept; formulas are told where they stand."""
    if not rows:
        return []
    top, headings = rows[0]
    columns = [column(heading.removeprefix(FORMULA)) for heading in headings]
    _tell_columns(sheet, top, columns, rows[1:], problems)
    found = []
    for number, cells in rows[1:]:
        record: Record = {}
        for place, text in enumerate(cells):
            if text.startswith(FORMULA):
                heading = columns[place].heading if place < len(columns) else ""
                problems.append(Problem(sheet, number, "formula", f"{heading}: {text.removeprefix(FORMULA)}"))
            elif text and (place >= len(columns) or not columns[place].heading):
                problems.append(Problem(sheet, number, "no_heading", text))
            elif text:
                at = columns[place].name, columns[place].language
                if record.setdefault(at, text) != text:
                    problems.append(Problem(sheet, number, "cell_twice", text))
        if record:
            found.append((number, record))
    return found


def _tell_columns(sheet: str, top: int, columns: Iterable[Column], rows: Rows, problems: list[Problem]) -> None:
    seen: set[tuple[str, str]] = set()
    empty: list[str] = []
    for place, each in enumerate(columns):
        filled = any(place < len(cells) and cells[place] for _number, cells in rows)
        if each.heading and not each.placed and filled:
            problems.append(Problem(sheet, top, "column", each.heading))
        if each.heading and (each.name, each.language) in seen and filled:
            problems.append(Problem(sheet, top, "column_twice", each.heading))
        if each.heading and not filled and (not each.placed or (each.name, each.language) in seen):
            empty.append(each.heading)
        seen.add((each.name, each.language))
    if empty:
        problems.append(Problem(sheet, top, "column_empty", "; ".join(empty)))
