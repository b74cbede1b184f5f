"""The timeline of a case: what its rows tell, newest first; nothing personal in it."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from entraide.features.cases import queries
from entraide.features.cases.agreements import Agreement
from entraide.features.cases.choices import STEPS, Age, AgreementDecision, Origin, Status
from entraide.features.cases.models import Case, Event, IdentificationDecision, LegalBasis, Step, TransferBasis
from entraide.features.cases.pages import back_to, names_of
from entraide.features.cases.panels import Panel
from entraide.features.cases.rules import HoldLifted
from entraide.ui.parts import Moment

Names = dict[UUID | None, str]


def moments(case: Case, panels: Iterable[Panel]) -> list[Moment]:
    """Everything that happened to the case, with the lines that higher rooms add."""
    events, steps, answers = list(Event.objects.filter(case=case)), list(Step.objects.filter(case=case)), list(queries.agreements(case))
    notes = list(queries.note_rows(case))
    bases: list[LegalBasis | TransferBasis] = [*LegalBasis.objects.filter(case=case), *TransferBasis.objects.filter(case=case)]
    decisions = list(IdentificationDecision.objects.filter(case=case))
    names = names_of(
        [event.by_post for event in events]
        + [UUID(event.detail["post"]) for event in events if "post" in event.detail]
        + [step.changed_by for step in steps]
        + [row.recorded_by for row in (*answers, *bases, *decisions)]
        + [note.written_by for note in notes]
    )
    found = [
        *(_event(event, names) for event in events),
        *(_decision(decision, names) for decision in decisions),
        *(_answer(answer, names) for answer in answers),
        *(_basis(case, basis, names) for basis in bases),
        *(_step(step, names) for step in steps),
        *(Moment(note.created_at, _("Note written"), names.get(note.written_by, ""), url=back_to(case, "notes")) for note in notes),
        *(Moment(line.at, line.text, "", line.detail, line.url) for panel in panels for line in panel.lines),
    ]
    return sorted(found, key=lambda moment: moment.when.isoformat(), reverse=True)


def _decision(decision: IdentificationDecision, names: Names) -> Moment:
    title = _("Identification: %(status)s") % {"status": decision.get_status_display()}
    words = {"decider": decision.get_decider_display(), "name": decision.decider_name}
    text = (_("Decided by: %(decider)s, %(name)s") if decision.decider_name else _("Decided by: %(decider)s")) % words
    return Moment(decision.created_at, title, names.get(decision.recorded_by, ""), text)


def _answer(answer: Agreement, names: Names) -> Moment:
    given = answer.decision == AgreementDecision.GIVEN
    title = (_("The person agreed: %(body)s") if given else _("The person refused: %(body)s")) % {"body": answer.recipient.name}
    url = answer.get_absolute_url()
    return Moment(answer.created_at, title, names.get(answer.recorded_by, ""), answer.get_purpose_display(), url)


def _basis(case: Case, basis: LegalBasis | TransferBasis, names: Names) -> Moment:
    title = _("Legal basis recorded") if isinstance(basis, LegalBasis) else _("Basis of transfer recorded")
    return Moment(basis.created_at, title, names.get(basis.recorded_by, ""), basis.get_kind_display(), back_to(case, "agreements"))


def _step(step: Step, names: Names) -> Moment:
    words = {"step": STEPS[step.track].get(step.code, step.code), "state": step.get_state_display()}
    return Moment(step.changed_at, _("%(step)s: %(state)s") % words, names.get(step.changed_by, ""), step.get_track_display())


def _event(event: Event, names: Names) -> Moment:
    detail = event.detail
    titles = {
        "opened": _("Case opened"),
        "team_added": _("Joined the team: %(who)s"),
        "team_removed": _("Left the team: %(who)s"),
        "status": _("Status: %(label)s"),
        "age": _("Age: %(label)s"),
        "agreement_withdrawn": _("The person withdrew an agreement"),
        "agreement_ended_again": _("After a restore: an agreement that the person had taken back was ended again"),
        "legal_hold": _("Legal hold: erasure forbidden"),
        "legal_hold_lifted": _("Legal hold lifted"),
        "erased": _("Person erased"),
    }
    who = names.get(UUID(detail["post"])) or _("a former colleague") if "post" in detail else ""
    title = (
        str(titles.get(event.what, event.what)) % {"who": who, "label": _label(event)}
        if "%(" in titles.get(event.what, "")
        else titles.get(event.what, event.what)
    )
    text = str(Origin(detail["origin"]).label) if "origin" in detail else ""
    if "reason" in detail:
        text = str(HoldLifted(detail["reason"]).label)
    return Moment(event.at, title, names.get(event.by_post, ""), text)


def _label(event: Event) -> str:
    if event.what == "status":
        return str(Status(event.detail["status"]).label)
    return str(Age(event.detail["age"]).label) if event.what == "age" else ""
