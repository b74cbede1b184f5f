"""Who may vet, register and seat bodies."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import ALLOWED, Verdict, refuse
from entraide.kernel.access.sides import Kind
from entraide.kernel.bodies.choices import Form, Level
from entraide.kernel.bodies.models import Body

COORDINATOR = "coordinator"
WITHIN = frozenset({Level.NATIONAL, Level.LOCAL})
GROUPS = frozenset({Form.GROUP, Form.NETWORK, Form.ORGANISATION, Form.TREATY_BODY, Form.AGENCY})


def may_vet(by: Acting, mine: Body, body: Body) -> Verdict:
    """A coordinator of a coordination body vets bodies of its own country; of any country when it works above national level."""
    if by.function != COORDINATOR or mine.kind != Kind.COORDINATION:
        return refuse("not_a_coordinator", _("Only a coordinator at a coordination body may vet others."))
    if mine.pk == body.pk:
        return refuse("itself", _("No body vets itself; ask a coordination body above yours."))
    if mine.country and mine.level in WITHIN and mine.country != body.country:
        return refuse("other_country", _("This body is in another country; its own coordination body vets it."))
    return ALLOWED


def may_register(by: Acting, mine: Body, country: str, level: str = Level.NATIONAL) -> Verdict:
    """A coordinator of a coordination body registers bodies of its own country and below its borders; of any, when it works above them.

    Else a national body could register one above States, whose coordinator vets in every country.
    """
    if by.function != COORDINATOR or mine.kind != Kind.COORDINATION:
        return refuse("not_a_coordinator", _("Only a coordinator at a coordination body may register others."))
    if mine.country and mine.level in WITHIN and mine.country != country:
        return refuse("other_country", _("You register bodies of your own country; its own coordination body registers those of another."))
    if mine.country and mine.level in WITHIN and level not in WITHIN:
        return refuse("above", _("You register bodies that work in your country; a regional or global coordination body registers others."))
    return ALLOWED


def may_seat(by: Acting, group: Body, above: set[UUID], chairs: set[UUID]) -> Verdict:
    """The coordinator of the group itself, of a body it is part of, or of whoever holds the chair today gives and ends its seats."""
    if group.form not in GROUPS:
        return refuse("no_group", _("Only groups, networks, organisations, agencies and treaty bodies have seats."))
    if by.function != COORDINATOR or by.body not in {group.pk, *above, *chairs}:
        return refuse(
            "not_its_coordinator", _("The coordinator of this group, of the body it is part of, or of its chair gives and ends seats.")
        )
    return ALLOWED
