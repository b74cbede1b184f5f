"""Home: what awaits me, what I wait for, what is late; and the public pages."""

from typing import Any, NamedTuple

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entraide import __version__
from entraide.kernel.access.context import Acting
from entraide.kernel.accounts.choices import HOLDS_CASES, Function
from entraide.kernel.accounts.demo import cards
from entraide.kernel.accounts.doors import ActingRequest, acting, public
from entraide.kernel.base.desk import PILES, Item, makers

FIRST = 8


class Empty(NamedTuple):
    """What stands where nothing does: a title, a sentence that teaches, and where to begin."""

    title: str
    sentence: str
    action: str = ""
    url: str = ""


def _piles(by: Acting, limit: int) -> dict[str, tuple[int, list[Item]]]:
    found: dict[str, tuple[int, list[Item]]] = {name: (0, []) for name in PILES}
    for maker in makers:
        for name, pile in maker(by, limit).items():
            count, items = found[name]
            found[name] = (count + pile.count, items + pile.items)
    return {name: (count, sorted(items, key=lambda item: item.pressing)[:limit]) for name, (count, items) in found.items()}


def titles() -> dict[str, str]:
    """The three piles in the reader's language."""
    return {"awaiting": _("What awaits me"), "waiting": _("What I wait for"), "late": _("What is late")}


@public("what Entraide is, for whoever has not signed in; the desk for whoever has")
def home(request: HttpRequest) -> HttpResponse:
    """The desk, or the door to it."""
    if request.user.is_authenticated:
        return desk(request)
    return render(request, "desk/landing.html", {"cards": cards()})


@acting()
def desk(request: ActingRequest) -> HttpResponse:
    """The three piles, a few of each."""
    piles = _piles(request.acting, FIRST)
    shown = [(name, titles()[name], *piles[name]) for name in ("late", "awaiting", "waiting")]
    has_piles = any(count for _name, _title, count, _items in shown)
    return render(request, "desk/desk.html", {"piles": shown, "has_piles": has_piles, "empty": _empty(request.acting.function)})


def _empty(function: str) -> Empty:
    """What a desk with nothing on it says: where somebody of this function begins."""
    if function == Function.DATA_PROTECTION:
        sentence = _("Every reading of personal data at your body is recorded: by whom, for which case, when.")
        return Empty(_("Who opened which file?"), sentence, _("Open the record"), reverse("record:openings"))
    if function == Function.ADMINISTRATOR:
        sentence = _("Give posts to those who begin, end the posts of those who leave. You see no cases.")
        return Empty(_("Who works here?"), sentence, _("See the posts"), reverse("accounts:colleagues"))
    title = _("Nothing awaits you")
    if function == Function.SECRETARIAT:
        sentence = _("To begin, file a text: a treaty, a plan or a report becomes provisions that others can cite.")
        return Empty(title, sentence, _("Go to texts"), reverse("texts:list"))
    if function in HOLDS_CASES:
        sentence = _("Referrals to answer, questions to settle and agreements that run out appear here. To begin, open a case.")
        return Empty(title, sentence, _("Go to cases"), reverse("cases:list"))
    return Empty(title, _("What is asked of you appears here. The menu shows where you can look and begin."))


class PileFilter(forms.Form):
    """Narrows a pile to what has to be done with it, or where it stands."""

    what = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(self, *args: Any, items: list[Item], **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        here = sorted({str(item.detail) for item in items if item.detail})
        self.fields["what"].choices = [("", gettext_lazy("All")), *((each, each) for each in here)]  # type: ignore[attr-defined]  # a choice field

    def kept(self, items: list[Item]) -> list[Item]:
        """The items of the state asked for; all where none, or none of these, was asked."""
        asked = self.cleaned_data["what"] if self.is_valid() else ""
        return [item for item in items if asked in ("", str(item.detail))]


@acting()
def pile(request: ActingRequest, name: str) -> HttpResponse:
    """One pile, whole."""
    count, _none = _piles(request.acting, 0)[name]
    items = _piles(request.acting, count)[name][1]
    narrowed = PileFilter(request.GET, items=items)
    page = Paginator(narrowed.kept(items), 25).get_page(request.GET.get("page"))
    context = {"title": titles()[name], "page": page, "items": page.object_list, "filter": narrowed, "back_url": reverse("desk:home")}
    return render(request, "desk/pile.html", context)


@public("first steps, readable before signing in")
def help_page(request: HttpRequest) -> HttpResponse:
    """First steps for each function."""
    return render(request, "desk/help.html")


@public("what it cannot do is nobody's secret")
def limits(request: HttpRequest) -> HttpResponse:
    """Every limit we know."""
    return render(request, "desk/limits.html")


@public("the law wants it public")
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "desk/accessibility.html")


@public("who made it, from what, under which licence")
def about(request: HttpRequest) -> HttpResponse:
    """What Entraide is."""
    return render(request, "desk/about.html", {"version": __version__})
