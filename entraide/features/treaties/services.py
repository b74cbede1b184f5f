"""Verbs on treaties: what a State's bodies record about authorities, law and commitments, each with source and day."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entraide.features.texts.models import Provision
from entraide.features.treaties import rules
from entraide.features.treaties.choices import STATEMENTS, ActKind
from entraide.features.treaties.models import Act, Authority, Evidence, Instrument, Law, Recorded, Step
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import ALLOWED, Verdict, refuse, require
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock


class Common(TypedDict):
    """What every recorded row carries."""

    holder: UUID
    recorded_by: UUID | None
    source: str
    as_of: str
    confirmed: bool
    invented: bool


def _common(by: Acting, source: str, as_of: date) -> Common:
    from entraide.kernel.bodies.queries import get

    if as_of > clock.today():
        require(refuse("as_of", _("A source is not of a day still to come.")))
    invented = get(by.body).invented
    return Common(holder=by.body, recorded_by=by.post, source=source, as_of=as_of.isoformat(), confirmed=not invented, invented=invented)


def _written(by: Acting, action: str, row: Recorded | Act) -> None:
    record(by=by, action=f"treaties.{action}", kind="treaty", object_id=row.pk)


@transaction.atomic
def record_act(
    *, by: Acting, state: str, instrument: Instrument, kind: str, on: str, text: str, source: str, as_of: date,
    answers: Act | None = None, precludes: bool = False,
) -> Act:  # fmt: skip
    """Records what one's own State did: a deposit, a reservation, a withdrawal …; `on` is a day, a month or a year, as it is known."""
    require(rules.may_record(by, state))
    row = _acted(by, state, instrument, kind, on, text, answers, precludes, by_depositary=False, common=_common(by, source, as_of))
    _written(by, "record_act", row)
    return row


@transaction.atomic
def deposit(
    *, by: Acting, state: str, instrument: Instrument, kind: str, on: str, text: str, source: str, as_of: date,
    answers: Act | None = None, precludes: bool = False,
) -> Act:  # fmt: skip
    """Records as depositary what any State did with the instrument; this counts before what the State recorded itself."""
    require(rules.may_deposit(by, instrument))
    row = _acted(by, state, instrument, kind, on, text, answers, precludes, by_depositary=True, common=_common(by, source, as_of))
    _written(by, "deposit", row)
    return row


def _acted(
    by: Acting, state: str, instrument: Instrument, kind: str, on: str, text: str, answers: Act | None, precludes: bool, *,
    by_depositary: bool, common: Common,
) -> Act:  # fmt: skip
    if on < instrument.adopted_on.isoformat()[: len(on)]:
        require(refuse("too_early", _("The instrument was not adopted yet.")))
    require(_answered(state, instrument, kind, answers, precludes))
    same = Act.objects.filter(instrument=instrument, state=state, kind=kind, on=on, holder__isnull=False, ended_on__isnull=True)
    if kind not in STATEMENTS and same.filter(by_depositary=by_depositary).exists():
        require(refuse("recorded", _("This is recorded already.")))
    return Act.objects.create(
        state=state, instrument=instrument, kind=kind, on=on, text=text, answers=answers, precludes=precludes,
        by_depositary=by_depositary, **common,
    )  # fmt: skip


def _answered(state: str, instrument: Instrument, kind: str, answers: Act | None, precludes: bool) -> Verdict:
    """An objection answers another State's reservation to the same instrument; nothing else answers anything."""
    if answers is None:
        return refuse("objection", _("Say which reservation keeps the instrument from standing.")) if precludes else ALLOWED
    if kind != ActKind.OBJECTION or answers.kind != ActKind.RESERVATION:
        return refuse("objection", _("Only an objection answers a reservation."))
    if answers.instrument_id != instrument.pk or answers.state == state or answers.ended_on is not None:
        return refuse("objection", _("Choose a reservation that another State made to this instrument and that still stands."))
    return ALLOWED


@transaction.atomic
def designate(
    *, by: Acting, state: str, name: str, instrument: Instrument | None, helps: Sequence[str], languages: Sequence[str],
    channels: Sequence[str], contact: str, source: str, as_of: date,
) -> Authority:  # fmt: skip
    """Records whom the State designated for which kinds of help."""
    require(rules.may_record(by, state))
    row = Authority.objects.create(
        state=state, names={by.language: name}, instrument=instrument, helps=list(helps), languages=list(languages),
        channels=list(channels), contact=contact, **_common(by, source, as_of),
    )  # fmt: skip
    _written(by, "designate", row)
    return row


@transaction.atomic
def record_law(*, by: Acting, state: str, topic: str, answer: str, text: str, reference: str, source: str, as_of: date) -> Law:
    """Records what the law says on a topic; what stood there before ends today and stays to be read."""
    require(rules.may_record(by, state))
    Law.objects.filter(state=state, topic=topic, holder=by.body, ended_on__isnull=True).update(ended_on=clock.today())
    row = Law.objects.create(state=state, topic=topic, answer=answer, text=text, reference=reference, **_common(by, source, as_of))
    _written(by, "record_law", row)
    return row


@transaction.atomic
def add_step(*, by: Acting, provision: Provision, title: str, due: date | None, done_on: date | None, source: str, as_of: date) -> Step:
    """Records what the acting body's State does about a commitment."""
    require(rules.may_record(by, by.country))
    row = Step.objects.create(provision=provision, state=by.country, title=title, due=due, done_on=done_on, **_common(by, source, as_of))
    _written(by, "add_step", row)
    return row


@transaction.atomic
def add_evidence(*, by: Acting, step: Step, title: str, on: date, source: str, as_of: date) -> Evidence:
    """Records what shows that a step was taken."""
    require(rules.may_end(by, step, step.state))
    row = Evidence.objects.create(step=step, title=title, on=on, **_common(by, source, as_of))
    _written(by, "add_evidence", row)
    return row


@transaction.atomic
def end(*, by: Acting, row: Act | Authority | Law | Step, state: str) -> None:
    """Ends an entry: it counts no more and stays to be read."""
    require(rules.may_end(by, row, state))
    row.ended_on = clock.today()
    row.save(update_fields=["ended_on"])
    _written(by, "end", row)
