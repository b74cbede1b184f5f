"""What whoever asks does: brings a questionnaire, publishes it, sends it round, gives more time, returns and publishes replies."""

from datetime import date
from uuid import UUID

from django.http import Http404
from ninja import File, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from entraide.engines.forms import Refused, read_xlsform
from entraide.features.questionnaires import authoring, circulating, queries, sentences, withdrawing, xlsform
from entraide.features.questionnaires.api.reading import FormOut, ReplyOut, RoundOut, form_out, reply_out, round_out
from entraide.features.questionnaires.api.room import room
from entraide.features.questionnaires.choices import ASKERS, Capacity
from entraide.features.questionnaires.views.fetching import addressee_of, questionnaire_of, reply_of
from entraide.kernel.api.doors import acting
from entraide.kernel.api.problems import unusable
from entraide.kernel.api.rooms import ApiRequest
from entraide.kernel.bodies.models import Body

askers = acting(*sorted(ASKERS))


class BroughtOut(FormOut):
    """A draft from a file, with everything of it that could not be placed."""

    doubts: list[dict[str, object]]


class AddresseeIn(Schema):
    """Who is asked, and as what."""

    body: UUID
    capacity: Capacity


class RoundIn(Schema):
    """Under which name, to whom, until when; the round before, where answers shall stand beside its own."""

    titles: dict[str, str] = Field(min_length=1, max_length=20)
    due: date
    addressees: list[AddresseeIn] = Field(min_length=1, max_length=1_000)
    previous: UUID | None = None


class DueIn(Schema):
    """A later last day."""

    due: date


class NoteIn(Schema):
    """What is missing."""

    note: str = Field(min_length=1, max_length=5_000)


@room.post("forms", door=askers, response={201: BroughtOut})
def bring(request: ApiRequest, file: File[UploadedFile]) -> Status[dict[str, object]]:
    """Files an XLSForm as a draft; under a form_id that is here already, as its next version."""
    try:
        found = read_xlsform(file.read())
    except Refused as wrong:
        raise unusable("file", str(sentences.of_file(wrong))) from None
    made = xlsform.import_form(by=request.acting, found=found)
    return Status(201, form_out(made) | {"doubts": made.doubts})


@room.post("forms/{uuid:form}/publish", door=askers, response=FormOut)
def publish(request: ApiRequest, form: UUID) -> dict[str, object]:
    """Publishes a draft: it can be sent round, and never changes."""
    authoring.publish(by=request.acting, questionnaire=questionnaire_of(form))
    return form_out(questionnaire_of(form))


@room.post("forms/{uuid:form}/rounds", door=askers, response={201: RoundOut})
def circulate(request: ApiRequest, form: UUID, given: RoundIn) -> Status[dict[str, object]]:
    """Sends a questionnaire round."""
    bodies = {body.pk: body for body in Body.objects.filter(pk__in=[each.body for each in given.addressees])}
    previous = queries.circulations().filter(holder=request.acting.body, pk__in=[given.previous]).first()
    if len(bodies) != len({each.body for each in given.addressees}) or (given.previous and previous is None):
        raise Http404
    made = circulating.circulate(
        by=request.acting, questionnaire=questionnaire_of(form), titles=given.titles, due=given.due, previous=previous,
        addressees=[(bodies[each.body], each.capacity) for each in given.addressees],
    )  # fmt: skip
    return Status(201, round_out(made))


@room.post("addressees/{uuid:addressee}/extend", door=askers, response={204: None})
def extend(request: ApiRequest, addressee: UUID, given: DueIn) -> Status[None]:
    """Gives an addressee more time."""
    circulating.extend(by=request.acting, addressee=addressee_of(addressee), due=given.due)
    return Status(204, None)


@room.post("replies/{uuid:reply}/return", door=askers, response=ReplyOut)
def give_back(request: ApiRequest, reply: UUID, given: NoteIn) -> dict[str, object]:
    """Returns a reply for completion; it stands until a further edition is sent."""
    return reply_out(circulating.give_back(by=request.acting, reply=reply_of(reply), note=given.note))


@room.post("replies/{uuid:reply}/publish", door=askers, response=ReplyOut)
def publish_reply(request: ApiRequest, reply: UUID) -> dict[str, object]:
    """Publishes a reply whose body allows it."""
    return reply_out(circulating.publish_reply(by=request.acting, reply=reply_of(reply)))


@room.post("replies/{uuid:reply}/withdraw", door=askers, response=ReplyOut)
def withdraw_reply(request: ApiRequest, reply: UUID) -> dict[str, object]:
    """Takes a reply out of publication, with its earlier editions; what was published says only that it was withdrawn, and when."""
    return reply_out(withdrawing.withdraw_reply(by=request.acting, reply=reply_of(reply)))
