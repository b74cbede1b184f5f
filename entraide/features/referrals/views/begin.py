"""Beginning a referral from a case: how, to whom, and what is asked."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.features.cases import queries as cases
from entraide.features.cases import rules as case_rules
from entraide.features.cases.choices import SHAREABLE, AgreementDecision, Group
from entraide.features.cases.models import Case
from entraide.features.referrals import rules, services
from entraide.features.referrals.forms import CallForm, RequestForm, SearchForm
from entraide.features.referrals.shown import case_url, place, safe_contact
from entraide.features.referrals.views.asking import mended
from entraide.kernel.access.rules import require
from entraide.kernel.accounts.choices import HOLDS_CASES
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.accounts.queries import reachable
from entraide.kernel.base.countries import country_choices
from entraide.kernel.bodies import queries as bodies
from entraide.kernel.bodies.models import Body

PER_PAGE = 25
ALL_GROUPS = [str(group) for group in SHAREABLE]


@acting(*HOLDS_CASES)
def how(request: ActingRequest, case: UUID) -> HttpResponse:
    """Two ways, of the same weight: send, or record what was agreed by telephone."""
    found = cases.get(case)
    require(case_rules.may_write(request.acting, found))
    context = {"case": found, "contact": safe_contact(request.acting, found), "back_url": case_url("case", case)}
    return render(request, "referrals/how.html", context)


@acting(*HOLDS_CASES)
def choose_for_sending(request: ActingRequest, case: UUID) -> HttpResponse:
    """To whom the referral is sent."""
    return _choose(request, cases.get(case), "referrals:request", _("Whom do you ask?"))


@acting(*HOLDS_CASES)
def choose_for_call(request: ActingRequest, case: UUID) -> HttpResponse:
    """Who agreed by telephone."""
    return _choose(request, cases.get(case), "referrals:call", _("Whom did you call?"))


def _choose(request: ActingRequest, case: Case, onward: str, title: str) -> HttpResponse:
    require(case_rules.may_write(request.acting, case))
    codes = set(bodies.listed().exclude(country="").values_list("country", flat=True))
    form = SearchForm(request.GET or None, countries=list(country_choices(tuple(codes))))
    asked = form.cleaned_data if form.is_bound and (form.is_valid() or form.cleaned_data) else {}
    wanted = {name: asked.get(name, "") for name in ("text", "country", "kind")}
    found = bodies.listed(**wanted).exclude(pk=request.acting.body).order_by("-vetted", *bodies.in_reading_order())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    there = set(reachable())
    offers = [_offer(request, case, body, onward, there) for body in page]
    context = {"case": case, "form": form, "page": page, "offers": offers, "title": title}
    return render(request, "referrals/choose.html", context | {"back_url": reverse("referrals:new", args=[case.pk])})


def _offer(request: ActingRequest, case: Case, body: Body, onward: str, there: set[UUID]) -> dict[str, object]:
    vetted = bool(getattr(body, "vetted", False))  # annotated by bodies.listed()
    verdict = rules.may_refer_to(request.acting, case, body, vetted=vetted, there=body.pk in there)
    return {
        "name": body.name,
        "place": place(body),
        "kind": body.get_kind_display(),
        "url": reverse(onward, args=[case.pk, body.pk]) if verdict else "",
        "sentence": verdict.sentence,
    }


def _recipient(request: ActingRequest, case: Case, body: UUID) -> Body:
    """The body, when this case may be referred to it."""
    found = bodies.with_vetting().filter(pk=body).first()
    if found is None:
        raise Http404
    require(rules.may_refer(request.acting, case, found))
    return found


@acting(*HOLDS_CASES)
def ask(request: ActingRequest, case: UUID, body: UUID) -> HttpResponse:
    """Purpose, needs, urgency and the time to reply: begins the draft."""
    found = cases.get(case)
    recipient = _recipient(request, found, body)
    form = RequestForm(request.POST or None)
    form.offer(_agreed(found, recipient))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        draft = mended(
            form,
            lambda: services.draft(
                by=request.acting, case=found, recipient=recipient, purpose=given["purpose"], urgency=given["urgency"],
                needs=given["needs"], chosen=ALL_GROUPS, reply_by=given["reply_by"], token=given["token"],
            ),
        )  # fmt: skip
        if draft:
            return redirect("referrals:ready", draft.pk)
    context = {"case": found, "form": form, "recipient": recipient, "title": _("What do you ask for?"), "action": _("Continue")}
    return render(request, "referrals/question.html", context | {"back_url": reverse("referrals:choose", args=[case])})


@acting(*HOLDS_CASES)
def call(request: ActingRequest, case: UUID, body: UUID) -> HttpResponse:
    """What was said and agreed by telephone: begins the record, which the recipient is asked to confirm."""
    found = cases.get(case)
    recipient = _recipient(request, found, body)
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        draft = mended(
            form,
            lambda: services.draft_call(
                by=request.acting, case=found, recipient=recipient, purpose=given["purpose"], needs=given["needs"],
                chosen=[*given["told"], Group.SAFE_CONTACT],
                called_at=given["called_at"], account=given["account"], token=given["token"],
            ),
        )  # fmt: skip
        if draft:
            return redirect("referrals:ready", draft.pk)
    context = {"case": found, "form": form, "recipient": recipient, "title": _("What was agreed by telephone?"), "action": _("Continue")}
    return render(request, "referrals/question.html", context | {"back_url": reverse("referrals:choose_call", args=[case])})


def _agreed(case: Case, recipient: Body) -> frozenset[str]:
    """Purposes for which the person agreed to this recipient."""
    answers = cases.agreements(case).filter(recipient=recipient, ended_at__isnull=True, decision=AgreementDecision.GIVEN)
    return frozenset(purpose for purpose in set(answers.values_list("purpose", flat=True)) if _holds(case, recipient, purpose))


def _holds(case: Case, recipient: Body, purpose: str) -> bool:
    return bool(cases.agreed_groups(case, recipient=recipient.pk, purpose=purpose))
