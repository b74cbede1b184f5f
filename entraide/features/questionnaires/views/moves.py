"""Moves of a whole reply, and who writes what of it: one page each, which says what follows and does it once."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entraide.features.questionnaires import answering, circulating, queries, rules, withdrawing
from entraide.features.questionnaires.choices import FOCAL, MACHINE, WRITERS, Capacity, ReplyState
from entraide.features.questionnaires.forms import AssignForm, HandOnForm, NoteForm, SendForm
from entraide.features.questionnaires.models import Question, Reply, Section
from entraide.features.questionnaires.outline import outline
from entraide.features.questionnaires.views.fetching import part_of, reply_of
from entraide.features.questionnaires.views.reply import context_of
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import Verdict, require
from entraide.kernel.accounts.choices import Function
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.bodies.models import Body

FOLLOWS: dict[str, tuple[str | Promise, ...]] = {
    "clear": (
        gettext_lazy("Nobody writes in it any more, not the ministries either, until you open it again."),
        gettext_lazy("It is not sent yet: that is a step of its own."),
    ),
    "reopen": (gettext_lazy("Whoever wrote in it can write again."),),
    "send": (
        gettext_lazy("This becomes the one official reply of your State or organisation."),
        gettext_lazy("From now on the circulating body reads it. It never changes; a correction is a further edition."),
    ),
    "give_back": (
        gettext_lazy("It stays as it was sent, and you keep reading it."),
        gettext_lazy("Its focal point is asked for a further edition and reads your note."),
    ),
    "publish": (
        gettext_lazy("Everybody reads it from now on, also without signing in, with the names of its evidence files."),
        gettext_lazy("You can withdraw it again; whoever has kept a copy keeps it."),
    ),
    "withdraw": (
        gettext_lazy("From now on only those to whom it was sent read it. Its public page says that it was withdrawn, and when."),
        gettext_lazy("Whoever has kept a copy keeps it; published reports that rest on it stay as they are."),
        gettext_lazy("The body that answered is told that something awaits it."),
    ),
    "allow": (
        gettext_lazy("Only the circulating body can publish it, and only while you allow it."),
        gettext_lazy("Once published, everybody reads it, also without signing in."),
    ),
}
LABELS = {
    "publish": gettext_lazy("Publish this reply"),
    "withdraw": gettext_lazy("Withdraw it from publication"),
    "allow": gettext_lazy("Publication of this reply"),
}


@acting()
def move(request: ActingRequest, reply: UUID, name: str) -> HttpResponse:
    """One move of a reply."""
    found, by = reply_of(reply), request.acting
    if name not in FOLLOWS:
        raise Http404
    require(_verdict(by, found, name))
    form = {"give_back": NoteForm, "send": SendForm}.get(name)
    bound = form(request.POST or None, initial={"may_publish": found.may_publish}) if form else None
    if request.method == "POST" and (name == "send" or bound is None or bound.is_valid()):
        if bound is not None:
            bound.is_valid()
        messages.success(request, _make(by, found, name, bound.cleaned_data if bound else {}))
        return redirect(found)
    label = LABELS.get(name) or MACHINE.move(name).label
    if name == "allow":
        label = _("No longer allow publication") if found.may_publish else _("Allow publication")
    context = context_of(found) | {
        "form": bound,
        "label": label,
        "follows": [*FOLLOWS[name], *([late] if name in {"clear", "send"} and (late := rules.lateness(found)) else [])],
        "back_url": found.get_absolute_url(),
        "name": name,
    }
    return render(request, "questionnaires/move.html", context)


def _verdict(by: Acting, reply: Reply, name: str) -> Verdict:
    if name == "publish":
        return rules.may_publish_reply(by, reply)
    if name == "withdraw":
        return rules.may_withdraw_reply(by, reply)
    if name == "allow":
        return rules.may_allow(by, reply)
    pending = len(answering.pending(reply)) if name == "clear" else 0
    return rules.may(by, reply, name, pending=pending, undecided=queries.undecided(reply).count() if name == "clear" else 0)


def _make(by: Acting, reply: Reply, name: str, given: dict[str, object]) -> str:
    """Does it and says so."""
    if name == "clear":
        answering.clear(by=by, reply=reply)
        return _("The reply is cleared. Send it when you are ready.")
    if name == "reopen":
        answering.reopen(by=by, reply=reply)
        return _("The reply is open again.")
    if name == "send":
        answering.send(by=by, reply=reply, may_publish=bool(given.get("may_publish")))
        return _("The reply is sent.")
    if name == "give_back":
        circulating.give_back(by=by, reply=reply, note=str(given["note"]))
        return _("The reply is returned for completion.")
    if name == "publish":
        circulating.publish_reply(by=by, reply=reply)
        return _("The reply is published.")
    if name == "withdraw":
        withdrawing.withdraw_reply(by=by, reply=reply)
        return _("The reply is no longer published.")
    answering.allow_publication(by=by, reply=reply, allowed=not reply.may_publish)
    return _("Saved.")


@acting(*FOCAL)
def assign(request: ActingRequest, reply: UUID) -> HttpResponse:
    """Gives a section or a question to a body of the same State."""
    found, by = reply_of(reply), request.acting
    require(rules.may_lead(by, found))
    whole = outline(found.circulation.questionnaire)
    sections = [(str(each.pk), each.title) for each in whole.pages]
    questions = [(str(each.pk), f"{each.label[:90]}") for each in whole.questions if each.kind != "note"]
    parts = [(_("Sections"), sections), (_("Single questions"), questions)]
    form = AssignForm(
        request.POST or None, parts=parts, bodies=_writers(found), own=str(by.body), colleagues=_colleagues(by),
        initial={"part": request.GET.get("part", ""), "body": str(by.body)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        part = part_of(whole, UUID(given["part"]))
        answering.assign(
            by=by, reply=found, body=Body.objects.get(pk=given["body"]), due=given["due"], note=given["note"],
            post=UUID(given["post"]) if given["post"] else None,
            section=part if isinstance(part, Section) else None, question=part if isinstance(part, Question) else None,
        )  # fmt: skip
        messages.success(request, _("It is assigned. Whoever writes there is told that something awaits them."))
        return redirect(found)
    return render(request, "questionnaires/assign.html", context_of(found) | {"form": form, "back_url": found.get_absolute_url()})


def _writers(reply: Reply) -> list[tuple[str, str]]:
    """Bodies that may write in this reply: of the same State for a State's, its own for an organisation's."""
    own = Body.objects.filter(pk=reply.holder)
    if reply.capacity == Capacity.STATE:
        able = queries.answering_bodies(Function.RESPONDENT)
        own = own | Body.objects.filter(country=reply.country, pk__in=able).exclude(form="ngo")
    return [(str(body.pk), body.name) for body in own.order_by("slug")]


def _colleagues(by: Acting) -> list[tuple[str, str]]:
    return [(str(post), name) for post, name in queries.colleagues(by).items()]


@acting(*WRITERS)
def hand_on(request: ActingRequest, reply: UUID, assignment: UUID) -> HttpResponse:
    """Within a body: which colleague writes what was given to it."""
    found, by = reply_of(reply), request.acting
    row = queries.assignments(found).select_related("section", "question").filter(pk=assignment).first()
    if row is None:
        raise Http404
    require(rules.may_hand_on(by, row, found))
    form = HandOnForm(request.POST or None, colleagues=_colleagues(by), initial={"post": str(row.post or HandOnForm.ALL)})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["post"]
        answering.hand_on(by=by, assignment=row, post=None if chosen == HandOnForm.ALL else UUID(chosen))
        messages.success(request, _("Saved. Whoever writes it now is told that something awaits them."))
        return redirect(found)
    part = row.section.title if row.section else row.question.label if row.question else ""
    context = context_of(found) | {"form": form, "part": part, "back_url": found.get_absolute_url()}
    return render(request, "questionnaires/hand_on.html", context)


@acting(*FOCAL)
def end_assignment(request: ActingRequest, reply: UUID, assignment: UUID) -> HttpResponse:
    """Takes an assignment back; by POST alone."""
    found = reply_of(reply)
    row = queries.assignments(found).filter(pk=assignment).first()
    if row is None:
        raise Http404
    if request.method == "POST" and found.state == ReplyState.DRAFTING:
        answering.end_assignment(by=request.acting, assignment=row)
        messages.success(request, _("The assignment is taken back. What was written stays."))
    return redirect(found)
