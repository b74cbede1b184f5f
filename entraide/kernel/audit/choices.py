"""How an event ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """Done with its change; read; refused by a rule; asked for and not visible."""

    DONE = "done", _("Done")
    READ = "read", _("Read")
    REFUSED = "refused", _("Refused")
    NOT_VISIBLE = "not_visible", _("Asked for, not visible")
