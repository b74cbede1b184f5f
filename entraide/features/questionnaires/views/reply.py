"""A reply: its task list, its sections to write or to read, two versions of an answer, who writes what."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entraide.features.questionnaires import answering, queries, rules
from entraide.features.questionnaires.choices import FOCAL, MACHINE, WRITERS, Capacity
from entraide.features.questionnaires.loaded import Loaded, load
from entraide.features.questionnaires.models import Assignment, Reply, Section
from entraide.features.questionnaires.views.fetching import addressee_of, reply_of
from entraide.kernel.access.context import Acting
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.base import clock
from entraide.kernel.base.countries import country_name
from entraide.ui.parts import Kind, Task

KINDS: dict[str, Kind] = {"drafting": "active", "cleared": "waiting", "sent": "done", "returned": "late", "superseded": "neutral"}


@acting(*FOCAL)
def begin(request: ActingRequest, addressee: UUID) -> HttpResponse:
    """Begins the reply, or its next edition; by POST, and by the link on the list when none was begun."""
    found = addressee_of(addressee)
    there = queries.open_edition(found)
    if there is not None:
        return redirect(there)
    if request.method == "POST":
        return redirect(answering.begin(by=request.acting, addressee=found))
    official = queries.official(found)
    verdict = rules.may_begin(request.acting, found, False, official)
    context = {"addressee": found, "verdict": verdict, "official": official, "back_url": reverse("questionnaires:asked")}
    return render(request, "questionnaires/begin.html", context)


@dataclass(frozen=True)
class Action:
    """A button of the page; with a reason it is the sentence why not."""

    label: str
    url: str
    kind: str = ""
    reason: str = ""


@acting()
def reply(request: ActingRequest, reply: UUID) -> HttpResponse:
    """The task list of a reply: each section with its progress, and what can be done with the whole."""
    found, by = reply_of(reply), request.acting
    loaded = load(found)
    leads = answering.leads(by, found)
    mine = {section.pk for section in loaded.outline.pages if loaded.writes_in(by, section)}
    names = queries.colleagues(by) if loaded.assignments else {}
    context = {
        "reply": found, "circulation": found.circulation, "kind": KINDS[found.state], "leads": leads,
        "who": country_name(found.country) if found.capacity == Capacity.STATE else found.name,
        "tasks": [_task(loaded, section, section.pk in mine) for section in loaded.outline.pages],
        "done": loaded.done, "total": loaded.total, "lateness": rules.lateness(found),
        "assignments": [_given(by, loaded, each, names) for each in loaded.assignments],
        "undecided": len(loaded.undecided), "actions": _actions(by, found, loaded), "writes": bool(mine) and found.state == "drafting",
        "editions": queries.editions_of(found), "withdrawal": queries.withdrawal(found.pk), "back_url": _back(by, found),
        "needs": by.function in WRITERS,
    }  # fmt: skip
    return render(request, "questionnaires/reply.html", context)


def _back(by: Acting, found: Reply) -> str:
    return reverse("questionnaires:asked") if by.function in WRITERS else found.circulation.get_absolute_url()


def _task(loaded: Loaded, section: Section, mine: bool) -> Task:
    done, total, missing = loaded.progress(section)
    url = reverse("questionnaires:section", args=[loaded.reply.pk, section.pk])
    if not total:
        return Task(section.title, _("Nothing to answer"), "neutral", url)
    label = ngettext("%(done)d of %(total)d answered", "%(done)d of %(total)d answered", total) % {"done": done, "total": total}
    who = ", ".join(sorted({each.body.name for each in loaded.given_in(section)}))
    hint = _("Written by %(who)s") % {"who": who} if who else _("Yours to write") if mine and loaded.assignments else ""
    if missing:
        words = ngettext("%(count)d required answer is missing", "%(count)d required answers are missing", missing) % {"count": missing}
        hint = f"{hint}. {words}" if hint else words
    return Task(section.title, label, "done" if done == total else "active" if done else "waiting", url, hint)


@dataclass(frozen=True)
class Given:
    """An assignment as the page shows it."""

    row: Assignment
    part: str
    due: str
    late: bool
    may_finish: bool
    may_hand_on: bool
    writer: str


def _given(by: Acting, loaded: Loaded, each: Assignment, names: dict[UUID, str]) -> Given:
    section = loaded.outline.section_of.get(each.section_id) if each.section_id else None
    question = next((one for one in loaded.outline.questions if one.pk == each.question_id), None)
    part = section.title if section else question.label if question else ""
    due = each.due or loaded.reply.due
    may_finish = bool(rules.may_finish(by, each, loaded.reply))
    writer = names.get(each.post, _("one person there")) if each.post else ""
    late = due < clock.today() and each.done_at is None
    return Given(each, part, date_format(due), late, may_finish, bool(rules.may_hand_on(by, each, loaded.reply)), writer)


def _actions(by: Acting, found: Reply, loaded: Loaded) -> list[Action]:
    """The moves from here for whoever looks; what is missing for clearing stands on the button."""
    actions = []
    side = "answering" if found.holder == by.body else "circulating"
    for move in MACHINE.open_to(state=found.state, by=side):
        if move.functions and by.function not in move.functions:
            continue
        verdict = rules.may(by, found, move.name, pending=loaded.pending, undecided=len(loaded.undecided))
        kind = "secondary" if move.name in {"reopen", "give_back"} else ""
        actions.append(
            Action(
                str(move.label), reverse("questionnaires:move", args=[found.pk, move.name]), kind, "" if verdict else str(verdict.sentence)
            )
        )
    if answering.leads(by, found) and found.state in {"sent", "returned"}:
        actions.append(
            Action(_("Correct it by a further edition"), reverse("questionnaires:begin", args=[found.addressee_id]), "secondary")
        )
        if found.published_at is None:
            label = _("No longer allow publication") if found.may_publish else _("Allow publication")
            actions.append(Action(label, reverse("questionnaires:move", args=[found.pk, "allow"]), "secondary"))
    if found.circulator == by.body and rules.may_publish_reply(by, found):
        actions.append(Action(_("Publish this reply"), reverse("questionnaires:move", args=[found.pk, "publish"]), "secondary"))
    if rules.may_withdraw_reply(by, found):
        actions.append(Action(_("Withdraw it from publication"), reverse("questionnaires:move", args=[found.pk, "withdraw"]), "secondary"))
    return actions


@acting(*WRITERS)
def finish(request: ActingRequest, reply: UUID, assignment: UUID) -> HttpResponse:
    """Says that an assigned part is done, or not after all; by POST alone."""
    found = reply_of(reply)
    row = queries.assignments(found).filter(pk=assignment).first()
    if row is None:
        raise Http404
    if request.method == "POST":
        answering.finish(by=request.acting, assignment=row, done=row.done_at is None)
        messages.success(request, _("The focal point is told.") if row.done_at else _("It is open again."))
    return redirect(found)


def context_of(found: Reply) -> dict[str, Any]:
    """What every page under a reply shows at its head."""
    return {
        "reply": found, "circulation": found.circulation, "kind": KINDS[found.state],
        "who": country_name(found.country) if found.capacity == Capacity.STATE else found.name,
    }  # fmt: skip
