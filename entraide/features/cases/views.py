"""The list of cases, finding a person, opening a case."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.features.cases import queries, rules, services
from entraide.features.cases.forms import FindForm, ListFilter, NewCaseForm, ReferenceForm
from entraide.features.cases.models import Case
from entraide.features.cases.pages import PER_PAGE, ask, attempt, page_of, posted
from entraide.kernel.access.rules import require
from entraide.kernel.accounts.choices import HOLDS_CASES
from entraide.kernel.accounts.doors import ActingRequest, acting

FILTERS = ("status", "identification", "age", "country")


@acting(*HOLDS_CASES)
def cases(request: ActingRequest) -> HttpResponse:
    """The cases in whose team one is; a reference leads straight to its case."""
    jump = ReferenceForm(request.GET if "reference" in request.GET else None)
    typed = jump.cleaned_data["reference"] if jump.is_bound and jump.is_valid() else ""
    if typed:
        found = queries.by_reference(typed).first()
        if found:
            return redirect("cases:case", case=found.pk)
        jump.add_error(
            "reference", _("No case with this reference is open to you. Check the letters, or ask a member of its team to add you.")
        )
    chosen = ListFilter(request.GET, countries=queries.countries())
    chosen.is_valid()
    wanted = {name: chosen.cleaned_data.get(name, "") for name in FILTERS}
    page = page_of(request, queries.listed(**wanted))
    context = {"page": page, "filter": chosen, "jump": jump, "narrowed": any(wanted.values()), "may_open": rules.may_open(request.acting)}
    return render(request, "cases/list.html", context)


@acting(*HOLDS_CASES)
def find(request: ActingRequest) -> HttpResponse:
    """Finds a person by what is sealed. By POST, so that nothing typed reaches an address or a log."""
    form = FindForm(posted(request))
    found: list[Case] | None = None
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        names = [wanted["first"], wanted["family"]]
        hits = queries.find(
            by=request.acting, names=names, born=form.born_on, phone=wanted["phone"], document=wanted["document"], email=wanted["email"]
        )
        found = list(hits[: PER_PAGE + 1])
    context = {
        "form": form,
        "found": found[:PER_PAGE] if found else found,
        "more": bool(found and len(found) > PER_PAGE),
        "back_url": reverse("cases:list"),
    }
    return render(request, "cases/find.html", context)


@acting(*HOLDS_CASES)
def new(request: ActingRequest) -> HttpResponse:
    """Opens a case with the one answer it needs; the questions that follow can each be left for later. Sent twice, it opens one."""
    require(rules.may_open(request.acting))
    form = NewCaseForm(posted(request), initial={"country": request.acting.country})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        opened = Case.objects.filter(pk=given["once"]).exists()
        if opened or attempt(
            form,
            lambda: services.open_case(
                by=request.acting, age=given["age"], country=given["country"], identifier=given["once"], invented=settings.ENTRAIDE_DEMO
            ),
        ):
            messages.success(request, _("The case is open. You can stop at any time; what you have saved stays."))
            return redirect(reverse("cases:record", args=[given["once"], "safe_contact"]) + "?begin=1")
    return ask(
        request,
        form,
        title=_("Open a case"),
        button=_("Open the case and go on"),
        back=reverse("cases:list"),
        heading=False,
        caption=_("Open a case: step 1 of 4"),
    )
