"""States and moves as one table, from which rules, buttons, tests and diagrams come."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entraide.kernel.access.rules import ALLOWED, Verdict, refuse


@dataclass(frozen=True, kw_only=True)
class Move:
    """One arrow: who (`by`, e.g. sender or clock) may go from which states to which, and with which functions."""

    name: str
    sources: frozenset[str]
    target: str
    by: str
    label: str | Promise
    functions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Machine:
    """A named set of states with its moves; the first state is where a record begins."""

    name: str
    states: type[TextChoices]
    moves: tuple[Move, ...]

    @property
    def initial(self) -> str:
        """Where a record begins."""
        return str(self.states.values[0])

    def move(self, name: str) -> Move:
        """The move of this name."""
        return next(move for move in self.moves if move.name == name)

    def open_to(self, *, state: str, by: str) -> list[Move]:
        """The moves that somebody in this part can make from a state, in the table's order."""
        return [move for move in self.moves if move.by == by and state in move.sources]

    @property
    def final(self) -> frozenset[str]:
        """States that no move leaves."""
        return frozenset(self.states.values) - {source for move in self.moves for source in move.sources}

    def verdict(self, name: str, *, state: str, by: str, function: str) -> Verdict:
        """Whether this move may be made from this state by somebody in this part with this function."""
        move = self.move(name)
        if move.by != by:
            return refuse("wrong_side", _("The other side of this referral does this, not yours."))
        if move.functions and function not in move.functions:
            return refuse("function", _("The post you act for does not include this. Switch to another post if you hold one."))
        if state not in move.sources:
            now = self.states(state).label
            return refuse("wrong_state", _("This is no longer possible: it is now “%(state)s”.") % {"state": now})
        return ALLOWED

    def diagram(self) -> str:
        """The machine as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        for move in self.moves:
            lines += [f"    {source} --> {move.target}: {move.name} ({move.by})" for source in self._ordered(move.sources)]
        lines += [f"    {state} --> [*]" for state in self._ordered(self.final)]
        return "\n".join(lines)

    def _ordered(self, states: Iterable[str]) -> list[str]:
        return [value for value in self.states.values if value in set(states)]
