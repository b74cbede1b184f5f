"""What the record says of accounts."""

from django.utils.translation import gettext_lazy as _

from entraide.kernel.audit.words import mean

mean(
    {
        "accounts:": _("A page of accounts and posts"),
        "accounts.give_post": _("Gave a post"),
        "accounts.end_post": _("Ended a post"),
        "accounts.switch": _("Changed to another post"),
        "accounts.remove_second_factor": _("Removed a colleague’s second factor"),
    }
)
