"""What the API of monitoring takes and gives."""

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from entraide.features.monitoring import paper, queries, rules
from entraide.features.monitoring.chain.gaps import published, rows
from entraide.features.monitoring.chain.links import Chain
from entraide.features.monitoring.choices import Position
from entraide.features.monitoring.models import (
    Draw,
    Edition,
    Evaluation,
    Evidence,
    Finding,
    Measure,
    Mechanism,
    Milestone,
    Plan,
    Recommendation,
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
    clusters: list[Told]
    moves: list[str]
    invented: bool


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


class StepIn(Schema):
    """Progress on a measure."""

    text: str = Field(min_length=1, max_length=5_000)
    percent: int | None = Field(None, ge=0, le=100)
    evidence: str = Field("", max_length=300)


class MadeOut(Schema):
    """What was made."""

    id: UUID


def mechanism(row: Mechanism) -> Told:
    """A mechanism, with the moves that its row leaves in use."""
    named = ("slug", "names", "kept_by", "decided_by", "reviewers_are", "reviewers", "same_region", "visits", "comments_days", "publicity",
             "ngo_replies", "ranking", "reports_a_year", "verbs", "clusters", "invented")  # fmt: skip
    return {name: getattr(row, name) for name in named} | {"moves": sorted(rules.in_use(row))}


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
            "id": line.row.pk, "number": line.number, "kind": line.row.kind, "texts": line.row.texts, "verb": verbs.get(line.row.pk),
            "findings": found.get(line.row.pk, []),
        }
        for line in paper.lines(row)
    ]  # fmt: skip
    return {
        "id": row.pk, "kind": row.kind, "symbol": row.symbol, "titles": row.titles, "public": row.public, "lines": lines
    }  # fmt: skip


def draw(row: Draw) -> Told:
    """Lots, as `entraide lots verify` reads them."""
    return {"inputs": row.inputs, "digest": row.digest, "seed": row.seed, "seed_source": row.seed_source, **row.result}


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
