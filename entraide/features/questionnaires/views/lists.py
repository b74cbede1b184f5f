"""The ways in: what we were asked, what was sent round, questionnaires and blocks."""

from operator import attrgetter

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from entraide.features.questionnaires import queries, rules
from entraide.features.questionnaires.choices import ASKERS, FOCAL, WRITERS, Shape, Where
from entraide.features.questionnaires.forms import ListForm
from entraide.features.questionnaires.models import Addressee, Assignment, Circulation, Questionnaire, Reply
from entraide.kernel.access.context import Acting
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.base import clock
from entraide.ui.narrowing import Facet, RowsFilter
from entraide.ui.parts import Cell, Column, Kind, Link

PER_PAGE = 25
KINDS: dict[str, Kind] = {"late": "late", "not_begun": "waiting", "sent": "done", "sent_late": "late", "returned": "waiting"}


def kind_of(where: str) -> Kind:
    """The colour of where somebody stands."""
    return KINDS.get(where, "neutral")


@acting()
def home(request: ActingRequest) -> HttpResponse:
    """Where the acting post's work with questionnaires begins."""
    if request.acting.function in WRITERS:
        return redirect("questionnaires:asked")
    return redirect("questionnaires:circulations" if request.acting.function in ASKERS else "questionnaires:list")


def tabs_of(by: Acting, here: str) -> list[Link]:
    """The ways in that this post has."""
    ways = [("asked", _("Asked of us"))] if by.function in WRITERS else []
    ways += [
        ("circulations", _("Sent round")),
        ("list", _("Questionnaires")),
        ("blocks", _("Blocks")),
        ("published", _("Published replies")),
    ]
    return [Link(label, reverse(f"questionnaires:{name}"), current=name == here) for name, label in ways]


@acting(*WRITERS)
def asked(request: ActingRequest) -> HttpResponse:
    """What the acting body was asked, and what was assigned to it."""
    by = request.acting
    asked = list(queries.asked_of(by.body))
    replies = {(reply.addressee_id, reply.state in {"drafting", "cleared"}): reply for reply in _replies(asked)}
    stands = {each.pk: _stand(each, replies.get((each.pk, True)), replies.get((each.pk, False))) for each in asked}
    state = Facet("state", _("State"), lambda each: stands[each.pk][0], lambda each: stands[each.pk][1])
    by_whom = Facet("by", _("Asked by"), attrgetter("holder"), attrgetter("circulation.by_name"))
    narrowed = RowsFilter(request.GET, asked, by_whom, state)
    page = Paginator(narrowed.kept, PER_PAGE).get_page(request.GET.get("page"))
    rows = [_asked_row(by, each, replies.get((each.pk, True)), replies.get((each.pk, False))) for each in page]
    given = [each for each in queries.assigned_to(by) if each.done_at is None]
    context = {
        "tabs": tabs_of(by, "asked"), "page": page, "rows": rows, "filter": narrowed,
        "assignments": [_assignment_row(each) for each in given],
        "columns": [Column(_("Questionnaire")), Column(_("Asked by")), Column(_("Last day")), Column(_("State")), Column(_("Next step"))],
        "given_columns": [Column(_("Section or question")), Column(_("For")), Column(_("Until")), Column(_("State"))],
    }  # fmt: skip
    return render(request, "questionnaires/asked.html", context)


def _replies(asked: list[Addressee]) -> list[Reply]:
    return list(Reply.objects.filter(addressee__in=[each.pk for each in asked]).exclude(state="superseded"))


def _stand(addressee: Addressee, writing: Reply | None, sent: Reply | None) -> tuple[str, str, Kind]:
    """(code, word, colour) of where it stands for whoever answers."""
    where = queries.where(addressee, sent, clock.today())
    if writing is not None:
        return writing.state, writing.get_state_display(), "late" if where == Where.LATE else "active"
    return where, str(Where(where).label), kind_of(where)


def _asked_row(by: Acting, addressee: Addressee, writing: Reply | None, sent: Reply | None) -> list[Cell]:
    _code, label, kind = _stand(addressee, writing, sent)
    if writing or sent:
        target = (writing or sent).get_absolute_url()  # type: ignore[union-attr]  # one of them is there
        action = Cell(_("Go on writing") if writing else _("Open the reply"), url=target)
    else:
        target = reverse("questionnaires:begin", args=[addressee.pk])
        action = Cell(_("Begin the reply"), url=target) if by.function in FOCAL else Cell(_("The focal point begins it"))
    return [
        Cell(addressee.circulation.title, url=addressee.circulation.get_absolute_url()), Cell(addressee.circulation.by_name),
        Cell(date_format(addressee.due)), Cell(label, kind=kind), action,
    ]  # fmt: skip


def _assignment_row(each: Assignment) -> list[Cell]:
    part = each.section.title if each.section else each.question.label if each.question else ""
    section = each.section_id or (each.question.section_id if each.question else None)
    due = each.due or each.reply.due
    return [
        Cell(part, url=reverse("questionnaires:section", args=[each.reply_id, section])), Cell(each.reply.name), Cell(date_format(due)),
        Cell(_("Late"), kind="late") if due < clock.today() else Cell(_("To be written"), kind="waiting"),
    ]  # fmt: skip


@acting()
def circulations(request: ActingRequest) -> HttpResponse:
    """What was sent round, by whomever."""
    form = ListForm(request.GET or None)
    found = queries.circulations()
    if form.is_valid() and form.cleaned_data["text"]:
        found = found.filter(titles__icontains=form.cleaned_data["text"])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs_of(request.acting, "circulations"), "filter_form": form, "page": page, "narrowed": bool(request.GET),
        "columns": [Column(_("Round")), Column(_("Asked by")), Column(_("Sent round on")), Column(_("Last day"))],
        "rows": [_circulation_row(each) for each in page], "may_author": rules.may_author(request.acting),
    }  # fmt: skip
    return render(request, "questionnaires/circulations.html", context)


def _circulation_row(each: Circulation) -> list[Cell]:
    return [
        Cell(each.title, url=each.get_absolute_url()), Cell(each.by_name), Cell(date_format(each.opened_on)), Cell(date_format(each.due)),
    ]  # fmt: skip


@acting()
def questionnaires(request: ActingRequest) -> HttpResponse:
    """Questionnaires: published ones of everybody, drafts of the own body."""
    return _listed(request, Shape.QUESTIONNAIRE, "list")


@acting()
def blocks(request: ActingRequest) -> HttpResponse:
    """Pieces to be used in many questionnaires."""
    return _listed(request, Shape.BLOCK, "blocks")


def _listed(request: HttpRequest, shape: str, here: str) -> HttpResponse:
    by: Acting = request.acting  # type: ignore[attr-defined]  # behind a door
    form = ListForm(request.GET or None)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    page = Paginator(queries.listed(shape=shape, text=text), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs_of(by, here), "filter_form": form, "page": page, "blocks_here": shape == Shape.BLOCK, "narrowed": bool(text),
        "columns": [Column(_("Title")), Column(_("Version"), numeric=True), Column(_("State"))],
        "rows": [_questionnaire_row(each) for each in page], "may_author": rules.may_author(by),
        "new_url": reverse("questionnaires:new_block" if shape == Shape.BLOCK else "questionnaires:new"),
    }  # fmt: skip
    return render(request, "questionnaires/list.html", context)


def _questionnaire_row(each: Questionnaire) -> list[Cell]:
    state = Cell(_("Published"), kind="done") if each.published else Cell(_("Draft"), kind="waiting")
    return [Cell(each.title, url=each.get_absolute_url()), Cell(str(each.version)), state]
