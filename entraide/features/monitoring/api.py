"""Monitoring for programs: mechanisms, evaluations, reports, recommendations, plans, the chain; what States send."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import get_language, gettext_lazy
from ninja import Query, Schema, Status
from pydantic import Field

from entraide.features.monitoring import api_shapes as shapes
from entraide.features.monitoring import queries, services
from entraide.features.monitoring.chain.building import build
from entraide.features.monitoring.chain.starting import start
from entraide.features.monitoring.choices import ANSWERS_FOR_STATE, MACHINE, WORKS_ON_IT
from entraide.features.monitoring.models import Draw, Evaluation, Paragraph
from entraide.features.monitoring.views.files import facets
from entraide.features.texts.models import Provision
from entraide.kernel.api.doors import acting, open_to_all, public
from entraide.kernel.api.paging import Page, Paged, paged
from entraide.kernel.api.rooms import ApiRequest, Room

PUBLIC = "mechanisms and lots are public"
SEES = "what is published is for everybody; each sees beside it what is sent to her"
room = Room("monitoring", gettext_lazy("Monitoring"))
state_speaks, house = acting(*sorted(ANSWERS_FOR_STATE)), acting(*sorted(WORKS_ON_IT))


class Which(Page):
    """Of which State, under which mechanism."""

    state: str = Field("", max_length=2)
    mechanism: str = Field("", max_length=60)


class Whose(Schema):
    """Of which State, where one begins at a provision."""

    state: str = Field("", max_length=2)


@room.get("mechanisms", door=public(PUBLIC), response=Paged[shapes.MechanismOut])
def mechanisms(request: ApiRequest, wanted: Query[Page]) -> dict[str, object]:
    """Every mechanism: who evaluates, in which moves, with which verbs."""
    return paged(request, queries.mechanisms(), wanted, shapes.mechanism)


@room.get("evaluations", door=open_to_all(SEES), response=Paged[shapes.EvaluationOut])
def evaluations(request: ApiRequest, wanted: Query[Which]) -> dict[str, object]:
    """Where the evaluation of each State stands."""
    found = queries.evaluations(state=wanted.state)
    found = found.filter(round__mechanism__slug=wanted.mechanism) if wanted.mechanism else found
    return paged(request, found, wanted, shapes.evaluation)


@room.get("evaluations/{uuid:evaluation}/reports", door=open_to_all(SEES), response=list[shapes.ReportOut])
def reports(request: ApiRequest, evaluation: UUID) -> list[dict[str, object]]:
    """The editions of a report that the reader may see, line by line; a State's copy carries no evidence of NGOs."""
    return [shapes.report(edition) for edition in queries.editions(queries.evaluation(evaluation))]


@room.post("evaluations/{uuid:evaluation}/moves/{slug:name}", door=house, response=shapes.EvaluationOut)
def move(request: ApiRequest, evaluation: UUID, name: str) -> dict[str, object]:
    """Makes a move of the procedure."""
    found = queries.evaluation(evaluation)
    if name not in {each.name for each in MACHINE.moves}:
        raise Http404
    return shapes.evaluation(services.move(by=request.acting, evaluation=found, name=name))


@room.get("recommendations", door=open_to_all(SEES), response=Paged[dict[str, Any]])
def recommendations(request: ApiRequest, wanted: Query[Which]) -> dict[str, object]:
    """Final recommendations with the facets of the Universal Human Rights Index."""
    return paged(request, queries.final_recommendations(state=wanted.state, mechanism=wanted.mechanism), wanted, facets)


@room.post("recommendations/{uuid:recommendation}/replies", door=state_speaks, response={201: shapes.MadeOut})
def reply(request: ApiRequest, recommendation: UUID, given: shapes.ReplyIn) -> Status[dict[str, object]]:
    """Answers a recommendation to one's own State."""
    made = services.reply(by=request.acting, recommendation=queries.recommendation(recommendation), **given.dict())
    return Status(201, {"id": made.pk})


@room.post("reports/{uuid:edition}/comments", door=state_speaks, response={204: None})
def comment(request: ApiRequest, edition: UUID, given: shapes.CommentIn) -> Status[None]:
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


@room.get("lots/{uuid:draw}", door=public(PUBLIC), response=dict[str, Any])
def lots(request: ApiRequest, draw: UUID) -> dict[str, object]:
    """Inputs, seed and result of a draw, as `entraide lots verify` reads them."""
    found = Draw.objects.filter(pk=draw).first()
    if found is None:
        raise Http404
    return shapes.draw(found)


@room.get("plans/{uuid:plan}", door=open_to_all(SEES), response=dict[str, Any])
def plan(request: ApiRequest, plan: UUID) -> dict[str, object]:
    """A national plan with its measures, milestones and last progress."""
    return shapes.plan(queries.plan(plan))


@room.post("measures/{uuid:measure}/progress", door=state_speaks, response={201: shapes.MadeOut})
def progress(request: ApiRequest, measure: UUID, given: shapes.StepIn) -> Status[dict[str, object]]:
    """Reports progress on a measure of one's own plan."""
    made = services.report_step(by=request.acting, measure=queries.measure(measure), **given.dict())
    return Status(201, {"id": made.pk})


@room.get("chain/{slug:kind}/{uuid:start_at}", door=open_to_all(SEES), response=dict[str, Any])
def chain(request: ApiRequest, kind: str, start_at: UUID, wanted: Query[Whose]) -> dict[str, object]:
    """From any link both ways, for one State: what the reader may see, and where nothing is visible."""
    if kind == "provision" and not Evaluation.objects.filter(state=wanted.state).exists():
        raise Http404
    begin = start(kind, start_at, wanted.state)
    provisions = list(Provision.objects.filter(pk__in=begin.provisions).select_related("document"))
    return shapes.chain(build(begin.state, provisions, get_language() or "en", recommendations=begin.recommendations))
