"""What a State's own bodies record: authorities, law, steps on commitments and their evidence."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.features.texts.models import Provision
from entraide.features.texts.queries import label
from entraide.features.treaties import rules, services
from entraide.features.treaties.forms import ActForm, AuthorityForm, DepositForm, EvidenceForm, LawForm, StepForm
from entraide.features.treaties.models import Act, Authority, Law, Step
from entraide.features.treaties.views import instrument_of, state_of
from entraide.kernel.access.rules import Refused, require
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.base.countries import country_name

FIELDS: dict[str, str | None] = {"recorded": None, "objection": "answers", "too_early": "on", "as_of": "as_of"}
"""Where in the form a refusal of what was typed is said; others are refusals of the person."""
KINDS: dict[str, type[Act] | type[Authority] | type[Law] | type[Step]] = {"act": Act, "authority": Authority, "law": Law, "step": Step}


def _ask(request: ActingRequest, form: forms.Form, title: str, back: str, verb: Callable[[], object], done: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and _done(form, verb):
        messages.success(request, done)
        return redirect(back)
    return render(request, "treaties/ask.html", {"form": form, "title": title, "back_url": back})


def _done(form: forms.Form, verb: Callable[[], object]) -> bool:
    """Whether it was done; what is wrong with what was typed is said in the form, so that nothing typed is lost."""
    try:
        verb()
    except Refused as refused:
        if refused.verdict.code not in FIELDS:
            raise
        form.add_error(FIELDS[refused.verdict.code], str(refused.verdict.sentence))
        return False
    return True


@acting(*rules.WRITERS)
def record_act(request: ActingRequest, state: str) -> HttpResponse:
    """What one's own State did with an instrument."""
    code = state_of(state)
    require(rules.may_record(request.acting, code))
    form = ActForm(request.POST or None, initial={"instrument": request.GET.get("instrument", "")})
    title = _("What %(state)s did with an instrument") % {"state": country_name(code)}
    return _ask(
        request, form, title, reverse("treaties:state", args=[code]),
        lambda: services.record_act(by=request.acting, state=code, **form.cleaned_data), _("The act is recorded."),
    )  # fmt: skip


@acting(*rules.WRITERS)
def deposit(request: ActingRequest, slug: str) -> HttpResponse:
    """What any State did with an instrument, recorded by its depositary."""
    found = instrument_of(slug)
    require(rules.may_deposit(request.acting, found))
    form = DepositForm(request.POST or None, of=found)
    title = _("What a State did with: %(instrument)s") % {"instrument": found.name}
    return _ask(
        request, form, title, found.get_absolute_url(),
        lambda: services.deposit(by=request.acting, **form.cleaned_data), _("The act is recorded."),
    )  # fmt: skip


@acting(*rules.WRITERS)
def designate(request: ActingRequest, state: str) -> HttpResponse:
    """A competent authority of one's own State."""
    code = state_of(state)
    require(rules.may_record(request.acting, code))
    form = AuthorityForm(request.POST or None)
    title = _("A competent authority of %(state)s") % {"state": country_name(code)}
    return _ask(
        request, form, title, reverse("treaties:state", args=[code]),
        lambda: services.designate(by=request.acting, state=code, **form.cleaned_data), _("The authority is recorded."),
    )  # fmt: skip


@acting(*rules.WRITERS)
def record_law(request: ActingRequest, state: str) -> HttpResponse:
    """What the law of one's own State says."""
    code = state_of(state)
    require(rules.may_record(request.acting, code))
    form = LawForm(request.POST or None)
    title = _("What the law of %(state)s says") % {"state": country_name(code)}
    return _ask(
        request, form, title, reverse("treaties:state", args=[code]),
        lambda: services.record_law(by=request.acting, state=code, **form.cleaned_data), _("The entry is recorded."),
    )  # fmt: skip


@acting(*rules.WRITERS)
def add_step(request: ActingRequest, slug: str, eid: str) -> HttpResponse:
    """What one's own State does about a commitment."""
    found = instrument_of(slug)
    provision = Provision.objects.filter(document=found.document, eid=eid).first()
    if provision is None:
        raise Http404
    require(rules.may_record(request.acting, request.acting.country))
    form = StepForm(request.POST or None)
    back = reverse("treaties:commitments", args=[slug])
    return _ask(
        request, form, _("What is done about: %(commitment)s") % {"commitment": label(provision, request.acting.language)}, back,
        lambda: services.add_step(by=request.acting, provision=provision, **form.cleaned_data), _("The step is recorded."),
    )  # fmt: skip


@acting(*rules.WRITERS)
def add_evidence(request: ActingRequest, step: UUID) -> HttpResponse:
    """What shows that a step was taken."""
    found = Step.objects.select_related("provision__document").filter(pk=step).first()
    if found is None:
        raise Http404
    require(rules.may_end(request.acting, found, found.state))
    form = EvidenceForm(request.POST or None)
    back = reverse("treaties:commitments", args=[found.provision.document.slug])
    return _ask(
        request, form, _("What shows it: %(step)s") % {"step": found.title}, back,
        lambda: services.add_evidence(by=request.acting, step=found, **form.cleaned_data), _("The evidence is recorded."),
    )  # fmt: skip


@acting(*rules.WRITERS)
def end(request: ActingRequest, kind: str, entry: UUID) -> HttpResponse:
    """Asks, then ends an entry."""
    model = KINDS.get(kind)
    found = model._default_manager.filter(pk=entry).first() if model else None
    if found is None:
        raise Http404
    back = (
        found.instrument.get_absolute_url()
        if isinstance(found, Act) and found.by_depositary
        else reverse("treaties:state", args=[found.state])
    )
    verdict = rules.may_end(request.acting, found, found.state)
    if request.method == "POST":
        services.end(by=request.acting, row=found, state=found.state)
        messages.success(request, _("The entry has ended."))
        return redirect(back)
    return render(request, "treaties/end.html", {"verdict": verdict, "back_url": back})
