"""A questionnaire as one structure in memory, read in two queries; which of its questions a reply is asked, given what it says."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.utils.functional import cached_property

from entraide.engines.forms.expressions import BadExpression, holds
from entraide.engines.forms.values import Value
from entraide.features.questionnaires.choices import ANSWERED
from entraide.features.questionnaires.models import Question, Questionnaire, Section
from entraide.kernel.base import clock

Values = dict[tuple[UUID, int], Value]
"""{(question, instance): value}."""


@dataclass
class Outline:
    """Sections and questions in reading order; `pages` are the sections without a parent."""

    questionnaire: Questionnaire
    sections: list[Section]
    questions: list[Question]

    @cached_property
    def section_of(self) -> dict[UUID, Section]:
        """Sections by id."""
        return {section.pk: section for section in self.sections}

    @cached_property
    def by_key(self) -> dict[str, Question]:
        """Questions by their permanent keys."""
        return {question.key: question for question in self.questions}

    @cached_property
    def pages(self) -> list[Section]:
        """The sections that are a page each."""
        return [section for section in self.sections if section.parent_id is None]

    @cached_property
    def _inside(self) -> dict[UUID, list[Section | Question]]:
        found: dict[UUID, list[Section | Question]] = defaultdict(list)
        parts: list[Section | Question] = [*self.sections, *self.questions]
        for part in sorted(parts, key=lambda part: part.place):
            above = part.section_id if isinstance(part, Question) else part.parent_id
            if above is not None:
                found[above].append(part)
        return found

    def inside(self, section: Section) -> list[Section | Question]:
        """What stands directly in a section, in reading order."""
        return self._inside.get(section.pk, [])

    def questions_in(self, section: Section) -> Iterator[Question]:
        """Every question of a section and of what is nested in it, in reading order."""
        for part in self.inside(section):
            if isinstance(part, Question):
                yield part
            else:
                yield from self.questions_in(part)

    def chain(self, part: Section | Question) -> list[Section]:
        """The sections around a part, the nearest first."""
        found: list[Section] = []
        above = part.section_id if isinstance(part, Question) else part.parent_id
        while above is not None:
            found.append(self.section_of[above])
            above = found[-1].parent_id
        return found

    def page_of(self, question: Question) -> Section:
        """The page on which a question stands."""
        return self.chain(question)[-1]

    @cached_property
    def _repeat_of(self) -> dict[UUID, UUID | None]:
        return {question.pk: next((section.pk for section in self.chain(question) if section.repeats), None) for question in self.questions}

    def repeat_of(self, question: Question) -> UUID | None:
        """The repeating section around a question, if any."""
        return self._repeat_of[question.pk]


def outline(questionnaire: Questionnaire) -> Outline:
    """A questionnaire's structure, for reading. What is published never changes and is for everybody: it is read once and kept."""
    if questionnaire.published and questionnaire.published_at:
        return _published(questionnaire.pk, questionnaire.published_at)
    return read_outline(questionnaire)


@lru_cache(maxsize=16)
def _published(pk: UUID, published_at: datetime) -> Outline:  # with the moment: a publication may be rolled back and come again
    return read_outline(Questionnaire.objects.get(pk=pk))


def read_outline(questionnaire: Questionnaire) -> Outline:
    """Reads a questionnaire's structure anew, for whoever changes it: two queries, whatever its size."""
    sections = list(Section.objects.filter(questionnaire=questionnaire).order_by("place", "id"))
    questions = list(Question.objects.filter(questionnaire=questionnaire).order_by("place", "id"))
    return Outline(questionnaire, sections, questions)


@dataclass
class Asked:
    """Which questions a reply is asked, given its answers and how often each repeating section is filled."""

    outline: Outline
    values: Values
    instances: Mapping[UUID, list[int]] = field(default_factory=dict)

    def lookup(self, repeat: UUID | None, instance: int, key: str) -> Value:
        """The answer that `${key}` means from within an instance of a repeating section."""
        question = self.outline.by_key.get(key)
        if question is None:
            return None
        same = self.outline.repeat_of(question) == repeat
        return self.values.get((question.pk, instance if same else 0))

    def _true(self, text: str, repeat: UUID | None, instance: int) -> bool:
        """What is not understood hides nothing."""
        try:
            return holds(text, lambda key: self.lookup(repeat, instance, key), today=clock.today())
        except BadExpression:
            return True

    def shows(self, part: Section | Question, instance: int = 0) -> bool:
        """Whether a part is asked: its own condition holds, and that of every section around it."""
        around = [part, *self.outline.chain(part)]
        repeat = next((section.pk for section in around if isinstance(section, Section) and section.repeats), None)
        return all(not each.condition or self._true(each.condition, repeat, instance) for each in around)

    def places(self, question: Question) -> list[int]:
        """The instances in which a question stands: [0] outside of what repeats."""
        repeat = self.outline.repeat_of(question)
        return [0] if repeat is None else list(self.instances.get(repeat, []))

    def fits(self, question: Question, instance: int, value: Value) -> bool:
        """Whether the value meets the question's own constraint."""
        if not question.constraint or value is None:
            return True
        repeat = self.outline.repeat_of(question)
        try:
            return holds(question.constraint, lambda key: self.lookup(repeat, instance, key), own=value, today=clock.today())
        except BadExpression:
            return True

    def to_answer(self, section: Section | None = None) -> Iterator[tuple[Question, int]]:
        """Every (question, instance) that is asked and has an answer to give, of a section or of all."""
        for question in self.outline.questions if section is None else self.outline.questions_in(section):
            if question.kind in ANSWERED:
                for instance in self.places(question):
                    if self.shows(question, instance):
                        yield question, instance
