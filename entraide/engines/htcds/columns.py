"""The columns of one file: which belongs to which field, and a field's value from all of its columns."""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from entraide.engines.htcds.catalogue import FIELDS, in_order
from entraide.engines.htcds.cells import ticked, value_of
from entraide.engines.htcds.model import Value
from entraide.engines.htcds.names import Role, recognise
from entraide.engines.htcds.reading import Cell, Refused

Complain = Callable[[int, Refused], None]


@dataclass(slots=True)
class FieldColumns:
    """Where a field stands: in a column of its own, in a column per value, or (survey tools) in both."""

    field: str
    whole: int | None = None
    choices: dict[str, int] = dataclasses.field(default_factory=dict)

    def places(self) -> list[int]:
        """All columns, the field's own first."""
        return ([] if self.whole is None else [self.whole]) + list(self.choices.values())


def by_field(headings: Sequence[str]) -> tuple[dict[str, FieldColumns], list[tuple[int, int, str]]]:
    """(columns of each field, [(first, second, field)] for columns that say the same thing twice)."""
    columns: dict[str, FieldColumns] = {}
    twice = []
    for place, heading in enumerate(headings):
        meant = recognise(heading)
        if meant.role not in (Role.FIELD, Role.CHOICE):
            continue
        column = columns.setdefault(meant.field, FieldColumns(meant.field))
        earlier = column.whole if meant.role is Role.FIELD else column.choices.get(meant.choice)
        if earlier is not None:
            twice.append((earlier, place, meant.field))
        elif meant.role is Role.FIELD:
            column.whole = place
        else:
            column.choices[meant.choice] = place
    return columns, twice


def combined(column: FieldColumns, cells: Callable[[int], Cell], today: date, complain: Complain) -> Value | None:
    """The field's value from its cells; each refused cell is told to `complain(place, reason)`."""
    value: Value | None = None
    if column.whole is not None:
        try:
            value = value_of(FIELDS[column.field], cells(column.whole), today)
        except Refused as reason:
            complain(column.whole, reason)
    if not column.choices:
        return value
    marks = _marks(column, cells, complain)
    chosen = in_order(FIELDS[column.field], (code for code, mark in marks.items() if mark))
    if column.whole is None or not cells(column.whole).text.strip():
        return chosen or None
    # The field's own column may hold values that have no column of their own; those that have one must agree.
    if isinstance(value, tuple) and any(mark is not None and mark != (code in value) for code, mark in marks.items()):
        complain(column.whole, Refused("choices_disagree"))
    return value


def _marks(column: FieldColumns, cells: Callable[[int], Cell], complain: Complain) -> dict[str, bool | None]:
    marks: dict[str, bool | None] = {}
    for code, place in column.choices.items():
        try:
            marks[code] = ticked(cells(place))
        except Refused as reason:
            complain(place, reason)
    return marks
