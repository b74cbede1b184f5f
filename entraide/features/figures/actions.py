"""What the record says of figures."""

from django.utils.translation import gettext_lazy as _

from entraide.kernel.audit.words import mean

mean(
    {
        "figures.count": _("Counted a year"),
    }
)
