"""What the team and the secretariat do: moves, visits, the draft with its findings and recommendations, decisions, assessments."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _
from ninja import Schema, Status
from pydantic import Field

from entraide.features.monitoring import queries, rules, services
from entraide.features.monitoring.api import shapes
from entraide.features.monitoring.api.room import Nothing, Wordings, house, room, secretariat
from entraide.features.monitoring.api.shapes import MadeOut
from entraide.features.monitoring.choices import MACHINE, EditionKind, Origin, Party, Persons, Progress, Result, Target, Theme
from entraide.features.monitoring.models import Finding, Recommendation, Scope
from entraide.features.questionnaires.queries import circulations
from entraide.kernel.access.rules import require
from entraide.kernel.api.problems import unusable
from entraide.kernel.api.rooms import ApiRequest


class VisitIn(Schema):
    """When and where the team goes."""

    begins_on: date
    ends_on: date
    places: str = Field(min_length=1, max_length=200)


class MeetingIn(Schema):
    """A line of the programme; an office or organisation, no person. The State is told of meetings with its authorities only."""

    on: date
    with_whom: str = Field(min_length=1, max_length=200)
    party: Party = Party.OTHER
    place: str = Field("", max_length=200)
    about: str = Field("", max_length=300)
    noted: str = Field("", max_length=10_000)


class AskIn(Schema):
    """A circulation of one's own body; about one of the mechanism's clusters, or about the whole round."""

    circulation: UUID
    cluster: str = Field("", max_length=20)


class ClustersIn(Schema):
    """{provision: one of the mechanism's clusters, or empty}."""

    clusters: dict[UUID, Annotated[str, Field(max_length=20)]] = Field(max_length=500)


class ParagraphIn(Schema):
    """A line of the draft: at its end, or after the place of another."""

    text: str = Field(min_length=1, max_length=10_000)
    kind: Literal["paragraph", "heading"] = "paragraph"
    level: int = Field(1, ge=1, le=3)
    after: int | None = Field(None, ge=0, le=30_000)
    language: str = Field("", pattern="^([a-z]{2,3})?$")


class WordingIn(Schema):
    """Another wording in one language; `seen` is the text that it changes. A mere correction leaves no other language behind."""

    text: str = Field(min_length=1, max_length=10_000)
    seen: str
    language: str = Field("", pattern="^([a-z]{2,3})?$")
    correction: bool = False


class FindingIn(Schema):
    """How far an obligation of the round is met."""

    provision: UUID
    result: Result


class EvidenceIn(Schema):
    """An answer to a question on the obligation, or where it comes from and what it is."""

    answer: UUID | None = None
    origin: Origin | None = None
    title: str = Field("", max_length=300)
    url: str = Field("", max_length=500, pattern="^(https?://.*)?$")


class RecommendIn(Schema):
    """What is asked, with one of the mechanism's verbs."""

    verb: str = Field(max_length=20)
    text: str = Field(min_length=1, max_length=5_000)
    language: str = Field("", pattern="^([a-z]{2,3})?$")
    finding: UUID | None = None
    earlier: UUID | None = None
    themes: list[Theme] = []
    persons: list[Persons] = []
    targets: list[Target] = []
    due: date | None = None


class AssessIn(Schema):
    """How far a recommendation is carried out."""

    progress: Progress
    text: str = Field("", max_length=5_000)


class DecideIn(Schema):
    """What the committee asks."""

    texts: Wordings
    recommendations: list[UUID] = []
    reference: str = Field("", max_length=60)
    adopted_on: date | None = None
    due: date | None = None


@room.post("evaluations/{uuid:evaluation}/moves/{slug:name}", door=house, response=shapes.EvaluationOut)
def move(request: ApiRequest, evaluation: UUID, name: str) -> dict[str, object]:
    """Makes a move of the procedure."""
    found = queries.evaluation(evaluation)
    if name not in {each.name for each in MACHINE.moves}:
        raise Http404
    return shapes.evaluation(services.move(by=request.acting, evaluation=found, name=name))


@room.post("evaluations/{uuid:evaluation}/visits", door=house, response={201: MadeOut})
def plan_visit(request: ApiRequest, evaluation: UUID, given: VisitIn) -> Status[dict[str, object]]:
    """Plans a visit."""
    made = services.plan_visit(by=request.acting, evaluation=queries.evaluation(evaluation), **given.dict())
    return Status(201, {"id": made.pk})


@room.post("visits/{uuid:visit}/meetings", door=house, response={201: MadeOut})
def hold_meeting(request: ApiRequest, visit: UUID, given: MeetingIn) -> Status[dict[str, object]]:
    """Puts a meeting into the programme."""
    found = queries.visit(visit)
    return Status(201, {"id": services.hold_meeting(by=request.acting, visit=found, **given.dict()).pk})


@room.put("rounds/{uuid:round}/clusters", door=secretariat, response={204: None})
def set_clusters(request: ApiRequest, round: UUID, given: ClustersIn) -> Status[None]:
    """Says in which clusters the obligations of a round stand."""
    services.set_clusters(by=request.acting, round=queries.round(round), clusters=given.clusters)
    return Status(204, None)


@room.put("visits/meetings/{uuid:meeting}", door=house, response={204: None})
def change_meeting(request: ApiRequest, meeting: UUID, given: MeetingIn) -> Status[None]:
    """Changes a meeting of the programme."""
    services.change_meeting(by=request.acting, meeting=queries.meeting(meeting), **given.dict())
    return Status(204, None)


@room.delete("visits/meetings/{uuid:meeting}", door=house, response={204: None})
def cancel_meeting(request: ApiRequest, meeting: UUID) -> Status[None]:
    """Takes a meeting out of the programme."""
    services.cancel_meeting(by=request.acting, meeting=queries.meeting(meeting))
    return Status(204, None)


@room.post("visits/{uuid:visit}/programme", door=secretariat, response={201: MadeOut})
def send_programme(request: ApiRequest, visit: UUID, given: Nothing) -> Status[dict[str, object]]:
    """Sends the State the programme: a copy of its days, places and meetings with authorities."""
    return Status(201, {"id": services.send_programme(by=request.acting, visit=queries.visit(visit)).pk})


@room.post("rounds/{uuid:round}/questionnaires", door=secretariat, response={201: MadeOut})
def add_questionnaire(request: ApiRequest, round: UUID, given: AskIn) -> Status[dict[str, object]]:
    """Has a round ask a questionnaire that was sent round."""
    sent = circulations().filter(pk=given.circulation).first()
    if sent is None:
        raise Http404
    made = services.add_questionnaire(by=request.acting, round=queries.round(round), circulation=sent, cluster=given.cluster)
    return Status(201, {"id": made.pk})


@room.delete("rounds/questionnaires/{uuid:asked}", door=secretariat, response={204: None})
def remove_questionnaire(request: ApiRequest, asked: UUID) -> Status[None]:
    """Takes a questionnaire out of a round; the answers stay where they are."""
    services.remove_questionnaire(by=request.acting, asked=queries.round_questionnaire(asked))
    return Status(204, None)


@room.post("reports/{uuid:edition}/paragraphs", door=house, response={201: MadeOut})
def add_paragraph(request: ApiRequest, edition: UUID, given: ParagraphIn) -> Status[dict[str, object]]:
    """Adds a line to the draft, in the language of whoever acts unless it says otherwise."""
    return Status(201, {"id": services.add_paragraph(by=request.acting, edition=queries.edition(edition), **given.dict()).pk})


@room.put("paragraphs/{uuid:paragraph}", door=house, response={204: None})
def revise_paragraph(request: ApiRequest, paragraph: UUID, given: WordingIn) -> Status[None]:
    """Changes the wording of a line; what somebody else wrote meanwhile is shown, not lost."""
    services.revise_paragraph(by=request.acting, paragraph=queries.paragraph(paragraph), **given.dict())
    return Status(204, None)


@room.delete("paragraphs/{uuid:paragraph}", door=house, response={204: None})
def remove_paragraph(request: ApiRequest, paragraph: UUID) -> Status[None]:
    """Takes a line out, with what hangs on it."""
    services.remove_paragraph(by=request.acting, paragraph=queries.paragraph(paragraph))
    return Status(204, None)


@room.post("paragraphs/{uuid:paragraph}/findings", door=house, response={201: MadeOut})
def add_finding(request: ApiRequest, paragraph: UUID, given: FindingIn) -> Status[dict[str, object]]:
    """Says what a paragraph finds of an obligation of the round."""
    found = queries.paragraph(paragraph)
    require(rules.may_write(request.acting, found.edition))
    scope = Scope.objects.filter(round=found.edition.evaluation.round, provision=given.provision).select_related("provision").first()
    if scope is None:
        raise Http404
    made = services.add_finding(by=request.acting, paragraph=found, provision=scope.provision, result=given.result)
    return Status(201, {"id": made.pk})


@room.post("findings/{uuid:finding}/evidence", door=house, response={201: MadeOut})
def prove(request: ApiRequest, finding: UUID, given: EvidenceIn) -> Status[dict[str, object]]:
    """Ties a finding to what it rests on; what an NGO gave goes into no copy of the report."""
    found = queries.finding(finding)
    require(rules.may_write(request.acting, found.edition))
    if given.answer:
        answer = queries.answers_on(found.provision_id, found.edition.evaluation.state).filter(pk=given.answer).first()
        if answer is None:
            raise Http404
        return Status(201, {"id": services.cite(by=request.acting, finding=found, answer=answer).pk})
    if given.origin is None:
        raise unusable("origin", _("Choose an answer, or say where it comes from."))
    made = services.add_evidence(by=request.acting, finding=found, origin=given.origin, title=given.title, url=given.url)
    return Status(201, {"id": made.pk})


@room.post("reports/{uuid:edition}/recommendations", door=house, response={201: MadeOut})
def recommend(request: ApiRequest, edition: UUID, given: RecommendIn) -> Status[dict[str, object]]:
    """Adds a recommendation to the draft."""
    found = queries.edition(edition)
    require(rules.may_write(request.acting, found))
    rest = given.dict(exclude={"finding", "earlier"})
    rests_on = Finding.objects.filter(edition=found, pk__in=[given.finding]).select_related("provision").first()
    before = queries.earlier_recommendations(found.evaluation).filter(pk__in=[given.earlier]).first()
    if (given.finding and rests_on is None) or (given.earlier and before is None):
        raise Http404
    return Status(201, {"id": services.recommend(by=request.acting, edition=found, finding=rests_on, earlier=before, **rest).pk})


@room.post("recommendations/{uuid:recommendation}/assessments", door=house, response={201: MadeOut})
def assess(request: ApiRequest, recommendation: UUID, given: AssessIn) -> Status[dict[str, object]]:
    """Says how far a recommendation is carried out."""
    made = services.assess(by=request.acting, recommendation=queries.recommendation(recommendation), **given.dict())
    return Status(201, {"id": made.pk})


@room.post("evaluations/{uuid:evaluation}/decisions", door=secretariat, response={201: MadeOut})
def decide(request: ApiRequest, evaluation: UUID, given: DecideIn) -> Status[dict[str, object]]:
    """Records a decision of the committee."""
    found = queries.evaluation(evaluation)
    asked = Recommendation.objects.filter(edition__evaluation=found, edition__kind=EditionKind.FINAL, pk__in=given.recommendations)
    taken = list(asked.select_related("edition"))
    if len(taken) != len(set(given.recommendations)):
        raise Http404
    made = services.decide(by=request.acting, evaluation=found, **given.dict(exclude={"recommendations"}), recommendations=taken)
    return Status(201, {"id": made.pk})


@room.post("decisions/{uuid:decision}/answered", door=secretariat, response={204: None})
def answered(request: ApiRequest, decision: UUID, given: Nothing) -> Status[None]:
    """The State has reported back."""
    found = queries.decision(decision)
    services.answered(by=request.acting, decision=found)
    return Status(204, None)
