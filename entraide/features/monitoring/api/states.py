"""What States send: comments on a draft, consent, replies."""

from uuid import UUID

from django.http import Http404
from ninja import Schema, Status
from pydantic import Field

from entraide.features.monitoring import queries, services
from entraide.features.monitoring.api.room import Nothing, room, state_speaks
from entraide.features.monitoring.api.shapes import MadeOut
from entraide.features.monitoring.choices import Position
from entraide.features.monitoring.models import Paragraph
from entraide.kernel.api.rooms import ApiRequest


class CommentIn(Schema):
    """What the State says on a paragraph, or on the whole; `seen` is the text that it changes."""

    text: str = Field(max_length=20_000)
    paragraph: UUID | None = None
    seen: str | None = None


class ReplyIn(Schema):
    """What the State answers to a recommendation; the same token answers once."""

    position: Position
    text: str = Field(min_length=1, max_length=20_000)
    token: UUID | None = None


@room.post("reports/{uuid:edition}/comments", door=state_speaks, response={204: None})
def comment(request: ApiRequest, edition: UUID, given: CommentIn) -> Status[None]:
    """Writes a comment on the draft sent to one's own State; nobody else sees it until all are sent."""
    found = queries.edition(edition)
    on = Paragraph.objects.filter(pk=given.paragraph, edition=found).first() if given.paragraph else None
    if given.paragraph and on is None:
        raise Http404
    services.comment(by=request.acting, edition=found, text=given.text, paragraph=on, seen=given.seen)
    return Status(204, None)


@room.post("reports/{uuid:edition}/comments/send", door=state_speaks, response={204: None})
def submit(request: ApiRequest, edition: UUID) -> Status[None]:
    """Sends the comments."""
    services.submit(by=request.acting, edition=queries.edition(edition))
    return Status(204, None)


@room.post("evaluations/{uuid:evaluation}/consent", door=state_speaks, response={204: None})
def consent(request: ApiRequest, evaluation: UUID, given: Nothing) -> Status[None]:
    """Agrees that the report on one's own State is published; published, it cannot be called back."""
    services.consent(by=request.acting, evaluation=queries.evaluation(evaluation))
    return Status(204, None)


@room.post("recommendations/{uuid:recommendation}/replies", door=state_speaks, response={201: MadeOut})
def reply(request: ApiRequest, recommendation: UUID, given: ReplyIn) -> Status[dict[str, object]]:
    """Answers a recommendation to one's own State."""
    made = services.reply(by=request.acting, recommendation=queries.recommendation(recommendation), **given.dict())
    return Status(201, {"id": made.pk})
