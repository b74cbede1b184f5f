"""What the record says of texts."""

from django.utils.translation import gettext_lazy as _

from entraide.kernel.audit.words import mean

mean(
    {
        "texts:": _("A page of texts"),
        "texts.file": _("Filed a draft of a text"),
        "texts.publish": _("Published a version of a text"),
        "texts.throw_away": _("Threw a draft of a text away"),
    }
)
