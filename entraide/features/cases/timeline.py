"""The timeline of a case: what its rows tell, newest first; nothing personal in it."""

from uuid import UUID

from django.utils.translation import gettext as _

from entraide.features.cases.agreements import Agreement
from entraide.features.cases.choices import Age, Origin, Status
from entraide.features.cases.models import Case, Event, IdentificationDecision, Note, Step
from entraide.features.cases.panels import makers
from entraide.kernel.access.context import Acting
from entraide.ui.parts import Moment


def moments(by: Acting, case: Case, names: dict[UUID, str]) -> list[Moment]:
    """Everything that happened to the case."""
    found = [_event(event, names) for event in Event.objects.filter(case=case)]
    found += [
        Moment(
            decision.created_at,
            _("Identification: %(status)s") % {"status": decision.get_status_display()},
            decision.get_decider_display(),
            decision.decider_name,
        )
        for decision in IdentificationDecision.objects.filter(case=case)
    ]
    found += [_answer(answer, names) for answer in Agreement.objects.filter(case=case).select_related("recipient")]
    found += [Moment(note.created_at, _("Note"), names.get(note.written_by, "")) for note in Note.objects.filter(case=case)]
    found += [
        Moment(
            step.changed_at,
            _("Step: %(state)s") % {"state": step.get_state_display()},
            names.get(step.changed_by, ""),
            step.get_track_display(),
        )
        for step in Step.objects.filter(case=case)
    ]
    found += [Moment(line.at, line.text, "", line.detail, line.url) for maker in makers for line in maker(by, case).lines]
    return sorted(found, key=lambda moment: moment.when.isoformat(), reverse=True)


def _answer(answer: Agreement, names: dict[UUID, str]) -> Moment:
    title = _("%(body)s: the person agreed") if answer.decision == "given" else _("%(body)s: the person refused")
    return Moment(
        answer.created_at, title % {"body": answer.recipient.name}, names.get(answer.recorded_by, ""), answer.get_purpose_display()
    )


def _event(event: Event, names: dict[UUID, str]) -> Moment:
    detail = event.detail
    titles = {
        "opened": _("Case opened"),
        "team_added": _("Joined the team: %(who)s"),
        "team_removed": _("Left the team: %(who)s"),
        "status": _("Status: %(label)s"),
        "age": _("Age settled: %(label)s"),
        "agreement_withdrawn": _("Agreement withdrawn"),
        "legal_hold": _("Legal hold"),
        "legal_hold_lifted": _("Legal hold lifted"),
        "erased": _("Person erased"),
    }
    who = names.get(UUID(detail["post"]), _("a former colleague")) if "post" in detail else ""
    label = ""
    if event.what == "status":
        label = str(Status(detail["status"]).label)
    elif event.what == "age":
        label = str(Age(detail["age"]).label)
    text = str(Origin(detail["origin"]).label) if "origin" in detail else ""
    by = names.get(event.by_post, "") if event.by_post else ""
    return Moment(event.at, titles.get(event.what, event.what) % {"who": who, "label": label}, by, text)
