"""Figures: what is published, for everybody; for a body's readers also its tables."""

from operator import attrgetter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.features.figures import counting, files, mapping, pictures, queries, rules
from entraide.features.figures.choices import READERS, UNDER_WAY, WRITERS, TableState
from entraide.features.figures.codes import word
from entraide.features.figures.definitions import DEFINITIONS
from entraide.features.figures.forms import CountForm
from entraide.features.figures.shown import blocks, narrowing, part_of
from entraide.features.figures.views_table import LEFT_OUT, left_out
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import require
from entraide.kernel.accounts.doors import ActingRequest, acting, open_to_all
from entraide.ui.narrowing import Facet, RowsFilter, coded
from entraide.ui.parts import Cell, Column

PUBLIC = "published figures are for everybody"


@open_to_all(PUBLIC)
def home(request: HttpRequest) -> HttpResponse:
    """Published figures; the way to one's own body's tables for whoever may read them."""
    by: Acting | None = getattr(request, "acting", None)
    may_read = by is not None and bool(rules.may_read(by))
    published_by = Facet("body", _("Published by"), attrgetter("holder"), attrgetter("body_name"))
    narrowed = RowsFilter(request.GET, queries.releases(), published_by, coded("state", _("State")))
    page = Paginator(narrowed.kept, 20).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "filter": narrowed,
        "may_read": may_read,
        "may_write": by is not None and bool(rules.may_write(by)),
    }
    if by is not None and may_read:
        own = queries.own_releases(by.body).filter(state__in=[*UNDER_WAY])
        context |= {"tables": queries.tables()[:4], "estimates": queries.estimates()[:4], "preparing": own[:4]}
    return render(request, "figures/home.html", context)


@open_to_all(PUBLIC)
def definitions(request: HttpRequest) -> HttpResponse:
    """Every indicator with its tag, and how case files become statistics."""
    missing = _("Not established")
    boxes = [
        [Cell(each.htcds, ref=True), Cell(word("form", each.form)), Cell(each.iccs or "–", ref=True), Cell(each.ictip or missing)]
        for each in mapping.FORMS
    ]
    context = {
        "definitions": DEFINITIONS.values(), "boxes": boxes,
        "columns": [
            Column(_("HTCDS 2.0")), Column(_("Form of exploitation")), Column(_("ICCS (not confirmed)")), Column(_("Code of IC-TIP")),
        ],
        "entities": mapping.ENTITIES, "back_url": reverse("figures:home"),
    }  # fmt: skip
    return render(request, "figures/definitions.html", context)


@acting(*READERS)
def tables(request: ActingRequest) -> HttpResponse:
    """Every table of the body."""
    narrowed = RowsFilter(request.GET, queries.tables(), coded("origin", _("Where the numbers come from")), coded("state", _("State")))
    page = Paginator(narrowed.kept, 25).get_page(request.GET.get("page"))
    context = {"page": page, "filter": narrowed, "may_write": bool(rules.may_write(request.acting)), "back_url": reverse("figures:home")}
    return render(request, "figures/tables.html", context)


@acting(*WRITERS)
def count(request: ActingRequest) -> HttpResponse:
    """Counts a year of the body's own files."""
    form = CountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = counting.count(by=request.acting, tally=form.cleaned_data["tally"], year=int(form.cleaned_data["year"]))
        messages.success(request, _("The year is counted. The table never changes."))
        return redirect(made)
    context = {"form": form, "smallest": counting.smallest(), "years": counting.YEARS, "back_url": reverse("figures:tables")}
    return render(request, "figures/count.html", context)


@acting(*READERS)
def table(request: ActingRequest, table: UUID) -> HttpResponse:
    """One table: a block for each combination of what it is told by, with its picture."""
    require(rules.may_read(request.acting))
    found = queries.table(table)
    if found.state == TableState.TRIED:
        return redirect("figures:tried", table=found.pk)
    missing = found.report.get("unplaced", [])
    made = blocks(queries.cells(found))
    shown = part_of(made, request.GET.get("part", ""))
    narrowed = narrowing(shown, request.GET)
    page = Paginator(narrowed.kept, 50).get_page(request.GET.get("page"))
    context = {
        "table": found, "blocks": made, "part": shown, "page": page, "rows": list(page), "filter": narrowed,
        "picture": pictures.of(shown) if shown else None,
        "left_out": left_out(missing[:100]), "left_out_columns": LEFT_OUT, "left_out_count": len(missing),
        "back_url": reverse("figures:tables"),
    }  # fmt: skip
    return render(request, "figures/table.html", context)


@acting(*READERS)
def table_file(request: ActingRequest, table: UUID) -> HttpResponse:
    """One table as CSV."""
    found = queries.table(table)
    response = HttpResponse(files.as_csv(queries.cells(found)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="figures-{found.pk}.csv"'
    return response
