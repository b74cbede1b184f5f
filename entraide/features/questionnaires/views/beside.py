"""Answers side by side: question by question, whoever answered and the reader may see, beside what each said in the last round."""

from operator import attrgetter, methodcaller
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from entraide.engines.forms.books import write_book
from entraide.features.questionnaires import beside as reading
from entraide.features.questionnaires import queries
from entraide.features.questionnaires.models import Section
from entraide.features.questionnaires.outline import outline
from entraide.features.questionnaires.views.author import XLSX
from entraide.features.questionnaires.views.fetching import circulation_of
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.base.countries import country_name
from entraide.ui.narrowing import Facet, RowsFilter
from entraide.ui.parts import Cell, Column, Link

PER_PAGE = 20


@acting()
def beside(request: ActingRequest, circulation: UUID) -> HttpResponse:
    """One section of a round: each question with the answers that the reader may see."""
    found = circulation_of(circulation)
    whole = outline(found.questionnaire)
    wanted = request.GET.get("section", "")
    section = next((page for page in whole.pages if str(page.pk) == wanted), whole.pages[0] if whole.pages else None)
    narrowed = RowsFilter(
        request.GET, queries.replies(found), Facet("as", _("As"), attrgetter("capacity"), methodcaller("get_capacity_display")),
        Facet("country", _("Country"), attrgetter("country"), lambda reply: country_name(reply.country)), keep=("section",),
    )  # fmt: skip
    page = Paginator(narrowed.kept, PER_PAGE).get_page(request.GET.get("page"))
    rows = reading.section_beside(whole, section, list(page), found) if section else []
    columns = [Column(_("Who")), Column(_("This round")), *([Column(_("Last round"))] if found.previous_id else [])]
    context: dict[str, Any] = {
        "circulation": found, "section": section, "page": page, "filter": narrowed, "columns": columns,
        "sections": [_link(each, section, narrowed.answers) for each in whole.pages],
        "clear_url": f"?section={section.pk}" if section else "?",
        "rows": [(question, [_cells(said, bool(found.previous_id)) for said in answers]) for question, answers in rows],
        "back_url": found.get_absolute_url(),
    }  # fmt: skip
    return render(request, "questionnaires/beside.html", context)


def _link(to: Section, here: Section | None, asked: dict[str, str]) -> Link:
    """To a section, narrowed as this one is."""
    return Link(to.title, f"?{urlencode(asked | {'section': str(to.pk)})}", to == here)


def _cells(said: reading.Said, with_last: bool) -> list[Cell]:
    cells = [Cell(said.who, url=said.url), Cell(said.now or _("No answer"))]
    return [*cells, Cell(said.before or "–")] if with_last else cells


@acting()
def matrix(request: ActingRequest, circulation: UUID) -> HttpResponse:
    """Every answer of a round that the reader may see, as a workbook: a row for each question, a column for each reply."""
    found = circulation_of(circulation)
    rows = reading.matrix(outline(found.questionnaire), list(queries.replies(found)))
    data = write_book({"answers": rows}, {"answers": [20, 60, *([36] * max(0, len(rows[0]) - 2))]})
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{slugify(found.title)[:60] or "answers"}.xlsx"'
    return response
