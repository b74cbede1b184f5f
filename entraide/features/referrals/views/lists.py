"""The two lists: sent and received."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.features.referrals import queries
from entraide.features.referrals.forms import ListForm
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.features.referrals.shown import clock_words, kind_of, place
from entraide.kernel.accounts.choices import HOLDS_CASES
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.base.countries import country_choices
from entraide.ui.parts import Cell, Column, Link

PER_PAGE = 25


@acting(*HOLDS_CASES)
def index(request: ActingRequest) -> HttpResponse:
    """The way in: what was received stands first, because somebody waits; whoever only sends begins with what was sent."""
    only_sends = queries.sent().exists() and not queries.received().exists()
    return redirect("referrals:sent" if only_sends else "referrals:received")


@acting(*HOLDS_CASES)
def sent(request: ActingRequest) -> HttpResponse:
    """Referrals that the acting post's cases sent."""
    countries = queries.sent().values_list("recipient__country", flat=True)
    form, wanted = _asked(request, set(countries))
    return _listed(request, form, queries.sent(**wanted), title=_("Referrals sent"), received=False)


@acting(*HOLDS_CASES)
def received(request: ActingRequest) -> HttpResponse:
    """Referrals that arrived for the acting post."""
    countries = queries.received().values_list("sender__country", flat=True)
    form, wanted = _asked(request, set(countries))
    return _listed(request, form, queries.received(**wanted), title=_("Referrals received"), received=True)


def _asked(request: ActingRequest, countries: set[str]) -> tuple[ListForm, dict[str, Any]]:
    """The filter form and what it asks for; a filter that is no filter of ours is left aside."""
    form = ListForm(request.GET or None, countries=list(country_choices(tuple(code for code in countries if code))))
    given = form.cleaned_data if form.is_bound and (form.is_valid() or form.cleaned_data) else {}
    wanted = {name: given.get(name, "") for name in ("state", "urgency", "country")}
    return form, wanted | {"overdue": bool(given.get("late"))}


def _listed(request: ActingRequest, form: ListForm, found: Any, *, title: str, received: bool) -> HttpResponse:  # either query set
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": title,
        "filter_form": form,
        "page": page,
        "received": received,
        "narrowed": bool(request.GET),
        "tabs": [
            Link(_("Referrals received"), reverse("referrals:received"), current=received),
            Link(_("Referrals sent"), reverse("referrals:sent"), current=not received),
        ],
        "columns": [
            Column(_("Reference")),
            Column(_("Sender") if received else _("Recipient")),
            Column(_("State")),
            Column(_("Urgency")),
            Column(_("Reply by")),
        ],
        "rows": [_row(referral) for referral in page],
        "cases_url": reverse("cases:list"),
    }
    return render(request, "referrals/list.html", context)


def _row(referral: OutgoingReferral | IncomingReferral) -> list[Cell]:
    other = referral.recipient if isinstance(referral, OutgoingReferral) else referral.sender
    words = clock_words(referral)
    return [
        Cell(referral.reference, url=referral.get_absolute_url(), ref=True),
        Cell(place(other)),
        Cell(referral.get_state_display(), kind=kind_of(referral)),
        Cell(referral.get_urgency_display()),
        Cell(words or "–"),
    ]
