"""What the record says of figures."""

from django.utils.translation import gettext_lazy as _

from entraide.kernel.audit.words import mean

mean(
    {
        "figures:": _("A page of figures"),
        "figures.count": _("Counted a year"),
        "figures.try_table": _("Tried a file of figures"),
        "figures.file_table": _("Filed a table of figures"),
        "figures.discard_table": _("Threw a tried table away"),
    }
)
