"""From where one walks: any link of the chain leads to the State and the obligations along which it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from entraide.features.monitoring import queries
from entraide.features.monitoring.chain.building import best_editions
from entraide.features.monitoring.chain.links import Chain, Key
from entraide.features.monitoring.models import Answers, DecisionOn, Evidence, Finding, Recommendation
from entraide.features.questionnaires.models import Answer, Binding
from entraide.features.texts.models import Provision


@dataclass(frozen=True)
class Start:
    """The State, the obligations, recommendations that rest on none, and the link itself."""

    state: str
    provisions: frozenset[UUID]
    recommendations: frozenset[UUID]
    key: Key
    itself: Key | None = None
    """Evidence that cites an answer: the link it is where the reader sees no such answer."""

    def at(self, chain: Chain) -> Key:
        """The link of this chain at which one begins."""
        return self.key if self.itself is None or self.key in chain.links else self.itself


def start(kind: str, identifier: UUID, state: str) -> Start:
    """Where the walk begins; the static 404 where the reader may not see it."""
    if kind not in _STARTS:
        raise Http404
    return _STARTS[kind](identifier, state)


def _provision(identifier: UUID, state: str) -> Start:
    if not Provision.objects.filter(pk=identifier).exists():
        raise Http404
    return Start(state, frozenset({identifier}), frozenset(), ("provision", identifier))


def _recommendation(identifier: UUID, _state: str) -> Start:
    return _along([queries.recommendation(identifier)], ("recommendation", identifier))


def _along(rows: list[Recommendation], key: Key, state: str = "", provisions: frozenset[UUID] = frozenset()) -> Start:
    """The start at recommendations, or at what hangs on them; of each the copy in the last edition that is visible."""
    state = rows[0].state if rows else state
    best = best_editions(state)
    same = {row.key: row for row in Recommendation.objects.filter(key__in=[row.key for row in rows], edition__in=best)}
    now = [same.get(row.key, row) for row in rows]
    if key[0] == "recommendation" and now:
        key = ("recommendation", now[0].pk)
    return Start(state, provisions | frozenset(row.provision_id for row in now if row.provision_id), frozenset(row.pk for row in now), key)


def _measure(identifier: UUID, _state: str) -> Start:
    measure = queries.measure(identifier)
    rows = list(Answers.objects.filter(measure=measure).select_related("recommendation"))
    asked = [row.recommendation for row in rows if row.recommendation]
    own = frozenset(row.provision_id for row in rows if row.provision_id)
    return _along(asked, ("measure", identifier), measure.plan.state, own)


def _decision(identifier: UUID, _state: str) -> Start:
    decision = queries.decision(identifier)
    asked = [row.recommendation for row in DecisionOn.objects.filter(decision=decision).select_related("recommendation")]
    return _along(asked, ("decision", identifier), decision.evaluation.state)


def _finding(identifier: UUID, _state: str) -> Start:
    finding = queries.finding(identifier)
    best = Finding.objects.filter(key=finding.key, edition__in=best_editions(finding.edition.evaluation.state)).first()
    here = best or finding
    return Start(finding.edition.evaluation.state, frozenset({here.provision_id}), frozenset(), ("finding", here.pk))


def _evidence(identifier: UUID, _state: str) -> Start:
    proof = Evidence.objects.select_related("finding__edition__evaluation").filter(pk=identifier).first()
    if proof is None:
        raise Http404
    best = Evidence.objects.filter(key=proof.key, edition__in=best_editions(proof.finding.edition.evaluation.state)).first() or proof
    itself: Key = ("evidence", best.pk)
    key: Key = ("answer", best.answer) if best.answer else itself
    return Start(proof.finding.edition.evaluation.state, frozenset({proof.finding.provision_id}), frozenset(), key, itself)


def _answer(identifier: UUID, _state: str) -> Start:
    answer = Answer.objects.select_related("reply").filter(pk=identifier).first()
    if answer is None:
        raise Http404
    bound = Binding.objects.filter(question=answer.question_id).values_list("provision", flat=True)
    return Start(answer.reply.country, frozenset(bound), frozenset(), ("answer", identifier))


_STARTS: dict[str, Callable[[UUID, str], Start]] = {
    "provision": _provision,
    "recommendation": _recommendation,
    "measure": _measure,
    "decision": _decision,
    "finding": _finding,
    "evidence": _evidence,
    "answer": _answer,
}
