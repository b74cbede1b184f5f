"""Changing what is recorded: a field group, identification, age, status, the steps of a track."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.features.cases import fields, queries, rules, services
from entraide.features.cases.choices import Group, Track
from entraide.features.cases.forms_record import RecordForm
from entraide.features.cases.forms_work import AgeForm, IdentificationForm, StatusForm, TrackForm, today_by_default
from entraide.features.cases.models import Case, CaseRecord, Note
from entraide.features.cases.pages import ask, attempt, back_to, posted
from entraide.features.cases.views_case import SITUATION
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import require
from entraide.kernel.accounts.choices import HOLDS_CASES
from entraide.kernel.accounts.doors import ActingRequest, acting

BEGIN = (Group.SAFE_CONTACT, Group.COMMUNICATION, Group.IDENTITY)
"""The questions that follow on opening a case, in this order."""


def writable(by: Acting, case: UUID) -> Case:
    """The case, for somebody who may write in it."""
    found = queries.get(case)
    require(rules.may_write(by, found))
    return found


@acting(*HOLDS_CASES)
def record(request: ActingRequest, case: UUID, group: str) -> HttpResponse:
    """Changes one field group; a stale edit is refused with both versions."""
    found = writable(request.acting, case)
    if group not in Group.values or not fields.in_group(group):
        raise Http404
    row = CaseRecord.objects.filter(case=found, group=group).first()
    values = queries.read(by=request.acting, case=found, groups=[group]).get(group, {})
    form = RecordForm(posted(request), group=group, values=values, version=row.version if row else 0)
    begin = request.GET.get("begin") == "1" and group in BEGIN
    onward = _onward(found, group) if begin else back_to(found, "situation" if group in SITUATION else "person")
    if request.method == "POST" and form.is_valid():
        return _save(request, found, group, form, onward)
    back = _before(found, group) if begin else onward
    said = _("Step %(step)s of 4. Only what you know and the person wants to tell; everything can wait.")
    return ask(
        request,
        form,
        title=Group(group).label,
        button=_("Save and go on") if begin else _("Save"),
        back=back,
        case=found,
        contact=queries.safe_contact(by=request.acting, case=found) if group == Group.CONTACT else None,
        skip_url=onward if begin else "",
        intro=said % {"step": BEGIN.index(Group(group)) + 2} if begin else _("Only what you know and the person wants to tell."),
    )


def _onward(case: Case, group: str) -> str:
    """The next question on opening a case, or the case itself after the last."""
    after = BEGIN[BEGIN.index(Group(group)) + 1 :]
    return reverse("cases:record", args=[case.pk, after[0]]) + "?begin=1" if after else back_to(case)


def _before(case: Case, group: str) -> str:
    """The question before on opening a case, or the case itself before the first."""
    earlier = BEGIN[: BEGIN.index(Group(group))]
    return reverse("cases:record", args=[case.pk, earlier[-1]]) + "?begin=1" if earlier else back_to(case)


def _save(request: ActingRequest, case: Case, group: str, form: RecordForm, onward: str) -> HttpResponse:
    seen = form.cleaned_data["seen_version"]
    services.save_group(by=request.acting, case=case, group=group, given=form.values(), seen_version=seen)
    messages.success(request, _("Saved."))
    return redirect(onward)


@acting(*HOLDS_CASES)
def identification(request: ActingRequest, case: UUID) -> HttpResponse:
    """Records a decision on identification, and who took it."""
    found = writable(request.acting, case)
    form = IdentificationForm(posted(request), case=found, initial=today_by_default())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: services.decide_identification(by=request.acting, case=found, **given)):
            messages.success(request, _("The decision is recorded."))
            return redirect(back_to(found, "situation"))
    intro = _("It stands at: %(status)s. Only what can follow from there is offered. Help does not depend on it.")
    return ask(
        request,
        form,
        title=_("Decision on identification"),
        button=_("Record the decision"),
        back=back_to(found, "situation"),
        case=found,
        intro=intro % {"status": found.get_identification_display()},
    )


@acting(*HOLDS_CASES)
def age(request: ActingRequest, case: UUID) -> HttpResponse:
    """Settles whether the person is a child, with a note on what that rests."""
    found = writable(request.acting, case)
    form = AgeForm(posted(request), initial={"age": found.age, "seen": found.age})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def settle() -> None:
            services.settle_age(by=request.acting, case=found, age=given["age"], seen=given["seen"])
            services.write_note(by=request.acting, case=found, text=given["text"], identifier=given["once"])

        if Note.objects.filter(case=found, pk=given["once"]).exists() or attempt(form, settle):
            messages.success(request, _("The age is recorded, and what it rests on stands in the notes."))
            return redirect(back_to(found))
    intro = _(
        "As long as age is in doubt the person is treated as a child: a guardian agrees too, and means need not be shown. "
        "If the person turns out to be a child, agreements without a guardian no longer hold."
    )
    return ask(request, form, title=_("Settle the age"), button=_("Save"), back=back_to(found), case=found, intro=intro)


@acting(*HOLDS_CASES)
def status(request: ActingRequest, case: UUID) -> HttpResponse:
    """Moves the case to follow-up, closes or reopens it."""
    found = writable(request.acting, case)
    form = StatusForm(posted(request), case=found)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: services.move(by=request.acting, case=found, name=given["name"], reason=given["reason"])):
            messages.success(request, _("The status is changed."))
            return redirect(back_to(found))
    intro = _("The status is: %(status)s.") % {"status": found.get_status_display()}
    return ask(request, form, title=_("Status of the case"), button=_("Save"), back=back_to(found), case=found, intro=intro)


@acting(*HOLDS_CASES)
def track(request: ActingRequest, case: UUID, track: str) -> HttpResponse:
    """Marks the steps of one track."""
    found = writable(request.acting, case)
    if track not in Track.values:
        raise Http404
    states = {code: step.state for (at, code), step in queries.steps(found).items() if at == track}
    form = TrackForm(posted(request), track=track, states=states)
    if request.method == "POST" and form.is_valid():
        for code, state in form.changed().items():
            services.set_step(by=request.acting, case=found, track=track, code=code, state=state)
        messages.success(request, _("The steps are saved."))
        return redirect(back_to(found))
    intro = _("The list of steps is from memory of the ICMPD guidelines and has not been checked against them.")
    return ask(request, form, title=Track(track).label, button=_("Save"), back=back_to(found), case=found, intro=intro)
