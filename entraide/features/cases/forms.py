"""Forms of the list, of finding a person and of opening a case."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.features.cases.choices import Age, Identification, Status
from entraide.features.cases.text import TextField
from entraide.kernel.base import clock
from entraide.kernel.base.countries import country_choices
from entraide.kernel.base.ids import uuid7
from entraide.ui.forms import DateField, as_heading

ALL = ("", _("All"))
CHOOSE = {"required": _("Choose one of these.")}
NOT_SAID = ("", _("Not recorded"))


def once() -> forms.UUIDField:
    """A hidden mark of this very form: sent twice, what it does happens once."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)


class ListFilter(forms.Form):
    """Narrows the list of cases by what is not personal."""

    status = forms.ChoiceField(label=_("Status"), required=False, choices=[ALL, *Status.choices])
    identification = forms.ChoiceField(label=_("Identification"), required=False, choices=[ALL, *Identification.choices])
    age = forms.ChoiceField(label=_("Age"), required=False, choices=[ALL, *Age.choices])
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, *args: Any, countries: list[str], **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [ALL, *country_choices(tuple(countries))]  # type: ignore[attr-defined]  # a choice field


class ReferenceForm(forms.Form):
    """Jumps to a case by its reference."""

    reference = TextField(
        label=_("Go to a case by its reference"),
        longest=20,
        error_messages={"required": _("Type the reference, for example K7M-2Q4X.")},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )


class FindForm(forms.Form):
    """Finds a person among the cases one may see."""

    first = TextField(label=_("First name"), required=False)
    family = TextField(label=_("Family name"), required=False)
    born = DateField(label=_("Date of birth"), required=False)
    phone = TextField(label=_("Telephone"), required=False, help_text=_("With the country code where you know it."))
    document = TextField(label=_("Number of a document"), required=False, help_text=_("For example a passport number."))
    email = TextField(label=_("E-mail address"), required=False)

    def clean(self) -> dict[str, Any]:
        """Something to look for."""
        cleaned = super().clean() or {}
        if not any(cleaned.values()) and not self.errors:
            raise forms.ValidationError(_("Fill in at least one field."))
        return cleaned

    @property
    def born_on(self) -> date | None:
        """The birth date, if given."""
        found: date | None = self.cleaned_data["born"]
        return found


class NewCaseForm(forms.Form):
    """The one question that a case cannot be opened without."""

    once = once()
    age = as_heading(
        forms.ChoiceField(
            label=_("Is the person a child?"),
            choices=[
                (Age.ADULT, _("No, an adult")),
                (Age.CHILD, _("Yes, younger than 18")),
                (Age.IN_DOUBT, _("In doubt: treated as a child until it is settled")),
            ],
            widget=forms.RadioSelect,
            help_text=_("When you are not sure, choose “in doubt”. It protects a child who looks older."),
            error_messages={"required": _("Choose one of the three. When you are not sure, choose “in doubt”.")},
        )
    )
    country = forms.ChoiceField(label=_("In which country is the person now?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [NOT_SAID, *all_countries()]  # type: ignore[attr-defined]  # a choice field


def all_countries() -> list[tuple[str, str]]:
    """(code, name) of every State and territory, as readers expect them sorted."""
    from entraide.engines.htcds import iso

    return country_choices(tuple(iso.countries()))


def today() -> date:
    """For fields whose value cannot lie in the future."""
    return clock.today()
