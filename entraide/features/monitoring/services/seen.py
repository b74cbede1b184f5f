"""Who sees the papers of an evaluation after its team has changed."""

from collections.abc import Callable, Iterable
from uuid import UUID

from entraide.features.monitoring import audiences
from entraide.features.monitoring.choices import EditionKind
from entraide.features.monitoring.models import (
    Assessment,
    Comments,
    Consent,
    Decision,
    Edition,
    Evaluation,
    Programme,
    Reply,
    Shared,
    Visit,
)  # fmt: skip
from entraide.kernel.access.context import acting_as, agent_of
from entraide.kernel.access.sides import Side
from entraide.kernel.bodies import queries as bodies

Sees = Callable[[Evaluation, UUID], list[UUID]]


def retune(evaluation: Evaluation) -> None:
    """After a change of the team, its papers show to the new team and to nobody else of it; what is public stays public."""
    evaluation = Evaluation.objects.select_related("round__mechanism", "body").get(pk=evaluation.pk)
    Visit.objects.filter(evaluation=evaluation).update(audience=audiences.team(evaluation))
    Programme.objects.filter(evaluation=evaluation).update(audience=audiences.package(evaluation))
    wanted = {EditionKind.DRAFT: audiences.team, EditionKind.SENT: audiences.package, EditionKind.FINAL: audiences.adopted}
    for edition in Edition.objects.filter(evaluation=evaluation):
        audience = {*wanted[EditionKind(edition.kind)](evaluation), *(audiences.PUBLIC if edition.public else [])}
        Edition.objects.filter(pk=edition.pk).update(audience=sorted(audience))
    asked = {"recommendation__edition__evaluation": evaluation}
    _by_holder(evaluation, Comments.objects.filter(edition__evaluation=evaluation, submitted_at__isnull=False), audiences.heard)
    _by_holder(evaluation, Consent.objects.filter(evaluation=evaluation), audiences.agreed)
    _by_holder(evaluation, Decision.objects.filter(evaluation=evaluation), audiences.follow_up)
    _by_holder(evaluation, Reply.objects.filter(**asked), audiences.follow_up)
    _by_holder(evaluation, Assessment.objects.filter(**asked), audiences.follow_up)


def _by_holder(evaluation: Evaluation, rows: Iterable[Shared], sees: Sees) -> None:
    """What others hold, the State or the committee, is retuned through the agent of each body: the secretariat cannot write it."""
    held = [(type(row), row.pk, row.holder) for row in rows if not row.public]
    for table, pk, holder in held:
        audience = sees(evaluation, holder)
        with acting_as(agent_of(holder, Side(bodies.get(holder).side))):
            table._default_manager.filter(pk=pk).update(audience=audience)
