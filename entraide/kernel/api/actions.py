"""What the record says of tokens."""

from django.utils.translation import gettext_lazy as _

from entraide.kernel.audit.words import mean

mean(
    {
        "api:": _("An address for programs"),
        "api.make_token": _("Made a token for programs"),
        "api.revoke_token": _("Revoked a token for programs"),
    }
)
