"""The team's work on a case: records, notes, links, identification, age, status, tracks, team, hold, erasure."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entraide.features.cases import erasure, fields, queries, rules, services
from entraide.features.cases.choices import STEPS, Group, Track
from entraide.features.cases.forms import RecordForm
from entraide.features.cases.forms_work import (
    AgeForm,
    EraseForm,
    HoldForm,
    IdentificationForm,
    LinkForm,
    NoteForm,
    StatusForm,
    TeamForm,
    TrackForm,
)
from entraide.features.cases.models import CaseRecord, Note
from entraide.features.cases.pages import ask, attempt, back_to
from entraide.kernel.access.rules import require
from entraide.kernel.accounts.choices import HOLDS_CASES
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.accounts.queries import case_holders


@acting(*HOLDS_CASES)
def record(request: ActingRequest, case: UUID, group: str) -> HttpResponse:
    """Changes one field group; a stale edit is refused with both versions."""
    found = queries.get(case)
    if group not in Group.values or not fields.in_group(group):
        raise Http404
    require(rules.may_write(request.acting, found))
    row = CaseRecord.objects.filter(case=found, group=group).first()
    values = queries.read(by=request.acting, case=found, groups=[group]).get(group, {})
    form = RecordForm(request.POST or None, group=group, values=values, version=row.version if row else 0)
    if request.method == "POST" and form.is_valid():
        services.save_group(by=request.acting, case=found, group=group, given=form.values(), seen_version=form.cleaned_data["seen_version"])
        messages.success(request, _("Saved."))
        return redirect(back_to(found, "person"))
    return ask(request, form, title=Group(group).label, button=_("Save"), back=back_to(found, "person"), case=found)


@acting(*HOLDS_CASES)
def note(request: ActingRequest, case: UUID) -> HttpResponse:
    """Adds a note; sent twice, it is one."""
    found = queries.get(case)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        once, text = form.cleaned_data["once"], form.cleaned_data["text"]
        written = Note.objects.filter(case=found, pk=once).exists()
        if written or attempt(form, lambda: services.write_note(by=request.acting, case=found, text=text, identifier=once)):
            messages.success(request, _("The note is saved."))
            return redirect(back_to(found, "notes"))
    return ask(request, form, title=_("Write a note"), button=_("Save the note"), back=back_to(found, "notes"), case=found)


@acting(*HOLDS_CASES)
def link(request: ActingRequest, case: UUID) -> HttpResponse:
    """Notes a relative or companion."""
    found = queries.get(case)
    form = LinkForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: services.link_person(by=request.acting, case=found, **form.cleaned_data))
    ):
        messages.success(request, _("Noted."))
        return redirect(back_to(found, "notes"))
    return ask(request, form, title=_("Add a relative or companion"), button=_("Add"), back=back_to(found, "notes"), case=found)


@acting(*HOLDS_CASES)
def identification(request: ActingRequest, case: UUID) -> HttpResponse:
    """Records a decision on identification."""
    found = queries.get(case)
    form = IdentificationForm(request.POST or None, case=found)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: services.decide_identification(by=request.acting, case=found, **form.cleaned_data))
    ):
        messages.success(request, _("The decision is recorded."))
        return redirect(back_to(found, "person"))
    return ask(
        request, form, title=_("Decision on identification"), button=_("Record the decision"), back=back_to(found, "person"), case=found
    )


@acting(*HOLDS_CASES)
def age(request: ActingRequest, case: UUID) -> HttpResponse:
    """Settles whether the person is a child."""
    found = queries.get(case)
    form = AgeForm(request.POST or None, initial={"age": found.age})
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: services.settle_age(by=request.acting, case=found, **form.cleaned_data))
    ):
        messages.success(request, _("Saved."))
        return redirect(back_to(found))
    intro = _("As long as age is in doubt the person is treated as a child: a guardian agrees with her, and means need not be shown.")
    return ask(request, form, title=_("Settle the age"), button=_("Save"), back=back_to(found), case=found, intro=intro)


@acting(*HOLDS_CASES)
def status(request: ActingRequest, case: UUID) -> HttpResponse:
    """Moves the case to follow-up, closes or reopens it."""
    found = queries.get(case)
    form = StatusForm(request.POST or None, case=found)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: services.move(by=request.acting, case=found, **form.cleaned_data))
    ):
        messages.success(request, _("Saved."))
        return redirect(back_to(found))
    return ask(request, form, title=_("Status of the case"), button=_("Save"), back=back_to(found), case=found)


@acting(*HOLDS_CASES)
def track(request: ActingRequest, case: UUID, track: str) -> HttpResponse:
    """Marks the steps of one track."""
    found = queries.get(case)
    if track not in Track.values:
        raise Http404
    states = {code: step.state for (at, code), step in queries.steps(found).items() if at == track}
    form = TrackForm(request.POST or None, track=track, states=states)
    if request.method == "POST" and form.is_valid():

        def mark() -> None:
            for code in STEPS[track]:
                if form.cleaned_data[code] != states.get(code, "todo"):
                    services.set_step(by=request.acting, case=found, track=track, code=code, state=form.cleaned_data[code])

        if attempt(form, mark):
            messages.success(request, _("Saved."))
            return redirect(back_to(found))
    intro = _("The steps are from memory of the ICMPD guidelines and were not checked against them.")
    return ask(request, form, title=Track(track).label, button=_("Save"), back=back_to(found), case=found, intro=intro)


@acting(*HOLDS_CASES)
def add_member(request: ActingRequest, case: UUID) -> HttpResponse:
    """Adds a colleague to the team."""
    found = queries.get(case)
    present = list(queries.team(found).values_list("post", flat=True))
    form = TeamForm(request.POST or None, colleagues=case_holders(request.acting.body).exclude(pk__in=present))
    if request.method == "POST" and form.is_valid():
        post = form.cleaned_data["post"].pk
        if attempt(form, lambda: services.add_to_team(by=request.acting, case=found, post=post, post_side=request.acting.side)):
            messages.success(request, _("Your colleague is in the team and sees the whole case."))
            return redirect(back_to(found, "team"))
    intro = _("Whoever is in the team sees everything in this case, and nobody else at your body does.")
    return ask(request, form, title=_("Add a colleague"), button=_("Add to the team"), back=back_to(found, "team"), case=found, intro=intro)


@require_POST
@acting(*HOLDS_CASES)
def remove_member(request: ActingRequest, case: UUID, post: UUID) -> HttpResponse:
    """Takes a colleague out of the team."""
    found = queries.get(case)
    services.remove_from_team(by=request.acting, case=found, post=post)
    messages.success(request, _("Your colleague no longer sees this case."))
    return redirect(back_to(found, "team"))


@acting(*HOLDS_CASES)
def hold(request: ActingRequest, case: UUID) -> HttpResponse:
    """Sets a legal hold."""
    found = queries.get(case)
    form = HoldForm(request.POST or None, initial={"order": found.legal_hold})
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: erasure.hold(by=request.acting, case=found, **form.cleaned_data))
    ):
        messages.success(request, _("The legal hold is recorded."))
        return redirect(back_to(found, "team"))
    return ask(request, form, title=_("Legal hold"), button=_("Record the hold"), back=back_to(found, "team"), case=found)


@require_POST
@acting(*HOLDS_CASES)
def lift_hold(request: ActingRequest, case: UUID) -> HttpResponse:
    """Lifts a legal hold."""
    found = queries.get(case)
    erasure.hold(by=request.acting, case=found, order="")
    messages.success(request, _("The legal hold is lifted."))
    return redirect(back_to(found, "team"))


@acting(*HOLDS_CASES)
def erase(request: ActingRequest, case: UUID) -> HttpResponse:
    """Erases the person, after a page that says what it means."""
    found = queries.get(case)
    require(rules.may_erase(request.acting, found))
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        requested = form.cleaned_data["requested"] == "yes"
        if attempt(form, lambda: erasure.erase(by=request.acting, case=found, requested_by_person=requested)):
            return redirect("cases:certificate", case=found.pk)
    warning = _("The person’s key is destroyed. Nobody can read name, notes and records any more, not in backups either.")
    return ask(
        request,
        form,
        title=_("Erase the person"),
        button=_("Erase"),
        back=back_to(found, "team"),
        case=found,
        warning=warning,
        kind="warning",
    )
