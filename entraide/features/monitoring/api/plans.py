"""National plans, as those who coordinate for a State write them."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.http import Http404
from ninja import Schema, Status
from pydantic import Field

from entraide.features.monitoring import queries, rules, services
from entraide.features.monitoring.api.room import Nothing, Wordings, room, state_speaks
from entraide.features.monitoring.api.shapes import MadeOut
from entraide.kernel.access.rules import require
from entraide.kernel.api.rooms import ApiRequest
from entraide.kernel.bodies.models import Body


class PlanIn(Schema):
    """A national plan; only its body sees it until it is published."""

    titles: Wordings
    begins_on: date
    ends_on: date


class MeasureIn(Schema):
    """A measure: who leads and helps, bodies of the State; what it answers."""

    titles: Wordings
    lead: UUID
    partners: list[UUID] = []
    indicator: str = Field("", max_length=300)
    budget: Decimal | None = Field(None, ge=0, max_digits=14, decimal_places=2)
    currency: str = Field("", pattern="^([A-Z]{3})?$")
    begins_on: date | None = None
    due: date | None = None
    recommendations: list[UUID] = []


class MilestoneIn(Schema):
    """A step of a measure by a day."""

    title: str = Field(min_length=1, max_length=300)
    due: date


class StepIn(Schema):
    """Progress on a measure."""

    text: str = Field(min_length=1, max_length=5_000)
    percent: int | None = Field(None, ge=0, le=100)
    evidence: str = Field("", max_length=300)


@room.post("plans", door=state_speaks, response={201: MadeOut})
def begin_plan(request: ApiRequest, given: PlanIn) -> Status[dict[str, object]]:
    """Begins a national plan."""
    return Status(201, {"id": services.begin_plan(by=request.acting, **given.dict()).pk})


@room.post("plans/{uuid:plan}/publish", door=state_speaks, response={204: None})
def publish_plan(request: ApiRequest, plan: UUID, given: Nothing) -> Status[None]:
    """Publishes a plan; what is added later is public at once."""
    services.publish_plan(by=request.acting, plan=queries.plan(plan))
    return Status(204, None)


@room.post("plans/{uuid:plan}/measures", door=state_speaks, response={201: MadeOut})
def add_measure(request: ApiRequest, plan: UUID, given: MeasureIn) -> Status[dict[str, object]]:
    """Adds a measure to one's own plan."""
    found = queries.plan(plan)
    require(rules.may_plan(request.acting, found))
    here = {body.pk: body for body in Body.objects.filter(country=found.state, pk__in=[given.lead, *given.partners]).exclude(form="state")}
    asked = list(queries.final_recommendations(state=found.state).filter(pk__in=given.recommendations))
    if not {given.lead, *given.partners} <= set(here) or len(asked) != len(set(given.recommendations)):
        raise Http404
    made = services.add_measure(
        by=request.acting, plan=found, lead=here[given.lead], partners=[here[each] for each in given.partners], recommendations=asked,
        **given.dict(exclude={"lead", "partners", "recommendations"}),
    )  # fmt: skip
    return Status(201, {"id": made.pk})


@room.post("measures/{uuid:measure}/milestones", door=state_speaks, response={201: MadeOut})
def add_milestone(request: ApiRequest, measure: UUID, given: MilestoneIn) -> Status[dict[str, object]]:
    """Adds a milestone to a measure."""
    return Status(201, {"id": services.add_milestone(by=request.acting, measure=queries.measure(measure), **given.dict()).pk})


@room.post("milestones/{uuid:milestone}/reach", door=state_speaks, response={204: None})
def reach(request: ApiRequest, milestone: UUID, given: Nothing) -> Status[None]:
    """A milestone is reached."""
    found = queries.milestone(milestone)
    services.reach(by=request.acting, milestone=found)
    return Status(204, None)


@room.post("measures/{uuid:measure}/progress", door=state_speaks, response={201: MadeOut})
def progress(request: ApiRequest, measure: UUID, given: StepIn) -> Status[dict[str, object]]:
    """Reports progress on a measure of one's own plan."""
    made = services.report_step(by=request.acting, measure=queries.measure(measure), **given.dict())
    return Status(201, {"id": made.pk})


@room.post("measures/{uuid:measure}/finish", door=state_speaks, response={204: None})
def finish(request: ApiRequest, measure: UUID, given: Nothing) -> Status[None]:
    """A measure is done."""
    services.finish(by=request.acting, measure=queries.measure(measure))
    return Status(204, None)
