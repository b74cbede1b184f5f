"""Where States stand under instruments on a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from entraide.features.treaties.choices import CONSENTS, ActKind
from entraide.features.treaties.dates import Span
from entraide.features.treaties.facts import Act, Instrument


@dataclass(frozen=True)
class Stand:
    """Where a State stands under an instrument on a day, and the acts it rests on. `force` is when it binds the State, as computed."""

    state: str
    standing: str
    force: Span | None
    acts: tuple[Act, ...]

    @property
    def confirmed(self) -> bool:
        """Whether every act was compared with a source."""
        return bool(self.acts) and all(act.confirmed for act in self.acts)

    @property
    def as_of(self) -> str:
        """The day of the newest source; after it nothing is known."""
        return max((act.as_of for act in self.acts), default="")


def force_of(instrument: Instrument, acts: Iterable[Act]) -> Span | None:
    """When the instrument binds whoever did these acts; None where consent was not given or the instrument is not in force."""
    if not instrument.binding:
        signed = [act.days for act in acts if act.kind == ActKind.SIGNATURE]
        return min(signed, default=None)
    consents = [act.days for act in acts if act.kind in CONSENTS]
    return instrument.rule.for_deposit(min(consents)) if consents else None


def stand(instrument: Instrument, state: str, acts: Sequence[Act], on: date) -> Stand:
    """Where one State stands on a day, from its own acts under this instrument."""
    done = tuple(act for act in acts if act.days.earliest <= on)
    force = force_of(instrument, done)
    return Stand(state, _standing(instrument, done, force, on), force, done)


def _standing(instrument: Instrument, done: Sequence[Act], force: Span | None, on: date) -> str:
    if any(act.kind == ActKind.WITHDRAWAL for act in done):
        return "withdrawn"
    if force is not None and force.latest <= on:
        return "party"
    if force is not None and force.earliest <= on:
        return "party_unsure"
    if any(act.kind in CONSENTS for act in done):
        return "deposited"
    return "signed" if any(act.kind == ActKind.SIGNATURE for act in done) else "nothing"


def stands(instrument: Instrument, acts: Iterable[Act], on: date) -> Mapping[str, Stand]:
    """{State: where it stands}; States of which nothing is recorded are absent."""
    by_state: dict[str, list[Act]] = {}
    for act in acts:
        if act.instrument == instrument.slug:
            by_state.setdefault(act.state, []).append(act)
    return {state: stand(instrument, state, own, on) for state, own in sorted(by_state.items())}


def curve(instrument: Instrument, acts: Iterable[Act], until: date) -> list[tuple[date, int]]:
    """How many were bound, day by day on which that changed; a State whose day is not known counts from the latest possible one."""
    days: dict[date, int] = {}
    for state in stands(instrument, acts, until).values():
        if state.force is not None and state.force.latest <= until:
            days[state.force.latest] = days.get(state.force.latest, 0) + 1
    total, points = 0, []
    for day in sorted(days):
        total += days[day]
        points.append((day, total))
    return points
