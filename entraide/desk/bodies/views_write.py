"""Registering a body, giving and ending seats."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.desk.bodies.forms import EndSeatForm, RegisterForm, SeatForm
from entraide.kernel.access.rules import Refused, require
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.base import clock
from entraide.kernel.bodies import queries, rules, services
from entraide.kernel.bodies.models import Body, Seat

ABOUT_THE_FORM = frozenset({"known", "ends_first", "itself", "two_chairs", "has_seat", "ended", "before", "other_country", "above"})


def _attempt(form: forms.Form, verb: Callable[[], object]) -> bool:
    """Whether the verb was done; a refusal that another answer would mend stands on the form."""
    try:
        with transaction.atomic():
            verb()
    except Refused as refused:
        if refused.verdict.code not in ABOUT_THE_FORM:
            raise
        form.add_error(None, str(refused.verdict.sentence))
        return False
    return True


@acting()
def register(request: ActingRequest) -> HttpResponse:
    """A new body, unvetted."""
    mine = queries.get(request.acting.body)
    require(rules.may_register(request.acting, mine, mine.country))
    form = RegisterForm(request.POST or None, country=mine.country)
    made: list[Body] = []

    def verb() -> None:
        given = dict(form.cleaned_data)
        names = {"en": given.pop("name"), "fr": given.pop("name_fr")}
        made.append(services.register(by=request.acting, names=names, **given))

    if request.method == "POST" and form.is_valid() and _attempt(form, verb):
        messages.success(request, _("The body is registered. It can receive nothing until it is vetted."))
        return redirect("bodies:body", body=made[0].pk)
    intro = _("Whoever runs this installation gives its first administrator a post, with “entraide post”.")
    return _ask(request, form, title=_("Register a body"), intro=intro, back=reverse("bodies:bodies"))


def _ask(request: ActingRequest, form: forms.Form, *, title: str, back: str, intro: str = "") -> HttpResponse:
    return render(request, "bodies/ask.html", {"form": form, "title": title, "intro": intro, "back_url": back})


def _group(request: ActingRequest, identifier: UUID) -> Body:
    found = Body.objects.filter(pk=identifier).first()
    if found is None:
        raise Http404
    require(rules.may_seat(request.acting, found, queries.above(found), queries.chairs(found)))
    return found


@acting()
def give_seat(request: ActingRequest, body: UUID) -> HttpResponse:
    """A seat in this group."""
    group = _group(request, body)
    form = SeatForm(request.POST or None, group=group, initial={"since": clock.today()})
    if (
        request.method == "POST"
        and form.is_valid()
        and _attempt(form, lambda: services.give_seat(by=request.acting, group=group, **form.cleaned_data))
    ):
        messages.success(request, _("The seat is given."))
        return redirect("bodies:body", body=group.pk)
    return _ask(request, form, title=_("Give a seat in %(group)s") % {"group": group.name}, back=reverse("bodies:body", args=[group.pk]))


@acting()
def end_seat(request: ActingRequest, body: UUID, seat: UUID) -> HttpResponse:
    """Ends a seat in this group."""
    group = _group(request, body)
    found = Seat.objects.select_related("body", "group").filter(pk=seat, group=group).first()
    if found is None:
        raise Http404
    form = EndSeatForm(request.POST or None, initial={"on": clock.today()})
    if (
        request.method == "POST"
        and form.is_valid()
        and _attempt(form, lambda: services.end_seat(by=request.acting, seat=found, on=form.cleaned_data["on"]))
    ):
        messages.success(request, _("The seat has ended."))
        return redirect("bodies:body", body=group.pk)
    names = {"body": found.body.name, "role": found.get_role_display()}
    return _ask(request, form, title=_("End the seat of %(body)s (%(role)s)") % names, back=reverse("bodies:body", args=[group.pk]))
