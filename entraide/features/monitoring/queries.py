"""Named reads of monitoring. The database decides which rows there are."""

from collections.abc import Iterable
from itertools import groupby
from typing import TypeVar
from uuid import UUID

from django.db.models import F, Model, Prefetch, QuerySet
from django.http import Http404

from entraide.features.monitoring.choices import TOLD, EditionKind, Stage
from entraide.features.monitoring.models import (
    Answers,
    Appointment,
    Assessment,
    Comments,
    Decision,
    Draw,
    Edition,
    Evaluation,
    Finding,
    Measure,
    Mechanism,
    Meeting,
    Milestone,
    Paragraph,
    Plan,
    Programme,
    Recommendation,
    Reply,
    Round,
    RoundQuestionnaire,
    Scope,
    Step,
    Visit,
)  # fmt: skip
from entraide.features.questionnaires.choices import OFFICIAL
from entraide.features.questionnaires.models import Answer
from entraide.kernel.base import clock

Row = TypeVar("Row", bound=Model)


def mechanisms() -> QuerySet[Mechanism]:
    """Every mechanism."""
    return Mechanism.objects.select_related("document").order_by("slug")


def mechanism(slug: str) -> Mechanism:
    """The mechanism of this name, or the static 404."""
    return _found(mechanisms().filter(slug=slug))


def written_in(of: Mechanism, language: str) -> bool:
    """Whether a line of its reports is written in a language."""
    return Paragraph.objects.filter(edition__evaluation__round__mechanism=of, texts__has_key=language).exists()


def rounds(of: Mechanism) -> QuerySet[Round]:
    """The rounds of a mechanism, newest first."""
    return Round.objects.filter(mechanism=of).order_by("-number")


def all_rounds(*, mechanism: str = "") -> QuerySet[Round]:
    """Rounds of every mechanism, or of one, with their obligations and questionnaires, newest first."""
    scope = Prefetch("scope", Scope.objects.select_related("provision").order_by("place"))
    asked = Prefetch("questionnaires", RoundQuestionnaire.objects.select_related("questionnaire").order_by("due", "id"))
    rows = Round.objects.select_related("mechanism").prefetch_related(scope, asked).order_by("-opens_on", "id")
    return rows.filter(mechanism__slug=mechanism) if mechanism else rows


def round(identifier: UUID) -> Round:
    """A round, or the static 404."""
    return _found(Round.objects.select_related("mechanism").filter(pk=identifier))


def rounds_asking(circulation: UUID) -> QuerySet[Round]:
    """The rounds whose questions were sent round by this circulation."""
    return Round.objects.select_related("mechanism").filter(questionnaires__circulation=circulation)


def scope(of: Round) -> list[tuple[str, list[Scope]]]:
    """What a round looks at, by cluster in the mechanism’s order, then what stands in none: [(cluster, provisions in their order)]."""
    order = {each["code"]: place for place, each in enumerate(of.mechanism.clusters)}
    rows = Scope.objects.filter(round=of).select_related("provision__document").order_by("place")
    inside = sorted(rows, key=lambda row: order.get(row.cluster, len(order)))
    return [(cluster, list(found)) for cluster, found in groupby(inside, key=lambda row: row.cluster)]


def questionnaires(of: Round) -> QuerySet[RoundQuestionnaire]:
    """What a round asks, the soonest last day first. Whoever has not signed in sees no circulation, so none is joined."""
    return RoundQuestionnaire.objects.filter(round=of).order_by("due", "id")


def round_questionnaire(identifier: UUID) -> RoundQuestionnaire:
    """A questionnaire of a round, or the static 404."""
    return _found(RoundQuestionnaire.objects.select_related("round__mechanism").filter(pk=identifier))


def evaluations(of: Round | None = None, *, state: str = "", stage: str = "") -> QuerySet[Evaluation]:
    """Evaluations, of a round in the order of countries."""
    rows = Evaluation.objects.select_related("round__mechanism").order_by("-round__opens_on", "round", "place")
    wanted = {name: value for name, value in (("round", of), ("state", state), ("stage", stage)) if value}
    return rows.filter(**wanted)


def evaluation(identifier: UUID) -> Evaluation:
    """The evaluation of a State, or the static 404."""
    return _found(Evaluation.objects.select_related("round__mechanism").filter(pk=identifier))


def editions(of: Evaluation) -> list[Edition]:
    """The editions of a report that the reader may see: draft, sent, final."""
    order = {kind: place for place, kind in enumerate(EditionKind.values)}
    return sorted(Edition.objects.filter(evaluation=of), key=lambda edition: order[edition.kind])


def edition(identifier: UUID) -> Edition:
    """A report in one edition, or the static 404."""
    return _found(Edition.objects.select_related("evaluation__round__mechanism").filter(pk=identifier))


def paragraph(identifier: UUID) -> Paragraph:
    """A line of a report, or the static 404."""
    return _found(Paragraph.objects.select_related("edition__evaluation__round__mechanism").filter(pk=identifier))


def finding(identifier: UUID) -> Finding:
    """A finding of a report, or the static 404."""
    return _found(Finding.objects.select_related("edition__evaluation__round__mechanism", "paragraph").filter(pk=identifier))


def visit(identifier: UUID) -> Visit:
    """A visit of a team, or the static 404."""
    return _found(Visit.objects.select_related("evaluation__round__mechanism").filter(pk=identifier))


def meeting(identifier: UUID) -> Meeting:
    """A line of a visit's programme, or the static 404."""
    return _found(Meeting.objects.select_related("visit__evaluation__round__mechanism").filter(pk=identifier))


def told_of(visit: Visit) -> QuerySet[Meeting]:
    """The meetings of a visit that its State is told of."""
    return Meeting.objects.filter(visit=visit, party__in=TOLD).order_by("on", "id")


def programmes(of: Evaluation) -> QuerySet[Programme]:
    """The programmes of visits as the State has them, the newest version first."""
    appointments = Prefetch("appointments", Appointment.objects.order_by("on", "id"))
    return Programme.objects.filter(evaluation=of).order_by("-begins_on", "visit", "-number").prefetch_related(appointments)


def programme_changed(visit: Visit) -> bool:
    """Whether what the State would be sent now differs from what it has, or it has nothing."""
    last = programmes(visit.evaluation).filter(visit=visit).first()
    return last is None or _lines(last, last.appointments.order_by("on", "id")) != _lines(visit, told_of(visit))


def _lines(of: Visit | Programme, lines: Iterable[Meeting | Appointment]) -> list[object]:
    return [of.begins_on, of.ends_on, of.places, *((each.on, each.with_whom, each.place, each.about) for each in lines)]


def last_programmes(body: UUID) -> QuerySet[Programme]:
    """The newest programme of each visit still to come or going on at the State for which a body speaks."""
    rows = Programme.objects.filter(evaluation__body=body, ends_on__gte=clock.today()).select_related("evaluation")
    return rows.order_by("visit", "-number").distinct("visit")


def draw(identifier: UUID) -> Draw:
    """Lots of a round, or the static 404."""
    return _found(Draw.objects.select_related("round__mechanism").filter(pk=identifier))


def comments(of: Edition) -> Comments | None:
    """What the State says on a draft, where the reader may see it."""
    return Comments.objects.filter(edition=of).first()


def final_recommendations(
    *, state: str = "", mechanism: str = "", verb: str = "", theme: str = "", round: Round | None = None
) -> QuerySet[Recommendation]:
    """Recommendations of final reports, the newest round first, each report in its order."""
    rows = Recommendation.objects.filter(edition__kind=EditionKind.FINAL).select_related(
        "paragraph", "edition__evaluation__round__mechanism", "provision__document", "earlier"
    )
    under = "edition__evaluation__round"
    wanted = {
        "state": state,
        f"{under}__mechanism__slug": mechanism,
        "verb": verb,
        under: round,
        "themes__contains": theme and [theme],
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    return rows.order_by("-edition__evaluation__round__opens_on", "state", "paragraph__place", "id")


def earlier_recommendations(to: Evaluation) -> QuerySet[Recommendation]:
    """Final recommendations to the same State in earlier rounds of the same mechanism."""
    rows = final_recommendations(state=to.state, mechanism=to.round.mechanism.slug)
    return rows.filter(edition__evaluation__round__number__lt=to.round.number)


def recommendation(identifier: UUID) -> Recommendation:
    """A recommendation of any edition that the reader may see, or the static 404."""
    wanted = ("paragraph", "edition__evaluation__round__mechanism", "provision__document", "earlier__edition__evaluation__round__mechanism")
    return _found(Recommendation.objects.select_related(*wanted).filter(pk=identifier))


def replies(to: Recommendation) -> QuerySet[Reply]:
    """What the State answered, newest first."""
    return Reply.objects.filter(recommendation=to).order_by("-on", "-id")


def assessments(of: Iterable[Recommendation]) -> dict[UUID, Assessment]:
    """{recommendation: its newest assessment}."""
    return {row.recommendation_id: row for row in Assessment.objects.filter(recommendation__in=list(of)).order_by("on", "id")}


def measures_for(recommendations: Iterable[Recommendation]) -> dict[UUID, list[Measure]]:
    """{recommendation: the measures that answer it}."""
    found: dict[UUID, list[Measure]] = {}
    for row in Answers.objects.filter(recommendation__in=list(recommendations)).select_related("measure__plan"):
        assert row.recommendation_id is not None
        found.setdefault(row.recommendation_id, []).append(row.measure)
    return found


def answers_on(provision: UUID, state: str) -> QuerySet[Answer]:
    """Official answers on an obligation concerning a State, its own and those of organisations, as far as the reader may see them."""
    rows = Answer.objects.filter(question__bindings__provision=provision, reply__country=state, reply__state__in=OFFICIAL)
    return rows.select_related("question", "reply").order_by("-reply__capacity", "question__place")


def decisions(of: Evaluation) -> QuerySet[Decision]:
    """The committee's decisions on a State, newest first."""
    return Decision.objects.filter(evaluation=of).order_by("-adopted_on", "-id")


def decision(identifier: UUID) -> Decision:
    """A decision of a committee, or the static 404."""
    return _found(Decision.objects.select_related("evaluation__round__mechanism").filter(pk=identifier))


def plans(*, state: str = "") -> QuerySet[Plan]:
    """National plans, newest first."""
    rows = Plan.objects.order_by("-begins_on", "state")
    return rows.filter(state=state) if state else rows


def plan(identifier: UUID) -> Plan:
    """A national plan, or the static 404."""
    return _found(Plan.objects.filter(pk=identifier))


def measures(of: Plan) -> QuerySet[Measure]:
    """The measures of a plan."""
    return Measure.objects.filter(plan=of).order_by("number")


def measure(identifier: UUID) -> Measure:
    """A measure, or the static 404."""
    return _found(Measure.objects.select_related("plan").filter(pk=identifier))


def milestone(identifier: UUID) -> Milestone:
    """A milestone of a measure, or the static 404."""
    return _found(Milestone.objects.select_related("plan", "measure").filter(pk=identifier))


def latest_steps(of: Iterable[Measure]) -> dict[UUID, Step]:
    """{measure: what was reported last}."""
    return {row.measure_id: row for row in Step.objects.filter(measure__in=list(of)).order_by("on", "id")}


def overdue_measures() -> QuerySet[Measure]:
    """Measures past their day and not done."""
    return Measure.objects.filter(done_on__isnull=True, due__lt=clock.today()).select_related("plan").order_by("due")


def hardened() -> QuerySet[Recommendation]:
    """Final recommendations whose verb is stronger than that of the round before."""
    return final_recommendations().filter(earlier__isnull=False, strength__gt=F("earlier__strength"))


def running() -> QuerySet[Evaluation]:
    """Evaluations under way."""
    return evaluations().exclude(stage__in=[Stage.PLANNED, Stage.PUBLISHED, Stage.CLOSED])


def _found(rows: QuerySet[Row]) -> Row:
    found = rows.first()
    if found is None:
        raise Http404
    return found
