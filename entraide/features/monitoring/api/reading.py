"""What programs read: mechanisms, rounds, evaluations, reports, recommendations, decisions, plans, lots, the chain."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import get_language
from ninja import Query, Schema
from pydantic import Field

from entraide.features.monitoring import queries
from entraide.features.monitoring.api import shapes
from entraide.features.monitoring.api.room import PUBLIC, SEES, room
from entraide.features.monitoring.chain.building import build
from entraide.features.monitoring.chain.starting import start
from entraide.features.monitoring.matrix import matrix as obligations_by_states
from entraide.features.monitoring.models import Evaluation
from entraide.features.monitoring.views.files import facets
from entraide.features.texts.models import Provision
from entraide.kernel.api.doors import open_to_all, public
from entraide.kernel.api.paging import Page, Paged, paged
from entraide.kernel.api.rooms import ApiRequest


class Which(Page):
    """Of which State, under which mechanism."""

    state: str = Field("", max_length=2)
    mechanism: str = Field("", max_length=60)


class Under(Page):
    """Under which mechanism."""

    mechanism: str = Field("", max_length=60)


class Of(Page):
    """Of which State."""

    state: str = Field("", max_length=2)


class Whose(Schema):
    """Of which State, where one begins at a provision."""

    state: str = Field("", max_length=2)


@room.get("mechanisms", door=public(PUBLIC), response=Paged[shapes.MechanismOut])
def mechanisms(request: ApiRequest, wanted: Query[Page]) -> dict[str, object]:
    """Every mechanism: who evaluates, in which moves, with which verbs."""
    return paged(request, queries.mechanisms(), wanted, shapes.mechanism)


@room.get("rounds", door=public(PUBLIC), response=Paged[shapes.RoundOut])
def rounds(request: ApiRequest, wanted: Query[Under]) -> dict[str, object]:
    """Rounds, the newest first, with the obligations each is on."""
    return paged(request, queries.all_rounds(mechanism=wanted.mechanism), wanted, shapes.round)


@room.get("rounds/{uuid:round}/matrix", door=open_to_all(SEES), response=dict[str, Any])
def matrix(request: ApiRequest, round: UUID) -> dict[str, object]:
    """Obligations by States; an empty result says that nothing is visible to the reader, never that nothing is there."""
    return shapes.matrix(obligations_by_states(queries.round(round), get_language() or "en"))


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


@room.get("evaluations/{uuid:evaluation}/visits", door=open_to_all(SEES), response=list[dict[str, Any]])
def visits(request: ApiRequest, evaluation: UUID) -> list[dict[str, object]]:
    """Visits to the State, with the programme as far as the reader may see it."""
    return shapes.visits(queries.evaluation(evaluation))


@room.get("evaluations/{uuid:evaluation}/programmes", door=open_to_all(SEES), response=list[dict[str, Any]])
def programmes(request: ApiRequest, evaluation: UUID) -> list[dict[str, object]]:
    """The programme of visits as sent to the State, the newest version first; no meeting but those with its authorities."""
    return shapes.programmes(queries.evaluation(evaluation))


@room.get("evaluations/{uuid:evaluation}/decisions", door=open_to_all(SEES), response=list[dict[str, Any]])
def decisions(request: ApiRequest, evaluation: UUID) -> list[dict[str, object]]:
    """The committee's decisions on the State, with the recommendations each takes up."""
    return shapes.decisions(queries.decisions(queries.evaluation(evaluation)))


@room.get("recommendations", door=open_to_all(SEES), response=Paged[dict[str, Any]])
def recommendations(request: ApiRequest, wanted: Query[Which]) -> dict[str, object]:
    """Final recommendations with the facets of the Universal Human Rights Index."""
    return paged(request, queries.final_recommendations(state=wanted.state, mechanism=wanted.mechanism), wanted, facets)


@room.get("recommendations/{uuid:recommendation}", door=open_to_all(SEES), response=dict[str, Any])
def recommendation(request: ApiRequest, recommendation: UUID) -> dict[str, object]:
    """A recommendation with what followed: replies, decisions, measures, assessment."""
    found = queries.recommendation(recommendation)
    return facets(found) | shapes.follow_up(found)


@room.get("lots/{uuid:draw}", door=public(PUBLIC), response=dict[str, Any])
def lots(request: ApiRequest, draw: UUID) -> dict[str, object]:
    """Inputs, seed and result of a draw, as `entraide lots verify` reads them."""
    found = queries.draw(draw)
    return shapes.draw(found)


@room.get("plans", door=open_to_all(SEES), response=Paged[dict[str, Any]])
def plans(request: ApiRequest, wanted: Query[Of]) -> dict[str, object]:
    """National plans, the newest first."""
    return paged(request, queries.plans(state=wanted.state), wanted, shapes.plan_row)


@room.get("plans/{uuid:plan}", door=open_to_all(SEES), response=dict[str, Any])
def plan(request: ApiRequest, plan: UUID) -> dict[str, object]:
    """A national plan with its measures, milestones and last progress."""
    return shapes.plan(queries.plan(plan))


@room.get("chain/{slug:kind}/{uuid:start_at}", door=open_to_all(SEES, at_once=True), response=dict[str, Any])
def chain(request: ApiRequest, kind: str, start_at: UUID, wanted: Query[Whose]) -> dict[str, object]:
    """From any link both ways, for one State: what the reader may see, and where nothing is visible."""
    if kind == "provision" and not Evaluation.objects.filter(state=wanted.state).exists():
        raise Http404
    begin = start(kind, start_at, wanted.state)
    provisions = list(Provision.objects.filter(pk__in=begin.provisions).select_related("document"))
    return shapes.chain(build(begin.state, provisions, get_language() or "en", recommendations=begin.recommendations))
