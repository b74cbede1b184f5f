"""Tables of figures: in XLSForm a group of one decimal question for each cell, named ROW__COLUMN, marked in the column entraide::kind."""

from entraide.engines.forms.model import Form, Option, Question, Section, Texts

DASH = " – "


def cells(table: Question) -> list[Question]:
    """A question for each cell of a table."""
    return [
        Question(
            f"{table.key}__{row.code}__{column.code}", "decimal",
            {language: row.labels.get(language, row.code) + DASH + column.labels.get(language, column.code) for language in table.labels},
        )
        for row in table.rows
        for column in table.columns
    ]  # fmt: skip


def assemble_tables(form: Form) -> None:
    """Puts groups that are marked as tables, and are nothing but one, together again."""
    for section in [part for part in form.walk() if isinstance(part, Section)]:
        section.parts = [_assembled(part) if isinstance(part, Section) and part.extra.get("table") else part for part in section.parts]


def _assembled(group: Section) -> Section | Question:
    rows: dict[str, Texts] = {}
    columns: dict[str, Texts] = {}
    for part in group.parts:
        names = part.key.removeprefix(f"{group.key}__").split("__")
        if not isinstance(part, Question) or part.kind != "decimal" or len(names) != 2 or not part.key.startswith(f"{group.key}__"):
            return group
        for language, label in part.labels.items():
            left, _dash, right = label.partition(DASH)
            rows.setdefault(names[0], {})[language] = left
            columns.setdefault(names[1], {})[language] = right or names[1]
    if not rows or len(rows) * len(columns) != len(group.parts):
        return group
    extra = {name: value for name, value in group.extra.items() if name != "table"}
    first = group.parts[0]
    assert isinstance(first, Question)
    table = Question(
        group.key, "table", group.titles, first.hints, rows=[Option(code, texts) for code, texts in rows.items()],
        columns=[Option(code, texts) for code, texts in columns.items()], condition=group.condition, required=first.required,
        provisions=first.provisions, extra=extra,
    )  # fmt: skip
    return group if group.intros or _more_than_cells(group, table) else table


def _more_than_cells(group: Section, table: Question) -> bool:
    """Whether something stands in the group that a table of figures has no place for."""
    for number, (part, cell) in enumerate(zip(group.parts, cells(table), strict=True)):
        assert isinstance(part, Question)
        if number == 0:
            cell.required, cell.provisions, cell.hints = table.required, table.provisions, table.hints
        cell.extra = {"cell": "1"}
        if part != cell:
            return True
    return False
