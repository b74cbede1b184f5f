"""What programs read: questions, rounds, who answered, answers."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from ninja import Query, Schema

from entraide.features.questionnaires import queries
from entraide.features.questionnaires.api.room import room
from entraide.features.questionnaires.models import Answer, Binding, Circulation, Question, Questionnaire, Reply
from entraide.features.questionnaires.outline import Outline, outline
from entraide.features.questionnaires.views.fetching import circulation_of, questionnaire_of, reply_of
from entraide.kernel.api.doors import acting
from entraide.kernel.api.paging import Page, Paged, paged
from entraide.kernel.api.rooms import ApiRequest


class FormOut(Schema):
    """A version of a questionnaire."""

    urn: str
    id: UUID
    code: str
    version: int
    titles: dict[str, str]
    languages: list[str]
    published: bool
    invented: bool


class QuestionOut(Schema):
    """A question under its permanent key; provisions as document#provision."""

    id: UUID
    key: str
    kind: str
    labels: dict[str, str]
    options: list[dict[str, Any]]
    required: bool
    condition: str
    section: str
    provisions: list[str]


class FormDetail(FormOut):
    """With its questions in reading order."""

    questions: list[QuestionOut]


class RoundOut(Schema):
    """A questionnaire sent round by a body."""

    urn: str
    id: UUID
    titles: dict[str, str]
    questionnaire: UUID
    opened_on: date
    due: date
    previous: UUID | None
    invented: bool


class StandingOut(Schema):
    """Where an addressee stands, of those that the reader may know of."""

    addressee: UUID
    body: UUID
    country: str
    capacity: str
    due: date
    state: str
    reply: UUID | None


class ReplyOut(Schema):
    """An edition of a reply."""

    urn: str
    id: UUID
    names: dict[str, str]
    country: str
    capacity: str
    edition: int
    state: str
    due: date
    sent_at: datetime | None
    days_late: int
    published: bool
    withdrawn_at: datetime | None


class AnswerOut(Schema):
    """What a reply says to a question; `version` is what a change must name."""

    key: str
    instance: int
    value: Any
    gap: str
    version: int


def form_out(row: Questionnaire) -> dict[str, object]:
    return {name: getattr(row, name) for name in FormOut.model_fields}


def round_out(row: Circulation) -> dict[str, object]:
    given = {name: getattr(row, name) for name in ("urn", "id", "titles", "opened_on", "due", "invented")}
    return given | {"questionnaire": row.questionnaire_id, "previous": row.previous_id}


def reply_out(row: Reply) -> dict[str, object]:
    given = {name: getattr(row, name) for name in ReplyOut.model_fields if name not in {"published", "withdrawn_at"}}
    withdrawal = queries.withdrawal(row.pk) if row.sent_at else None
    return given | {"published": row.published_at is not None, "withdrawn_at": withdrawal and withdrawal.withdrawn_at}


def _answer(row: Answer) -> dict[str, object]:
    return {"key": row.question.key, "instance": row.instance, "value": row.value, "gap": row.gap, "version": row.version}


@room.get("forms", door=acting(), response=Paged[FormOut])
def forms(request: ApiRequest, wanted: Query[Page]) -> dict[str, object]:
    """Questionnaires: published ones, and the own body's drafts."""
    return paged(request, queries.listed(), wanted, form_out)


@room.get("forms/{uuid:form}", door=acting(), response=FormDetail)
def form(request: ApiRequest, form: UUID) -> dict[str, object]:
    """One questionnaire with its questions."""
    row = questionnaire_of(form)
    whole = outline(row)
    bound: dict[UUID, list[str]] = {}
    for each in Binding.objects.filter(question__questionnaire=row).select_related("provision__document"):
        bound.setdefault(each.question_id, []).append(f"{each.provision.document.slug}#{each.provision.eid}")
    return form_out(row) | {"questions": [_question(whole, each, bound.get(each.pk, [])) for each in whole.questions]}


def _question(whole: Outline, row: Question, provisions: list[str]) -> dict[str, object]:
    given = {name: getattr(row, name) for name in ("id", "key", "kind", "labels", "options", "required", "condition")}
    return given | {"section": whole.section_of[row.section_id].key, "provisions": provisions}


@room.get("rounds", door=acting(), response=Paged[RoundOut])
def rounds(request: ApiRequest, wanted: Query[Page]) -> dict[str, object]:
    """What was sent round, the newest first."""
    return paged(request, queries.circulations(), wanted, round_out)


@room.get("rounds/{uuid:round}/standing", door=acting(), response=list[StandingOut])
def standing(request: ApiRequest, round: UUID) -> list[dict[str, object]]:
    """Who answered and who is late, of those that the reader may know to have been asked."""
    return [
        {
            "addressee": each.addressee.pk, "body": each.addressee.body_id,
            "country": each.addressee.country, "capacity": each.addressee.capacity,
            "due": each.addressee.due, "state": each.where, "reply": each.reply.pk if each.reply else None,
        }
        for each in queries.standing(circulation_of(round))
    ]  # fmt: skip


@room.get("rounds/{uuid:round}/replies", door=acting(), response=Paged[ReplyOut])
def replies(request: ApiRequest, round: UUID, wanted: Query[Page]) -> dict[str, object]:
    """The official replies that the reader may see."""
    return paged(request, queries.replies(circulation_of(round)), wanted, reply_out)


@room.get("replies/{uuid:reply}", door=acting(), response=ReplyOut)
def reply(request: ApiRequest, reply: UUID) -> dict[str, object]:
    """One edition of a reply."""
    return reply_out(reply_of(reply))


@room.get("replies/{uuid:reply}/answers", door=acting(), response=Paged[AnswerOut])
def answers(request: ApiRequest, reply: UUID, wanted: Query[Page]) -> dict[str, object]:
    """What a reply says, in reading order."""
    found: QuerySet[Answer] = queries.answers(reply_of(reply))
    return paged(request, found, wanted, _answer)
