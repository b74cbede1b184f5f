"""Published replies for programs: the same replies, and of each the same answers, as on the pages that everybody reads."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _
from ninja import Query, Schema, Status
from pydantic import Field

from entraide.features.questionnaires import published, queries
from entraide.features.questionnaires.api.room import room
from entraide.features.questionnaires.choices import Capacity, QuestionKind
from entraide.features.questionnaires.models import Binding, Questionnaire, Reply
from entraide.features.questionnaires.views.published import PUBLIC
from entraide.kernel.api.doors import public
from entraide.kernel.api.paging import Page, Paged, paged
from entraide.kernel.api.rooms import ApiRequest

AT_ONCE = public(PUBLIC, at_once=True)


AT_ONCE = public(PUBLIC, at_once=True)


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
    days_late: int
    questionnaire: UUID
    titles: dict[str, str]
    invented: bool


class WithdrawnOut(Schema):
    """That it was published and is so no longer."""

    code: str
    sentence: str
    withdrawn_at: datetime


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


@room.get("published", door=AT_ONCE, response=Paged[PublishedOut])
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


def _of(reply: UUID, tell: Callable[[Reply, Questionnaire], dict[str, object]]) -> dict[str, object] | Status[dict[str, object]]:
    """What there is to tell of a published reply; of a withdrawn one only that it was withdrawn."""
    row = published.published().filter(pk=reply).first()
    form = published.asked_in([row]).get(row.pk) if row else None
    if row and form:
        return tell(row, form)
    withdrawal = queries.withdrawal(reply)
    if withdrawal is None:
        raise Http404
    told = {"code": "withdrawn", "sentence": _("This reply was withdrawn from publication"), "withdrawn_at": withdrawal.withdrawn_at}
    return Status(410, told)


@room.get("published/{uuid:reply}", door=AT_ONCE, response={200: PublishedOut, 410: WithdrawnOut})
def published_reply(request: ApiRequest, reply: UUID) -> dict[str, object] | Status[dict[str, object]]:
    """One published reply."""
    return _of(reply, _out)


@room.get("published/{uuid:reply}/answers", door=AT_ONCE, response={200: Paged[PublishedAnswerOut], 410: WithdrawnOut})
def published_answers(request: ApiRequest, reply: UUID, wanted: Query[Page]) -> dict[str, object] | Status[dict[str, object]]:
    """What a published reply says, in reading order."""
    return _of(reply, lambda row, form: _answers(request, row, form, wanted))


def _answers(request: ApiRequest, reply: Reply, form: Questionnaire, wanted: Page) -> dict[str, object]:
    parts = [part for part in published.parts_of(reply, form) if part.answer]
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
