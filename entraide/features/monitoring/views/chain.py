"""The chain page: from any point both ways, for one State, as a picture and as a table; and a State's whole list with its breaks."""

from operator import attrgetter
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from entraide.features.monitoring.chain.building import build
from entraide.features.monitoring.chain.gaps import Row, in_picture, published, rows
from entraide.features.monitoring.chain.links import LABELS, Chain
from entraide.features.monitoring.chain.picture import pictures
from entraide.features.monitoring.chain.starting import start
from entraide.features.monitoring.forms import state_choices
from entraide.features.monitoring.models import Answers, Evaluation, Scope
from entraide.features.monitoring.views.public import PUBLIC
from entraide.features.texts.models import Provision
from entraide.kernel.accounts.doors import open_to_all
from entraide.kernel.base.countries import country_name
from entraide.ui.narrowing import Facet, RowsFilter


def _states() -> list[tuple[str, str]]:
    return state_choices(set(Evaluation.objects.values_list("state", flat=True)))


@open_to_all(PUBLIC, at_once=True)
def chains(request: HttpRequest) -> HttpResponse:
    """Which State, to begin with; with a provision, its chain in each."""
    return _choose(request, _provision(_uuid(request.GET.get("provision", ""))))


def _provision(identifier: UUID) -> Provision | None:
    return Provision.objects.select_related("document").filter(pk=identifier).first()


def _choose(request: HttpRequest, begin: Provision | None) -> HttpResponse:
    back = begin.get_absolute_url() if begin else reverse("monitoring:index")
    return render(request, "monitoring/chains.html", {"states": _states(), "provision": begin, "back_url": back})


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


@open_to_all(PUBLIC, at_once=True)
def chain(request: HttpRequest, kind: str, start_at: UUID) -> HttpResponse:
    """The chain around one link."""
    state = request.GET.get("state", "")
    if kind == "provision" and state not in dict(_states()):
        found = _provision(start_at)
        return _choose(request, found) if found and not state else _absent()
    begin = start(kind, start_at, state)
    provisions = list(Provision.objects.filter(pk__in=begin.provisions).select_related("document"))
    whole = build(begin.state, provisions, request.LANGUAGE_CODE, recommendations=begin.recommendations)
    at = begin.at(whole)
    around, told, mirrored = whole.around(at), _rows(whole), get_language_bidi()
    context = {
        "state": begin.state, "state_name": country_name(begin.state), "start": around.links.get(at), "start_kind": kind,
        "pictures": pictures(around, mirrored=mirrored, start=at, gaps=in_picture(told)), "mirrored": mirrored,
        "rows": _told(told), "loose": _loose(whole),
        "others": [each for each in _states() if each[0] != begin.state] if kind == "provision" else [], "start_id": start_at,
        "back_url": reverse("monitoring:chain_of_state", args=[begin.state]),
    }  # fmt: skip
    return render(request, "monitoring/chain.html", context)


def _absent() -> HttpResponse:
    raise Http404


def _rows(whole: Chain) -> list[Row]:
    return rows(whole, published(whole.state, [key for kind, key in whole.links if kind == "provision"]))


def _told(found: list[Row]) -> list[dict[str, object]]:
    return [
        {
            "row": row, "breaks_at": LABELS[row.breaks_at] if row.breaks_at else "",
            "cells": [(LABELS[stage], links, gap) for stage, links, gap in row.cells],
            "counts": [(LABELS[stage], len(links)) for stage, links, _gap in row.cells if links],
            "gap": next((gap for stage, _links, gap in row.cells if stage == row.breaks_at), ""),
        }
        for row in found
    ]  # fmt: skip


def _loose(whole: Chain) -> list[object]:
    """Recommendations, and what hangs on them, that rest on no obligation."""
    on = {key for link in whole.links.values() if link.key[0] == "provision" for key in whole.around(link.key).links}
    return [(LABELS[link.stage], link) for link in whole.links.values() if link.key not in on]


@open_to_all(PUBLIC, at_once=True)
def chain_of_state(request: HttpRequest, state: str) -> HttpResponse:
    """Every obligation on which a State was evaluated or acts, with where its chain breaks and what is late."""
    if state not in dict(_states()):
        raise Http404
    scope = Scope.objects.filter(round__evaluations__state=state).values_list("provision", flat=True)
    acted = Answers.objects.filter(plan__state=state, provision__isnull=False).values_list("provision", flat=True)
    found = Provision.objects.filter(pk__in={*scope, *acted}).select_related("document").order_by("document__slug", "eid")
    text = Facet("text", _("Text"), attrgetter("document.slug"), attrgetter("document.title"))
    narrowed = RowsFilter(request.GET, found, text)
    page = Paginator(narrowed.kept, 20).get_page(request.GET.get("page"))
    whole = build(state, list(page), request.LANGUAGE_CODE)
    context = {
        "state": state, "state_name": country_name(state), "page": page, "filter": narrowed, "rows": _told(_rows(whole)),
        "back_url": reverse("monitoring:chains"),
    }  # fmt: skip
    return render(request, "monitoring/chain_of_state.html", context)
