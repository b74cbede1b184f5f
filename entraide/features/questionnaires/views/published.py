"""Published replies, read without signing in: the list, and each on a page of its own."""

from http import HTTPStatus
from operator import attrgetter
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from entraide.features.questionnaires import beside, published, queries, rules
from entraide.kernel.accounts.doors import open_to_all
from entraide.kernel.base.countries import country_name
from entraide.ui.narrowing import Facet, RowsFilter, coded
from entraide.ui.parts import Cell, Column

PUBLIC = "replies whose body allowed it and whose circulating body published them are for everybody"
PER_PAGE = 25


@open_to_all(PUBLIC, at_once=True)
def replies(request: HttpRequest) -> HttpResponse:
    """Every published reply, the newest first."""
    country = Facet("country", _("Country"), attrgetter("country"), lambda reply: country_name(reply.country))
    narrowed = RowsFilter(request.GET, published.published(), country, coded("capacity", _("As")))
    page = Paginator(narrowed.kept, PER_PAGE).get_page(request.GET.get("page"))
    forms = published.asked_in(list(page))
    rows = [
        [
            Cell(beside.who(each), url=reverse("questionnaires:published_reply", args=[each.pk])), Cell(each.get_capacity_display()),
            Cell(forms[each.pk].title if each.pk in forms else "–"), Cell(date_format(each.published_at)),
        ]
        for each in page if each.published_at
    ]  # fmt: skip
    columns = [Column(_("Who")), Column(_("As")), Column(_("Questionnaire")), Column(_("Published on"))]
    context = {"page": page, "rows": rows, "columns": columns, "filter": narrowed}
    return render(request, "questionnaires/published.html", context)


@open_to_all(PUBLIC, at_once=True)
def reply(request: HttpRequest, reply: UUID) -> HttpResponse:
    """One published reply, whole."""
    found = published.published().filter(pk=reply).first()
    withdrawal = None if found else queries.withdrawal(reply)
    if withdrawal:
        context = {"withdrawal": withdrawal, "back_url": reverse("questionnaires:published")}
        gone = render(request, "questionnaires/withdrawn_reply.html", context, status=HTTPStatus.GONE)
        gone["Cache-Control"] = "no-store"
        return gone
    form = published.asked_in([found]).get(found.pk) if found else None
    if found is None or form is None:
        raise Http404
    context = {
        "reply": found, "who": beside.who(found), "form_asked": form, "parts": published.parts_of(found, form),
        "lateness": rules.lateness(found),
        "back_url": reverse("questionnaires:published"),
    }  # fmt: skip
    return render(request, "questionnaires/published_reply.html", context)
