"""What pages show of procedures: rows ready for templates."""

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entraide.features.monitoring import paper, queries, rules, telling
from entraide.features.monitoring.choices import EditionKind, Origin, ParagraphKind, Stage
from entraide.features.monitoring.models import (
    Appointment,
    Assessment,
    Comment,
    Comments,
    DecisionOn,
    Edition,
    Evaluation,
    Evidence,
    Finding,
    Mechanism,
    Meeting,
    Paragraph,
    Programme,
    Recommendation,
    Reply,
    Reviewer,
    Round,
    Visit,
)  # fmt: skip
from entraide.features.monitoring.services.procedure import stages_of
from entraide.features.questionnaires.choices import Capacity, Where
from entraide.features.questionnaires.queries import standing_of
from entraide.features.texts.queries import label
from entraide.kernel.access.context import Acting
from entraide.kernel.base import clock
from entraide.kernel.base.countries import country_name, language_name
from entraide.kernel.base.names import localised
from entraide.ui.parts import Row
from entraide.ui.templatetags.ui import colon

RESULT_KINDS = {"met": "done", "partly": "waiting", "not_met": "late", "open": "neutral"}
WHERE_KINDS = {Where.SENT: "done", Where.SENT_LATE: "late", Where.LATE: "late", Where.NOT_BEGUN: "waiting", Where.RETURNED: "waiting"}
PROGRESS_KINDS = {"done": "done", "partly": "waiting", "not_done": "late"}


def facts(mechanism: Mechanism) -> list[Row]:
    """How a mechanism works, said from its row."""
    yes, no = _("Yes"), _("No")
    days = _("%(days)s days") % {"days": mechanism.comments_days} if mechanism.comments_days else _("No such stage")
    rows = [
        Row(_("Kept by"), mechanism.keeper),
        Row(_("Who evaluates"), f"{mechanism.get_reviewers_are_display()}{colon()} {mechanism.reviewers}"),
        Row(_("The State’s comments on the draft"), days),
        Row(_("Publicity"), mechanism.get_publicity_display()),
        Row(_("NGOs reply too"), yes if mechanism.ngo_replies else no),
        Row(_("States may be ranked"), yes if mechanism.ranking else no),
        Row(_("Languages of its reports"), ", ".join(language_name(code) for code in mechanism.languages)),
        Row(_("Verbs, from the weakest"), ", ".join(localised(each["names"]) for each in mechanism.verbs)),
    ]
    if mechanism.reviewers_are == "states":
        rows.insert(2, Row(_("One reviewer of the same regional group"), yes if mechanism.same_region else no))
    if mechanism.decided_by:
        rows.insert(1, Row(_("Committee that decides"), localised(mechanism.decided_by)))
    if mechanism.reports_a_year:
        rows.append(Row(_("Reports a year"), str(mechanism.reports_a_year)))
    if mechanism.clusters:
        rows.append(Row(_("Clusters"), ", ".join(localised(each["names"]) for each in mechanism.clusters)))
    return rows


def evaluation(found: Evaluation, by: Acting | None) -> dict[str, object]:
    """The page of an evaluation."""
    parts = rules.parts_of(by, found) if by else frozenset()
    mechanism, by_lot = found.round.mechanism, found.round.mechanism.reviewers_are == "states"
    seats = Reviewer.objects.filter(evaluation=found, ended_on__isnull=True).order_by("created_at")
    editions = queries.editions(found)
    final = next((each for each in editions if each.kind == EditionKind.FINAL), None)
    asked = list(Recommendation.objects.filter(edition=final).select_related("paragraph").order_by("paragraph__place")) if final else []
    return {
        "stages": _stages(found), "stage_kind": telling.stage_kind(found), "clock": _clock(found),
        "reviewers": [(each, country_name(each.country)) for each in seats], "by_lot": by_lot,
        "editions": editions, "asked": standing(asked), "moves": rules.open_moves(by, found) if by else [],
        "in_team": bool(parts), "visits": _visits(found, by) if by and parts else [], "programmes": _programmes(found),
        "may_appoint": by and rules.may_manage(by, mechanism) and not by_lot and len(seats) < mechanism.reviewers,
        "may_visit": by and rules.may_prepare_visit(by, found), "may_decide": by and rules.may_decide(by, found),
        "asked_of_it": _asked_of(found), "may_consent": by and rules.may_consent(by, found), "decisions": _decisions(found),
    }  # fmt: skip


def days(of: Visit | Programme) -> str:
    """From when to when."""
    return f"{date_format(of.begins_on)} – {date_format(of.ends_on)}"


def appointment(of: Meeting | Appointment) -> str:
    """A meeting as the State reads it."""
    return ", ".join(part for part in (date_format(of.on), of.with_whom, of.place, of.about) if part)


def _visits(found: Evaluation, by: Acting) -> list[tuple[Visit, bool]]:
    """Each visit as the team has it, and whether the reader may send the State its programme now."""
    visits = Visit.objects.filter(evaluation=found).prefetch_related("meetings")
    return [(each, bool(rules.may_send_programme(by, each, changed=queries.programme_changed(each)))) for each in visits]


def _programmes(found: Evaluation) -> list[dict[str, object]]:
    """Of each visit what the State has: the newest version whole, and when each version before was sent."""
    out = []
    for _visit, versions in groupby(queries.programmes(found), key=lambda row: row.visit_id):
        newest, *before = versions
        lines = [appointment(each) for each in newest.appointments.all()]
        out.append({"row": newest, "days": days(newest), "lines": lines, "before": before})
    return out


def _stages(found: Evaluation) -> list[tuple[str, str]]:
    """(label, "done" | "now" | "to come") of each stage of this mechanism."""
    codes = list(dict.fromkeys(stages_of(found)))
    here = codes.index(found.stage)
    return [(str(Stage(code).label), "done" if place < here else "now" if place == here else "") for place, code in enumerate(codes)]


def _clock(found: Evaluation) -> dict[str, object] | None:
    if found.stage == Stage.COMMENTING and found.comments_due:
        return {"due": found.comments_due, "words": telling.days_left(found.comments_due), "what": _("The State’s comments on the draft")}
    if found.stage == Stage.COLLECTING and found.replies_due:
        return {"due": found.replies_due, "words": telling.days_left(found.replies_due), "what": _("Replies to the questionnaire")}
    return None


def _decisions(found: Evaluation) -> list[dict[str, object]]:
    rows = list(queries.decisions(found))
    items: dict[object, list[Recommendation]] = {}
    for item in DecisionOn.objects.filter(decision__in=rows).select_related("recommendation__paragraph"):
        items.setdefault(item.decision_id, []).append(item.recommendation)
    return [
        {
            "row": row, "items": items.get(row.pk, []), "kind": telling.kind_of_due(row.due, row.answered_on is not None),
            "words": decision_words(row.due, row.answered_on),
        }
        for row in rows
    ]  # fmt: skip


def decision_words(due: date | None, answered_on: date | None) -> str:
    """Where a decision stands."""
    if answered_on:
        return _("Answered on %(day)s") % {"day": date_format(answered_on)}
    return _("Report back by %(day)s: %(left)s") % {"day": date_format(due), "left": telling.days_left(due)} if due else _("No date set")


def questionnaires(of: Round) -> list[dict[str, object]]:
    """What a round asks: whom, about which cluster, until when."""
    return [
        {
            "row": row, "cluster": of.mechanism.cluster_name(row.cluster), "late": row.due < clock.today(),
            "whom": _("States and NGOs") if len(row.capacities) > 1 else _("NGOs") if Capacity.NGO in row.capacities else _("States"),
        }
        for row in queries.questionnaires(of)
    ]  # fmt: skip


def _asked_of(found: Evaluation) -> list[dict[str, object]]:
    """The questionnaires of the round that this State was asked, as far as the reader may know, and whether it answered."""
    rows = queries.questionnaires(found.round)
    stands = standing_of(found.state, [row.circulation_id for row in rows])
    return [
        {"row": row, "due": stand.addressee.due, "words": stand.where.label, "kind": WHERE_KINDS[stand.where]}
        for row in rows
        if (stand := stands.get(row.circulation_id))
    ]


@dataclass
class ReportLine:
    """A numbered line with what hangs on it."""

    line: paper.Line
    findings: list[tuple[Finding, str, str, list[Evidence]]] = field(default_factory=list)
    recommendation: Recommendation | None = None
    verb: str = ""
    escalation: str = ""
    comment: str = ""
    text: str = ""
    translated: str = ""
    """Of the translation: "behind", "missing", or nothing to say."""


def _translated(row: Paragraph, language: str) -> str:
    if row.kind == ParagraphKind.ANNEX:
        return ""
    return "behind" if language in row.behind else "" if language in row.texts else "missing"


def report_lines(edition: Edition, comments: Comments | None, language: str) -> list[ReportLine]:
    """The report in a language, line by line: findings with their evidence, the verb of a recommendation, the State's comment."""
    evidence: dict[object, list[Evidence]] = {}
    for proof in Evidence.objects.filter(edition=edition).order_by("created_at"):
        evidence.setdefault(proof.finding_id, []).append(proof)
    findings: dict[object, list[tuple[Finding, str, str, list[Evidence]]]] = {}
    for found in Finding.objects.filter(edition=edition).select_related("provision__document").order_by("created_at"):
        told = (found, label(found.provision, language), RESULT_KINDS[found.result], evidence.get(found.pk, []))
        findings.setdefault(found.paragraph_id, []).append(told)
    asked = {
        row.paragraph_id: row
        for row in Recommendation.objects.filter(edition=edition).select_related(
            "edition__evaluation__round__mechanism", "earlier__edition__evaluation__round__mechanism"
        )
    }
    said = {row.paragraph_id: row.text for row in Comment.objects.filter(comments=comments)} if comments else {}
    out = []
    for line in paper.lines(edition):
        row = asked.get(line.row.pk)
        out.append(
            ReportLine(
                line, findings.get(line.row.pk, []), row, telling.verb_label(row.mechanism, row.verb) if row else "",
                telling.escalation_words(row) if row else "", said.get(line.row.pk, ""),
                localised(line.row.texts, language), _translated(line.row, language),
            )
        )  # fmt: skip
    return out


@dataclass(frozen=True)
class Stand:
    """A recommendation and where it stands."""

    row: Recommendation
    verb: str
    progress: str
    kind: str
    escalation: str
    measures: int


def standing(rows: list[Recommendation]) -> list[Stand]:
    """Where recommendations stand: assessed, answered by measures, or nothing yet."""
    assessed, measures = queries.assessments(rows), queries.measures_for(rows)
    return [_stand(row, assessed.get(row.pk), len(measures.get(row.pk, []))) for row in rows]


def _stand(row: Recommendation, assessed: Assessment | None, measures: int) -> Stand:
    words = str(assessed.get_progress_display()) if assessed else _("Not yet assessed")
    return Stand(
        row, telling.verb_label(row.mechanism, row.verb), words, PROGRESS_KINDS[assessed.progress] if assessed else "neutral",
        telling.escalation(row), measures,
    )  # fmt: skip


def recommendation(found: Recommendation) -> dict[str, object]:
    """The page of a recommendation."""
    stand = standing([found])[0]
    finding = Finding.objects.filter(pk=found.finding_id).select_related("provision__document").first() if found.finding_id else None
    decided = DecisionOn.objects.filter(recommendation=found).select_related("decision").order_by("-decision__adopted_on")
    later = Recommendation.objects.filter(earlier=found, edition__kind=EditionKind.FINAL)
    number = next((line.number for line in paper.lines(found.edition) if line.row.pk == found.paragraph_id), "")
    return {
        "recommendation": found, "stand": stand, "number": number, "escalation": telling.escalation_words(found), "finding": finding,
        "provision_label": label(found.provision, get_language() or "en") if found.provision else "",
        "evidence": list(Evidence.objects.filter(finding=finding)) if finding else [], "replies": list(queries.replies(found)),
        "decisions": [(each.decision, decision_words(each.decision.due, each.decision.answered_on)) for each in decided],
        "measures": queries.measures_for([found]).get(found.pk, []), "assessments": _assessments(found), "facets": _facets(found),
        "later": list(later.select_related("edition__evaluation__round")),
    }  # fmt: skip


def _assessments(found: Recommendation) -> list[Assessment]:
    return list(Assessment.objects.filter(recommendation=found).order_by("-on", "-id"))


def _facets(found: Recommendation) -> list[Row]:
    from entraide.features.monitoring.choices import Persons, Target, Theme

    listed = (
        (_("Themes"), [Theme(each).label for each in found.themes]),
        (_("Persons affected"), [Persons(each).label for each in found.persons]),
        (_("Targets of the Sustainable Development Goals"), [Target(each).label for each in found.targets]),
        (_("By when"), [date_format(found.due)] if found.due else []),
    )
    return [Row(name, "\n".join(str(each) for each in values)) for name, values in listed if values]


def origin_kind(origin: str) -> str:
    """The colour of an origin: what stays with the team stands out."""
    return "special" if origin in {Origin.NGO, Origin.VISIT} else "neutral"


def replied(rows: list[Recommendation]) -> set[object]:
    """Recommendations that have a reply the reader sees."""
    return set(Reply.objects.filter(recommendation__in=rows).values_list("recommendation", flat=True))
