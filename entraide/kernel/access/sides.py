"""The two sides of the firewall between helping a person and policing, and which kind of body stands on which."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """A record carries its holder's side; a post of the other side never sees it, whatever its audience says."""

    ASSISTANCE = "assistance", _("Assistance and coordination")
    LAW_ENFORCEMENT = "law_enforcement", _("Law enforcement and justice")


class Kind(models.TextChoices):
    """What a body does; the kind decides its side."""

    ASSISTANCE = "assistance", _("Assistance")
    COORDINATION = "coordination", _("Coordination")
    LAW_ENFORCEMENT = "law_enforcement", _("Law enforcement")
    JUDICIARY = "judiciary", _("Judiciary")
    BORDER = "border", _("Border control")
    MONITORING = "monitoring", _("Monitoring")
    MIGRATION = "migration", _("Migration and asylum")
    FUNDING = "funding", _("Funding")
    RESEARCH = "research", _("Research")
    OTHER = "other", _("Other")


POLICING = frozenset({Kind.LAW_ENFORCEMENT, Kind.JUDICIARY, Kind.BORDER})


KINDS = {Side.LAW_ENFORCEMENT: sorted(POLICING), Side.ASSISTANCE: sorted(set(Kind) - POLICING)}
"""The kinds of each side, as the database checks them."""


def side_of(kind: str) -> Side:
    """The side on which a body of this kind stands."""
    return Side.LAW_ENFORCEMENT if kind in POLICING else Side.ASSISTANCE
