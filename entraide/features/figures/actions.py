"""What the record says of figures."""

from django.utils.translation import gettext_lazy as _

from entraide.features.figures.choices import RELEASE_MACHINE
from entraide.kernel.audit.words import mean

mean(
    {
        "figures:": _("A page of figures"),
        "figures.count": _("Counted a year"),
        "figures.try_table": _("Tried a file of figures"),
        "figures.file_table": _("Filed a table of figures"),
        "figures.discard_table": _("Threw a tried table away"),
        "figures.forget_table": _("A tried table was thrown away after its time"),
        "figures.estimate": _("Ordered an estimate"),
        "figures.stop_estimate": _("Stopped an estimate"),
        "figures.resume_estimate": _("Went on with an estimate"),
        "figures.finish_estimate": _("An estimate was finished"),
        "figures.break_off_estimate": _("An estimate broke off"),
        "figures.draft_release": _("Drafted a release"),
        "figures.review": _("Reviewed a release"),
        **{f"figures.{move.name}": move.label for move in RELEASE_MACHINE.moves},
    }
)
