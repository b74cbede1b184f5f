"""The list of bodies, the page of one, and vetting."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.desk.bodies.forms import BodiesFilter, SeatsFilter, VetForm
from entraide.kernel.access.rules import Refused, require
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.base import clock
from entraide.kernel.base.countries import UN_LANGUAGES, country_name, language_name
from entraide.kernel.bodies import queries, rules, services
from entraide.kernel.bodies.models import Body, Seat, Vetting


@acting()
def bodies(request: ActingRequest) -> HttpResponse:
    """The list, filtered and paged."""
    chosen = BodiesFilter(request.GET)
    wanted = chosen.cleaned_data if chosen.is_valid() else {}
    page = Paginator(queries.listed(**wanted), 25).get_page(request.GET.get("page"))
    mine = queries.get(request.acting.body)
    return render(
        request,
        "bodies/bodies.html",
        {"page": page, "filter": chosen, "may_register": rules.may_register(request.acting, mine, mine.country)},
    )


def _body(identifier: UUID) -> Body:
    found = queries.with_vetting().filter(pk=identifier).first()
    if found is None:
        raise Http404
    return found


@acting()
def body(request: ActingRequest, body: UUID) -> HttpResponse:
    """One body: names, place, parents, seats, vettings."""
    found = _body(body)
    chosen = SeatsFilter(request.GET)
    seats: QuerySet[Seat] = queries.seats(found, **(chosen.cleaned_data if chosen.is_valid() else {}))
    page = Paginator(seats, 30).get_page(request.GET.get("page"))
    names = found.names
    if found.form == "state":
        names = {code: country_name(found.country, code) for code in UN_LANGUAGES}
    vettings = Vetting.objects.filter(body=found).select_related("by_body").order_by("-vetted_on", "-id")
    context = {
        "body": found,
        "names": [(language_name(code), name, code) for code, name in names.items()],
        "works_in": [language_name(code) for code in found.languages],
        "page": page,
        "filter": chosen,
        "held": found.seats_held.select_related("group").order_by("group__slug"),
        "vettings": vettings,
        "may_vet": rules.may_vet(request.acting, queries.get(request.acting.body), found),
        "may_seat": rules.may_seat(request.acting, found, queries.above(found), queries.chairs(found)),
        "has_seats": found.form in rules.GROUPS,
        "today": clock.today(),
        "back_url": reverse("bodies:bodies"),
    }
    return render(request, "bodies/body.html", context)


@acting()
def vet(request: ActingRequest, body: UUID) -> HttpResponse:
    """Records that a body was looked at and may receive personal data."""
    found = _body(body)
    form = VetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                services.vet(by=request.acting, body=found, **form.cleaned_data)
        except Refused as refused:
            if refused.verdict.code != "already_over":
                raise
            form.add_error("valid_until", str(refused.verdict.sentence))
        else:
            messages.success(request, _("The body is vetted."))
            return redirect("bodies:body", body=found.pk)
    verdict = rules.may_vet(request.acting, queries.get(request.acting.body), found)
    return render(
        request, "bodies/vet.html", {"form": form, "body": found, "verdict": verdict, "back_url": reverse("bodies:body", args=[found.pk])}
    )


@acting()
def revoke(request: ActingRequest, body: UUID, vetting: UUID) -> HttpResponse:
    """Ends a vetting of this body, after a page that says what it means."""
    found = Vetting.objects.select_related("body").filter(pk=vetting, body=_body(body)).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        services.revoke_vetting(by=request.acting, vetting=found)
        messages.success(
            request,
            _("This vetting is revoked. Another one still stands: the body can receive personal data until that one ends.")
            if queries.is_vetted(body)
            else _("The vetting is revoked: this body can receive nothing more."),
        )
    if found.revoked_on:
        return redirect("bodies:body", body=body)
    require(rules.may_vet(request.acting, queries.get(request.acting.body), found.body))
    return render(request, "bodies/revoke.html", {"vetting": found, "back_url": reverse("bodies:body", args=[body])})
