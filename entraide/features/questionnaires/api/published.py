"""Published replies for programs: the same replies, and of each the same answers, as on the pages that everybody reads."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from ninja import Query, Schema
from pydantic import Field

from entraide.features.questionnaires import published
from entraide.features.questionnaires.api.room import room
from entraide.features.questionnaires.choices import Capacity, QuestionKind
from entraide.features.questionnaires.models import Binding, Questionnaire, Reply
from entraide.features.questionnaires.views.published import PUBLIC
from entraide.kernel.api.doors import public
from entraide.kernel.api.paging import Page, Paged, paged
from entraide.kernel.api.rooms import ApiRequest


class Wanted(Page):
    """Of a State (ISO 3166-1), as what, of a round, with an answer on a provision."""

    state: str = Field("", max_length=2)
    capacity: Capacity | None = None
    round: UUID | None = None
    provision: UUID | None = None


class PublishedOut(Schema):
    """A reply that everybody reads, and the questionnaire that it answers."""

    urn: str
    id: UUID
    names: dict[str, str]
    country: str
    capacity: str
    edition: int
    sent_at: datetime
    published_at: datetime
    questionnaire: UUID
    titles: dict[str, str]
    invented: bool


class PublishedAnswerOut(Schema):
    """What it says to a question: the value as its kind keeps it, and in words; `gap` where it says why there is none."""

    key: str
    labels: dict[str, str]
    kind: str
    instance: int
    value: Any
    gap: str
    text: str
    provisions: list[UUID]


@room.get("published", door=public(PUBLIC), response=Paged[PublishedOut])
def published_replies(request: ApiRequest, wanted: Query[Wanted]) -> dict[str, object]:
    """Published replies, the newest first."""
    found = published.published(
        country=wanted.state.upper(), capacity=wanted.capacity or "", circulation=wanted.round, provision=wanted.provision
    )
    told = paged(request, found, wanted, lambda row: row)
    rows: list[Reply] = told["items"]  # type: ignore[assignment]  # as they were found
    asked = published.asked_in(rows)
    return told | {"items": [_out(row, asked[row.pk]) for row in rows if row.pk in asked]}


def _out(row: Reply, form: Questionnaire) -> dict[str, object]:
    given = {name: getattr(row, name) for name in PublishedOut.model_fields if name not in {"questionnaire", "titles"}}
    return given | {"questionnaire": form.pk, "titles": form.titles}


def _found(reply: UUID) -> tuple[Reply, Questionnaire]:
    row = published.published().filter(pk=reply).first()
    form = published.asked_in([row]).get(row.pk) if row else None
    if row is None or form is None:
        raise Http404
    return row, form


@room.get("published/{uuid:reply}", door=public(PUBLIC), response=PublishedOut)
def published_reply(request: ApiRequest, reply: UUID) -> dict[str, object]:
    """One published reply."""
    return _out(*_found(reply))


@room.get("published/{uuid:reply}/answers", door=public(PUBLIC), response=Paged[PublishedAnswerOut])
def published_answers(request: ApiRequest, reply: UUID, wanted: Query[Page]) -> dict[str, object]:
    """What a published reply says, in reading order."""
    parts = [part for part in published.parts_of(*_found(reply)) if part.answer]
    told = paged(request, parts, wanted, lambda part: part)
    shown: list[published.Part] = told["items"]  # type: ignore[assignment]  # as they were found
    bound: dict[UUID, list[UUID]] = {}
    for question, provision in Binding.objects.filter(question__in=[part.question for part in shown]).values_list("question", "provision"):
        bound.setdefault(question, []).append(provision)
    return told | {"items": [_answer(part, bound) for part in shown]}


def _answer(part: published.Part, bound: dict[UUID, list[UUID]]) -> dict[str, object]:
    assert part.question is not None and part.answer is not None
    question, row = part.question, part.answer
    return {
        "key": question.key, "labels": question.labels, "kind": question.kind, "instance": row.instance,
        "value": None if question.kind == QuestionKind.FILE else row.value, "gap": row.gap, "text": part.text,
        "provisions": sorted(bound.get(question.pk, [])),
    }  # fmt: skip
