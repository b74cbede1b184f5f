"""What a table can hold that has no place, and files that are no tables; every reason has one sentence."""

from dataclasses import dataclass


def _(sentence: str) -> str:
    """Marks a sentence for whoever translates."""
    return sentence


gettext_noop = _

REASONS = {
    "not_a_number": gettext_noop("This is not a number."),
    "negative": gettext_noop("A count cannot be negative."),
    "fraction": gettext_noop("A count cannot be a fraction."),
    "ambiguous": gettext_noop("It is not clear whether the point or comma parts thousands or decimals."),
    "scientific": gettext_noop("The number is shortened (like 1.2E+05); digits are missing. Write it out."),
    "percent": gettext_noop("This is a percentage and no count."),
    "huge": gettext_noop("No count is this large."),
    "backwards": gettext_noop("The upper end of the range is below its lower end."),
    "too_many_cells": gettext_noop("The row has more cells than the head has columns; often a thousands comma without quotes."),
    "no_area": gettext_noop("The row does not say of which State."),
    "no_year": gettext_noop("The row does not say of which year."),
    "bad_year": gettext_noop("This is not a year."),
    "too_long": gettext_noop("The text beside the number is too long to be a code."),
    "twice": gettext_noop("The same number stands in the file already, for the same State, year and group."),
    "contradicts": gettext_noop("Another number stands in the file already for the same State, year and group."),
    "before_head": gettext_noop("This number stands above the head of the table."),
    "unnamed_column": gettext_noop("The column has no name, so that it is not known what the number counts."),
    "unknown_column": gettext_noop("The name of the column says nothing of what the number counts."),
    "rate": gettext_noop("This is a rate or share and no count."),
}
FILES = {
    "empty": gettext_noop("The file is empty."),
    "too_large": gettext_noop("The file is larger than 10 MB or has more than 200,000 rows. Split it into smaller files."),
    "no_head": gettext_noop("No head of a table was found: a row that names at least a column of numbers and one of what they count."),
    "no_workbook": gettext_noop("The file says that it is a workbook (XLSX) and cannot be opened as one."),
    "only_head": gettext_noop("The table has a head and nothing below it."),
    "no_cells": gettext_noop("There is not one number in the table that could be placed."),
}


@dataclass(frozen=True)
class Unplaced:
    """A cell without a place: row and column as a person counts them, what stands there, why; its numbers where it is one."""

    row: int
    column: str
    text: str
    reason: str
    low: int | None = None
    high: int | None = None
    sheet: str = ""


class Unreadable(Exception):
    """The file is no table; carries the code of its sentence in `FILES`."""

    def __init__(self, code: str) -> None:
        super().__init__(FILES[code])
        self.code = code
