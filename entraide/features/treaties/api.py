"""Treaties for programs: instruments, status by day, one State, the legal basis between two; what a State's own bodies record."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query, Schema, Status
from pydantic import Field, field_validator, model_validator

from entraide.features.texts.models import Provision
from entraide.features.treaties import api_given, queries, rules, services, telling
from entraide.features.treaties import api_shapes as shapes
from entraide.features.treaties.choices import Help, Offence
from entraide.features.treaties.dates import FIRST_DAY, TOO_OLD
from entraide.features.treaties.models import Instrument, Step
from entraide.features.treaties.views import instrument_of, state_of
from entraide.kernel.api.doors import acting, public
from entraide.kernel.api.paging import Page, Paged, paged
from entraide.kernel.api.rooms import ApiRequest, Room
from entraide.kernel.base import clock

PUBLIC = "treaty status, authorities and law are public facts"
room = Room("treaties", gettext_lazy("Treaties"))
writers = acting(*sorted(rules.WRITERS))


class Day(Schema):
    """On which day; today where none is given."""

    on: date | None = None

    @field_validator("on")
    @classmethod
    def not_too_old(cls, on: date | None) -> date | None:
        """As the page asks."""
        if on and on < FIRST_DAY:
            raise ValueError(TOO_OLD)
        return on

    @property
    def day(self) -> date:
        """The day asked for."""
        return self.on or clock.today()


class Narrow(Day, Page):
    """On which day, and which standing."""

    standing: str = Field("", max_length=20)


class WhoseLaw(Schema):
    """Of which States, on one topic or all."""

    states: list[str] = Field(min_length=1, max_length=20)
    topic: str = Field("", max_length=20)


class Question(Day):
    """Two States, what is asked for, about which offence, on which day."""

    a: str = Field(min_length=2, max_length=2, pattern="^[A-Z]{2}$")
    b: str = Field(min_length=2, max_length=2, pattern="^[A-Z]{2}$")
    help: Help = Help.MLA
    offence: Offence = Offence.TRAFFICKING

    @model_validator(mode="after")
    def two(self) -> "Question":
        """Two States that are known here."""
        if self.a == self.b:
            raise ValueError(_("Choose two different States."))
        return self


@room.get("instruments", door=public(PUBLIC), response=Paged[shapes.InstrumentOut])
def instruments(request: ApiRequest, wanted: Query[Page]) -> dict[str, object]:
    """Every instrument with its own rule of entry into force."""
    return paged(request, queries.instruments(), wanted, shapes.instrument)


@room.get("instruments/{slug:slug}", door=public(PUBLIC), response=shapes.InstrumentDetail)
def instrument(request: ApiRequest, slug: str) -> dict[str, object]:
    """One instrument: rule, provisions, what it can carry, what was examined."""
    return shapes.instrument_detail(instrument_of(slug))


@room.get("instruments/{slug:slug}/status", door=public(PUBLIC), response=Paged[shapes.StandOut])
def status(request: ApiRequest, slug: str, wanted: Query[Narrow]) -> dict[str, object]:
    """Where States stand under it on a day, each act with its source; States of which nothing is recorded are absent."""
    stands = queries.stands(instrument_of(slug), wanted.day).values()
    found = [stand for stand in stands if not wanted.standing or stand.standing == wanted.standing]
    return paged(request, found, wanted, telling.stand_json)


@room.get("instruments/{slug:slug}/steps", door=public(PUBLIC), response=list[shapes.StepOut])
def steps(request: ApiRequest, slug: str) -> list[dict[str, object]]:
    """What States do about its commitments, with evidence."""
    rows = list(queries.steps(instrument_of(slug).document))
    shown = queries.evidence(rows)
    return [shapes.step(row, shown.get(row.pk, [])) for row in rows]


@room.get("states/{slug:state}", door=public(PUBLIC), response=shapes.StateOut)
def state(request: ApiRequest, state: str, wanted: Query[Day]) -> dict[str, object]:
    """One State on a day: under every instrument, its authorities, its law."""
    return shapes.state(state_of(state), wanted.day)


@room.get("basis", door=public(PUBLIC), response=dict[str, Any])
def basis(request: ApiRequest, wanted: Query[Question]) -> dict[str, object]:
    """What binds two States on a day for a kind of help: provisions, conditions, authorities, differences; or what could serve."""
    state_of(wanted.a), state_of(wanted.b)
    answer = queries.basis(states=(wanted.a, wanted.b), help_=wanted.help, offence=wanted.offence, on=wanted.day)
    return telling.basis_json(answer) | shapes.two_sides(answer)


@room.get("law", door=public(PUBLIC), response=list[shapes.LawOut])
def law(request: ApiRequest, wanted: Query[WhoseLaw]) -> list[dict[str, object]]:
    """What the law of States says, entry by entry, with source and day."""
    return [shapes.law(row) for row in queries.laws([state_of(code) for code in wanted.states], wanted.topic)]


@room.post("states/{slug:state}/acts", door=writers, response={201: shapes.OwnActOut})
def record_act(request: ApiRequest, state: str, given: api_given.ActIn) -> Status[dict[str, object]]:
    """Records what one's own State did with an instrument: a deposit, a reservation, a withdrawal."""
    told = given.dict() | {"instrument": instrument_of(given.instrument), "answers": shapes.reservation_of(given.answers)}
    return Status(201, shapes.act(services.record_act(by=request.acting, state=state_of(state), **told)))


@room.post("instruments/{slug:slug}/acts", door=writers, response={201: shapes.OwnActOut})
def deposit(request: ApiRequest, slug: str, given: api_given.DepositIn) -> Status[dict[str, object]]:
    """Records as depositary of the instrument what any State did with it."""
    told = given.dict() | {
        "instrument": instrument_of(slug),
        "state": state_of(given.state),
        "answers": shapes.reservation_of(given.answers),
    }
    return Status(201, shapes.act(services.deposit(by=request.acting, **told)))


@room.post("states/{slug:state}/authorities", door=writers, response={201: shapes.AuthorityOut})
def designate(request: ApiRequest, state: str, given: api_given.AuthorityIn) -> Status[dict[str, object]]:
    """Records a competent authority of one's own State."""
    told = given.dict() | {"instrument": _instrument(given.instrument)}
    return Status(201, shapes.authority(services.designate(by=request.acting, state=state_of(state), **told)))


@room.post("states/{slug:state}/law", door=writers, response={201: shapes.LawOut})
def record_law(request: ApiRequest, state: str, given: api_given.LawIn) -> Status[dict[str, object]]:
    """Records what the law of one's own State says on a topic."""
    return Status(201, shapes.law(services.record_law(by=request.acting, state=state_of(state), **given.dict())))


@room.post("instruments/{slug:slug}/commitments/{slug:eid}/steps", door=writers, response={201: shapes.StepOut})
def add_step(request: ApiRequest, slug: str, eid: str, given: api_given.StepIn) -> Status[dict[str, object]]:
    """Records what one's own State does about a commitment."""
    found = Provision.objects.filter(document=instrument_of(slug).document, eid=eid).first()
    if found is None:
        raise Http404
    return Status(201, shapes.step(services.add_step(by=request.acting, provision=found, **given.dict()), []))


@room.post("steps/{uuid:step}/evidence", door=writers, response={201: shapes.EvidenceOut})
def add_evidence(request: ApiRequest, step: UUID, given: api_given.EvidenceIn) -> Status[dict[str, object]]:
    """Records what shows that a step was taken."""
    found = Step.objects.filter(pk=step).first()
    if found is None:
        raise Http404
    return Status(201, shapes.evidence(services.add_evidence(by=request.acting, step=found, **given.dict())))


@room.delete("{slug:kind}/{uuid:entry}", door=writers, response={204: None})
def end(request: ApiRequest, kind: Literal["acts", "authorities", "law", "steps"], entry: UUID) -> Status[None]:
    """Ends an entry that one's own body recorded: it counts no more and stays to be read."""
    found = shapes.KINDS[kind]._default_manager.filter(pk=entry).first()
    if found is None:
        raise Http404
    services.end(by=request.acting, row=found, state=found.state)
    return Status(204, None)


def _instrument(slug: str | None) -> Instrument | None:
    return instrument_of(slug) if slug else None
