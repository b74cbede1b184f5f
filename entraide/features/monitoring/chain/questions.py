"""Questions along the chain and what was answered: in which rounds they are asked, of whom, and whose day has passed."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entraide.features.monitoring.chain.links import Chain, Link, Stage, short
from entraide.features.monitoring.models import RoundQuestionnaire
from entraide.features.questionnaires.choices import OFFICIAL, QuestionKind
from entraide.features.questionnaires.models import Answer, Binding, Question
from entraide.features.questionnaires.queries import overdue
from entraide.features.questionnaires.rules import lateness
from entraide.features.questionnaires.writing import shown


def add_questions(chain: Chain, provisions: list[UUID]) -> None:
    """Questions, the same one of several rounds as one, in its newest wording; and the answers, each under its question."""
    rows = Binding.objects.filter(provision__in=provisions).select_related("question__questionnaire")
    newest: dict[tuple[str, str], Question] = {}
    asked: dict[UUID, Question] = {}
    for row in sorted(
        rows, key=lambda row: (row.question.questionnaire.version, row.question.questionnaire.created_at, row.question.place)
    ):
        newest[row.question.questionnaire.code, row.question.key] = asked[row.question_id] = row.question
    stands_for = {pk: newest[question.questionnaire.code, question.key] for pk, question in asked.items()}
    sheets = {question.questionnaire_id for question in asked.values()}
    rounds, late = _rounds(sheets), overdue(chain.state, sheets)
    for row in rows:
        now = stands_for[row.question_id]
        same = [asked[pk] for pk, each in stands_for.items() if each.pk == now.pk]
        detail = ", ".join([now.questionnaire.title, *rounds.get(now.questionnaire_id, [])])
        link = Link(
            ("question", now.pk), Stage.QUESTION, short(now.label), now.questionnaire.get_absolute_url(),
            f"{detail} ({_asked(len(same))})" if len(same) > 1 else detail, late=any(each.questionnaire_id in late for each in same),
        )  # fmt: skip
        chain.add(link, ("provision", row.provision_id))
    _answers(chain, asked, stands_for)


def _rounds(sheets: Iterable[UUID]) -> dict[UUID, list[str]]:
    """{questionnaire: the rounds that ask it, each with its cluster}."""
    found: dict[UUID, list[str]] = {}
    for row in RoundQuestionnaire.objects.filter(questionnaire__in=sheets).select_related("round__mechanism").order_by("due", "id"):
        cluster = row.round.mechanism.cluster_name(row.cluster)
        found.setdefault(row.questionnaire_id, []).append(f"{row.round.name} ({cluster})" if cluster else row.round.name)
    return found


def _answers(chain: Chain, asked: dict[UUID, Question], stands_for: dict[UUID, Question]) -> None:
    answers = Answer.objects.filter(question__in=list(asked), reply__country=chain.state, reply__state__in=OFFICIAL)
    places = {question.pk: place for place, question in enumerate(dict.fromkeys(stands_for.values()))}
    for answer in sorted(answers.select_related("reply"), key=lambda answer: places[stands_for[answer.question_id].pk]):
        reply, question, now = answer.reply, asked[answer.question_id], stands_for[answer.question_id]
        link = Link(
            ("answer", answer.pk), Stage.ANSWER, answer_words(answer, question), reply.get_absolute_url(),
            ". ".join(part for part in (f"{reply.name}, {question.questionnaire.title}", lateness(reply)) if part), under=short(now.label),
        )  # fmt: skip
        chain.add(link, ("question", now.pk))


def _asked(times: int) -> str:
    return ngettext("asked %(count)s time", "asked %(count)s times", times) % {"count": times}


def answer_words(answer: Answer, question: Question) -> str:
    """The first words of an answer as one reads it, or what stands in its place."""
    if answer.gap:
        return str(answer.get_gap_display())
    if question.kind == QuestionKind.FILE:
        return _("An attached file")
    return short(shown(question, answer.value)) or _("Left empty")
