"""Forms, levels and seats of bodies."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Form(models.TextChoices):
    """What a body is."""

    STATE = "state", _("State")
    ORGANISATION = "organisation", _("International organisation")
    AGENCY = "agency", _("Agency")
    AUTHORITY = "authority", _("Authority")
    NGO = "ngo", _("Non-governmental organisation")
    NETWORK = "network", _("Network")
    GROUP = "group", _("Group")
    MISSION = "mission", _("Diplomatic mission")
    TREATY_BODY = "treaty_body", _("Treaty body")


class Level(models.TextChoices):
    """At which level it works."""

    GLOBAL = "global", _("Global")
    REGIONAL = "regional", _("Regional")
    NATIONAL = "national", _("National")
    LOCAL = "local", _("Local")


class SeatRole(models.TextChoices):
    """What a seat in a group lets its holder do there."""

    MEMBER = "member", _("Member")
    CHAIR = "chair", _("Chair")
    COORDINATOR = "coordinator", _("Coordinator")
    OBSERVER = "observer", _("Observer")
