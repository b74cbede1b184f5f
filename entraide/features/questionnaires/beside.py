"""Answers of many replies put side by side: constant in queries, whatever the number of questions and replies."""

from collections.abc import Sequence
from dataclasses import dataclass

from entraide.features.questionnaires import queries, rules
from entraide.features.questionnaires.choices import OFFICIAL, Capacity, QuestionKind
from entraide.features.questionnaires.models import Answer, Attachment, Circulation, Question, Reply, Section
from entraide.features.questionnaires.outline import Outline
from entraide.features.questionnaires.writing import shown
from entraide.kernel.base.countries import country_name


@dataclass(frozen=True)
class Said:
    """What one reply says to one question, now and in the last round."""

    who: str
    url: str
    now: str
    before: str


def who(reply: Reply) -> str:
    """A State by its name, an organisation by its own."""
    return country_name(reply.country) if reply.capacity == Capacity.STATE else reply.name


def section_beside(
    whole: Outline, section: Section, replies: Sequence[Reply], circulation: Circulation
) -> list[tuple[Question, list[Said]]]:
    """Each question of a section with what each reply says to it."""
    questions = [question for question in whole.questions_in(section) if question.kind != QuestionKind.NOTE]
    now = queries.answers_of(replies, questions)
    before = _before(circulation, replies, questions)
    files = _files(replies)
    return [
        (
            question,
            [
                Said(
                    who(reply), reply.get_absolute_url(), _text(question, now.get((reply.pk, question.pk), []), files),
                    before.get((str(reply.holder), question.key), ""),
                )
                for reply in replies
            ],
        )
        for question in questions
    ]  # fmt: skip


def _files(replies: Sequence[Reply]) -> dict[object, str]:
    rows = Attachment.objects.filter(reply__in=[reply.pk for reply in replies], removed_at__isnull=True)
    return dict(rows.values_list("key", "name"))


def _text(question: Question, answers: Sequence[Answer], files: dict[object, str]) -> str:
    said = [str(row.get_gap_display()) if row.gap else shown(question, row.value, files) for row in answers]  # type: ignore[arg-type]
    return "\n".join(f"{row.instance}. {text}" if row.instance else text for row, text in zip(answers, said, strict=True) if text)


def _before(circulation: Circulation, replies: Sequence[Reply], questions: Sequence[Question]) -> dict[tuple[str, str], str]:
    """{(answering body, key of the question): what it said in the last round}."""
    if circulation.previous_id is None:
        return {}
    rows = Answer.objects.filter(
        reply__circulation=circulation.previous_id, reply__state__in=OFFICIAL, reply__holder__in=[reply.holder for reply in replies],
        question__key__in=[question.key for question in questions],
    ).select_related("question").order_by("instance")  # fmt: skip
    found: dict[tuple[str, str], list[Answer]] = {}
    for row in rows:
        found.setdefault((str(row.holder), row.question.key), []).append(row)
    return {place: _text(answers[0].question, answers, {}) for place, answers in found.items()}


def matrix(whole: Outline, replies: Sequence[Reply]) -> list[list[str]]:
    """Headings, then a row for each question: key, question, what each reply says."""
    questions = [question for question in whole.questions if question.kind != QuestionKind.NOTE]
    now, files = queries.answers_of(replies, questions), _files(replies)
    rows = [
        [question.key, question.label, *(_text(question, now.get((reply.pk, question.pk), []), files) for reply in replies)]
        for question in questions
    ]
    late = ["", "", *(rules.lateness(reply) for reply in replies)]
    return [["key", "question", *(who(reply) for reply in replies)], *([late] if any(late) else []), *rows]
