"""National plans: public once published; those who coordinate for the State write them."""

from operator import attrgetter
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entraide.features.monitoring import forms, forms_plans, queries, rules, services, telling
from entraide.features.monitoring.choices import ANSWERS_FOR_STATE
from entraide.features.monitoring.models import Answers, Measure, Milestone, Partner, Plan, Step
from entraide.features.monitoring.views.asking import ask, posted
from entraide.features.monitoring.views.public import PUBLIC, acting_of
from entraide.features.texts.queries import label
from entraide.kernel.access.rules import require
from entraide.kernel.accounts.doors import ActingRequest, acting, open_to_all
from entraide.kernel.base.countries import country_name
from entraide.kernel.base.names import localised
from entraide.kernel.bodies.models import Body
from entraide.ui.narrowing import Facet, RowsFilter


@open_to_all(PUBLIC)
def plans(request: HttpRequest) -> HttpResponse:
    """National plans that the reader may see."""
    by = acting_of(request)
    narrowed = RowsFilter(
        request.GET, queries.plans(), Facet("state", _("State"), attrgetter("state"), lambda plan: country_name(plan.state)),
        Facet("published", _("Published"), lambda plan: "yes" if plan.public else "no", lambda plan: _("Yes") if plan.public else _("No")),
    )  # fmt: skip
    page = Paginator(narrowed.kept, 25).get_page(request.GET.get("page"))
    context = {
        "page": page, "filter": narrowed, "rows": [(each, country_name(each.state)) for each in page],
        "may_plan": by and rules.may_plan(by),
        "back_url": reverse("monitoring:index"),
    }  # fmt: skip
    return render(request, "monitoring/plans.html", context)


@open_to_all(PUBLIC)
def plan(request: HttpRequest, plan: UUID) -> HttpResponse:
    """A plan: its measures, who leads, by when, how far."""
    found = queries.plan(plan)
    by = acting_of(request)
    how_far = Facet("due", _("State"), _kind, lambda row: _HOW_FAR[_kind(row)])
    narrowed = RowsFilter(
        request.GET, queries.measures(found), how_far, Facet("lead", _("Who leads"), attrgetter("lead_id"), attrgetter("lead_name"))
    )
    page = Paginator(narrowed.kept, 30).get_page(request.GET.get("page"))
    latest = queries.latest_steps(page)
    context = {
        "plan": found, "state": country_name(found.state), "page": page, "filter": narrowed,
        "rows": [_row(each, latest.get(each.pk)) for each in page],
        "may_plan": by and rules.may_plan(by, found), "back_url": reverse("monitoring:plans"),
    }  # fmt: skip
    return render(request, "monitoring/plan.html", context)


_HOW_FAR = {
    "done": gettext_lazy("Done"),
    "late": gettext_lazy("Late"),
    "waiting": gettext_lazy("Under way"),
    "neutral": gettext_lazy("No date set"),
}


def _kind(row: Measure) -> str:
    return telling.kind_of_due(row.due, row.done_on is not None)


def _row(row: Measure, last: Step | None) -> dict[str, object]:
    words = _("Done") if row.done_on else telling.days_left(row.due) if row.due else _("No date set")
    return {"row": row, "kind": _kind(row), "words": words, "last": last}


@open_to_all(PUBLIC)
def measure(request: HttpRequest, measure: UUID) -> HttpResponse:
    """A measure: what it answers, milestones, progress."""
    found = queries.measure(measure)
    by = acting_of(request)
    answers = list(Answers.objects.filter(measure=found).select_related("recommendation__paragraph", "provision__document"))
    context = {
        "measure": found, "state": country_name(found.plan.state), "stand": _row(found, None),
        "partners": [localised(each.names) for each in Partner.objects.filter(measure=found)],
        "recommendations": [each.recommendation for each in answers if each.recommendation],
        "commitments": [(each.provision, label(each.provision, request.LANGUAGE_CODE)) for each in answers if each.provision],
        "milestones": [
            (each, telling.kind_of_due(each.due, each.done_on is not None), _("Reached") if each.done_on else telling.days_left(each.due))
            for each in Milestone.objects.filter(measure=found).order_by("due")
        ],
        "steps": list(Step.objects.filter(measure=found).order_by("-on", "-id")),
        "may_plan": by and rules.may_plan(by, found.plan), "back_url": found.plan.get_absolute_url(),
    }  # fmt: skip
    return render(request, "monitoring/measure.html", context)


@acting(*ANSWERS_FOR_STATE)
def begin(request: ActingRequest) -> HttpResponse:
    """A new plan."""
    require(rules.may_plan(request.acting))

    def verb(given: dict[str, Any]) -> None:
        services.begin_plan(by=request.acting, titles={request.acting.language: given.pop("title")}, **given)

    return ask(
        request, forms_plans.PlanForm(posted(request)), title=_("Begin a national plan"), back=reverse("monitoring:plans"), verb=verb,
        follows=_("Only your own body sees it until you publish it."), done=_("The plan is begun."),
    )  # fmt: skip


def own(plan: UUID, request: ActingRequest) -> Plan:
    """A plan that the acting post writes."""
    found = queries.plan(plan)
    require(rules.may_plan(request.acting, found))
    return found


@acting(*ANSWERS_FOR_STATE)
def publish(request: ActingRequest, plan: UUID) -> HttpResponse:
    """Publishes a plan."""
    found = own(plan, request)
    return ask(
        request, forms.BareForm(posted(request)), title=_("Publish the plan"), button=_("Publish the plan"), caption=found.title,
        back=found.get_absolute_url(), follows=_("Everybody will see it, also without signing in; what you add later is public at once."),
        verb=lambda _given: services.publish_plan(by=request.acting, plan=found), done=_("The plan is published."),
    )  # fmt: skip


@acting(*ANSWERS_FOR_STATE)
def add_measure(request: ActingRequest, plan: UUID) -> HttpResponse:
    """A new measure."""
    found = own(plan, request)
    here = {str(body.pk): body for body in Body.objects.filter(country=found.state).exclude(form="state").order_by("slug")}
    asked = {str(row.pk): row for row in queries.final_recommendations(state=found.state)}
    listed = [(key, body.name) for key, body in here.items()]
    choices = {"lead": listed, "partners": listed, "recommendations": forms.recommendation_choices(list(asked.values()))}
    form = forms_plans.MeasureForm(posted(request), choices=choices)

    def verb(given: dict[str, Any]) -> None:
        lead, partners = here[given.pop("lead")], [here[key] for key in given.pop("partners")]
        answered = [asked[key] for key in given.pop("recommendations")]
        titles = {request.acting.language: given.pop("title")}
        services.add_measure(
            by=request.acting, plan=found, titles=titles, lead=lead, partners=partners, recommendations=answered, **given
        )  # fmt: skip

    return ask(
        request,
        form,
        title=_("Add a measure"),
        caption=found.title,
        back=found.get_absolute_url(),
        verb=verb,
        done=_("The measure is added."),
    )


def own_measure(measure: UUID, request: ActingRequest) -> Measure:
    """A measure that the acting post writes."""
    found = queries.measure(measure)
    require(rules.may_plan(request.acting, found.plan))
    return found


@acting(*ANSWERS_FOR_STATE)
def add_milestone(request: ActingRequest, measure: UUID) -> HttpResponse:
    """A new milestone."""
    found = own_measure(measure, request)
    return ask(
        request, forms_plans.MilestoneForm(posted(request)), title=_("Add a milestone"), caption=found.title, back=found.get_absolute_url(),
        verb=lambda given: services.add_milestone(by=request.acting, measure=found, **given), done=_("The milestone is added."),
    )  # fmt: skip


@acting(*ANSWERS_FOR_STATE)
def report_step(request: ActingRequest, measure: UUID) -> HttpResponse:
    """Progress on a measure."""
    found = own_measure(measure, request)
    return ask(
        request, forms_plans.StepForm(posted(request)), title=_("Report progress"), caption=found.title, back=found.get_absolute_url(),
        verb=lambda given: services.report_step(by=request.acting, measure=found, **given), done=_("The progress is recorded."),
    )  # fmt: skip


@acting(*ANSWERS_FOR_STATE)
def finish(request: ActingRequest, measure: UUID) -> HttpResponse:
    """A measure is done."""
    found = own_measure(measure, request)
    return ask(
        request, forms.BareForm(posted(request)), title=_("This measure is done"), caption=found.title, back=found.get_absolute_url(),
        verb=lambda _given: services.finish(by=request.acting, measure=found), done=_("The measure is done."),
    )  # fmt: skip


@acting(*ANSWERS_FOR_STATE)
def reach(request: ActingRequest, milestone: UUID) -> HttpResponse:
    """A milestone is reached."""
    found = queries.milestone(milestone)
    require(rules.may_plan(request.acting, found.plan))
    return ask(
        request, forms.BareForm(posted(request)), title=_("This milestone is reached"), caption=found.title,
        back=found.measure.get_absolute_url(),
        verb=lambda _given: services.reach(by=request.acting, milestone=found), done=_("The milestone is reached."),
    )  # fmt: skip
