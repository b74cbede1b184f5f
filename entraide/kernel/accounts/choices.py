"""The functions that a post can have."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Function(models.TextChoices):
    """What somebody does at a body; rules and menus go by it."""

    CASE_WORKER = "case_worker", _("Case worker")
    INTAKE = "intake", _("Intake desk")
    COORDINATOR = "coordinator", _("Referral coordinator")
    INVESTIGATOR = "investigator", _("Investigator")
    PROSECUTOR = "prosecutor", _("Prosecutor")
    EMBASSY_OFFICER = "embassy_officer", _("Embassy officer")
    SECRETARIAT = "secretariat", _("Secretariat")
    FOCAL_POINT = "focal_point", _("Focal point")
    RESPONDENT = "respondent", _("Respondent")
    EVALUATOR = "evaluator", _("Monitoring expert")
    DATA_PROTECTION = "data_protection", _("Data protection officer")
    ADMINISTRATOR = "administrator", _("Administrator")
    ANALYST = "analyst", _("Analyst")


HOLDS_CASES = frozenset(
    {Function.CASE_WORKER, Function.INTAKE, Function.COORDINATOR, Function.INVESTIGATOR, Function.PROSECUTOR, Function.EMBASSY_OFFICER}
)
RECEIVES = frozenset({Function.INTAKE, Function.COORDINATOR, Function.INVESTIGATOR, Function.EMBASSY_OFFICER})
