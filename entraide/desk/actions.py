"""What the record says of itself."""

from django.utils.translation import gettext_lazy as _

from entraide.kernel.audit.words import mean

mean(
    {
        "desk:": _("A page of the desk"),
        "record:": _("A page of the record"),
        "record.list": _("Looked into the record"),
        "record.export": _("Downloaded the record"),
    }
)
