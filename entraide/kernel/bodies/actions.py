"""What the record says of bodies."""

from django.utils.translation import gettext_lazy as _

from entraide.kernel.audit.words import mean

mean(
    {
        "bodies:": _("A page of bodies"),
        "bodies.vet": _("Vetted a body"),
        "bodies.revoke_vetting": _("Ended the vetting of a body"),
        "bodies.register": _("Registered a body"),
        "bodies.give_seat": _("Gave a seat"),
        "bodies.end_seat": _("Ended a seat"),
    }
)
