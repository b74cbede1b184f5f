"""Kinds of texts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    """What a text is among States and bodies."""

    TREATY = "treaty", _("Treaty")
    MEMORANDUM = "memorandum", _("Memorandum of understanding")
    RESOLUTION = "resolution", _("Resolution")
    PLAN = "plan", _("Plan of action")
    REPORT = "report", _("Report")
    OTHER = "other", _("Other text")
