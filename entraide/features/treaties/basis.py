"""The legal basis between two States: which instruments bind both on a day, what they carry, and what could serve where nothing does."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from entraide.features.treaties.choices import COUNTS, STATEMENTS, Force
from entraide.features.treaties.facts import Act, Coverage, Instrument, ProvisionFact
from entraide.features.treaties.standing import Stand, stand

STRENGTH = tuple(Force)


@dataclass(frozen=True)
class Found:
    """An instrument that binds both States and carries what is asked for."""

    instrument: Instrument
    coverage: Coverage
    provisions: tuple[ProvisionFact, ...]
    stands: tuple[Stand, Stand]
    since: date
    """The first day on which it binds both, as far as known."""

    @property
    def statements(self) -> tuple[Act, ...]:
        """Reservations, declarations and objections recorded of either."""
        return tuple(act for each in self.stands for act in each.acts if act.kind in STATEMENTS)

    @property
    def sure(self) -> bool:
        """Whether the day is known for both, from sources that were compared."""
        return all(each.confirmed and each.standing != "party_unsure" for each in self.stands)


@dataclass(frozen=True)
class Missing:
    """An instrument that would carry it and does not bind both: where each of them stands."""

    instrument: Instrument
    stands: tuple[Stand, Stand]
    barred: bool = False
    """Both are bound, but one objected to the other's reservation so that it does not stand between them."""


@dataclass(frozen=True)
class Basis:
    """The answer. `found` is in order of strength; empty means that nothing recorded here binds both."""

    states: tuple[str, str]
    help: str
    offence: str
    on: date
    found: tuple[Found, ...]
    missing: tuple[Missing, ...]

    @property
    def binding(self) -> bool:
        """Whether anything found can itself be the basis."""
        return any(each.coverage.force == Force.BASIS for each in self.found)


def legal_basis(
    instruments: Mapping[str, Instrument], acts: Iterable[Act], *, states: tuple[str, str], help_: str, offence: str, on: date
) -> Basis:
    """Looks through every instrument recorded. Instruments that supplement another count only where both bind both States."""
    acts = list(acts)
    found: list[Found] = []
    missing: list[Missing] = []
    for instrument in instruments.values():
        coverage = next((each for each in instrument.coverage if each.help == help_ and offence in each.offences), None)
        if coverage is None:
            continue
        both = _stands(instrument, acts, states, on)
        if not _between(both) or not _parent_binds(instruments, instrument, acts, states, on):
            missing.append(Missing(instrument, both, _barred(both)))
            continue
        provisions = tuple(instrument.provision(eid) for eid in coverage.provisions)
        since = max(each.force.latest for each in both if each.force is not None)
        found.append(Found(instrument, coverage, provisions, both, since))
    found.sort(key=lambda each: (STRENGTH.index(Force(each.coverage.force)), each.instrument.reach == "global", each.instrument.slug))
    return Basis(states, help_, offence, on, tuple(found), tuple(missing))


def _stands(instrument: Instrument, acts: Sequence[Act], states: tuple[str, str], on: date) -> tuple[Stand, Stand]:
    own = [act for act in acts if act.instrument == instrument.slug]
    first, second = (stand(instrument, state, [act for act in own if act.state == state], on) for state in states)
    return first, second


def _parent_binds(
    instruments: Mapping[str, Instrument], instrument: Instrument, acts: Sequence[Act], states: tuple[str, str], on: date
) -> bool:
    if not instrument.parent:
        return True
    return _between(_stands(instruments[instrument.parent], acts, states, on))


def _between(both: tuple[Stand, Stand]) -> bool:
    """Whether an instrument stands between two States."""
    return all(each.standing in COUNTS for each in both) and not _barred(both)


def _barred(both: tuple[Stand, Stand]) -> bool:
    return any(act.precludes and act.to == other.state for one, other in (both, both[::-1]) for act in one.acts)
