"""What whoever answers does: begins a reply, saves answers with the version that it saw, clears and sends."""

from datetime import date
from uuid import UUID

from django.http import Http404
from ninja import Query, Schema, Status
from pydantic import Field

from entraide.engines.forms import BadValue, Value, read
from entraide.engines.forms.values import table
from entraide.features.questionnaires import answering, queries, saving, sentences
from entraide.features.questionnaires.api.reading import ReplyOut, reply_out
from entraide.features.questionnaires.api.room import room
from entraide.features.questionnaires.choices import FOCAL, WRITERS, Gap, QuestionKind
from entraide.features.questionnaires.models import Addressee, Question
from entraide.features.questionnaires.outline import outline
from entraide.features.questionnaires.views.fetching import addressee_of, reply_of
from entraide.features.questionnaires.writing import choices_of
from entraide.kernel.access.rules import refuse, require
from entraide.kernel.api.doors import acting
from entraide.kernel.api.paging import Page, Paged, paged
from entraide.kernel.api.rooms import ApiRequest

writers, focal = acting(*sorted(WRITERS)), acting(*sorted(FOCAL))


class AskedOut(Schema):
    """What one's own body was asked."""

    id: UUID
    round: UUID
    questionnaire: UUID
    titles: dict[str, str]
    capacity: str
    due: date
    reply: UUID | None


class AnswerIn(Schema):
    """An answer on top of a version (0: nothing was there), as its kind keeps it or as text."""

    key: str = Field(max_length=120)
    instance: int = Field(0, ge=0, le=10_000)
    value: str | int | list[str] | dict[str, dict[str, str]] | None = None
    gap: Gap | None = None
    version: int = Field(0, ge=0, le=2_000_000_000)


class AnswersIn(Schema):
    """Answers to save together."""

    answers: list[AnswerIn] = Field(max_length=2_000)


class SavedOut(Schema):
    """How many answers changed, and the keys of those that stand in two versions now."""

    changed: int
    clashes: list[str]


class SendIn(Schema):
    """Whether the circulating body may publish what is sent."""

    may_publish: bool = False


@room.get("asked", door=writers, response=Paged[AskedOut])
def asked(request: ApiRequest, wanted: Query[Page]) -> dict[str, object]:
    """What one's own body was asked to answer, the soonest first, with the edition that is being written."""
    return paged(request, queries.asked_of(request.acting.body), wanted, _asked)


def _asked(row: Addressee) -> dict[str, object]:
    now = queries.open_edition(row)
    return {
        "id": row.pk, "round": row.circulation_id, "questionnaire": row.circulation.questionnaire_id, "titles": row.circulation.titles,
        "capacity": row.capacity, "due": row.due, "reply": now.pk if now else None,
    }  # fmt: skip


@room.post("asked/{uuid:addressee}/replies", door=focal, response={201: ReplyOut})
def begin(request: ApiRequest, addressee: UUID) -> Status[dict[str, object]]:
    """Begins a reply; after one was sent, its next edition with the same answers."""
    return Status(201, reply_out(answering.begin(by=request.acting, addressee=addressee_of(addressee))))


@room.post("replies/{uuid:reply}/answers", door=writers, response=SavedOut)
def save(request: ApiRequest, reply: UUID, given: AnswersIn) -> dict[str, object]:
    """Saves answers. One that somebody changed meanwhile stays, and what was sent is kept aside beside it."""
    row = reply_of(reply)
    whole = outline(row.circulation.questionnaire)
    wanted: dict[saving.Place, saving.Given] = {}
    for each in given.answers:
        question = whole.by_key.get(each.key)
        if question is None or question.kind in {QuestionKind.NOTE, QuestionKind.FILE}:
            require(refuse("no_question", sentences.of_condition("unknown", each.key)))
            continue
        wanted[question.pk, each.instance] = saving.Given(_value(question, each), each.version, each.gap or "")
    saved = saving.save(by=request.acting, reply=row, given=wanted, whole=whole)
    return {"changed": saved.changed, "clashes": [clash.question.key for clash in saved.clashes]}


def _value(question: Question, given: AnswerIn) -> Value:
    """The value of its kind; refused with a sentence where it is none."""
    try:
        if isinstance(given.value, dict):
            return table(given.value) if question.kind == QuestionKind.TABLE else None
        text = " ".join(given.value) if isinstance(given.value, list) else "" if given.value is None else str(given.value)
        return read(question.kind, text, [code for code, _label in choices_of(question)])
    except BadValue as wrong:
        require(refuse("value", f"{question.key}: {sentences.of_value(wrong)}"))
        raise


@room.post("replies/{uuid:reply}/send", door=focal, response=ReplyOut)
def send(request: ApiRequest, reply: UUID, given: SendIn) -> dict[str, object]:
    """Sends a cleared reply: from now on it is the official one, and never changes."""
    return reply_out(answering.send(by=request.acting, reply=reply_of(reply), may_publish=given.may_publish))


@room.post("replies/{uuid:reply}/moves/{slug:name}", door=focal, response=ReplyOut)
def move(request: ApiRequest, reply: UUID, name: str) -> dict[str, object]:
    """Clears a reply, or opens a cleared one again."""
    moves = {"clear": answering.clear, "reopen": answering.reopen}
    if name not in moves:
        raise Http404
    return reply_out(moves[name](by=request.acting, reply=reply_of(reply)))
