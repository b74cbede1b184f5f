"""The list of cases, finding a person, opening a case."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from entraide.features.cases import fields, queries, rules, services
from entraide.features.cases.forms import FindForm, ListFilter, NewCaseForm
from entraide.features.cases.models import Case
from entraide.features.cases.pages import ask, attempt
from entraide.kernel.accounts.choices import HOLDS_CASES
from entraide.kernel.accounts.doors import ActingRequest, acting


@acting(*HOLDS_CASES)
def cases(request: ActingRequest) -> HttpResponse:
    """The cases in whose team one is."""
    chosen = ListFilter(request.GET)
    wanted = chosen.cleaned_data if chosen.is_valid() else {}
    found = queries.listed(status=wanted.get("status", ""), identification=wanted.get("identification", ""), age=wanted.get("age", ""))
    if wanted.get("reference"):
        found = found.filter(pk__in=queries.by_reference(wanted["reference"]))
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "filter": chosen,
        "may_open": rules.may_open(request.acting),
        "import_url": _route("imports"),
        "export_url": _route("export"),
    }
    return render(request, "cases/list.html", context)


def _route(name: str) -> str:
    """The address of a page of this room that stands in another file of addresses."""
    try:
        return reverse(f"cases:{name}")
    except NoReverseMatch:
        return ""


@acting(*HOLDS_CASES)
def find(request: ActingRequest) -> HttpResponse:
    """Finds a person by what is sealed. By POST, so that nothing typed reaches an address or a log."""
    form = FindForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        found = list(
            queries.find(
                by=request.acting,
                names=[wanted["first"], wanted["family"]],
                born=wanted["born"],
                phone=wanted["phone"],
                document=wanted["document"],
                email=wanted["email"],
            )[:50]
        )
    return render(request, "cases/find.html", {"form": form, "found": found, "back_url": reverse("cases:list")})


@acting(*HOLDS_CASES)
def new(request: ActingRequest) -> HttpResponse:
    """Opens a case; sent twice, it opens one."""
    form = NewCaseForm(request.POST or None, initial={"country": request.acting.country})
    if request.method == "POST" and form.is_valid():
        once = form.cleaned_data["once"]
        if Case.objects.filter(pk=once).exists():
            return redirect("cases:case", case=once)

        def open_case() -> None:
            services.open_case(
                by=request.acting,
                age=form.cleaned_data["age"],
                country=form.cleaned_data["country"],
                values_by_group=fields.by_group(form.values()),
                identifier=once,
            )

        if attempt(form, open_case):
            messages.success(request, _("The case is open. You are its first team member."))
            return redirect("cases:case", case=once)
    intro = _("Only what you know and the person wants to tell. In doubt about age she is treated as a child until it is settled.")
    return ask(request, form, title=_("Open a case"), button=_("Open the case"), back=reverse("cases:list"), intro=intro)
