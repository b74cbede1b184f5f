"""The shapes in which treaties go to programs and come from them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from ninja import Schema

from entraide.features.texts.queries import as_published
from entraide.features.treaties import queries, telling
from entraide.features.treaties.basis import Basis
from entraide.features.treaties.choices import Topic
from entraide.features.treaties.models import Act, Authority, Evidence, Instrument, Law, Sourced, Step

KINDS: dict[str, type[Act] | type[Authority] | type[Law] | type[Step]] = {"acts": Act, "authorities": Authority, "law": Law, "steps": Step}


class SourcedOut(Schema):
    """A fact with its source, the day it was true, and whether it was compared with the source."""

    source: str
    as_of: str
    confirmed: bool
    invented: bool = False


class InstrumentOut(SourcedOut):
    """A treaty or memorandum with its rule of entry into force in a sentence."""

    urn: str
    slug: str
    acronym: str
    names: dict[str, str]
    binding: bool
    adopted_on: date
    depositary: str
    parent: str | None
    rule: str


class ProvisionOut(Schema):
    """Number, heading and our own summary of a provision in the reader's language, and its permanent id in the text."""

    id: str
    number: str
    heading: str
    our_summary: str


class InstrumentDetail(InstrumentOut):
    """With provisions, what they can carry, and which kinds of act were looked for."""

    text: str
    provisions: list[ProvisionOut]
    coverage: list[dict[str, Any]]
    examined: dict[str, bool]


class ActOut(SourcedOut):
    """What a State did; `on` as precise as known."""

    kind: str
    on: str | None
    note: str = ""
    text: str = ""


class OwnActOut(ActOut):
    """An act that a State's body or the depositary recorded."""

    id: str
    state: str
    instrument: str
    by_depositary: bool
    answers: str | None
    precludes: bool


class StandOut(Schema):
    """Where a State stands on a day; `in_force` is computed from the instrument's rule: a day, or earliest/latest."""

    state: str
    standing: str
    in_force: str | None
    confirmed: bool
    as_of: str
    acts: list[ActOut]


class AuthorityOut(SourcedOut):
    """Whom a State designated."""

    id: str
    state: str
    instrument: str | None
    names: dict[str, str]
    helps: list[str]
    languages: list[str]
    channels: list[str]
    contact: str


class LawOut(SourcedOut):
    """What the law of a State says on a topic."""

    id: str
    state: str
    topic: str
    answer: str
    text: str
    reference: str


class EvidenceOut(SourcedOut):
    """What shows that a step was taken."""

    id: str
    title: str
    on: date


class StepOut(SourcedOut):
    """What a State does about a commitment."""

    id: str
    state: str
    provision: str
    title: str
    due: date | None
    done_on: date | None
    evidence: list[EvidenceOut]


class UnderOut(Schema):
    """An instrument and where the State stands under it; nothing recorded is null and does not say that nothing was done."""

    instrument: str
    stand: StandOut | None


class StateOut(Schema):
    """One State on a day."""

    state: str
    on: date
    instruments: list[UnderOut]
    authorities: list[AuthorityOut]
    law: list[LawOut]


def _kept(row: Sourced, *names: str) -> dict[str, object]:
    return {name: getattr(row, name) for name in ("source", "as_of", "confirmed", "invented", *names)}


def instrument(row: Instrument) -> dict[str, object]:
    """An instrument as it goes out."""
    own = _kept(row, "urn", "slug", "acronym", "names", "binding", "adopted_on", "depositary")
    return own | {"parent": row.parent.slug if row.parent else None, "rule": telling.rule_sentence(row.rule)}


def instrument_detail(row: Instrument) -> dict[str, object]:
    """With its provisions by number and heading."""
    provisions = [
        {"id": each.provision.eid, "number": each.number, "heading": each.heading, "our_summary": each.text}
        for each in as_published(row.document, [get_language() or "en"])
    ]
    examined = {kind: kind in row.examined for kind in telling.NOT_EXAMINED}
    return instrument(row) | {
        "text": row.document.slug, "provisions": provisions, "coverage": row.coverage, "examined": examined,
    }  # fmt: skip


def act(row: Act) -> dict[str, object]:
    """An act as it goes out."""
    own = _kept(row, "state", "kind", "on", "note", "text", "by_depositary", "precludes")
    return own | {"id": str(row.pk), "instrument": row.instrument.slug, "answers": str(row.answers_id) if row.answers_id else None}


def reservation_of(wanted: UUID | None) -> Act | None:
    """The act that an objection answers; 404 where there is none."""
    return get_object_or_404(Act, pk=wanted) if wanted else None


def authority(row: Authority) -> dict[str, object]:
    """An authority as it goes out."""
    own = _kept(row, "state", "names", "helps", "languages", "channels", "contact")
    return own | {"id": str(row.pk), "instrument": row.instrument.slug if row.instrument else None}


def law(row: Law) -> dict[str, object]:
    """An entry about the law as it goes out."""
    return _kept(row, "state", "topic", "answer", "text", "reference") | {"id": str(row.pk)}


def evidence(row: Evidence) -> dict[str, object]:
    """Evidence as it goes out."""
    return _kept(row, "title", "on") | {"id": str(row.pk)}


def step(row: Step, shown: list[Evidence]) -> dict[str, object]:
    """A step with its evidence."""
    own = _kept(row, "state", "title", "due", "done_on")
    return own | {"id": str(row.pk), "provision": row.provision.eid, "evidence": [evidence(each) for each in shown]}


def state(code: str, on: date) -> dict[str, object]:
    """One State on a day."""
    return {
        "state": code, "on": on,
        "instruments": [
            {"instrument": row.slug, "stand": telling.stand_json(stand) if stand else None} for row, stand in queries.under(code, on)
        ],
        "authorities": [authority(row) for row in queries.authorities(code)], "law": [law(row) for row in queries.laws([code])],
    }  # fmt: skip


def two_sides(answer: Basis) -> dict[str, object]:
    """The authority on each side and what the law of each says; an empty list is “not recorded”, never “none”."""
    slugs = [found.instrument.slug for found in answer.found]
    laws = queries.laws(answer.states)
    answers = {topic: {row.state: row.answer for row in laws if row.topic == topic} for topic in Topic.values}
    return {
        "authorities": {
            code: [authority(row) for row in queries.authorities(code, help_=answer.help, instruments=slugs)] for code in answer.states
        },
        "law": [law(row) for row in laws],
        "differs": {topic: telling.differs(list(said.values()), 2) for topic, said in answers.items()},
        "empty_means": "not recorded here",
    }  # fmt: skip
