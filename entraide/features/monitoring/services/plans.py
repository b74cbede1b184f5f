"""National plans: measures, what they answer, milestones, progress."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from entraide.features.monitoring import audiences, rules
from entraide.features.monitoring.models import Answers, Measure, Milestone, Partner, Plan, Recommendation, Step
from entraide.features.texts.models import Provision
from entraide.kernel.access.context import Acting
from entraide.kernel.access.principals import EVERYBODY
from entraide.kernel.access.rules import refuse, require
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock
from entraide.kernel.bodies.models import Body


def _written(by: Acting, plan: Plan, action: str) -> None:
    record(by=by, action=f"monitoring.{action}", kind="plan", object_id=plan.pk)


@transaction.atomic
def begin_plan(*, by: Acting, titles: Mapping[str, str], begins_on: date, ends_on: date, invented: bool = False) -> Plan:
    """Begins a national plan; only its body sees it until it is published."""
    require(rules.may_plan(by))
    if ends_on <= begins_on:
        require(refuse("ends_on", _("A plan ends after it begins.")))
    plan = Plan.objects.create(
        holder=by.body, audience=audiences.speakers(by.body), state=by.country, titles=dict(titles), begins_on=begins_on, ends_on=ends_on,
        invented=invented,
    )  # fmt: skip
    _written(by, plan, "begin_plan")
    return plan


@transaction.atomic
def publish_plan(*, by: Acting, plan: Plan) -> None:
    """Publishes a plan with its progress; what is added later is public at once."""
    require(rules.may_plan(by, plan))
    Plan.objects.filter(pk=plan.pk).update(audience=sorted({*plan.audience, EVERYBODY}), published_at=clock.now())
    _written(by, plan, "publish_plan")


@transaction.atomic
def add_measure(
    *, by: Acting, plan: Plan, titles: Mapping[str, str], lead: Body, partners: Sequence[Body] = (), indicator: str = "",
    budget: Decimal | None = None, currency: str = "", begins_on: date | None = None, due: date | None = None,
    recommendations: Sequence[Recommendation] = (), provisions: Sequence[Provision] = (),
) -> Measure:  # fmt: skip
    """Adds a measure, with whom it is done and what it answers."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    require(rules.may_plan(by, plan))
    if budget is not None and not currency:
        require(refuse("currency", _("Say in which currency the budget is.")))
    number = (Measure.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0) + 1
    measure = Measure.objects.create(
        plan=plan, number=number, titles=dict(titles), lead=lead, led_by=lead.names, indicator=indicator, budget=budget, currency=currency,
        begins_on=begins_on, due=due,
    )  # fmt: skip
    Partner.objects.bulk_create(Partner(plan=plan, measure=measure, body=body, names=body.names) for body in partners if body != lead)
    for recommendation in recommendations:
        add_answer(by=by, measure=measure, recommendation=recommendation)
    for provision in provisions:
        add_answer(by=by, measure=measure, provision=provision)
    _written(by, plan, "add_measure")
    return measure


@transaction.atomic
def add_answer(
    *, by: Acting, measure: Measure, recommendation: Recommendation | None = None, provision: Provision | None = None
) -> Answers:
    """Says that a measure answers a recommendation to its State, or carries out a commitment."""
    require(rules.may_plan(by, measure.plan))
    if recommendation is not None and recommendation.state != measure.plan.state:
        require(refuse("other_state", _("This recommendation was made to another State.")))
    made, _new = Answers.objects.get_or_create(
        measure=measure, recommendation=recommendation, provision=provision,
        defaults={"plan": measure.plan, "holder": measure.holder, "audience": measure.audience, "open": measure.open},
    )  # fmt: skip
    _written(by, measure.plan, "add_answer")
    return made


@transaction.atomic
def add_milestone(*, by: Acting, measure: Measure, title: str, due: date) -> Milestone:
    """A step of a measure by a day."""
    require(rules.may_plan(by, measure.plan))
    made = Milestone.objects.create(plan=measure.plan, measure=measure, title=title, due=due)
    _written(by, measure.plan, "add_milestone")
    return made


@transaction.atomic
def reach(*, by: Acting, milestone: Milestone, on: date | None = None) -> None:
    """A milestone is reached."""
    require(rules.may_plan(by, milestone.plan))
    milestone.done_on = on or clock.today()
    milestone.save(update_fields=["done_on"])
    _written(by, milestone.plan, "reach")


@transaction.atomic
def report_step(*, by: Acting, measure: Measure, text: str, percent: int | None = None, evidence: str = "", url: str = "") -> Step:
    """Reports progress on a measure, with what shows it."""
    require(rules.may_plan(by, measure.plan))
    if not text.strip():
        require(refuse("text", _("Say what was done.")))
    made = Step.objects.create(
        plan=measure.plan, measure=measure, on=clock.today(), text=text.strip(), percent=percent, evidence=evidence, url=url
    )
    _written(by, measure.plan, "report_step")
    return made


@transaction.atomic
def finish(*, by: Acting, measure: Measure, on: date | None = None) -> None:
    """A measure is carried out."""
    require(rules.may_plan(by, measure.plan))
    measure.done_on = on or clock.today()
    measure.save(update_fields=["done_on"])
    _written(by, measure.plan, "finish")
