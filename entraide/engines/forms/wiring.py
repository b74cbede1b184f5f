"""Conditions and constraints of a form that was read: what is not understood is told, kept for export, and hides nothing."""

from collections.abc import Mapping

from entraide.engines.forms.expressions import BadExpression, names
from entraide.engines.forms.model import Form, Problem, Question, Section


def trouble(text: str, known: set[str]) -> tuple[str, str] | None:
    """(code, part) of what is wrong with an expression; None where it is understood and names questions that exist."""
    try:
        missing = names(text) - known
    except BadExpression as wrong:
        return f"expression_{wrong.code}", wrong.part or text[max(0, wrong.at - 10) : wrong.at + 10]
    return ("expression_unknown", ", ".join(sorted(missing))) if missing else None


def check_expressions(form: Form, problems: list[Problem], rows: Mapping[str, int]) -> None:
    """Takes out conditions and constraints that cannot be evaluated; they stay in `extra`."""
    known = {question.key for question in form.questions()}
    for part in form.walk():
        if part.condition and (found := trouble(part.condition, known)):
            problems.append(Problem("survey", rows.get(part.key, 0), found[0], f"{part.condition} ({found[1]})"))
            part.extra["relevant"], part.condition = part.condition, ""
        if isinstance(part, Question) and part.constraint and (found := trouble(part.constraint, known)):
            problems.append(Problem("survey", rows.get(part.key, 0), found[0], f"{part.constraint} ({found[1]})"))
            part.extra["constraint"], part.constraint = part.constraint, ""
        if isinstance(part, Section) and not part.titles and not part.loose:
            part.titles = {form.languages[0]: part.key}
