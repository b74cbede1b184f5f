"""Answers to choose from, rows and columns of tables, as lines that a person edits."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import slugify

Option = Mapping[str, Any]
"""{code, labels: {language: text}}."""


def as_lines(options: Iterable[Option], language: str) -> str:
    """One on each line: code = text."""
    return "\n".join(f"{option['code']} = {option['labels'].get(language) or option['code']}" for option in options)


def from_lines(text: str, language: str, before: Iterable[Option] = ()) -> list[dict[str, Any]]:
    """The lines as options; a code that was there before keeps its texts in the other languages; none stands twice."""
    kept = {option["code"]: option["labels"] for option in before}
    found: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        left, equals, right = (part.strip() for part in line.partition("="))
        if not left and not right:
            continue
        label = right or left
        code = slugify(left if equals else label).replace("-", "_")[:60] or f"option_{number}"
        if code not in found:
            found[code] = {"code": code, "labels": kept.get(code, {}) | {language: label}}
    return list(found.values())
