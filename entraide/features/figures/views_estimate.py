"""Estimates: ordering one from a file or typed overlaps, how far it is, the families side by side."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entraide.features.figures import estimates_told, estimating, files, linked, queries, rules
from entraide.features.figures.choices import READERS, WRITERS, EstimateState
from entraide.features.figures.codes import FAMILIES
from entraide.features.figures.estimates_told import KINDS
from entraide.features.figures.forms_estimate import HistoriesForm, ListsForm, OrderForm, OverlapsForm
from entraide.features.figures.models import Estimate
from entraide.features.figures.shown import plain
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.ui.narrowing import RowsFilter, coded
from entraide.ui.parts import Cell, Column
from entraide.ui.pictures import Span, Spans, spans


@acting(*READERS)
def estimates(request: ActingRequest) -> HttpResponse:
    """Every estimate of the body."""
    narrowed = RowsFilter(request.GET, queries.estimates(), coded("state", _("State")))
    page = Paginator(narrowed.kept, 25).get_page(request.GET.get("page"))
    context = {"page": page, "filter": narrowed, "may_write": bool(rules.may_write(request.acting)), "back_url": reverse("figures:home")}
    return render(request, "figures/estimates.html", context)


def _order(request: ActingRequest, form: OrderForm, template: str, more: dict[str, Any]) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        histories = form.read()
        if histories is not None:
            made = estimating.order(by=request.acting, histories=histories, **form.ordered)
            messages.success(request, _("The estimate is being worked on. You may leave this page and come back."))
            return redirect(made)
    return render(request, template, {"form": form, "back_url": reverse("figures:estimates")} | more)


@acting(*WRITERS)
def order(request: ActingRequest) -> HttpResponse:
    """From a file."""
    return _order(request, HistoriesForm(request.POST or None, request.FILES or None), "figures/order.html", {"lists": ListsForm()})


@acting(*WRITERS)
def compose(request: ActingRequest) -> HttpResponse:
    """Typed in: first the names of the lists, then a box for each combination."""
    lists = ListsForm(request.GET if "names" in request.GET else None)
    if not lists.is_bound or not lists.is_valid():
        return render(request, "figures/lists.html", {"form": lists, "back_url": reverse("figures:order_estimate")})
    form = OverlapsForm(request.POST or None, names=lists.cleaned_data["names"])
    return _order(request, form, "figures/overlaps.html", {"names": lists.cleaned_data["names"]})


@acting(*READERS)
def estimate(request: ActingRequest, estimate: UUID) -> HttpResponse:
    """How far it is, and the families that are done, side by side."""
    found = queries.estimate(estimate)
    study = estimates_told.study(found)
    context = {
        "estimate": found, "whom": estimates_told.of_whom(found), "persons": estimates_told.persons(found),
        "columns": _columns(), "boxes": [_line(each, alone=len(found.answered) < 2) for each in found.families],
        "picture": picture(found), "remarks": estimates_told.remarks(study),
        "assumptions": study.assumptions(estimates_told.voice()), "methods": study.methods(estimates_told.voice()),
        "is_moving": found.state in {EstimateState.QUEUED, EstimateState.RUNNING}, "may_write": bool(rules.may_write(request.acting)),
        "may_go_on": found.state in {EstimateState.STOPPED, EstimateState.FAILED}, "is_done": found.state == EstimateState.DONE,
        "wrong_links": _links(found), "percent": round(100 * _share(found)), "now": _step(found), "back_url": reverse("figures:estimates"),
    }  # fmt: skip
    return render(request, "figures/estimate.html", context)


def _step(found: Estimate) -> str:
    return str(FAMILIES.get(found.step) or (_("Wrong links") if found.step else ""))


def _share(found: Estimate) -> float:
    steps = len(found.methods) + bool(found.missed_links or found.false_links)
    return min(1.0, (len(found.families) + found.share * (found.state == EstimateState.RUNNING)) / steps)


def _links(found: Estimate) -> dict[str, Any] | None:
    """What wrong links would make of the answer, where that was asked and is done."""
    if not linked.told(found):
        return None
    return {
        "assumed": linked.assumed(found), "picture": linked.picture(found), "columns": linked.columns(), "boxes": linked.boxes(found),
        "reasons": linked.reasons(found),
    }  # fmt: skip


@acting(*READERS)
def links_file(request: ActingRequest, estimate: UUID, form: str) -> HttpResponse:
    """The same as CSV or workbook."""
    found = queries.estimate(estimate)
    if form not in {"csv", "xlsx"} or not linked.told(found):
        raise Http404
    kind, ending = files.WRITERS[form]
    response = HttpResponse(files.sheet(form, linked.HEAD, linked.lines(found)), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="links-{found.pk}.{ending}"'
    return response


def _columns() -> list[Column]:
    return [
        Column(_("Family of models")), Column(_("Range (95 %)"), numeric=True), Column(_("Middle"), numeric=True), Column(_("Interval")),
    ]  # fmt: skip


def _line(told: dict[str, Any], *, alone: bool) -> list[Cell]:
    """A family; while it is the only one with an answer, its number waits for another to stand beside it."""
    if alone and told["estimate"] is not None:
        return [Cell(FAMILIES[told["method"]]), Cell(_("Shown beside a second answer")), Cell("–"), Cell("–")]
    middle = "–" if told["estimate"] is None else plain(round(told["estimate"]))
    kind = str(KINDS.get(told["interval_kind"], "–"))
    return [Cell(FAMILIES[told["method"]]), Cell(estimates_told.answer(told), ref=True), Cell(middle), Cell(kind)]


def picture(found: Estimate) -> Spans | None:
    """The answers side by side, once there are two: never one alone."""
    if len(found.answered) < 2:
        return None
    given = [
        Span(str(FAMILIES[each["method"]]), low, high, estimates_told.answer(each), each["estimate"])
        for each in found.answered
        for low, high in [each["interval"] or (each["estimate"], None)]
    ]
    return spans(given, title=_("%(title)s: families of models side by side") % {"title": found.title}, pointed=True)


@require_POST
@acting(*WRITERS)
def stop(request: ActingRequest, estimate: UUID) -> HttpResponse:
    """Stops; what is done stays."""
    found = queries.estimate(estimate)
    if found.state != EstimateState.STOPPED:
        estimating.stop(by=request.acting, estimate=found)
    return redirect(found)


@require_POST
@acting(*WRITERS)
def resume(request: ActingRequest, estimate: UUID) -> HttpResponse:
    """Goes on with what is not done."""
    found = queries.estimate(estimate)
    if found.state not in {EstimateState.QUEUED, EstimateState.RUNNING}:
        estimating.resume(by=request.acting, estimate=found)
    return redirect(found)
