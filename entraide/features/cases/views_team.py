"""The team of a case, the legal hold, and erasing the person."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from entraide.features.cases import erasure, queries, rules, services
from entraide.features.cases.forms_work import EraseForm, HoldForm, LiftForm, TeamForm
from entraide.features.cases.models import ErasureCertificate
from entraide.features.cases.pages import ask, attempt, back_to, names_of, posted
from entraide.features.cases.views_record import writable
from entraide.kernel.access.rules import require
from entraide.kernel.accounts.choices import HOLDS_CASES
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.accounts.queries import case_holders
from entraide.kernel.bodies import queries as bodies


@acting(*HOLDS_CASES)
def add_member(request: ActingRequest, case: UUID) -> HttpResponse:
    """Adds a colleague of the same body to the team."""
    found = writable(request.acting, case)
    present = list(queries.team(found).values_list("post", flat=True))
    colleagues = case_holders(request.acting.body).exclude(pk__in=present)
    form = TeamForm(posted(request), colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        post = form.cleaned_data["post"]
        side = bodies.get(post.body_id).side
        if attempt(form, lambda: services.add_to_team(by=request.acting, case=found, post=post.pk, post_side=side)):
            messages.success(request, _("Your colleague is in the team and sees the whole case."))
            return redirect(back_to(found, "team"))
    if not colleagues.exists():
        return render(request, "cases/nobody.html", {"case": found, "back_url": back_to(found, "team")})
    intro = _("Whoever is in the team sees everything in this case, and nobody else at your body does. Add only who needs it.")
    return ask(request, form, title=_("Add a colleague"), button=_("Add to the team"), back=back_to(found, "team"), case=found, intro=intro)


@acting(*HOLDS_CASES)
def remove_member(request: ActingRequest, case: UUID, post: UUID) -> HttpResponse:
    """Takes a colleague out of the team, after a page that says what it means."""
    found = writable(request.acting, case)
    if not queries.team(found).filter(post=post).exists():
        return redirect(back_to(found, "team"))
    if request.method == "POST":
        services.remove_from_team(by=request.acting, case=found, post=post)
        messages.success(request, _("Your colleague no longer sees this case."))
        return redirect(back_to(found, "team"))
    name = names_of([post]).get(post) or _("a former colleague")
    return render(request, "cases/remove.html", {"case": found, "name": name, "back_url": back_to(found, "team")})


@acting(*HOLDS_CASES)
def hold(request: ActingRequest, case: UUID) -> HttpResponse:
    """Sets a legal hold."""
    found = writable(request.acting, case)
    form = HoldForm(posted(request), initial={"order": found.legal_hold})
    if request.method == "POST" and form.is_valid():
        order = form.cleaned_data["order"]
        if attempt(form, lambda: erasure.hold(by=request.acting, case=found, order=order)):
            messages.success(request, _("The legal hold is recorded. The person cannot be erased until it is lifted."))
            return redirect(back_to(found, "team"))
    intro = _("A legal hold forbids to erase the person, as long as an order stands.")
    return ask(request, form, title=_("Legal hold"), button=_("Record the hold"), back=back_to(found, "team"), case=found, intro=intro)


@acting(*HOLDS_CASES)
def lift_hold(request: ActingRequest, case: UUID) -> HttpResponse:
    """Lifts a legal hold, after a page that says what it means and asks why."""
    found = writable(request.acting, case)
    if not found.legal_hold:
        return redirect(back_to(found, "team"))
    form = LiftForm(posted(request))

    def lift() -> None:
        erasure.lift_hold(by=request.acting, case=found, reason=form.cleaned_data["reason"])

    if request.method == "POST" and form.is_valid() and attempt(form, lift):
        messages.success(request, _("The legal hold is lifted."))
        return redirect(back_to(found, "team"))
    return ask(
        request, form, title=_("Lift the legal hold?"), button=_("Lift the hold"), kind="warning", case=found, back=back_to(found, "team"),
        intro=_("Erasure is forbidden by: %(order)s") % {"order": found.legal_hold},
        warning=_("Once the hold is lifted, everybody in the team can erase the person. Lift it only if no order stands any more."),
    )  # fmt: skip


@acting(*HOLDS_CASES)
def erase(request: ActingRequest, case: UUID) -> HttpResponse:
    """Erases the person, after a page that says what it means."""
    found = queries.get(case)
    if found.erased_on:
        return redirect("cases:certificate", case=found.pk)
    require(rules.may_erase(request.acting, found))
    form = EraseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        requested = form.cleaned_data["requested"] == "yes"
        if attempt(form, lambda: erasure.erase(by=request.acting, case=found, requested_by_person=requested)):
            return redirect("cases:certificate", case=found.pk)
    return render(request, "cases/erase.html", {"form": form, "case": found, "back_url": back_to(found, "team")})


@acting(*HOLDS_CASES)
def certificate(request: ActingRequest, case: UUID) -> HttpResponse:
    """The certificate of erasure, for printing."""
    found = queries.get(case)
    paper = ErasureCertificate.objects.filter(case=found).first()
    if paper is None:
        raise Http404
    context = {"case": found, "certificate": paper, "responsible": bodies.get(found.holder), "back_url": back_to(found, "team")}
    return render(request, "cases/certificate.html", context)
