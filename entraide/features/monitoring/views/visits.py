"""The visit: when and where, its programme, and the copy of it that the State has."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.features.monitoring import forms, queries, rules, services, shown
from entraide.features.monitoring.choices import TOLD, WORKS_ON_IT
from entraide.features.monitoring.models import Meeting, Visit
from entraide.features.monitoring.views.asking import ask, posted
from entraide.kernel.access.rules import require
from entraide.kernel.accounts.choices import Function
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.ui.templatetags.ui import colon


@acting(*WORKS_ON_IT)
def visit(request: ActingRequest, evaluation: UUID) -> HttpResponse:
    """When and where the team goes."""
    found = queries.evaluation(evaluation)
    require(rules.may_prepare_visit(request.acting, found))
    form = forms.VisitForm(posted(request))
    return ask(
        request, form, title=_("Plan a visit"), back=found.get_absolute_url(),
        verb=lambda given: services.plan_visit(by=request.acting, evaluation=found, **given), done=_("The visit is planned."),
    )  # fmt: skip


@acting(*WORKS_ON_IT)
def meeting(request: ActingRequest, visit: UUID) -> HttpResponse:
    """A line of the programme."""
    found = queries.visit(visit)
    form = forms.MeetingForm(posted(request))
    return ask(
        request, form, title=_("A meeting of the visit"), back=found.evaluation.get_absolute_url(),
        follows=_("Notes stay with the team. The State gets a copy of the programme when the secretariat sends it."),
        verb=lambda given: services.hold_meeting(by=request.acting, visit=found, **given), done=_("The meeting is in the programme."),
    )  # fmt: skip


@acting(*WORKS_ON_IT)
def change_meeting(request: ActingRequest, meeting: UUID) -> HttpResponse:
    """Another day, place or subject, or what the team took from it."""
    found = queries.meeting(meeting)
    require(rules.may_prepare_visit(request.acting, found.visit.evaluation))
    form = forms.MeetingForm(posted(request), initial={name: getattr(found, name) for name in forms.MeetingForm.base_fields})
    return ask(
        request, form, title=_("Change a meeting"), back=found.visit.evaluation.get_absolute_url(),
        follows=_("The State learns of a change when the programme is sent again."), done=_("The meeting is in the programme."),
        verb=lambda given: services.change_meeting(by=request.acting, meeting=found, **given),
        others=[(_("Take this meeting out"), reverse("monitoring:cancel_meeting", args=[found.pk]))],
    )  # fmt: skip


@acting(*WORKS_ON_IT)
def cancel_meeting(request: ActingRequest, meeting: UUID) -> HttpResponse:
    """Takes a meeting out."""
    found = queries.meeting(meeting)
    require(rules.may_prepare_visit(request.acting, found.visit.evaluation))
    return ask(
        request, forms.BareForm(posted(request)), title=_("Take this meeting out"), caption=found.with_whom,
        back=found.visit.evaluation.get_absolute_url(), follows=_("Its notes go with it."),
        verb=lambda _given: services.cancel_meeting(by=request.acting, meeting=found), done=_("The meeting is out of the programme."),
    )  # fmt: skip


@acting(Function.SECRETARIAT)
def send_programme(request: ActingRequest, visit: UUID) -> HttpResponse:
    """Sends the State its copy of the programme; the page shows what goes, line by line."""
    found = queries.visit(visit)
    require(rules.may_send_programme(request.acting, found, changed=queries.programme_changed(found)))
    return ask(
        request, forms.BareForm(posted(request)), title=_("Send the programme to the State"), button=_("Send the programme to the State"),
        caption=f"{found.evaluation.state_name}{colon()} {shown.days(found)}, {found.places}", back=found.evaluation.get_absolute_url(),
        follows=_("The State gets these lines and nothing else: no note, no NGO, no shelter. What changes later goes as a new version."),
        listed=[shown.appointment(each) for each in queries.told_of(found)]
        or [_("No meeting with an authority: only the days and places go.")],
        warning=_named_in(found), verb=lambda _given: services.send_programme(by=request.acting, visit=found),
        done=_("The State has the programme."),
    )  # fmt: skip


def _named_in(visit: Visit) -> str:
    """A warning where what goes to the State names somebody whom the team meets without it."""
    goes = " ".join([visit.places, *(f"{each.with_whom} {each.place} {each.about}" for each in queries.told_of(visit))]).lower()
    stay = Meeting.objects.filter(visit=visit).exclude(party__in=TOLD)
    named = sorted({words for each in stay for words in (each.with_whom, each.place) if words and words.lower() in goes})
    if not named:
        return ""
    return _("What goes to the State names %(names)s, whom the team meets without it. Change these lines before you send.") % {
        "names": ", ".join(named)
    }
