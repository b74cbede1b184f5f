"""Visits: the team's programme with its notes, and the copy of it that the State has."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from entraide.features.monitoring import audiences, queries, rules
from entraide.features.monitoring.choices import Party
from entraide.features.monitoring.models import Appointment, Evaluation, Meeting, Programme, Visit
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import refuse, require
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock
from entraide.kernel.notices.services import notify


@transaction.atomic
def plan_visit(*, by: Acting, evaluation: Evaluation, begins_on: date, ends_on: date, places: str) -> Visit:
    """The team's visit; its programme and notes stay with the team."""
    require(rules.may_prepare_visit(by, evaluation))
    if ends_on < begins_on:
        require(refuse("ends_on", _("A visit ends after it begins.")))
    visit = Visit.objects.create(
        holder=evaluation.holder, audience=audiences.team(evaluation), evaluation=evaluation, begins_on=begins_on, ends_on=ends_on,
        places=places,
    )  # fmt: skip
    record(by=by, action="monitoring.plan_visit", kind="evaluation", object_id=evaluation.pk)
    return visit


@transaction.atomic
def hold_meeting(
    *, by: Acting, visit: Visit, on: date, with_whom: str, party: str = Party.OTHER, place: str = "", about: str = "", noted: str = ""
) -> Meeting:
    """A line of the programme, with what the team took from it. Only of a meeting with an authority is the State told."""
    meeting = Meeting(visit=visit, on=on, with_whom=with_whom, party=Party(party), place=place, about=about, noted=noted)
    _check(by, visit, meeting)
    meeting.save(force_insert=True)
    record(by=by, action="monitoring.hold_meeting", kind="evaluation", object_id=visit.evaluation_id)
    return meeting


@transaction.atomic
def change_meeting(
    *, by: Acting, meeting: Meeting, on: date, with_whom: str, party: str, place: str = "", about: str = "", noted: str = ""
) -> None:
    """Another day, place or subject; the State learns of it when the programme is sent again."""
    meeting.on, meeting.with_whom, meeting.party, meeting.place, meeting.about, meeting.noted = on, with_whom, party, place, about, noted
    _check(by, meeting.visit, meeting)
    meeting.save(update_fields=["on", "with_whom", "party", "place", "about", "noted"])
    record(by=by, action="monitoring.hold_meeting", kind="evaluation", object_id=meeting.visit.evaluation_id)


@transaction.atomic
def cancel_meeting(*, by: Acting, meeting: Meeting) -> None:
    """Takes a line out of the programme, with its notes."""
    require(rules.may_prepare_visit(by, meeting.visit.evaluation))
    Meeting.objects.filter(pk=meeting.pk).delete()
    record(by=by, action="monitoring.cancel_meeting", kind="evaluation", object_id=meeting.visit.evaluation_id)


def _check(by: Acting, visit: Visit, meeting: Meeting) -> None:
    require(rules.may_prepare_visit(by, visit.evaluation))
    if not visit.begins_on <= meeting.on <= visit.ends_on:
        require(refuse("on", _("This day lies outside the visit.")))


@transaction.atomic
def send_programme(*, by: Acting, visit: Visit) -> Programme:
    """Sends the State a copy: days, places, and the meetings with its own authorities; no notes, no NGO, no shelter, nobody else."""
    evaluation = visit.evaluation
    require(rules.may_send_programme(by, visit, changed=queries.programme_changed(visit)))
    number = (Programme.objects.filter(visit=visit).aggregate(last=Max("number"))["last"] or 0) + 1
    made = Programme.objects.create(
        holder=evaluation.holder, audience=audiences.package(evaluation), evaluation=evaluation, visit=visit, number=number,
        begins_on=visit.begins_on, ends_on=visit.ends_on, places=visit.places, sent_at=clock.now(),
    )  # fmt: skip
    Appointment.objects.bulk_create(
        Appointment(programme=made, on=each.on, with_whom=each.with_whom, place=each.place, about=each.about)
        for each in queries.told_of(visit)
    )
    Programme.objects.filter(pk=made.pk).update(open=False)
    record(by=by, action="monitoring.send_programme", kind="evaluation", object_id=evaluation.pk)
    notify(audiences.speakers(evaluation.body_id))
    return made
