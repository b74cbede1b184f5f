"""Asking the person: recipient and purpose, the text to show, the answer; narrowing, withdrawing; the two bases."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entraide.features.cases import consent, queries
from entraide.features.cases.agreements import Agreement, AgreementText
from entraide.features.cases.choices import TREATED_AS_CHILD, Group, Purpose
from entraide.features.cases.forms_consent import AnswerForm, LanguageForm, LegalBasisForm, NarrowForm, RecipientForm, TransferBasisForm
from entraide.features.cases.models import Case
from entraide.features.cases.pages import ask, attempt, back_to
from entraide.kernel.access.sides import POLICING
from entraide.kernel.accounts.choices import HOLDS_CASES
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.accounts.queries import reachable
from entraide.kernel.base import clock
from entraide.kernel.bodies import queries as bodies
from entraide.kernel.bodies.models import Body


def recipients(request: ActingRequest) -> QuerySet[Body]:
    """Vetted bodies where somebody would receive."""
    return bodies.listed(vetted="yes").filter(pk__in=reachable()).exclude(pk=request.acting.body)


@acting(*HOLDS_CASES)
def begin(request: ActingRequest, case: UUID) -> HttpResponse:
    """For whom, and what for."""
    found = queries.get(case)
    form = RecipientForm(request.POST or None, recipients=recipients(request))
    if request.method == "POST" and form.is_valid():
        return redirect("cases:answer", case=found.pk, body=form.cleaned_data["recipient"].pk, purpose=form.cleaned_data["purpose"])
    intro = _("One answer is for one body and one purpose. Next comes the text to show or read to the person.")
    return ask(request, form, title=_("Ask the person"), button=_("Go on"), back=back_to(found, "agreements"), case=found, intro=intro)


def _texts(case: Case) -> QuerySet[AgreementText]:
    """The newest version in every language; for a child the child's version, where there is one."""
    child = case.age in TREATED_AS_CHILD
    newest = AgreementText.objects.order_by("language", "-for_children" if child else "for_children", "-version").distinct("language")
    return AgreementText.objects.filter(pk__in=newest.values("pk")).order_by("language")


@acting(*HOLDS_CASES)
def answer(request: ActingRequest, case: UUID, body: UUID, purpose: str) -> HttpResponse:
    """The text in a language the person understands, and what she said."""
    found = queries.get(case)
    recipient = recipients(request).filter(pk=body).first()
    if recipient is None or purpose not in Purpose.values:
        raise Http404
    texts = _texts(found)
    chosen = texts.filter(pk=request.GET.get("text") or None).first() if _is_uuid(request.GET.get("text")) else None
    text = chosen or texts.filter(language=(get_language() or "en")[:2]).first() or texts.first()
    police, child = recipient.kind in POLICING, found.age in TREATED_AS_CHILD
    form = AnswerForm(request.POST or None, police=police, child=child)
    if request.method == "POST" and text and form.is_valid():
        wanted = form.cleaned_data
        common = {"by": request.acting, "case": found, "recipient": recipient, "purpose": purpose, "text": text, "manner": wanted["manner"]}

        def record() -> None:
            if "refused" in request.POST:
                consent.record_refusal(**common, interpreter=wanted["interpreter"])
            else:
                rest = {name: wanted.get(name) for name in ("groups", "valid_until", "interpreter", "guardian")}
                consent.record_agreement(**common, **rest, told_copies_stay=wanted.get("told_copies_stay", False))

        if attempt(form, record):
            messages.success(
                request,
                _("The refusal is recorded. Help goes on as before.") if "refused" in request.POST else _("The answer is recorded."),
            )
            return redirect(back_to(found, "agreements"))
    context = {
        "case": found, "recipient": recipient, "purpose_label": Purpose(purpose).label, "text": text,
        "police": police, "child": child, "form": form,
        "languages": LanguageForm(initial={"text": text.pk if text else None}, texts=texts), "back_url": back_to(found, "agreements"),
    }  # fmt: skip
    return render(request, "cases/answer.html", context)


def _is_uuid(value: str | None) -> bool:
    try:
        UUID(value or "")
    except ValueError:
        return False
    return True


def _agreement(case: Case, identifier: UUID) -> Agreement:
    found = queries.agreements(case).filter(pk=identifier).first()
    if found is None:
        raise Http404
    return found


@acting(*HOLDS_CASES)
def agreement(request: ActingRequest, case: UUID, agreement: UUID) -> HttpResponse:
    """One answer: the text shown, what was agreed, what followed; narrowing and withdrawing in one step."""
    found = queries.get(case)
    shown = _agreement(found, agreement)
    form = NarrowForm(request.POST or None, agreed=shown.groups, initial={"groups": shown.groups, "valid_until": shown.valid_until})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        if attempt(form, lambda: consent.narrow(by=request.acting, case=found, answer=shown, **wanted)):
            messages.success(request, _("The agreement is narrowed; whoever holds a copy has been told."))
            return redirect(back_to(found, "agreements"))
    chain = list(queries.agreements(found).filter(recipient=shown.recipient, purpose=shown.purpose))
    context = {
        "case": found, "answer": shown, "form": form, "chain": chain, "groups": [Group(group).label for group in shown.groups],
        "in_force": shown.ended_at is None and (shown.valid_until is None or shown.valid_until >= clock.today()),
        "back_url": back_to(found, "agreements"),
    }  # fmt: skip
    return render(request, "cases/agreement.html", context)


@require_POST
@acting(*HOLDS_CASES)
def withdraw(request: ActingRequest, case: UUID, agreement: UUID) -> HttpResponse:
    """The person takes her agreement back."""
    found = queries.get(case)
    consent.withdraw(by=request.acting, case=found, answer=_agreement(found, agreement))
    messages.success(request, _("The agreement is withdrawn; whoever holds a copy has been told and must answer."))
    return redirect(back_to(found, "agreements"))


@acting(*HOLDS_CASES)
def legal_basis(request: ActingRequest, case: UUID) -> HttpResponse:
    """Records a legal basis."""
    found = queries.get(case)
    form = LegalBasisForm(request.POST or None, recipients=recipients(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: consent.add_legal_basis(by=request.acting, case=found, **form.cleaned_data))
    ):
        messages.success(request, _("The legal basis is recorded."))
        return redirect(back_to(found, "agreements"))
    intro = _("Why your body may handle and pass on these data. It is not the person’s agreement, and neither replaces the other.")
    return ask(request, form, title=_("Legal basis"), button=_("Record"), back=back_to(found, "agreements"), case=found, intro=intro)


@acting(*HOLDS_CASES)
def transfer_basis(request: ActingRequest, case: UUID) -> HttpResponse:
    """Records a basis of transfer."""
    found = queries.get(case)
    form = TransferBasisForm(request.POST or None, recipients=recipients(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: consent.add_transfer_basis(by=request.acting, case=found, **form.cleaned_data))
    ):
        messages.success(request, _("The basis of transfer is recorded."))
        return redirect(back_to(found, "agreements"))
    intro = _("Why the data may leave the country for this body.")
    return ask(request, form, title=_("Basis of transfer"), button=_("Record"), back=back_to(found, "agreements"), case=found, intro=intro)
