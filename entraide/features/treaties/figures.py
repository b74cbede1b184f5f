"""What treaties can be counted by: States bound by each instrument at the end of a year. All of it is public, so it is told exactly."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from entraide.features.treaties import queries
from entraide.features.treaties.choices import BINDING
from entraide.features.treaties.standing import Stand
from entraide.kernel.base.figures import Asking, Fact, Known, tells_figures
from entraide.kernel.bodies.facts import states

BOUND = "entraide.bound"


def _bound(asking: Asking, since: date, until: date) -> Iterable[Fact]:
    """One number for each binding instrument that was open by then; organisations and what is invented count for nothing."""
    known = {state.code for state in states()}
    for instrument, stands in queries.all_stands(until - timedelta(days=1)):
        if instrument.binding and instrument.adopted_on < until:
            count = sum(state in known and _is_bound(stand) for state, stand in stands.items())
            yield Fact(BOUND, count, {"category": instrument.acronym or instrument.slug})


def _is_bound(stand: Stand) -> bool:
    return stand.standing in BINDING and not any(act.invented for act in stand.acts)


tells_figures(Known("treaties.bound", _("States bound by each instrument"), _bound))
