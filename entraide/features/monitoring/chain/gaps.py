"""Where the chain breaks, said honestly: "nothing visible to you", unless it was published that there is nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from entraide.features.monitoring.chain.links import Chain, Link, Stage
from entraide.features.monitoring.models import Evaluation, Plan, Scope

WALKED = tuple(Stage)[1:8]
"""The stages in which a break is a break; a next question comes when a next round does."""


@dataclass(frozen=True)
class Published:
    """What has been published of a State: then an absence can be told."""

    provisions: frozenset[UUID]
    """Obligations that a published report of the State looked at."""
    decided: bool
    """A committee decides on such reports, in public."""
    plan: bool
    """The State has published a plan."""


def published(state: str, provisions: Collection[UUID]) -> Published:
    """What has been published of a State, concerning some obligations."""
    rounds = Evaluation.objects.filter(state=state, published_at__isnull=False).values_list("round", "round__mechanism__decided_by")
    decided = {pk: bool(names) for pk, names in rounds}
    seen = Scope.objects.filter(round__in=list(decided), provision__in=list(provisions)).values_list("provision", flat=True)
    plan = Plan.objects.filter(state=state, published_at__isnull=False).exists()
    return Published(frozenset(seen), any(decided.values()), plan)


def sentence(stage: Stage, provision: UUID, known: Published) -> str:
    """What stands where nothing is."""
    nothing = _("Nothing visible to you")
    told = {
        Stage.FINDING: (provision in known.provisions, _("No finding in the published report")),
        Stage.RECOMMENDATION: (provision in known.provisions, _("No recommendation in the published report")),
        Stage.DECISION: (provision in known.provisions and known.decided, _("No decision has been published")),
        Stage.MEASURE: (known.plan, _("No measure in the published plan")),
        Stage.PROGRESS: (known.plan, _("No progress in the published plan")),
    }
    sure, words = told.get(stage, (False, nothing))
    return words if sure else nothing


@dataclass(frozen=True)
class Row:
    """One obligation with everything along it, stage by stage; `gaps` says what stands where nothing is."""

    obligation: Link
    cells: list[tuple[Stage, list[Link], str]]

    @property
    def breaks_at(self) -> Stage | None:
        """The first stage at which there is nothing."""
        return next((stage for stage, links, _gap in self.cells if not links and stage in WALKED), None)

    @property
    def late(self) -> int:
        """How many things along it are late."""
        return sum(link.late for _stage, links, _gap in self.cells for link in links)


def rows(chain: Chain, known: Published) -> list[Row]:
    """The chain as a table: one row for each obligation."""
    return [_row(chain, obligation, known) for obligation in chain.at(Stage.OBLIGATION)]


def in_picture(rows: Collection[Row]) -> dict[Stage, str]:
    """What stands in the picture where a stage is empty along all these obligations: of several sentences the one that claims least."""
    found: dict[Stage, str] = {}
    for stage in WALKED:
        said = {gap for row in rows for each, links, gap in row.cells if each == stage and not links}
        empty = not any(links for row in rows for each, links, _gap in row.cells if each == stage)
        if said and empty:
            found[stage] = next(iter(said)) if len(said) == 1 else _("Nothing visible to you")
    return found


def _row(chain: Chain, obligation: Link, known: Published) -> Row:
    along = chain.around(obligation.key)
    cells = [(stage, along.at(stage), sentence(stage, obligation.key[1], known)) for stage in tuple(Stage)[1:]]
    return Row(obligation, cells)
