"""The form of a new token."""

from django import forms
from django.utils.translation import gettext_lazy as _

DAYS = ((7, _("a week")), (30, _("a month")), (90, _("three months")), (365, _("a year")))


class TokenForm(forms.Form):
    """What it is for, and how long."""

    name = forms.CharField(
        label=_("What it is for"), max_length=80, help_text=_("For example: nightly export of the library. Name no person.")
    )
    days = forms.TypedChoiceField(label=_("How long"), choices=DAYS, coerce=int, initial=90, help_text=_("Afterwards it opens nothing."))
