"""Trying an HTCDS file, filing it, and exporting one's cases."""

from base64 import b64decode, b64encode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entraide.engines import htcds
from entraide.features.cases import exporting, importing, queries
from entraide.features.cases.forms_import import ExportForm, UploadForm
from entraide.features.cases.models import ImportRun
from entraide.kernel.access import principals
from entraide.kernel.access.rules import require
from entraide.kernel.accounts.choices import HOLDS_CASES
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock
from entraide.kernel.base.ids import uuid7
from entraide.kernel.vault import services as vault

AT_ONCE = 500
"""Rows that a page files while somebody waits; larger files go through the command line, which shows its progress."""


@acting(*HOLDS_CASES)
def upload(request: ActingRequest) -> HttpResponse:
    """A file to try; it is kept sealed until it is filed or thrown away."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        run = _keep(request, file.read(), file.name or "", leave_out=form.cleaned_data["leave_out"])
        return redirect("cases:import_run", run=run.pk)
    waiting = ImportRun.objects.filter(by_post=request.acting.hand, state="checked").order_by("-id")[:10]
    return render(request, "cases/import.html", {"form": form, "waiting": waiting, "back_url": reverse("cases:list")})


def _keep(request: ActingRequest, data: bytes, name: str, *, leave_out: bool) -> ImportRun:
    by, identifier, key = request.acting, uuid7(), vault.new_key(request.acting.body)
    ending = ".xlsx" if name.lower().endswith((".xlsx", ".xlsm")) else ".csv" if name.lower().endswith((".csv", ".txt", ".tsv")) else ""
    values = {"file": b64encode(data).decode(), "name": f"file{ending}", "leave_out": str(int(leave_out))}
    run = ImportRun.objects.create(
        id=identifier, holder=by.body, side=by.side, audience=principals.audience(by.body, [by.hand]), key=key.id, state="checked",
        sealed=vault.seal_fields(key, case=identifier, record=identifier, values=values), by_post=by.hand,
    )  # fmt: skip
    record(by=by, action="cases.try_import", kind="import", object_id=run.pk)
    return run


def _run(identifier: UUID) -> ImportRun:
    found = ImportRun.objects.select_for_update().filter(pk=identifier).first()
    if found is None:
        raise Http404
    return found


def _check(request: ActingRequest, run: ImportRun) -> importing.Checked:
    values = vault.open_fields(vault.store().fetch(run.key), case=run.pk, record=run.pk, sealed=run.sealed)
    return importing.check(
        by=request.acting, data=b64decode(values["file"]), filename=values["name"], ignore_unknown=values["leave_out"] == "1"
    )


@acting(*HOLDS_CASES)
def run(request: ActingRequest, run: UUID) -> HttpResponse:
    """What the dry run found, or what became of the file."""
    found = _run(run)
    context: dict[str, object] = {"run": found, "back_url": reverse("cases:imports"), "at_once": AT_ONCE}
    if found.state == "checked":
        checked = _check(request, found)
        problems = [(problem, _(htcds.SENTENCES[problem.code]) % problem.params, _label(problem)) for problem in checked.reading.problems]
        page = Paginator(problems, 50).get_page(request.GET.get("page"))
        context |= {"checked": checked, "page": page, "conflict": _(importing.CONFLICT), "too_many": len(checked.new) > AT_ONCE}
    return render(request, "cases/import_run.html", context)


def _label(problem: htcds.Problem) -> str:
    from django.utils.translation import get_language

    field = htcds.FIELDS.get(problem.field or "")
    return field.name(get_language() or "en") if field else ""


@require_POST
@acting(*HOLDS_CASES)
def confirm(request: ActingRequest, run: UUID) -> HttpResponse:
    """Files the whole file, or nothing; pressed twice, it is filed once."""
    found = _run(run)
    if found.state == "checked":
        checked = _check(request, found)
        if len(checked.new) > AT_ONCE:
            raise Http404
        with transaction.atomic():
            cases = importing.file_rows(by=request.acting, checked=checked)
        found.state, found.created_cases, found.already_here = "filed", len(cases), checked.already_here
        _forget(found)
        messages.success(request, _("The file is imported. You are in the team of every new case."))
    return redirect("cases:import_run", run=found.pk)


@require_POST
@acting(*HOLDS_CASES)
def discard(request: ActingRequest, run: UUID) -> HttpResponse:
    """Throws the file away."""
    found = _run(run)
    if found.state == "checked":
        found.state = "discarded"
        _forget(found)
        messages.success(request, _("The file is thrown away; nothing was imported."))
    return redirect("cases:imports")


def _forget(run: ImportRun) -> None:
    run.sealed, run.finished_at = {}, clock.now()
    run.save(update_fields=["state", "created_cases", "already_here", "sealed", "finished_at"])
    transaction.on_commit(lambda: vault.destroy(run.key))


@acting(*HOLDS_CASES)
def export(request: ActingRequest) -> HttpResponse:
    """The cases in whose team one is, as an HTCDS file."""
    from entraide.features.cases import rules

    require(rules.may_open(request.acting))
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cases = queries.listed().filter(erased_on__isnull=True)
        data, _dialect = exporting.export(by=request.acting, cases=cases, format_=form.cleaned_data["format"])
        kind = "text/csv" if form.cleaned_data["format"] == "csv" else "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        response = HttpResponse(data, content_type=kind)
        response["Content-Disposition"] = f'attachment; filename="htcds-{clock.today()}.{form.cleaned_data["format"]}"'
        return response
    return render(
        request,
        "cases/export.html",
        {"form": form, "count": queries.listed().count(), "largest": exporting.LARGEST, "back_url": reverse("cases:list")},
    )
