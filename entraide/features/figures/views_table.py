"""Bringing a table in: try a file, look at what has no place, file it or throw it away."""

from operator import itemgetter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entraide.engines.tables import REASONS, Unreadable
from entraide.engines.tables.refusal import FILES
from entraide.features.figures import importing, queries
from entraide.features.figures.choices import WRITERS, TableState
from entraide.features.figures.codes import NAMES
from entraide.features.figures.forms import FileTableForm, TableForm
from entraide.features.figures.models import Table
from entraide.features.figures.shown import interval, plain
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.ui.narrowing import Facet, RowsFilter
from entraide.ui.parts import Cell, Column, Row


@acting(*WRITERS)
def bring(request: ActingRequest) -> HttpResponse:
    """A file to try."""
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            tried = importing.try_file(
                by=request.acting, data=given["file"].read(), name=given["file"].name or "", title=given["title"], source=given["source"],
                already_public=given["already_public"], asked=form.asked,
            )  # fmt: skip
            return redirect("figures:tried", table=tried.pk)
        except Unreadable as problem:
            form.add_error("file", _(FILES[problem.code]))
    return render(request, "figures/bring.html", {"form": form, "back_url": reverse("figures:tables")})


def _tried(identifier: UUID) -> Table:
    found = queries.table(identifier)
    if found.state != TableState.TRIED:
        raise Http404
    return found


@acting(*WRITERS)
def tried(request: ActingRequest, table: UUID) -> HttpResponse:
    """What the trial found: sums, and every number without a place."""
    found = queries.table(table)
    if found.state == TableState.FILED:
        return redirect(found)
    report = importing.found_in(found)
    why = Facet("reason", NAMES["reason"], itemgetter(3), lambda row: _(REASONS[row[3]]))
    narrowed = RowsFilter(request.GET, report["unplaced"], why)
    page = Paginator(narrowed.kept, 50).get_page(request.GET.get("page"))
    context = {
        "table": found, "facts": facts(report), "twin": importing.filed_twin(found),
        "page": page, "filter": narrowed, "columns": UNPLACED, "boxes": unplaced(list(page)),
        "differences": [difference(each) for each in report["differences"][:20]], "has_unplaced": bool(report["unplaced"]),
        "form": FileTableForm(), "may_file": bool(report["placed"]), "back_url": reverse("figures:tables"),
        "until": found.created_at + importing.KEPT,
    }  # fmt: skip
    return render(request, "figures/tried.html", context)


UNPLACED = [Column(NAMES[name]) for name in ("row", "column", "text", "reason")]
LEFT_OUT = [Column(NAMES[name]) for name in ("row", "column", "reason")]


def facts(report: dict[str, Any]) -> list[Row]:
    """The sums of a reading, so that one sees that nothing was lost."""
    return [
        Row(_("Numbers placed"), plain(report["placed"])),
        Row(_("Their sum, a range counted at its lower end"), plain(report["placed_low"])),
        Row(_("Numbers without a place"), plain(len(report["unplaced"]))),
        Row(_("Their sum"), plain(report["unplaced_low"])),
        Row(_("Sum of all numbers in the file"), plain(report["seen_low"])),
        Row(_("Cells that say that nothing is known"), plain(report["not_known"])),
    ]


def unplaced(rows: list[list[Any]]) -> list[list[Cell]]:
    """Rows of the list of numbers without a place."""
    return [
        [Cell(f"{sheet} {row}".strip(), ref=True), Cell(column, ref=True), Cell(text, ref=True), Cell(_(REASONS[reason]))]
        for row, column, text, reason, _low, _high, sheet in rows
    ]


def left_out(rows: list[list[Any]]) -> list[list[Cell]]:
    """The same once the table is filed: where and why, no longer what stood there."""
    return [[where, column, why] for where, column, _text, why in unplaced(rows)]


def difference(told: list[Any]) -> str:
    """A total that its parts do not reach, in words."""
    row, column, total, name, low, high = told
    return _("Row %(row)s, %(column)s: the total is %(total)s, the parts by %(name)s add up to %(parts)s.") % {
        "row": row, "column": column, "total": plain(total), "name": str(NAMES[name]).lower(), "parts": interval(low, high),
    }  # fmt: skip


@require_POST
@acting(*WRITERS)
def file_table(request: ActingRequest, table: UUID) -> HttpResponse:
    """Files what has a place; pressed twice, it is filed once."""
    found = queries.table(table)
    if found.state != TableState.FILED:
        form = FileTableForm(request.POST)
        form.is_valid()
        importing.file_table(by=request.acting, table=_tried(table), seen=form.cleaned_data["seen"])
        messages.success(request, _("The table is filed."))
    return redirect(found)


@require_POST
@acting(*WRITERS)
def discard(request: ActingRequest, table: UUID) -> HttpResponse:
    """Throws the tried file away."""
    importing.discard(by=request.acting, table=_tried(table))
    messages.success(request, _("The file is thrown away; nothing was filed."))
    return redirect("figures:tables")
