"""What the engine's codes mean, in words: what could not be placed, what is no answer, what is wrong with a condition or a file."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entraide.engines.forms import BadExpression, BadValue, Refused
from entraide.engines.forms.bringing import Spot

PLACED: dict[str, Promise] = {
    "sheet": _("This sheet has no meaning in an XLSForm; its rows are not imported. Number of rows: %(text)s"),
    "column": _("This column has no meaning here; it is kept and given back on export: %(text)s"),
    "column_empty": _("These headings have no meaning here, and nothing stands under them: %(text)s"),
    "column_twice": _("This column stands twice; the first one that is filled counts: %(text)s"),
    "cell_twice": _("The same is said in another cell of the row, which counts: %(text)s"),
    "second_row": _("Settings have one row; this one is not imported: %(text)s"),
    "formula": _("A formula is not imported. Write its result as text. Column: %(text)s"),
    "no_heading": _("This cell stands under no heading: %(text)s"),
    "choice_without_name": _("A choice needs a list and a name: %(text)s"),
    "list_unused": _("No question asks for this list; it is not kept: %(text)s"),
    "choice_more": _("A choice has a name and texts; this is not kept: %(text)s"),
    "end_more": _("The end of a group says nothing more; this is not kept: %(text)s"),
    "group_more": _("This has no place on a group and is not kept: %(text)s"),
    "question_more": _("This has no place on a question and is not kept: %(text)s"),
    "remark": _("Comments and text boxes are not imported: %(text)s"),
    "picture": _("Pictures and embedded files are not imported: %(text)s"),
    "choice_twice": _("This choice stands twice in its list; the first one counts: %(text)s"),
    "code_with_spaces": _("A choice’s name has no spaces; they became low lines: %(text)s"),
    "no_end": _("This group has no end; it was closed at the end of the sheet: %(text)s"),
    "end_without_begin": _("This end belongs to no group: %(text)s"),
    "no_type": _("This row has no type: %(text)s"),
    "type": _("This type has no place here; the row is listed whole: %(text)s"),
    "calculation": _("Calculations and hidden values are not placed; the row is listed whole: %(text)s"),
    "other_kind": _("Asked for as another kind of question: %(text)s"),
    "name_missing": _("The row had no name; it was given one: %(text)s"),
    "name_changed": _("A name has letters, digits and low lines only; it was changed: %(text)s"),
    "name_twice": _("The name stands twice; the second was changed: %(text)s"),
    "nested_repeat": _("A repeat within a repeat can be filled only once here; in an export it is a repeat again: %(text)s"),
    "repeat_count": _("How often it repeats is not a plain number; it repeats without limit: %(text)s"),
    "required_expression": _("Required under a condition became not required: %(text)s"),
    "no_label": _("The question has no text; its name stands in its place: %(text)s"),
    "list_missing": _("The list of choices is missing or empty; asked for as text: %(text)s"),
    "or_other": _("“or other” is not placed: add a question for it. List: %(text)s"),
    "expression_unknown": _("The condition names a question that is not here; it is left out, the question is always asked: %(text)s"),
    "provision_unknown": _("No such provision is here: %(text)s"),
}
EXPRESSION = _("The condition is not understood; it is left out, the question is always asked: %(text)s")

FILE: dict[str, Promise] = {
    "empty": _("The file is empty. Choose another."),
    "too_big": _("The file is larger than %(text)s MB. Split it, or take pictures out of it."),
    "not_this_format": _("This is not a file of the format expected, whatever it is called. Save it again as %(format)s."),
    "encrypted": _("The file is protected by a password. Save it without one."),
    "bomb": _("The file unpacks to far more than it says. It was not opened."),
    "broken": _("The file is damaged and cannot be read. Open and save it again, then try once more."),
    "too_many_rows": _("A sheet has more than %(text)s rows. Leave out empty ones at its end."),
    "too_many_columns": _("A sheet has cells beyond column %(text)s. Take them away, or move what stands there."),
    "no_survey": _("There is no sheet “survey” with rows. An XLSForm has the sheets survey, choices and settings."),
    "no_answers": _("No answers are in this file. Use the form that you downloaded from this reply."),
    "other_reply": _("This file belongs to another reply. Download the form of this one."),
}

LOOSE: dict[str, Promise] = {
    "no_mark": _("No question is marked here. Write it under its question, on the page or in the form."),
    "unsure": _("The mark does not go with what stands beside it, so it is not clear which question this answers."),
    "beside": _("This stands beside the place for the answer."),
    "formula": _("A formula is not read. Write its result."),
    "picture": _("A picture or an embedded file is not read. Add it as a file on the page."),
}
"""Why something in a form that was brought back is no answer."""
KEPT = _("Left empty in the file; what stands here was kept. Take it away on the page if that is meant.")

SPOTS: dict[str, Promise] = {
    "row": _("Sheet “%(name)s”, row %(number)d"), "table": _("Table %(number)d"), "paragraph": _("Paragraph %(number)d"),
    "part": _("Part of the file: %(name)s"),
}  # fmt: skip

VALUES: dict[str, Promise] = {
    "not_a_number": _("Write a number, for example 1 250 or 12.5. What stands there: %(text)s"),
    "ambiguous_number": _("“%(text)s” can be read in two ways. Write it without a comma, or with two decimals."),
    "not_whole": _("Write a whole number. What stands there: %(text)s"),
    "too_many_digits": _("This number has more than 18 digits: %(text)s"),
    "not_a_date": _("Write a day as day, month and year, for example 25/11/2026. What stands there: %(text)s"),
    "not_an_option": _("This is not among the answers to choose from: %(text)s"),
    "too_long": _("This is longer than %(text)s characters. Shorten it, or add it as a file."),
}

CONDITIONS: dict[str, Promise] = {
    "character": _("This sign is not understood: %(text)s"),
    "function": _("This function is not known here: %(text)s"),
    "arguments": _("This function has too few or too many parts: %(text)s"),
    "incomplete": _("The condition ends too early."),
    "unexpected": _("This stands in the wrong place: %(text)s"),
    "expected": _("A sign is missing: %(text)s"),
    "left_over": _("This is left over: %(text)s"),
    "too_long": _("The condition is too long."),
    "too_deep": _("Too many brackets stand inside each other."),
    "unknown": _("No question has this key: %(text)s"),
}


def of_problem(code: str, text: str) -> str:
    """Why something of an import was not placed as it was written."""
    return str(PLACED.get(code, EXPRESSION)) % {"text": text}


def of_file(refused: Refused, form: str = "XLSX") -> str:
    """Why a file was not read."""
    return str(FILE[refused.code]) % {"text": refused.part, "format": form}


def of_spot(spot: Spot) -> str:
    """Where in a file something stands."""
    return str(SPOTS[spot.kind]) % {"name": spot.name, "number": spot.number}


def of_value(wrong: BadValue) -> str:
    """Why what was written is no answer."""
    return str(VALUES[wrong.code]) % {"text": wrong.part[:80]}


def of_condition(code: str, part: str) -> str:
    """What is wrong with a condition; `code` with or without its prefix."""
    return str(CONDITIONS[code.removeprefix("expression_")]) % {"text": part[:80]}


def of_expression(wrong: BadExpression) -> str:
    """What is wrong with a condition that was just written."""
    return of_condition(wrong.code, wrong.part)
