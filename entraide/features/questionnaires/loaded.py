"""A reply with its questionnaire and its answers in memory: eight queries, whatever the number of questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import cached_property

from entraide.features.questionnaires import queries, rules
from entraide.features.questionnaires.models import Answer, Assignment, Attachment, Past, Question, Reply, Section
from entraide.features.questionnaires.outline import Asked, Outline, outline
from entraide.features.questionnaires.saving import Place
from entraide.kernel.access.context import Acting


@dataclass
class Loaded:
    """Everything that the pages of a reply show."""

    reply: Reply
    outline: Outline
    answers: Mapping[Place, Answer]
    instances: Mapping[UUID, list[int]]
    assignments: list[Assignment]
    undecided: list[Past]
    attachments: list[Attachment]

    @cached_property
    def asked(self) -> Asked:
        """Which questions are asked, given what is answered."""
        return Asked(self.outline, {place: row.value for place, row in self.answers.items()}, self.instances)

    def is_done(self, question: Question, instance: int) -> bool:
        """Whether a question is answered, or explained."""
        row = self.answers.get((question.pk, instance))
        return row is not None and (row.value is not None or bool(row.gap))

    def progress(self, section: Section) -> tuple[int, int, int]:
        """(answered, asked, required and missing) of a section with all that is in it."""
        return self._progress.get(section.pk, (0, 0, 0))

    @cached_property
    def _progress(self) -> dict[UUID, tuple[int, int, int]]:
        found = {}
        for page in self.outline.pages:
            places = list(self.asked.to_answer(page))
            done = [self.is_done(question, instance) for question, instance in places]
            missing = sum(question.required and not is_done for (question, _instance), is_done in zip(places, done, strict=True))
            found[page.pk] = (sum(done), len(places), missing)
        return found

    @property
    def done(self) -> int:
        """How many questions are answered or explained."""
        return sum(done for done, _total, _missing in self._progress.values())

    @property
    def total(self) -> int:
        """How many are asked."""
        return sum(total for _done, total, _missing in self._progress.values())

    @property
    def pending(self) -> int:
        """How many required ones are missing."""
        return sum(missing for _done, _total, missing in self._progress.values())

    def may_write(self, by: Acting, question: Question) -> bool:
        """Whether the acting post writes this question."""
        return bool(rules.may_write(by, self.reply, question, self.outline, self.assignments))

    def writes_in(self, by: Acting, section: Section) -> bool:
        """Whether the acting post writes anything in a section."""
        return any(self.may_write(by, question) for question in self.outline.questions_in(section))

    def to_write(self, by: Acting, section: Section, asked: Asked | None = None) -> list[tuple[Question, int]]:
        """Every (question, instance) of a section that is asked and that the acting post writes."""
        return [(question, instance) for question, instance in (asked or self.asked).to_answer(section) if self.may_write(by, question)]

    def given_in(self, section: Section) -> list[Assignment]:
        """The assignments that concern a section or anything in it."""
        inside = {question.pk for question in self.outline.questions_in(section)}
        nested = {each.pk for each in self.outline.sections if section in self.outline.chain(each)} | {section.pk}
        return [each for each in self.assignments if each.section_id in nested or each.question_id in inside]

    @cached_property
    def file_names(self) -> dict[UUID, str]:
        """{key of an evidence file: its name}."""
        return {each.key: each.name for each in self.attachments}


def load(reply: Reply) -> Loaded:
    """Reads a reply whole."""
    rows = queries.rows_of(reply)
    return Loaded(
        reply, outline(reply.circulation.questionnaire), {(row.question_id, row.instance): row for row in rows}, queries.instances(reply),
        list(queries.assignments(reply)), list(queries.undecided(reply)), list(queries.attachments(reply)),
    )  # fmt: skip
