"""One answer of the person, narrowed or withdrawn in one step; legal bases and bases of transfer."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from entraide.features.cases import consent, queries, rules, texts
from entraide.features.cases.agreements import Agreement
from entraide.features.cases.choices import Group
from entraide.features.cases.forms_consent import LegalBasisForm, LegalDutyForm, NarrowForm, TransferBasisForm
from entraide.features.cases.models import Case
from entraide.features.cases.pages import ask, attempt, back_to, names_of, onward, page_of, posted, standing
from entraide.features.cases.views_asking import RIGHT_TO_LEFT, recipient_of
from entraide.features.cases.views_record import writable
from entraide.kernel.access.rules import require
from entraide.kernel.access.sides import POLICING
from entraide.kernel.accounts.choices import HOLDS_CASES
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.base.countries import language_name
from entraide.ui.narrowing import RowsFilter, coded


def _answer(case: Case, identifier: UUID) -> Agreement:
    found = queries.agreements(case).filter(pk=identifier).first()
    if found is None:
        raise Http404
    return found


@acting(*HOLDS_CASES)
def agreement(request: ActingRequest, case: UUID, agreement: UUID) -> HttpResponse:
    """One answer: what was said and shown, and what followed; narrowing and withdrawing in one step."""
    found = queries.get(case)
    shown = _answer(found, agreement)
    form = NarrowForm(posted(request), answer=shown)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(
            form,
            lambda: consent.narrow(by=request.acting, case=found, answer=shown, groups=given["groups"], valid_until=given["valid_until"]),
        ):
            messages.success(request, _("The agreement is narrowed. Whoever holds a copy of what is no longer agreed has been told."))
            return redirect(onward(request, back_to(found, "agreements")))
    return render(request, "cases/agreement.html", _shown(request, found, shown) | {"form": form})


def _shown(request: ActingRequest, case: Case, answer: Agreement) -> dict[str, object]:
    said = queries.agreements(case).filter(recipient=answer.recipient, purpose=answer.purpose)
    narrowed = RowsFilter(request.GET, said, coded("decision", _("Answer")))
    again = {"purpose": answer.purpose, "then": onward(request, "")}
    return {
        "case": case,
        "answer": answer,
        "groups": [Group(group).label for group in answer.groups],
        "people": queries.people_at(by=request.acting, case=case, answer=answer),
        "recorded_by": names_of([answer.recorded_by]).get(answer.recorded_by, ""),
        "standing": standing(case, answer),
        "lacks_guardian": rules.lacks_guardian(case, answer),
        "may_end": rules.may_end_agreement(request.acting, case, answer),
        "parts": texts.parts(answer.text),
        "language": language_name(answer.text.language),
        "direction": "rtl" if answer.text.language in RIGHT_TO_LEFT else "ltr",
        "filter": narrowed,
        "chain": page_of(request, narrowed.kept),
        "again_url": reverse("cases:ask", args=[case.pk, answer.recipient_id]) + "?" + urlencode(again),
        "back_url": onward(request, back_to(case, "agreements")),
    }


@acting(*HOLDS_CASES)
def withdraw(request: ActingRequest, case: UUID, agreement: UUID) -> HttpResponse:
    """The person takes her agreement back: asks once more, saying who will be told and what may not come back."""
    found = queries.get(case)
    answer = _answer(found, agreement)
    if request.method == "POST":
        consent.withdraw(by=request.acting, case=found, answer=answer)
        messages.success(request, _("The agreement is withdrawn. Whoever holds a copy has been told and must answer."))
        return redirect(back_to(found, "agreements"))
    require(rules.may_end_agreement(request.acting, found, answer))
    name = answer.recipient.name
    told = _("%(body)s is told at once. What it has not accepted yet is recalled; if it holds a copy, it must answer what became of it.")
    stays = _("%(body)s may have to keep what it received: copies given to police or justice may not come back.")
    return ask(
        request, Form(), title=_("Withdraw the agreement?"), button=_("Withdraw the agreement"), kind="warning", case=found,
        back=answer.get_absolute_url(), intro=told % {"body": name},
        warning=stays % {"body": name} if answer.recipient.kind in POLICING else "",
    )  # fmt: skip


@acting(*HOLDS_CASES)
def legal_bases(request: ActingRequest, case: UUID) -> HttpResponse:
    """Records a legal basis, beside those on record."""
    found = writable(request.acting, case)
    form = LegalBasisForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: consent.add_legal_basis(by=request.acting, case=found, **given)):
            messages.success(request, _("The legal basis is recorded."))
            return redirect(onward(request, back_to(found, "agreements")))
    narrowed = RowsFilter(request.GET, queries.legal_bases(found), coded("kind", _("Kind")))
    context = {
        "case": found,
        "form": form,
        "page": page_of(request, narrowed.kept),
        "filter": narrowed,
        "back_url": onward(request, back_to(found, "agreements")),
    }
    return render(request, "cases/legal_bases.html", context)


@acting(*HOLDS_CASES)
def legal_duty(request: ActingRequest, case: UUID, body: UUID) -> HttpResponse:
    """Records a duty by law to pass data on to one body."""
    found = writable(request.acting, case)
    recipient = recipient_of(request.acting, found, body)
    form = LegalDutyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: consent.add_legal_basis(by=request.acting, case=found, kind="legal_duty", recipient=recipient, **given)):
            messages.success(request, _("The legal duty is recorded."))
            return redirect(back_to(found, "agreements"))
    intro = _("A legal duty goes past what the person said. Record only what a document obliges you to, and tell the person about it.")
    back = reverse("cases:recipients", args=[case, "duty"])
    title = _("Legal duty to pass on to %(body)s") % {"body": recipient.name}
    return ask(request, form, title=title, button=_("Record the legal duty"), back=back, case=found, intro=intro)


@acting(*HOLDS_CASES)
def transfer_bases(request: ActingRequest, case: UUID) -> HttpResponse:
    """The bases of transfer on record; for a new one the recipient is chosen first."""
    found = writable(request.acting, case)
    narrowed = RowsFilter(request.GET, queries.transfer_bases(found), coded("kind", _("Kind")))
    back = onward(request, back_to(found, "agreements"))
    context = {"case": found, "page": page_of(request, narrowed.kept), "filter": narrowed, "back_url": back}
    return render(request, "cases/transfer_bases.html", context)


@acting(*HOLDS_CASES)
def transfer_basis(request: ActingRequest, case: UUID, body: UUID) -> HttpResponse:
    """Records why the data may leave the country for one body."""
    found = writable(request.acting, case)
    recipient = recipient_of(request.acting, found, body)
    form = TransferBasisForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: consent.add_transfer_basis(by=request.acting, case=found, recipient=recipient, **given)):
            messages.success(request, _("The basis of transfer is recorded."))
            return redirect(onward(request, back_to(found, "agreements")))
    intro = _("Why the data may leave the country for this body. It replaces neither the person’s agreement nor the legal basis.")
    back = onward(request, reverse("cases:recipients", args=[case, "transfer"]))
    title = _("Basis of transfer to %(body)s") % {"body": recipient.name}
    return ask(request, form, title=title, button=_("Record the basis of transfer"), back=back, case=found, intro=intro)
