"""XLSForm out: the same form as a workbook that other programs read; what an import had to keep goes back into its columns."""

from collections.abc import Iterable

from entraide.engines.forms.books import write_book
from entraide.engines.forms.columns import heading_of
from entraide.engines.forms.model import Form, Option, Problem, Question, Section, Texts
from entraide.engines.forms.tables import cells

TYPES = {
    "text": "text", "long": "text", "integer": "integer", "decimal": "decimal", "date": "date", "file": "file", "note": "note",
}  # fmt: skip
Cells = dict[str, str]


def write_xlsform(form: Form, unplaced: Iterable[Problem] = ()) -> bytes:
    """The workbook: survey, choices, settings; rows that were never placed stand in a sheet of their own."""
    writer = _Writer(form)
    sheets = {"survey": writer.survey(), "choices": writer.choices(), "settings": writer.settings()}
    lost = [each for each in unplaced if each.cells]
    if lost:
        headings = list(dict.fromkeys(name for each in lost for name in each.cells))
        sheets["not_placed"] = [
            ["sheet", "row", "reason", *headings],
            *([each.sheet, str(each.row), each.code, *(each.cells.get(name, "") for name in headings)] for each in lost),
        ]
    return write_book(sheets, {"survey": [22, 24, 60, 60, 40], "choices": [22, 22, 50, 50], "settings": [40, 30, 20]})


class _Writer:
    def __init__(self, form: Form) -> None:
        self.form = form
        self.headings = {code: heading_of(code) for code in form.languages}
        self.lists: dict[str, list[Option]] = {}

    def _spoken(self, what: str, texts: Texts) -> Cells:
        return {f"{what}::{self.headings[code]}": text for code, text in texts.items() if code in self.headings and text}

    def survey(self) -> list[list[str]]:
        rows: list[Cells] = []
        for section in self.form.sections:
            self._section(section, rows)
        spoken = [f"{what}::{heading}" for what in ("label", "hint") for heading in self.headings.values()]
        messages = [f"constraint_message::{heading}" for heading in self.headings.values()]
        fixed = ["type", "name", *spoken, "required", "relevant", "constraint", *messages, "appearance", "repeat_count"]
        own = ["entraide::kind", "entraide::provisions"]
        more = dict.fromkeys(name for row in rows for name in row if name not in {*fixed, *own})
        return _sheet([*fixed, *own, *more], rows, keep={"type", "name", *spoken[: len(self.headings)]})

    def _section(self, section: Section, rows: list[Cells]) -> None:
        kind = "repeat" if section.repeats or section.extra.get("nested_repeat") else "group"
        if not section.loose:
            rows.append(
                {"type": f"begin_{kind}", "name": section.key, **self._spoken("label", section.titles)}
                | self._spoken("hint", section.intros)
                | _back(section.extra)
                | ({"relevant": section.condition} if section.condition else {})
                | ({"repeat_count": str(section.most)} if section.most else {})
            )
        for part in section.parts:
            if isinstance(part, Section):
                self._section(part, rows)
            else:
                self._question(part, rows)
        if not section.loose:
            rows.append({"type": f"end_{kind}"})

    def _question(self, question: Question, rows: list[Cells]) -> None:
        if question.kind == "table":
            self._table(question, rows)
            return
        rows.append(self._row(question) | {"type": self._type(question)})

    def _row(self, question: Question) -> Cells:
        row = {
            "name": question.key, **self._spoken("label", question.labels), **self._spoken("hint", question.hints),
            "required": "yes" if question.required else "", "relevant": question.condition, "constraint": question.constraint,
            **self._spoken("constraint_message", question.constraint_texts), "entraide::provisions": " ".join(question.provisions),
        }  # fmt: skip
        if question.kind == "long":
            row["appearance"] = "multiline"
        return {name: text for name, text in row.items() if text} | _back(question.extra)

    def _type(self, question: Question) -> str:
        if question.extra.get("type"):
            return question.extra["type"]
        if question.kind not in {"one", "many", "yes_no"}:
            return TYPES[question.kind]
        name = question.extra.get("list") or ("yes_no" if question.kind == "yes_no" else f"{question.key}_options")
        while name in self.lists and self.lists[name] != question.options:
            name += "_"
        self.lists[name] = question.options
        other = " or_other" if question.extra.get("or_other") else ""
        return f"select_{'multiple' if question.kind == 'many' else 'one'} {name}{other}"

    def _table(self, table: Question, rows: list[Cells]) -> None:
        begin = {"type": "begin_group", "name": table.key, **self._spoken("label", table.labels), "entraide::kind": "table"}
        rows.append(begin | ({"relevant": table.condition} if table.condition else {}) | _back(table.extra))
        for number, cell in enumerate(cells(table)):
            if number == 0:
                cell.required, cell.provisions, cell.hints = table.required, table.provisions, table.hints
            rows.append(self._row(cell) | {"type": "decimal", "entraide::kind": "cell"})
        rows.append({"type": "end_group"})

    def choices(self) -> list[list[str]]:
        rows = [
            {"list_name": name, "name": option.code, **self._spoken("label", option.labels)}
            for name, options in self.lists.items()
            for option in options
        ]
        headings = ["list_name", "name", *(f"label::{heading}" for heading in self.headings.values())]
        return _sheet(headings, rows, keep=set(headings))

    def settings(self) -> list[list[str]]:
        own = {
            "form_title": next(iter(self.form.titles.values()), ""), "form_id": self.form.code,
            "default_language": next(iter(self.headings.values()), ""),
        }  # fmt: skip
        own |= {f"form_title::{self.headings[code]}": text for code, text in list(self.form.titles.items())[1:] if code in self.headings}
        own |= self._spoken("entraide::intro", self.form.intros)
        row = own | {name: text for name, text in self.form.extra.items() if name not in own}
        return _sheet(list(row), [row], keep=set(row))


def _back(extra: dict[str, str]) -> Cells:
    """What an import kept, in the columns it came from."""
    own = {name: extra[name] for name in ("relevant", "constraint", "required", "repeat_count", "appearance") if extra.get(name)}
    return own | {name.removeprefix("column:"): text for name, text in extra.items() if name.startswith("column:")}


def _sheet(headings: list[str], rows: list[Cells], *, keep: set[str]) -> list[list[str]]:
    """Headings and rows, without columns in which nothing stands."""
    used = [name for name in headings if name in keep or any(row.get(name) for row in rows)]
    return [used, *([row.get(name, "") for name in used] for row in rows)]
