"""What the API of monitoring gives."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from ninja import Schema

from entraide.features.monitoring import paper, queries, rules
from entraide.features.monitoring.chain.gaps import published, rows
from entraide.features.monitoring.chain.links import Chain
from entraide.features.monitoring.matrix import Matrix
from entraide.features.monitoring.models import (
    Decision,
    DecisionOn,
    Draw,
    Edition,
    Evaluation,
    Evidence,
    Finding,
    Measure,
    Mechanism,
    Meeting,
    Milestone,
    Plan,
    Recommendation,
    Round,
    RoundQuestionnaire,
    Visit,
)

Told = dict[str, Any]  # what JSON holds


class MechanismOut(Schema):
    """How a procedure works."""

    slug: str
    names: dict[str, str]
    kept_by: dict[str, str]
    decided_by: dict[str, str]
    reviewers_are: str
    reviewers: int
    same_region: bool
    visits: bool
    comments_days: int
    publicity: str
    ngo_replies: bool
    ranking: bool
    reports_a_year: int
    verbs: list[Told]
    languages: list[str]
    clusters: list[Told]
    moves: list[str]
    invented: bool


class RoundOut(Schema):
    """A round and what it is on."""

    urn: str
    id: UUID
    mechanism: str
    number: int
    names: dict[str, str]
    opens_on: date
    closes_on: date
    obligations: list[Told]
    questionnaires: list[Told]


class EvaluationOut(Schema):
    """Where the evaluation of a State stands."""

    id: UUID
    mechanism: str
    round: int
    state: str
    place: int
    stage: str
    replies_due: date | None
    comments_due: date | None
    invented: bool


class ReportOut(Schema):
    """A report in one edition, line by line."""

    id: UUID
    kind: str
    symbol: str
    titles: dict[str, str]
    public: bool
    lines: list[Told]


class MadeOut(Schema):
    """What was made."""

    id: UUID


def mechanism(row: Mechanism) -> Told:
    """A mechanism, with the moves that its row leaves in use."""
    named = ("slug", "names", "kept_by", "decided_by", "reviewers_are", "reviewers", "same_region", "visits", "comments_days", "publicity",
             "ngo_replies", "ranking", "reports_a_year", "verbs", "languages", "clusters", "invented")  # fmt: skip
    return {name: getattr(row, name) for name in named} | {"moves": sorted(rules.in_use(row))}


def round(row: Round) -> Told:
    """A round with its obligations in their order, each with its cluster, and what it asks."""
    named = ("urn", "id", "number", "names", "opens_on", "closes_on")
    obligations = [{"provision": each.provision.urn, "cluster": each.cluster} for each in row.scope.all()]
    asked = [round_questionnaire(each) for each in row.questionnaires.all()]
    return {name: getattr(row, name) for name in named} | {
        "mechanism": row.mechanism.slug,
        "obligations": obligations,
        "questionnaires": asked,
    }


def round_questionnaire(row: RoundQuestionnaire) -> Told:
    """A questionnaire of a round."""
    named = ("id", "titles", "capacities", "cluster", "due")
    return {name: getattr(row, name) for name in named} | {"questionnaire": row.questionnaire.urn, "circulation": row.circulation_id}


def matrix(found: Matrix) -> Told:
    """Obligations by States: {state: result} for each, without what is not visible."""
    states = [code for code, _name in found.states]
    rows = [
        {"obligation": label, "cluster": cluster, "results": {state: cell for state, cell in zip(states, cells, strict=True) if cell}}
        for (label, cells), cluster in zip(found.rows, found.clusters, strict=True)
    ]
    return {"states": states, "rows": rows}


def evaluation(row: Evaluation) -> Told:
    """The evaluation of a State."""
    named = ("id", "state", "place", "stage", "replies_due", "comments_due", "invented")
    return {name: getattr(row, name) for name in named} | {"mechanism": row.round.mechanism.slug, "round": row.round.number}


def report(row: Edition) -> Told:
    """A report as far as the reader may see it."""
    proofs: dict[UUID, list[Told]] = {}
    for proof in Evidence.objects.filter(edition=row):
        told = {"origin": proof.origin, "title": proof.title, "url": proof.url, "answer": proof.answer}
        proofs.setdefault(proof.finding_id, []).append(told)
    found: dict[UUID, list[Told]] = {}
    for each in Finding.objects.filter(edition=row).select_related("provision"):
        held = {"id": each.pk, "provision": each.provision.urn, "result": each.result, "evidence": proofs.get(each.pk, [])}
        found.setdefault(each.paragraph_id, []).append(held)
    verbs = dict(Recommendation.objects.filter(edition=row).values_list("paragraph", "verb"))
    lines = [
        {
            "id": line.row.pk, "number": line.number, "kind": line.row.kind, "texts": line.row.texts, "behind": line.row.behind,
            "verb": verbs.get(line.row.pk),
            "findings": found.get(line.row.pk, []),
        }
        for line in paper.lines(row)
    ]  # fmt: skip
    return {
        "id": row.pk, "kind": row.kind, "symbol": row.symbol, "titles": row.titles, "public": row.public, "lines": lines
    }  # fmt: skip


def visits(of: Evaluation) -> list[Told]:
    """Visits with their programme."""
    programme: dict[UUID, list[Told]] = {}
    for each in Meeting.objects.filter(visit__evaluation=of).order_by("on", "id"):
        held = {name: getattr(each, name) for name in ("id", "on", "party", "with_whom", "place", "about", "noted")}
        programme.setdefault(each.visit_id, []).append(held)
    return [
        {"id": row.pk, "begins_on": row.begins_on, "ends_on": row.ends_on, "places": row.places, "meetings": programme.get(row.pk, [])}
        for row in Visit.objects.filter(evaluation=of).order_by("begins_on")
    ]


def programmes(of: Evaluation) -> list[Told]:
    """The programme as the State has it, version by version."""
    named = ("id", "visit_id", "number", "begins_on", "ends_on", "places", "sent_at")
    line = ("on", "with_whom", "place", "about")
    told = []
    for row in queries.programmes(of):
        lines = [{name: getattr(each, name) for name in line} for each in row.appointments.all()]
        told.append({name: getattr(row, name) for name in named} | {"appointments": lines})
    return told


def decisions(rows: Iterable[Decision]) -> list[Told]:
    """Decisions with what they take up."""
    listed = list(rows)
    taken: dict[UUID, list[UUID]] = {}
    for decision, recommendation in DecisionOn.objects.filter(decision__in=listed).values_list("decision", "recommendation"):
        taken.setdefault(decision, []).append(recommendation)
    named = ("id", "reference", "texts", "adopted_on", "due", "answered_on")
    return [{name: getattr(row, name) for name in named} | {"recommendations": taken.get(row.pk, [])} for row in listed]


def follow_up(row: Recommendation) -> Told:
    """What followed a recommendation, as far as the reader may see it."""
    replies = [{"position": each.position, "text": each.text, "on": each.on} for each in queries.replies(row)]
    said = queries.assessments([row]).get(row.pk)
    return {
        "replies": replies, "decisions": decisions(Decision.objects.filter(items__recommendation=row).order_by("-adopted_on")),
        "measures": [{"id": each.pk, "plan": each.plan_id, "titles": each.titles} for each in queries.measures_for([row]).get(row.pk, [])],
        "assessment": {"progress": said.progress, "text": said.text, "on": said.on} if said else None,
    }  # fmt: skip


def draw(row: Draw) -> Told:
    """Lots, as `entraide lots verify` reads them."""
    return {"inputs": row.inputs, "digest": row.digest, "seed": row.seed, "seed_source": row.seed_source, **row.result}


def plan_row(row: Plan) -> Told:
    """A plan in a list."""
    named = ("id", "state", "titles", "begins_on", "ends_on", "public", "invented")
    return {name: getattr(row, name) for name in named}


def plan(row: Plan) -> Told:
    """A national plan with its measures."""
    measures = list(queries.measures(row))
    steps = queries.latest_steps(measures)
    marks: dict[UUID, list[Told]] = {}
    for each in Milestone.objects.filter(plan=row).order_by("due"):
        marks.setdefault(each.measure_id, []).append({"title": each.title, "due": each.due, "done_on": each.done_on})
    told = [_measure(each, steps[each.pk].text if each.pk in steps else None, marks.get(each.pk, [])) for each in measures]
    return {"id": row.pk, "state": row.state, "titles": row.titles, "begins_on": row.begins_on, "ends_on": row.ends_on, "measures": told}


def _measure(row: Measure, last: str | None, milestones: list[Told]) -> Told:
    named = ("id", "number", "titles", "led_by", "indicator", "budget", "currency", "begins_on", "due", "done_on")
    return {name: getattr(row, name) for name in named} | {"last_progress": last, "milestones": milestones}


def chain(whole: Chain) -> Told:
    """The chain: links, lines, and for each obligation the sentence where nothing stands."""
    known = published(whole.state, [key for kind, key in whole.links if kind == "provision"])
    links = [
        {"kind": link.key[0], "id": link.key[1], "stage": link.stage, "title": link.title, "detail": link.detail, "late": link.late}
        for link in whole.links.values()
    ]
    told = [
        {
            "obligation": row.obligation.key[1], "breaks_at": row.breaks_at,
            "gaps": {stage: gap for stage, found, gap in row.cells if not found},
        }
        for row in rows(whole, known)
    ]  # fmt: skip
    return {"state": whole.state, "links": links, "lines": [[str(a[1]), str(b[1])] for a, b in whole.drawn()], "rows": told}
