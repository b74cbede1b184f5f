"""Trying an HTCDS file, filing it, and exporting one's cases."""

from collections import defaultdict
from operator import attrgetter
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entraide.engines import htcds
from entraide.features.cases import exporting, importing, queries, rules, runs
from entraide.features.cases.choices import IMPORT_MACHINE, Group, RunState
from entraide.features.cases.forms_import import ExportForm, UploadForm
from entraide.features.cases.models import ImportRun
from entraide.features.cases.pages import page_of
from entraide.kernel.access.rules import Refused, require
from entraide.kernel.accounts.choices import HOLDS_CASES
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.base import clock
from entraide.ui.narrowing import Facet, RowsFilter

UNDECIDED = IMPORT_MACHINE.move("discard").sources


@acting(*HOLDS_CASES)
def upload(request: ActingRequest) -> HttpResponse:
    """A file to try; it is kept sealed until it is filed or thrown away."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        kept = runs.keep(by=request.acting, data=file.read(), name=file.name or "", leave_out=form.cleaned_data["leave_out"])
        return redirect("cases:import_run", run=kept.pk)
    waiting = ImportRun.objects.filter(by_post=request.acting.hand, state__in=UNDECIDED).defer("sealed").order_by("-id")
    narrowed = RowsFilter(request.GET, waiting, Facet("state", _("State"), attrgetter("state"), lambda run: RunState(run.state).label))
    context = {"form": form, "waiting": page_of(request, narrowed.kept), "filter": narrowed, "columns": _columns()}
    return render(request, "cases/import.html", context | {"back_url": reverse("cases:list")})


def _columns() -> list[tuple[str, list[tuple[str, str]]]]:
    """[(group label, [(name of the column, what it holds)])]: what a file may have."""
    language = get_language() or "en"
    kept = [(str(field.group), field) for field in htcds.FIELDS.values()]
    grouped = [(group, [(field.id, field.name(language)) for name, field in kept if name == group.value]) for group in Group]
    return [(str(group.label), columns) for group, columns in grouped if columns]


def _run(identifier: UUID) -> ImportRun:
    found = ImportRun.objects.select_for_update().filter(pk=identifier).first()
    if found is None:
        raise Http404
    return found


@acting(*HOLDS_CASES)
def run(request: ActingRequest, run: UUID) -> HttpResponse:
    """What the trial found, how far the filing is, or what became of the file."""
    found = ImportRun.objects.filter(pk=run).first()
    if found is None:
        raise Http404
    context: dict[str, object] = {"run": found, "back_url": reverse("cases:imports"), "kept_days": runs.KEPT.days}
    if found.state in {RunState.CHECKED, RunState.INTERRUPTED}:
        trial = runs.look(by=request.acting, run=found)
        narrowed = RowsFilter(
            request.GET, trial.problems, Facet("reason", _("Reason"), attrgetter("code"), _reason),
            Facet("field", _("Field"), attrgetter("field"), _label),
        )  # fmt: skip
        page = Paginator([(place, _sentence(place), _label(place)) for place in narrowed.kept], 50).get_page(request.GET.get("page"))
        context |= {
            "trial": trial,
            "page": page,
            "filter": narrowed,
            "conflict": _(importing.CONFLICT),
            "overtaken": importing.OVERTAKEN.sentence if trial.overtaken else "",
            "interrupted": found.state == RunState.INTERRUPTED,
        }
    return render(request, "cases/import_run.html", context)


def _sentence(place: runs.Place) -> str:
    return _(htcds.SENTENCES[place.code]) % place.params


def _reason(place: runs.Place) -> str:
    """The reason alone, for every place that has it."""
    return _(htcds.SENTENCES[place.code]) % defaultdict(lambda: "…")


def _label(place: runs.Place) -> str:
    field = htcds.FIELDS.get(place.field)
    return field.name(get_language() or "en") if field else ""


@require_POST
@acting(*HOLDS_CASES)
def confirm(request: ActingRequest, run: UUID) -> HttpResponse:
    """Files the whole file, or nothing; pressed twice, it is filed once."""
    found = _run(run)
    try:
        with transaction.atomic():
            runs.ask_to_file(by=request.acting, run=found)
    except Refused as refused:
        if refused.verdict.code != importing.OVERTAKEN.code:
            raise
        runs.look_again(by=request.acting, run=found)
        return redirect("cases:import_run", run=found.pk)
    if found.state == RunState.FILED:
        messages.success(request, _("The file is imported. You are in the team of every new case."))
    return redirect("cases:import_run", run=found.pk)


@require_POST
@acting(*HOLDS_CASES)
def stop(request: ActingRequest, run: UUID) -> HttpResponse:
    """Asks the background to stop."""
    found = _run(run)
    if found.state == RunState.FILING:
        runs.ask_to_stop(by=request.acting, run=found)
    return redirect("cases:import_run", run=found.pk)


@require_POST
@acting(*HOLDS_CASES)
def discard(request: ActingRequest, run: UUID) -> HttpResponse:
    """Throws the file away."""
    found = _run(run)
    if found.state in UNDECIDED:
        runs.discard(by=request.acting, run=found)
        messages.success(request, _("The file is thrown away; nothing was imported."))
    return redirect("cases:imports")


@acting(*HOLDS_CASES)
def export(request: ActingRequest) -> HttpResponse:
    """The cases in whose team one is, as an HTCDS file."""
    require(rules.may_open(request.acting))
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cases = queries.listed().filter(erased_on__isnull=True)
        data, _dialect = exporting.export(
            by=request.acting, cases=cases, format_=form.cleaned_data["format"], contact=form.cleaned_data["contact"]
        )
        kind = "text/csv" if form.cleaned_data["format"] == "csv" else "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        response = HttpResponse(data, content_type=kind)
        response["Content-Disposition"] = f'attachment; filename="htcds-{clock.today()}.{form.cleaned_data["format"]}"'
        return response
    return render(
        request,
        "cases/export.html",
        {"form": form, "count": queries.listed().count(), "largest": exporting.LARGEST, "back_url": reverse("cases:list")},
    )
