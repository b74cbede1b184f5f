"""Sending a questionnaire round, and everything about who answers: standing, extension, reminder, further bodies."""

from operator import attrgetter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from entraide.features.questionnaires import circulating, queries, rules
from entraide.features.questionnaires.choices import ASKERS, Capacity, Where
from entraide.features.questionnaires.forms import CirculateForm, ExtendForm
from entraide.features.questionnaires.models import Circulation
from entraide.features.questionnaires.queries import Standing
from entraide.features.questionnaires.views.fetching import addressee_of, circulation_of, questionnaire_of
from entraide.features.questionnaires.views.lists import PER_PAGE, kind_of
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import require
from entraide.kernel.accounts.choices import Function
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.base import clock
from entraide.kernel.base.countries import country_name
from entraide.kernel.bodies.choices import Form
from entraide.kernel.bodies.models import Body
from entraide.ui.narrowing import Facet, RowsFilter
from entraide.ui.parts import Cell, Column

Choices = list[tuple[str, str]]


def _bodies(by: Acting) -> tuple[Choices, Choices]:
    """Who could answer for a State, and organisations: bodies at which somebody is a focal point."""
    found = Body.objects.filter(pk__in=queries.answering_bodies(Function.FOCAL_POINT)).exclude(pk=by.body).order_by("country", "slug")
    states = [
        (str(body.pk), _("%(country)s: %(body)s") % {"country": country_name(body.country), "body": body.name})
        for body in found
        if body.country and body.form != Form.NGO
    ]
    ngos = [(str(body.pk), body.name) for body in found if body.form == Form.NGO or not body.country]
    return sorted(states, key=lambda pair: pair[1]), sorted(ngos, key=lambda pair: pair[1])


def _form(request: ActingRequest, questionnaire: Any) -> CirculateForm:  # a Questionnaire
    states, ngos = _bodies(request.acting)
    before = queries.circulations().filter(holder=request.acting.body, questionnaire__code=questionnaire.code)
    first = {"title": questionnaire.title, "states": [code for code, _name in states], "previous": str(before[0].pk) if before else ""}
    return CirculateForm(
        request.POST or None, states=states, ngos=ngos, initial=first, previous=[(str(each.pk), each.title) for each in before]
    )


@acting(*ASKERS)
def circulate(request: ActingRequest, questionnaire: UUID) -> HttpResponse:
    """Under which name, to whom, until when."""
    found = questionnaire_of(questionnaire)
    require(rules.may_circulate(request.acting, found))
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        bodies = {str(body.pk): body for body in Body.objects.filter(pk__in=[pk for pk, _capacity in form.asked()])}
        given = form.cleaned_data
        previous = Circulation.objects.filter(pk=given["previous"]).first() if given["previous"] else None
        made = circulating.circulate(
            by=request.acting, questionnaire=found, titles={request.acting.language: given["title"]}, due=given["due"], previous=previous,
            addressees=[(bodies[pk], capacity) for pk, capacity in form.asked()],
        )  # fmt: skip
        messages.success(request, _("The questionnaire is sent round. Each focal point is told that something awaits it."))
        return redirect(made)
    context = {"form": form, "questionnaire": found, "back_url": found.get_absolute_url()}
    return render(request, "questionnaires/circulate.html", context)


@acting()
def circulation(request: ActingRequest, circulation: UUID) -> HttpResponse:
    """One round: who answered, who is late, as far as the reader may know; the way to the answers."""
    found, by = circulation_of(circulation), request.acting
    stands = queries.standing(found)
    oversees = found.holder == by.body and by.function in ASKERS
    narrowed = RowsFilter(
        request.GET, stands, Facet("state", _("State"), attrgetter("where"), attrgetter("where.label")),
        Facet("as", _("As"), attrgetter("addressee.capacity"), lambda each: each.addressee.get_capacity_display()),
    )  # fmt: skip
    page = Paginator(narrowed.kept, PER_PAGE).get_page(request.GET.get("page"))
    answered = sum(each.reply is not None for each in stands)
    context = {
        "circulation": found, "oversees": oversees, "answered": answered, "total": len(stands), "replies": queries.replies(found).count(),
        "late": sum(each.late for each in stands), "today": clock.today(),
        "columns": [Column(_("Who")), Column(_("As")), Column(_("Last day")), Column(_("State")),
                    *([Column(_("Next step"))] if oversees else [])],
        "page": page, "filter": narrowed, "rows": [_row(each, oversees) for each in page],
        "back_url": reverse("questionnaires:circulations"),
    }  # fmt: skip
    return render(request, "questionnaires/circulation.html", context)


def _row(stand: Standing, oversees: bool) -> list[Cell]:
    asked = stand.addressee
    name = (
        _("%(country)s: %(body)s") % {"country": country_name(asked.country), "body": asked.name}
        if asked.capacity == Capacity.STATE
        else asked.name
    )
    due = date_format(asked.due) + (f" ({_('extended')})" if asked.extended_at else "")
    cells = [
        Cell(name, url=stand.reply.get_absolute_url() if stand.reply else ""), Cell(asked.get_capacity_display()), Cell(due),
        Cell(Where(stand.where).label, kind=kind_of(stand.where)),
    ]  # fmt: skip
    if oversees:
        cells.append(Cell(_("Remind or extend"), url=reverse("questionnaires:oversee", args=[asked.pk])) if not stand.reply else Cell("–"))
    return cells


@acting(*ASKERS)
def oversee(request: ActingRequest, addressee: UUID) -> HttpResponse:
    """One addressee that has not answered: more time, or a reminder."""
    found = addressee_of(addressee)
    require(rules.may_oversee(request.acting, found))
    remind = "remind" in request.POST
    form = ExtendForm(None if remind else request.POST or None)
    back = found.circulation.get_absolute_url()
    if remind:
        circulating.remind(by=request.acting, addressee=found)
        messages.success(request, _("The focal point is told that something awaits it."))
        return redirect(back)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["due"] > found.due and form.cleaned_data["due"] >= clock.today():
            circulating.extend(by=request.acting, addressee=found, due=form.cleaned_data["due"])
            messages.success(request, _("The deadline is extended."))
            return redirect(back)
        form.add_error("due", _("Choose a day after %(day)s.") % {"day": date_format(max(found.due, clock.today()))})
    context = {"form": form, "addressee": found, "late": clock.today() > found.due, "back_url": back}
    return render(request, "questionnaires/oversee.html", context)
