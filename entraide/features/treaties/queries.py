"""Named reads of treaties. All of it is public."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q, QuerySet

from entraide.features.texts.models import Document
from entraide.features.treaties import facts, force, standing
from entraide.features.treaties.basis import Basis, legal_basis
from entraide.features.treaties.choices import STATEMENTS
from entraide.features.treaties.loading import as_fact
from entraide.features.treaties.models import Act, Authority, Evidence, Instrument, Law, Step
from entraide.kernel.bodies import facts as bodies


def instruments() -> QuerySet[Instrument]:
    """Every instrument: binding ones first, the wide ones before the regional."""
    return Instrument.objects.select_related("parent", "document").order_by("-binding", "adopted_on")


def reckoned(rows: Iterable[Instrument] | None = None) -> dict[str, facts.Instrument]:
    """{slug: instrument} as the reckoning knows them, with the provisions that its coverage names."""
    return {row.slug: _reckoned(row) for row in (instruments() if rows is None else rows)}


def _reckoned(row: Instrument) -> facts.Instrument:
    from entraide.features.texts.models import Wording

    named = {eid for each in row.coverage for eid in each["provisions"]}
    wordings = Wording.objects.filter(provision__document=row.document, provision__eid__in=named, language="en").select_related("provision")
    known = {each.provision.eid: facts.ProvisionFact(each.provision.eid, each.number, each.heading) for each in wordings}
    return facts.Instrument(
        slug=row.slug, acronym=row.acronym, names=row.names, binding=row.binding, adopted_on=row.adopted_on, place=row.place,
        depositary=row.depositary, reach=row.reach, parent=row.parent.slug if row.parent else "", rule=force.from_json(row.rule),
        rule_json=row.rule, provisions=tuple(known.get(eid, facts.ProvisionFact(eid, eid, "")) for eid in sorted(named)),
        coverage=tuple(facts.coverage_from_json(each) for each in row.coverage), source=row.source, as_of=row.as_of,
        confirmed=row.confirmed,
    )  # fmt: skip


def acts(*, instrument: Instrument | None = None, states: Iterable[str] | None = None) -> list[facts.Act]:
    """Acts as the reckoning knows them, of one instrument or of some States; what a State recorded itself stands in place of a fact."""
    rows = Act.objects.filter(ended_on__isnull=True).select_related("instrument").order_by("state", "on")
    if instrument is not None:
        rows = rows.filter(instrument=instrument)
    if states is not None:
        rows = rows.filter(state__in=list(states))
    found = list(rows)
    own = {(row.instrument_id, row.state, row.kind) for row in found if row.holder and row.kind not in STATEMENTS}
    return [as_fact(row, row.instrument.adopted_on) for row in found if row.holder or (row.instrument_id, row.state, row.kind) not in own]


def stands(instrument: Instrument, on: date) -> Mapping[str, standing.Stand]:
    """{State: where it stands on a day}; States of which nothing is recorded are absent."""
    return standing.stands(_reckoned(instrument), acts(instrument=instrument), on)


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
    """Codes of the States; from the facts, since these pages are public and bodies are not."""
    return [state.code for state in bodies.states()]
