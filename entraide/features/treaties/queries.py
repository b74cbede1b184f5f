"""Named reads of treaties. All of it is public."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet

from entraide.features.texts.models import Document, Wording
from entraide.features.treaties import facts, force, standing
from entraide.features.treaties.basis import Basis, legal_basis
from entraide.features.treaties.choices import ActKind
from entraide.features.treaties.models import Act, Authority, Evidence, Instrument, Law, Step
from entraide.features.treaties.precedence import Claim, counting
from entraide.kernel.base.countries import country_name
from entraide.kernel.bodies import facts as bodies
from entraide.ui.templatetags.ui import colon


def instruments() -> QuerySet[Instrument]:
    """Every instrument: binding ones first, the wide ones before the regional."""
    return Instrument.objects.select_related("parent", "document").order_by("-binding", "adopted_on")


def reckoned(rows: Iterable[Instrument] | None = None) -> dict[str, facts.Instrument]:
    """{slug: instrument} as the reckoning knows them, with the provisions that its coverage names."""
    return {row.slug: _reckoned(row) for row in (instruments() if rows is None else rows)}


def _reckoned(row: Instrument) -> facts.Instrument:
    named = {eid for each in row.coverage for eid in each["provisions"]}
    found = Wording.objects.filter(provision__document=row.document, provision__eid__in=named).select_related("provision")
    known: dict[str, list[Wording]] = {}
    for each in found.order_by("version__number"):  # what was published last stands
        known.setdefault(each.provision.eid, []).append(each)
    return replace(ruled(row), provisions=tuple(_provision(eid, known.get(eid, [])) for eid in sorted(named)))


def _provision(eid: str, rows: Iterable[Wording]) -> facts.ProvisionFact:
    by_language = {row.language: row for row in rows}
    headings = {language: row.heading for language, row in by_language.items()}
    summaries = {language: row.text for language, row in by_language.items() if row.text}
    number = next((row.number for row in by_language.values()), eid)
    return facts.ProvisionFact(eid, number, headings, summaries)


def ruled(row: Instrument) -> facts.Instrument:
    """An instrument without its provisions, which standing does not need."""
    return facts.Instrument(
        slug=row.slug, acronym=row.acronym, names=row.names, binding=row.binding, adopted_on=row.adopted_on, place=row.place,
        depositary=row.depositary, reach=row.reach, parent=row.parent.slug if row.parent else "", rule=force.from_json(row.rule),
        rule_json=row.rule, provisions=(), coverage=tuple(facts.coverage_from_json(each) for each in row.coverage), source=row.source,
        as_of=row.as_of, confirmed=row.confirmed, official=row.document.summary_of, official_url=row.document.official_url,
    )  # fmt: skip


COLUMNS = (
    "instrument__slug", "state", "kind", "on", "confirmed", "source", "as_of", "note", "recorded_force", "text", "invented",
    "instrument__adopted_on", "holder", "by_depositary", "answers__state", "answers__ended_on", "precludes",
)  # fmt: skip


def acts(*, instrument: UUID | None = None, states: Iterable[str] | None = None) -> list[facts.Act]:
    """Acts as the reckoning knows them, of one instrument or of some States; see `precedence` for whose word counts."""
    rows = Act.objects.filter(ended_on__isnull=True).order_by("state", "on")
    if instrument is not None:
        rows = rows.filter(instrument=instrument)
    if states is not None:
        rows = rows.filter(state__in=list(states))
    found = list(rows.values_list(*COLUMNS))  # rows, not models: each would carry its whole instrument along
    if not any(row[HOLDER] for row in found):
        return [_act(row) for row in found]
    counts = counting(_claim(row) for row in found)
    return [_act(row) for row in found if _claim(row) in counts]


HOLDER = COLUMNS.index("holder")


def _claim(row: tuple[Any, ...]) -> Claim:  # the columns above
    slug, state, kind, on = row[:4]
    return Claim(slug, state, kind, on, 2 if row[HOLDER + 1] else 1 if row[HOLDER] else 0)


def _act(row: tuple[Any, ...]) -> facts.Act:  # the columns above
    slug, state, kind, on, confirmed, source, as_of, note, recorded, text, invented, adopted, _holder, deposited, to, over, precludes = row
    return facts.Act(
        slug, state, kind, on, facts.days_of(on, adopted=adopted, as_of=as_of), confirmed, source, as_of, note, recorded, text, invented,
        by_depositary=deposited, to=to if to and over is None else "", precludes=precludes,
    )  # fmt: skip


Stamp = tuple[object, ...]


def _stamps(instrument: UUID | None = None) -> dict[UUID, Stamp]:
    """What changes whenever an act is added or ended, per instrument."""
    rows = Act.objects.filter(instrument=instrument) if instrument else Act.objects.all()
    told = rows.values_list("instrument").annotate(Count("id"), Count("ended_on"), Max("created_at")).order_by()
    return {row[0]: row[1:] for row in told}


@lru_cache(maxsize=128)
def _reckoned_stands(instrument: UUID, on: date, stamp: Stamp, rule: str) -> Mapping[str, standing.Stand]:
    """Reckoned once as long as no act is added or ended; public facts, the same for every reader."""
    return standing.stands(ruled(instruments().get(pk=instrument)), acts(instrument=instrument), on)


forget = _reckoned_stands.cache_clear
"""For measurements."""


def stands(instrument: Instrument, on: date) -> Mapping[str, standing.Stand]:
    """{State: where it stands on a day}; States of which nothing is recorded are absent."""
    return _reckoned_stands(instrument.pk, on, _stamps(instrument.pk).get(instrument.pk, ()), json.dumps(instrument.rule))


def all_stands(on: date) -> list[tuple[Instrument, Mapping[str, standing.Stand]]]:
    """Every instrument with where States stand under it on a day."""
    stamps = _stamps()
    return [(row, _reckoned_stands(row.pk, on, stamps.get(row.pk, ()), json.dumps(row.rule))) for row in instruments()]


def counted(stands: Mapping[str, standing.Stand]) -> Counter[str]:
    """How many stand where; invented States of a demonstration are shown but not counted."""
    return Counter(each.standing for each in stands.values() if each.state not in settings.ENTRAIDE_INVENTED_STATES)


def under(state: str, on: date) -> list[tuple[Instrument, standing.Stand | None]]:
    """Every instrument, and where one State stands under it on a day; None where nothing is recorded."""
    rows, done = list(instruments()), acts(states=[state])
    known = reckoned(rows)
    own = {row.slug: [act for act in done if act.instrument == row.slug] for row in rows}
    return [(row, standing.stand(known[row.slug], state, own[row.slug], on) if own[row.slug] else None) for row in rows]


def own_acts(state: str) -> QuerySet[Act]:
    """What bodies of a State recorded that it did."""
    found = Act.objects.filter(state=state, holder__isnull=False, ended_on__isnull=True)
    return found.select_related("instrument").order_by("instrument__slug", "on")


def deposited(instrument: Instrument) -> QuerySet[Act]:
    """What the depositary recorded under an instrument, the newest first."""
    return Act.objects.filter(instrument=instrument, by_depositary=True, ended_on__isnull=True).order_by("-created_at")[:50]


def reservations(instrument: UUID | None = None) -> QuerySet[Act]:
    """Reservations that stand, for those who object to them."""
    found = Act.objects.filter(kind=ActKind.RESERVATION, ended_on__isnull=True).select_related("instrument").order_by("state", "on")
    return found.filter(instrument=instrument) if instrument else found


@dataclass(frozen=True)
class Done:
    """An act for those who follow a State or a provision; `on` is the latest day on which it may have been done."""

    urn: str
    on: date
    recorded_at: datetime
    title: str
    path: str
    text: str


def done_lately(*, state: str = "", document: UUID | None = None, most: int = 500) -> list[Done]:
    """What a State did with any instrument, or what bodies recorded here under the instrument of a text; the newest first."""
    found = Act.objects.filter(ended_on__isnull=True).exclude(on="").select_related("instrument").order_by("-on", "id")
    if document is not None:
        found = found.filter(instrument__document=document, holder__isnull=False)
    return [_done(row) for row in (found.filter(state=state) if state else found)[:most]]


def _done(row: Act) -> Done:
    on = facts.days_of(row.on, adopted=row.instrument.adopted_on, as_of=row.as_of).latest
    title = f"{country_name(row.state)}{colon()} {row.get_kind_display()}, {row.instrument.name}"
    return Done(row.urn, on, row.created_at, title, row.instrument.get_absolute_url(), row.text)


def basis(*, states: tuple[str, str], help_: str, offence: str, on: date) -> Basis:
    """The legal basis between two States on a day."""
    return legal_basis(reckoned(), acts(states=states), states=states, help_=help_, offence=offence, on=on)


def authorities(state: str, *, help_: str = "", instruments: Iterable[str] | None = None) -> list[Authority]:
    """Authorities designated today, narrowed to a kind of help and to some instruments (those for any count always)."""
    found = Authority.objects.filter(state=state, ended_on__isnull=True).select_related("instrument").order_by("created_at")
    if instruments is not None:
        found = found.filter(Q(instrument__isnull=True) | Q(instrument__slug__in=list(instruments)))
    return [row for row in found if not help_ or help_ in row.helps]


def laws(states: Iterable[str], topic: str = "") -> list[Law]:
    """What the law of some States says today, on one topic or all."""
    found = Law.objects.filter(state__in=list(states), ended_on__isnull=True).order_by("topic", "state")
    return list(found.filter(topic=topic) if topic else found)


def steps(document: Document) -> QuerySet[Step]:
    """What is done about the commitments of a text."""
    return (
        Step.objects.filter(provision__document=document, ended_on__isnull=True).select_related("provision").order_by("due", "created_at")
    )


def evidence(rows: Iterable[Step]) -> dict[object, list[Evidence]]:
    """{step: what shows that it was taken}."""
    found: dict[object, list[Evidence]] = {}
    for row in Evidence.objects.filter(step__in=list(rows), ended_on__isnull=True).order_by("on"):
        found.setdefault(row.step_id, []).append(row)
    return found


def states() -> list[str]:
    """Codes of the States, with those of the demonstration; from the facts, since these pages are public and bodies are not."""
    return [*(state.code for state in bodies.states()), *settings.ENTRAIDE_INVENTED_STATES]
