"""Translations side by side: every text of a questionnaire as a line with what it was written as and what it says in another language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from entraide.engines.texts.model import CONTROLS
from entraide.features.questionnaires import rules
from entraide.features.questionnaires.models import Question, Questionnaire, Section
from entraide.features.questionnaires.outline import Outline, outline
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import require
from entraide.kernel.audit.services import record

LONGEST = 4_000


@dataclass(frozen=True)
class Line:
    """One text: where it stands, as written, as translated."""

    name: str
    what: str
    original: str
    translated: str
    texts: dict[str, str]

    @property
    def long(self) -> bool:
        """Whether it wants a larger box."""
        return len(self.original) > 90


def lines(whole: Outline, language: str) -> list[Line]:
    """Every text in reading order."""
    first = whole.questionnaire.languages[0]
    return [
        Line(name, what, texts[first], texts.get(language, ""), texts)
        for name, what, texts in _texts(whole)
        if texts.get(first, "").strip()
    ]


def _texts(whole: Outline) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(name, key shown, {language: text}) of everything that is said."""
    yield "title", "", whole.questionnaire.titles
    yield "intro", "", whole.questionnaire.intros
    for page in whole.pages:
        yield from _of_section(whole, page)


def _of_section(whole: Outline, section: Section) -> Iterator[tuple[str, str, dict[str, str]]]:
    yield f"s{section.pk.hex}-titles", section.key, section.titles
    yield f"s{section.pk.hex}-intros", section.key, section.intros
    for part in whole.inside(section):
        if isinstance(part, Section):
            yield from _of_section(whole, part)
        else:
            yield from _of_question(part)


def _of_question(question: Question) -> Iterator[tuple[str, str, dict[str, str]]]:
    name = f"q{question.pk.hex}"
    yield f"{name}-labels", question.key, question.labels
    yield f"{name}-hints", question.key, question.hints
    yield f"{name}-constraint_texts", question.key, question.constraint_texts
    for place, option in enumerate(question.options):
        yield f"{name}-option-{place}", f"{question.key}: {option['code']}", option["labels"]
    for axis in ("rows", "columns"):
        for place, option in enumerate(question.grid.get(axis, [])):
            yield f"{name}-{axis}-{place}", f"{question.key}: {option['code']}", option["labels"]


def gaps(whole: Outline) -> dict[str, int]:
    """{language: how many texts are not translated into it}."""
    first, *others = whole.questionnaire.languages
    said = [texts for _name, _what, texts in _texts(whole) if texts.get(first, "").strip()]
    return {language: sum(not texts.get(language, "").strip() for texts in said) for language in others}


@transaction.atomic
def translate(*, by: Acting, questionnaire: Questionnaire, language: str, given: Mapping[str, Any]) -> int:
    """Writes translations by the names of their lines; returns how many changed. Two updates, whatever the number."""
    require(rules.may_author(by, questionnaire))
    whole = outline(questionnaire)
    changed: set[str] = set()
    for name, _what, texts in _texts(whole):
        text = CONTROLS.sub("", str(given.get(name, texts.get(language, "")))).strip()[:LONGEST]
        if text != texts.get(language, ""):
            texts[language] = text
            changed.add(name)
            if not text:
                del texts[language]
    marks = {name.split("-")[0] for name in changed}
    Section.objects.bulk_update([each for each in whole.sections if f"s{each.pk.hex}" in marks], ["titles", "intros"])
    Question.objects.bulk_update(
        [each for each in whole.questions if f"q{each.pk.hex}" in marks], ["labels", "hints", "constraint_texts", "options", "grid"]
    )
    if marks & {"title", "intro"}:
        whole.questionnaire.save(update_fields=["titles", "intros"])
    if changed:
        record(by=by, action="questionnaires.translate", kind="questionnaire", object_id=questionnaire.pk, detail={"texts": len(changed)})
    return len(changed)
