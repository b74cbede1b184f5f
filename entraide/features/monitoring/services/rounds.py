"""Rounds and teams."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entraide.features.monitoring import audiences, rules
from entraide.features.monitoring.models import (
    Evaluation,
    Interest,
    Mechanism,
    Reviewer,
    Round,
    RoundQuestionnaire,
    Scope,
)  # fmt: skip
from entraide.features.monitoring.services.seen import retune
from entraide.features.questionnaires import services as questionnaires
from entraide.features.questionnaires.models import Addressee, Circulation
from entraide.features.texts.models import Provision
from entraide.kernel.access.context import Acting, acting_as, agent_of
from entraide.kernel.access.principals import circle
from entraide.kernel.access.rules import refuse, require
from entraide.kernel.accounts.choices import Function
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock
from entraide.kernel.bodies.models import Body


@dataclass(frozen=True)
class Evaluated:
    """A State that a round evaluates, and its body that answers."""

    state: str
    body: Body
    replies_due: date | None = None


@transaction.atomic
def open_round(
    *, by: Acting, mechanism: Mechanism, names: Mapping[str, str], opens_on: date, closes_on: date,
    provisions: Sequence[tuple[Provision, str]], states: Sequence[Evaluated], circulations: Sequence[Circulation] = (),
) -> Round:  # fmt: skip
    """Opens a round on chosen provisions [(provision, cluster)], with the States in their order.

    A provision without a cluster stands in that of the round before.
    """
    require(rules.may_manage(by, mechanism))
    if closes_on < opens_on:
        require(refuse("closes_on", _("A round ends after it opens.")))
    if not provisions or not states:
        require(refuse("empty", _("Choose at least one provision and one State.")))
    for _provision, cluster in provisions:
        require(rules.may_name_cluster(mechanism, cluster))
    number = Round.objects.filter(mechanism=mechanism).count() + 1
    common = {"holder": by.body, "audience": audiences.PUBLIC}
    opened = Round.objects.create(mechanism=mechanism, number=number, names=dict(names), opens_on=opens_on, closes_on=closes_on, **common)
    before = _clusters_so_far(mechanism)
    Scope.objects.bulk_create(
        Scope(round=opened, provision=provision, cluster=cluster or before.get(provision.pk, ""), place=place, **common)
        for place, (provision, cluster) in enumerate(provisions)
    )
    Evaluation.objects.bulk_create(
        Evaluation(
            round=opened, state=each.state, body=each.body, place=place, replies_due=each.replies_due, invented=each.body.invented, **common
        )
        for place, each in enumerate(states, start=1)
    )
    for circulation in circulations:
        _ask(by, opened, circulation, "")
    record(by=by, action="monitoring.open_round", kind="round", object_id=opened.pk)
    return opened


def _clusters_so_far(mechanism: Mechanism) -> dict[UUID, str]:
    """{provision: the cluster in which it stood last}."""
    rows = Scope.objects.filter(round__mechanism=mechanism).exclude(cluster="").order_by("round__number")
    return dict(rows.values_list("provision", "cluster"))


@transaction.atomic
def set_clusters(*, by: Acting, round: Round, clusters: Mapping[UUID, str]) -> None:
    """Says in which of the mechanism's clusters provisions of a round stand: {provision: cluster}, empty for none."""
    require(rules.may_manage(by, round.mechanism))
    rows = {row.provision_id: row for row in Scope.objects.filter(round=round)}
    for provision, cluster in clusters.items():
        require(rules.may_name_cluster(round.mechanism, cluster))
        if provision not in rows:
            require(refuse("provision", _("This round does not look at that obligation.")))
        rows[provision].cluster = cluster
    Scope.objects.bulk_update(rows.values(), ["cluster"])
    record(by=by, action="monitoring.set_clusters", kind="round", object_id=round.pk)


@transaction.atomic
def add_questionnaire(*, by: Acting, round: Round, circulation: Circulation, cluster: str = "") -> RoundQuestionnaire:
    """The round asks a questionnaire that was sent round: about all it looks at, or about one cluster.

    Replies that were published already and that its mechanism does not publish are withdrawn from publication.
    """
    asked = _ask(by, round, circulation, cluster)
    record(by=by, action="monitoring.add_questionnaire", kind="round", object_id=round.pk)
    return asked


def _ask(by: Acting, round: Round, circulation: Circulation, cluster: str) -> RoundQuestionnaire:
    capacities = sorted(set(Addressee.objects.filter(circulation=circulation).values_list("capacity", flat=True)))
    require(rules.may_ask(by, round, circulation, capacities, cluster))
    if RoundQuestionnaire.objects.filter(round=round, circulation=circulation).exists():
        require(refuse("circulation", _("This round asks that questionnaire already.")))
    asked = RoundQuestionnaire.objects.create(
        holder=by.body, audience=audiences.PUBLIC, round=round, circulation=circulation, questionnaire_id=circulation.questionnaire_id,
        titles=circulation.titles, capacities=capacities, cluster=cluster, due=circulation.due,
    )  # fmt: skip
    questionnaires.withdraw_unallowed(by=by, circulation=circulation)
    return asked


@transaction.atomic
def remove_questionnaire(*, by: Acting, asked: RoundQuestionnaire) -> None:
    """The round no longer asks it; the questionnaire and what was answered stay where they are."""
    require(rules.may_manage(by, asked.round.mechanism))
    RoundQuestionnaire.objects.filter(pk=asked.pk).delete()
    record(by=by, action="monitoring.remove_questionnaire", kind="round", object_id=asked.round_id)


@transaction.atomic
def declare(*, by: Acting, state: str, kind: str, text: str = "") -> Interest:
    """An expert declares a tie to a State; it is kept for good and shown to the secretariat."""
    if by.function != Function.EVALUATOR:
        require(refuse("not_evaluator", _("Only monitoring experts declare interests.")))
    interest = Interest.objects.create(
        holder=by.body, audience=sorted([by.hand, circle(by.body, Function.SECRETARIAT)]), post=by.hand, state=state, kind=kind, text=text,
        declared_on=clock.today(),
    )  # fmt: skip
    for seat in Reviewer.objects.filter(post=by.hand, ended_on__isnull=True, evaluation__state=state).select_related("evaluation"):
        seat.ended_on = clock.today()
        seat.save(update_fields=["ended_on"])
        with acting_as(agent_of(by.body, by.side)):
            retune(seat.evaluation)
    record(by=by, action="monitoring.declare", kind="interest", object_id=interest.pk)
    return interest


@transaction.atomic
def appoint(*, by: Acting, evaluation: Evaluation, post: UUID) -> Reviewer:
    """Puts an expert into the team, unless she declared a tie to the State."""
    require(rules.may_appoint(by, evaluation, post))
    country = Interest.objects.filter(post=post, kind="nationality").values_list("state", flat=True)[0]
    reviewer = Reviewer.objects.create(
        holder=by.body, audience=audiences.reviewers(evaluation.round.mechanism), evaluation=evaluation, post=post, country=country
    )
    retune(evaluation)
    record(by=by, action="monitoring.appoint", kind="evaluation", object_id=evaluation.pk)
    return reviewer


@transaction.atomic
def dismiss(*, by: Acting, reviewer: Reviewer) -> None:
    """Takes somebody out of the team: from now on she sees none of its papers that are not public."""
    require(rules.may_manage(by, reviewer.evaluation.round.mechanism))
    reviewer.ended_on = clock.today()
    reviewer.save(update_fields=["ended_on"])
    retune(reviewer.evaluation)
    record(by=by, action="monitoring.dismiss", kind="evaluation", object_id=reviewer.evaluation_id)
