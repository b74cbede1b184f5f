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


Spell = tuple[Span, Span | None]
"""From when to when a State is bound; the second is None while no withdrawal was notified."""


def spells(instrument: Instrument, acts: Iterable[Act]) -> list[Spell]:
    """From when to when one State was bound; several where it left and came back after it was free."""
    found: list[Spell] = []
    since: list[Act] = []
    for act in sorted(acts, key=lambda act: (act.days, act.kind == ActKind.WITHDRAWAL)):
        since.append(act)
        if act.kind == ActKind.WITHDRAWAL:
            _add(found, force_of(instrument, since), instrument.rule.for_withdrawal(act.days))
            since = []
    _add(found, force_of(instrument, since), None)
    return found


def _add(found: list[Spell], force: Span | None, left: Span | None) -> None:
    """Whoever comes back before its withdrawal takes effect was bound all the time."""
    if force is None:
        return
    before = found[-1][1] if found else None
    if before is not None and force.latest <= before.latest:
        found[-1] = (found[-1][0], left)
    elif left is None or force.latest < left.latest:
        found.append((force, left))


def stand(instrument: Instrument, state: str, acts: Sequence[Act], on: date) -> Stand:
    """Where one State stands on a day, from its own acts under this instrument."""
    done = tuple(act for act in acts if act.days.earliest <= on)
    bound = spells(instrument, done)
    now = next((spell for spell in reversed(bound) if spell[0].earliest <= on), bound[-1] if bound else None)
    return Stand(state, _standing(instrument, done, now, on), now[0] if now else None, done)


def _standing(instrument: Instrument, done: Sequence[Act], now: Spell | None, on: date) -> str:
    force, left = now or (None, None)
    if _gone(instrument, done, on):
        return "withdrawn"
    if force is not None and force.earliest <= on and (left is None or left.latest > on):
        if not instrument.binding:
            return "takes_part"
        return "party" if force.latest <= on and (left is None or left.earliest > on) else "party_unsure"
    if any(act.kind in CONSENTS for act in done):
        return "deposited"
    return "signed" if any(act.kind == ActKind.SIGNATURE for act in done) else "nothing"


def _gone(instrument: Instrument, done: Sequence[Act], on: date) -> bool:
    """Whether the last withdrawal took effect and nothing was consented to since."""
    notice = max((act.days for act in done if act.kind == ActKind.WITHDRAWAL), default=None)
    if notice is None or any(act.kind in CONSENTS and act.days > notice for act in done):
        return False
    return instrument.rule.for_withdrawal(notice).latest <= on


def stands(instrument: Instrument, acts: Iterable[Act], on: date) -> Mapping[str, Stand]:
    """{State: where it stands}; States of which nothing is recorded are absent."""
    by_state: dict[str, list[Act]] = {}
    for act in acts:
        if act.instrument == instrument.slug:
            by_state.setdefault(act.state, []).append(act)
    return {state: stand(instrument, state, own, on) for state, own in sorted(by_state.items())}


def curve(instrument: Instrument, known: Iterable[Stand], until: date) -> list[tuple[date, int]]:
    """How many were bound, day by day on which that changed; a State whose day is not known counts from the latest possible one.

    known: where States stand on the last day, which carries the acts done until then.
    """
    days: dict[date, int] = {}
    for each in known:
        for force, left in spells(instrument, each.acts):
            for day, step in ((force.latest, 1), (left.latest if left else date.max, -1)):
                days[day] = days.get(day, 0) + step
    total, points = 0, []
    for day in sorted(day for day, step in days.items() if step and day <= until):
        total += days[day]
        points.append((day, total))
    return points
