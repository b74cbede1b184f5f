"""Building the chain of a State from some obligations: a fixed number of queries, however long it is."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from entraide.features.monitoring import telling
from entraide.features.monitoring.chain.links import Chain, Key, Link, Stage, short
from entraide.features.monitoring.chain.questions import add_questions
from entraide.features.monitoring.choices import EditionKind
from entraide.features.monitoring.models import Answers, Assessment, DecisionOn, Edition, Evidence, Finding, Measure, Recommendation, Step
from entraide.features.monitoring.shown import PROGRESS_KINDS, RESULT_KINDS
from entraide.features.questionnaires.models import Binding
from entraide.features.texts.models import Provision, Wording
from entraide.kernel.base import clock

RANK = {EditionKind.FINAL: 0, EditionKind.SENT: 1, EditionKind.DRAFT: 2}


def build(state: str, provisions: Collection[Provision], language: str, *, recommendations: Collection[UUID] = ()) -> Chain:
    """The chain of a State along these obligations, and along these recommendations where they rest on none."""
    chain = Chain(state)
    for provision, label in labelled(provisions, language):
        link = Link(("provision", provision.pk), Stage.OBLIGATION, label, provision.get_absolute_url(), provision.document.title)
        chain.add(link)
    ids = [provision.pk for provision in provisions]
    add_questions(chain, ids)
    best = best_editions(state)
    _findings(chain, ids, best)
    asked = _recommendations(chain, ids, best, recommendations)
    _decisions(chain, asked)
    _measures(chain, ids, asked)
    _next_questions(chain, asked)
    return chain


def labelled(provisions: Collection[Provision], language: str) -> Iterable[tuple[Provision, str]]:
    """How one cites each, in one query."""
    said: dict[UUID, str] = {}
    rows = Wording.objects.filter(provision__in=provisions).order_by("version__number")
    for row in sorted(rows, key=lambda row: (row.language == language, row.language == "en")):
        said[row.provision_id] = " – ".join(part for part in (row.number, row.heading) if part)
    return [(each, said.get(each.pk) or each.eid) for each in provisions]


def best_editions(state: str) -> set[UUID]:
    """Of each evaluation of the State the last edition that the reader may see: the final one where it is."""
    found: dict[UUID, tuple[int, UUID]] = {}
    for edition, evaluation, kind in Edition.objects.filter(evaluation__state=state).values_list("pk", "evaluation", "kind"):
        found[evaluation] = min(found.get(evaluation, (9, edition)), (RANK[EditionKind(kind)], edition))
    return {edition for _rank, edition in found.values()}


def _loaded(editions: Iterable[UUID]) -> dict[UUID, Edition]:
    return {row.pk: row for row in Edition.objects.filter(pk__in=set(editions)).select_related("evaluation__round__mechanism")}


def _findings(chain: Chain, provisions: list[UUID], best: set[UUID]) -> None:
    rows = Finding.objects.filter(provision__in=provisions, edition__in=best).select_related("paragraph")
    found = {row.pk: row for row in rows}
    editions = _loaded(row.edition_id for row in found.values())
    for row in found.values():
        edition = editions[row.edition_id]
        link = Link(
            ("finding", row.pk), Stage.FINDING, short(row.paragraph.text), edition.get_absolute_url(),
            f"{row.get_result_display()}, {edition.evaluation.round.name}", RESULT_KINDS[row.result],
        )  # fmt: skip
        chain.add(link, ("provision", row.provision_id))
    for proof in Evidence.objects.filter(finding__in=list(found)):
        finding = found[proof.finding_id]
        known = proof.answer is not None and ("answer", proof.answer) in chain.links
        key: Key = ("answer", proof.answer) if known and proof.answer else ("evidence", proof.pk)
        if not known:
            proved = Link(key, Stage.ANSWER, short(proof.title), proof.url, str(proof.get_origin_display()))
            chain.add(proved, ("provision", finding.provision_id))
        chain.lines.add((key, ("finding", finding.pk)))
        chain.lines.discard((("provision", finding.provision_id), ("finding", finding.pk)))


def _recommendations(chain: Chain, provisions: list[UUID], best: set[UUID], more: Collection[UUID]) -> dict[UUID, Recommendation]:
    on = Q(provision__in=provisions) | Q(pk__in=more)
    rows = Recommendation.objects.filter(on, state=chain.state, edition__in=best).select_related("paragraph")
    wanted = {row.pk: row for row in rows}
    editions = _loaded(row.edition_id for row in wanted.values())
    assessed = {row.recommendation_id: row for row in Assessment.objects.filter(recommendation__in=list(wanted)).order_by("on", "id")}
    for row in wanted.values():
        row.edition = editions[row.edition_id]
        verb = telling.verb_label(row.mechanism, row.verb)
        progress = assessed.get(row.pk)
        late = is_late(row.due, progress is not None and progress.progress == "done")
        link = Link(
            ("recommendation", row.pk), Stage.RECOMMENDATION, short(f"{verb} {row.paragraph.text}"), row.get_absolute_url(),
            row.edition.evaluation.round.name, late=late,
        )  # fmt: skip
        before: list[Key] = [("finding", row.finding_id)] if row.finding_id else []
        chain.add(link, *(before or ([("provision", row.provision_id)] if row.provision_id else [])))
        if progress:
            told = Link(
                ("assessment", progress.pk), Stage.PROGRESS, progress.get_progress_display(), row.get_absolute_url(),
                short(progress.text), PROGRESS_KINDS[progress.progress],
            )  # fmt: skip
            chain.add(told, ("recommendation", row.pk))
        if row.earlier_id:
            chain.lines.add((("recommendation", row.earlier_id), ("recommendation", row.pk)))
    return wanted


def is_late(due: date | None, done: bool) -> bool:
    """Past its day and not done."""
    return due is not None and not done and due < clock.today()


def _decisions(chain: Chain, asked: dict[UUID, Recommendation]) -> None:
    for row in DecisionOn.objects.filter(recommendation__in=list(asked)).select_related("decision"):
        made = row.decision
        late = is_late(made.due, made.answered_on is not None)
        link = Link(("decision", made.pk), Stage.DECISION, short(made.text), made.get_absolute_url(), made.reference, late=late)
        chain.add(link, ("recommendation", row.recommendation_id))


def _measures(chain: Chain, provisions: list[UUID], asked: dict[UUID, Recommendation]) -> None:
    related = Answers.objects.select_related("measure", "plan").filter(plan__state=chain.state)
    measures: dict[UUID, Measure] = {}
    for row in [*related.filter(recommendation__in=list(asked)), *related.filter(provision__in=provisions)]:
        measure = measures.setdefault(row.measure_id, row.measure)
        late = is_late(measure.due, measure.done_on is not None)
        link = Link(("measure", measure.pk), Stage.MEASURE, short(measure.title), measure.get_absolute_url(), row.plan.title, late=late)
        before: Key = ("recommendation", row.recommendation_id) if row.recommendation_id else ("provision", row.provision_id or row.pk)
        chain.add(link, before)
    for step in Step.objects.filter(measure__in=list(measures)).order_by("measure", "-on", "-id").distinct("measure"):
        told = Link(("step", step.pk), Stage.PROGRESS, short(step.text), measures[step.measure_id].get_absolute_url(), step.evidence)
        chain.add(told, ("measure", step.measure_id))


def _next_questions(chain: Chain, asked: dict[UUID, Recommendation]) -> None:
    """Questions of later rounds that are bound to the very paragraph of the published report."""
    from entraide.features.monitoring.paper import lines

    cited: dict[tuple[UUID, str], UUID] = {}
    for edition in {row.edition_id: row.edition for row in asked.values()}.values():
        if edition.text_id is not None:
            numbers = {line.row.pk: line.anchor for line in lines(edition)}
            cited |= {(edition.text_id, numbers[row.paragraph_id]): row.pk for row in asked.values() if row.edition_id == edition.pk}
    documents = {document for document, _eid in cited}
    rows = Binding.objects.filter(provision__document__in=documents).select_related("provision", "question__questionnaire")
    for row in rows:
        recommendation = cited.get((row.provision.document_id, row.provision.eid))
        if recommendation:
            of = row.question.questionnaire
            link = Link(("next", row.question_id), Stage.NEXT, short(row.question.label), of.get_absolute_url(), of.title)
            chain.add(link, ("recommendation", recommendation))
