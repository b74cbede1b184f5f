"""Who may vet, register and seat bodies."""

from django.utils.translation import gettext_lazy as _

from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import ALLOWED, Verdict, refuse
from entraide.kernel.access.sides import Kind
from entraide.kernel.bodies.models import Body

COORDINATOR = "coordinator"


def may_vet(by: Acting, mine: Body, body: Body) -> Verdict:
    """A coordinator of a coordination body vets bodies of its own country; of any country when it works above national level."""
    if by.function != COORDINATOR or mine.kind != Kind.COORDINATION:
        return refuse("not_a_coordinator", _("Only a coordinator at a coordination body may vet others."))
    if mine.pk == body.pk:
        return refuse("itself", _("No body vets itself; ask a coordination body above yours."))
    if mine.country and mine.level in {"national", "local"} and mine.country != body.country:
        return refuse("other_country", _("This body is in another country; its own coordination body vets it."))
    return ALLOWED
