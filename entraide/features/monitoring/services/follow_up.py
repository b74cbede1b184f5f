"""The committee's decisions, and how far a recommendation is carried out."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entraide.features.monitoring import audiences, rules
from entraide.features.monitoring.choices import Progress
from entraide.features.monitoring.models import Assessment, Decision, DecisionOn, Evaluation, Recommendation
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import refuse, require
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock


@transaction.atomic
def decide(
    *, by: Acting, evaluation: Evaluation, texts: Mapping[str, str], recommendations: Sequence[Recommendation], due: date | None,
    adopted_on: date | None = None, reference: str = "",
) -> Decision:  # fmt: skip
    """Records what the committee asks of the State, and by when."""
    require(rules.may_decide(by, evaluation))
    adopted_on = adopted_on or clock.today()
    if due is not None and due <= adopted_on:
        require(refuse("due", _("The State reports back after the decision: choose a later day.")))
    if any(each.edition.evaluation_id != evaluation.pk for each in recommendations):
        require(refuse("recommendations", _("A decision takes up recommendations of this report.")))
    decision = Decision.objects.create(
        holder=by.body, audience=audiences.follow_up(evaluation, by.body), evaluation=evaluation, texts=dict(texts), reference=reference,
        adopted_on=adopted_on, due=due,
    )  # fmt: skip
    DecisionOn.objects.bulk_create(DecisionOn(decision=decision, recommendation=each) for each in recommendations)
    record(by=by, action="monitoring.decide", kind="decision", object_id=decision.pk)
    return decision


@transaction.atomic
def answered(*, by: Acting, decision: Decision, on: date | None = None) -> None:
    """The State has reported back on a decision."""
    require(rules.may_decide(by, decision.evaluation))
    decision.answered_on = on or clock.today()
    decision.save(update_fields=["answered_on"])
    record(by=by, action="monitoring.answered", kind="decision", object_id=decision.pk)


@transaction.atomic
def assess(*, by: Acting, recommendation: Recommendation, progress: str, text: str = "") -> Assessment:
    """Says how far a recommendation is carried out."""
    require(rules.may_assess(by, recommendation))
    made = Assessment.objects.create(
        holder=by.body, audience=audiences.follow_up(recommendation.edition.evaluation, by.body), recommendation=recommendation,
        progress=Progress(progress), text=text.strip(), on=clock.today(),
    )  # fmt: skip
    record(by=by, action="monitoring.assess", kind="recommendation", object_id=recommendation.pk)
    return made
