"""Published replies, for everybody: what whoever reads without a post finds, and nothing beside.

A published reply has everybody among its readers, and so have its answers. That it was asked for in a certain round is not part of it:
rounds are known to whoever signs in, so the questionnaire is found through the questions that are answered.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from entraide.features.questionnaires import queries
from entraide.features.questionnaires.choices import OFFICIAL, QuestionKind
from entraide.features.questionnaires.models import Answer, Question, Questionnaire, Reply, Section
from entraide.features.questionnaires.outline import Asked, Outline, outline
from entraide.features.questionnaires.writing import shown
from entraide.kernel.access.principals import EVERYBODY


def published(*, country: str = "", capacity: str = "", circulation: UUID | None = None, provision: UUID | None = None) -> QuerySet[Reply]:
    """The published replies that stand, the newest first; of a State, of a round, with an answer on a provision."""
    found = Reply.objects.filter(published_at__isnull=False, state__in=OFFICIAL, readers__contains=[EVERYBODY])
    wanted = {"country": country, "capacity": capacity, "circulation": circulation}
    found = found.filter(**{name: value for name, value in wanted.items() if value})
    if provision:
        bound = Answer.objects.filter(question__bindings__provision=provision)
        found = found.filter(Exists(bound.filter(reply=OuterRef("pk"))))
    return found.order_by("-published_at", "-id")


def asked_in(replies: list[Reply]) -> dict[UUID, Questionnaire]:
    """{reply: the questionnaire that it answers}."""
    pairs = Answer.objects.filter(reply__in=[each.pk for each in replies]).values_list("reply_id", "question__questionnaire").distinct()
    answered = dict(pairs)
    forms = {form.pk: form for form in Questionnaire.objects.filter(pk__in=set(answered.values()))}
    return {reply: forms[form] for reply, form in answered.items()}


@dataclass(frozen=True)
class Part:
    """A heading, or a question with what the reply says to it."""

    title: str
    depth: int
    text: str = ""
    question: Question | None = None
    answer: Answer | None = None


def parts_of(reply: Reply, form: Questionnaire) -> list[Part]:
    """The reply in reading order: constant in queries."""
    whole = outline(form)
    rows = {(row.question_id, row.instance): row for row in queries.rows_of(reply)}
    files: dict[UUID, str] = {each.key: each.name for each in queries.attachments(reply)}
    asked = Asked(whole, {place: row.value for place, row in rows.items()}, queries.instances(reply))
    return [part for page in whole.pages for part in _Reader(whole, asked, rows, files).section(page, 0, 0)]


@dataclass(frozen=True)
class _Reader:
    whole: Outline
    asked: Asked
    rows: dict[tuple[UUID, int], Answer]
    files: dict[UUID, str]

    def section(self, section: Section, instance: int, depth: int) -> list[Part]:
        """What a section says; nothing of one that was not asked."""
        found: list[Part] = []
        for part in self.whole.inside(section):
            if not self.asked.shows(part, instance):
                continue
            if isinstance(part, Question):
                found += self._question(part, instance, depth)
            else:
                for number in self.asked.instances.get(part.pk, []) if part.repeats else [instance]:
                    found += self.section(part, number, depth + 1)
        return [Part(f"{section.title} {instance}" if section.repeats else section.title, depth), *found] if found else []

    def _question(self, question: Question, instance: int, depth: int) -> list[Part]:
        if question.kind == QuestionKind.NOTE:
            return []
        row = self.rows.get((question.pk, instance))
        said = "" if row is None else str(row.get_gap_display()) if row.gap else shown(question, row.value, self.files)
        return [Part(question.label, depth, said, question, row)]
