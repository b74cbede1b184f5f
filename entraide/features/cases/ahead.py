"""What comes next in a case, most urgent first: each line leads to where it is done."""

from datetime import timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from entraide.features.cases import queries, rules
from entraide.features.cases.agreements import Agreement
from entraide.features.cases.choices import STEPS, Age, AgreementDecision, Group, Status, StepState, Track
from entraide.features.cases.models import Case, Step
from entraide.kernel.base import clock
from entraide.ui.parts import Task

SOON = timedelta(days=14)
MOST = 6


def tasks(case: Case, *, contact_known: bool) -> list[Task]:
    """At most six lines; none for a case that is closed or erased."""
    if case.erased_on is not None or case.status in {Status.CLOSED, Status.CLOSED_REFERRED}:
        return []
    return [*_safety(case, contact_known), *_agreements(case), *_bases(case), *_steps(case)][:MOST]


def _safety(case: Case, contact_known: bool) -> list[Task]:
    found = []
    if not contact_known:
        url = reverse("cases:record", args=[case.pk, Group.SAFE_CONTACT])
        found.append(Task(_("Ask how contact is safe"), _("Missing"), "late", url, _("When, how, and what must never be done.")))
    if case.age == Age.IN_DOUBT:
        url = reverse("cases:age", args=[case.pk])
        found.append(Task(_("Settle the age"), _("In doubt"), "waiting", url, _("Treated as a child until it is settled.")))
    return found


def _agreements(case: Case) -> list[Task]:
    today = clock.today()
    open_ones = [answer for answer in queries.agreements(case) if answer.ended_at is None]
    found = [_lacking(case, answer) for answer in open_ones if rules.lacks_guardian(case, answer)]
    found += [_ending(case, answer) for answer in open_ones if answer.valid_until and today <= answer.valid_until <= today + SOON]
    if not open_ones:
        url = reverse("cases:recipients", args=[case.pk, "agreement"])
        found.append(
            Task(_("Ask the person what may be shared"), _("Not asked"), "neutral", url, _("Only when help by another body is needed."))
        )
    return found


def _lacking(case: Case, answer: Agreement) -> Task:
    hint = _("%(body)s: the person agreed without a guardian. It does not hold for a child; ask again.") % {"body": answer.recipient.name}
    return Task(
        _("Ask again with the guardian"), _("Does not hold"), "late", reverse("cases:ask", args=[case.pk, answer.recipient_id]), hint
    )


def _ending(case: Case, answer: Agreement) -> Task:
    day = date_format(answer.valid_until) if answer.valid_until else ""
    hint = _("%(body)s: until %(day)s.") % {"body": answer.recipient.name, "day": day}
    url = reverse("cases:agreement", args=[case.pk, answer.pk])
    label = _("The agreement runs out: ask again in time")
    return Task(label, _("Soon"), "waiting", url, hint) if answer.decision == AgreementDecision.GIVEN else Task(label, _("Soon"), url=url)


def _bases(case: Case) -> list[Task]:
    if queries.legal_bases(case).exists():
        return []
    url = reverse("cases:legal_bases", args=[case.pk])
    return [Task(_("Record the legal basis"), _("Missing"), "neutral", url, _("Why your body may handle these data at all."))]


def _steps(case: Case) -> list[Task]:
    """The next open step of each track that has begun; of the first track where none has."""
    touched = queries.steps(case)
    begun = {track for track, _code in touched} or {str(Track.T1)}
    return [task for track in Track if track in begun and (task := _next_step(case, track, touched))]


def _next_step(case: Case, track: Track, touched: dict[tuple[str, str], Step]) -> Task | None:
    for code, label in STEPS[track].items():
        step = touched.get((track, code))
        if step is None or step.state == StepState.TODO:
            return Task(label, StepState.TODO.label, "neutral", reverse("cases:track", args=[case.pk, track]), track.label)
    return None
