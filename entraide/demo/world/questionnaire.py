"""The demonstration's questionnaire as the engine's form, and invented words to answer it with."""

from functools import cache
from typing import Any

from entraide.demo.world.files import read
from entraide.engines.forms import Form, Option, Question, Section


@cache
def invented_answers() -> dict[str, list[str]]:
    """Texts by language, and what organisations say."""
    found: dict[str, list[str]] = read("questionnaire.json")["answers"]
    return found


def questionnaire_form() -> Form:
    """About forty questions in six sections, in English and French, bound to provisions."""
    given = read("questionnaire.json")
    return Form(
        given["code"], given["titles"], given["intros"], ["en", "fr"],
        [Section(each["key"], _texts(each), parts=[_question(one) for one in each["questions"]]) for each in given["sections"]],
    )  # fmt: skip


def _texts(entry: dict[str, Any]) -> dict[str, str]:
    return {"en": entry["en"], "fr": entry["fr"]}


def _options(entries: list[dict[str, Any]]) -> list[Option]:
    return [Option(each["code"], _texts(each)) for each in entries]


def _question(entry: dict[str, Any]) -> Question:
    return Question(
        entry["key"], entry["kind"], _texts(entry), options=_options(entry.get("options", [])), rows=_options(entry.get("rows", [])),
        columns=_options(entry.get("columns", [])), condition=entry.get("condition", ""), required=entry.get("required", False),
        provisions=entry.get("provisions", []),
    )  # fmt: skip
