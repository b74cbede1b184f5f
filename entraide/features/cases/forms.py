"""Forms of the list, of opening and finding a case, and of one field group."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from entraide.engines import htcds
from entraide.features.cases import fields
from entraide.features.cases.choices import Age, Identification, Status
from entraide.features.cases.text import TextField
from entraide.features.cases.values import Value, Values
from entraide.kernel.base import clock
from entraide.kernel.base.countries import country_choices
from entraide.ui.forms import DateField

ALL = ("", _("All"))
NONE = ("", _("Not recorded"))
PHONE = RegexValidator(r"^\+?[1-9]\d{1,14}$", _("Write the number with its country code and at most 15 digits, such as +15550100."))


def all_countries() -> list[tuple[str, str]]:
    """(code, name) of every State and territory, as readers expect them sorted."""
    return country_choices(tuple(htcds.iso.countries("en")))


class ListFilter(forms.Form):
    """Narrows the list of cases."""

    reference = TextField(label=_("Reference"), required=False, max_length=20)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[ALL, *Status.choices])
    identification = forms.ChoiceField(label=_("Identification"), required=False, choices=[ALL, *Identification.choices])
    age = forms.ChoiceField(label=_("Age"), required=False, choices=[ALL, *Age.choices])


class FindForm(forms.Form):
    """Finds a person among the cases one may see."""

    first = TextField(label=_("First name"), required=False)
    family = TextField(
        label=_("Family name"),
        required=False,
        help_text=_("Other spellings, scripts and orders of the name are found too, not all of them."),
    )
    born = DateField(label=_("Date of birth"), required=False, help_text=_("With the name it makes a hit much surer."))
    phone = TextField(label=_("Telephone"), required=False)
    document = TextField(label=_("Number of a document"), required=False)
    email = TextField(label=_("E-mail address"), required=False)

    def clean(self) -> dict[str, Any]:
        """Something to look for."""
        cleaned = super().clean() or {}
        if not any(cleaned.values()) and not self.errors:
            raise forms.ValidationError(_("Fill in at least one field."))
        return cleaned


class NewCaseForm(forms.Form):
    """What is needed to open a case; everything else can wait."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    age = forms.ChoiceField(label=_("Is the person a child?"), choices=Age.choices, widget=forms.RadioSelect)
    ent_SafeContactWhen = TextField(
        label=_("When is contact safe?"), long=True, required=False, help_text=_("Ask early. For example: weekday mornings.")
    )
    ent_SafeContactHow = TextField(
        label=_("How is contact safe?"),
        long=True,
        required=False,
        help_text=_("For example: send a message first, say you are the clinic."),
    )
    ent_SafeContactNever = TextField(
        label=_("What must never be done?"),
        long=True,
        required=False,
        help_text=_("For example: never call at night, never write a letter."),
    )
    prs_PrimaryLanguage = forms.ChoiceField(label=_("Language the person speaks best"), required=False)
    prs_FirstName = TextField(label=_("First name"), required=False, help_text=_("Leave empty what you do not know yet."))
    prs_SecondName = TextField(label=_("Family name"), required=False)
    prs_Birthdate = DateField(label=_("Date of birth"), required=False)
    country = forms.ChoiceField(label=_("Country where the person is now"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        language, country = self.fields["prs_PrimaryLanguage"], self.fields["country"]
        assert isinstance(language, forms.ChoiceField) and isinstance(country, forms.ChoiceField)
        language.choices = [NONE, *_choices(htcds.FIELDS["prs_PrimaryLanguage"])]
        country.choices = [NONE, *all_countries()]

    def values(self) -> Values:
        """What was filled in, by permanent field id."""
        return {name: as_value(self.cleaned_data[name]) for name in self.fields if name in fields.FIELDS and self.cleaned_data[name]}


def as_value(cleaned: object) -> Value:
    """A cleaned form value in the room's canonical spelling."""
    if isinstance(cleaned, date):
        return cleaned.isoformat()
    if isinstance(cleaned, list | tuple):
        return [str(part) for part in cleaned]
    return "" if cleaned is None else str(cleaned).strip()


def _choices(field: htcds.Field) -> list[tuple[str, str]]:
    language = get_language() or "en"
    found = [(choice.code, choice.name(language)) for choice in htcds.choices(field)]
    return sorted(found, key=lambda pair: pair[1]) if field.type in {htcds.Type.LANGUAGE, htcds.Type.COUNTRY} else found


class RecordForm(forms.Form):
    """One field group of a case, made from the catalogue."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, group: str, values: Mapping[str, Value], version: int, **kwargs: Any) -> None:  # Django's own
        initial = {name: _initial(fields.get(name), value) for name, value in values.items()}
        super().__init__(*args, initial={**initial, "seen_version": version}, **kwargs)
        for field in fields.in_group(group):
            value = values.get(field.id, "")
            self.fields[field.id] = form_field(field, value)

    def values(self) -> Values:
        """What the person entered, without empty fields."""
        found = {name: as_value(self.cleaned_data[name]) for name in self.fields if name != "seen_version"}
        return {name: value for name, value in found.items() if value not in ("", [])}


def _initial(field: fields.CaseField, value: Value) -> object:
    if field.type is htcds.Type.DATE and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value


def form_field(field: fields.CaseField, value: Value) -> forms.Field:
    """The form field for a field of the catalogue; a value that the list no longer knows stays choosable."""
    common: dict[str, Any] = {"label": field.label, "required": False}
    kind = field.type
    if kind is htcds.Type.DATE:
        return DateField(latest=None if field.standard and field.standard.may_be_future else clock.today(), **common)
    if kind is htcds.Type.CHECKBOX:
        return forms.ChoiceField(choices=[NONE, ("TRUE", _("Yes")), ("FALSE", _("No"))], **common)
    if kind is htcds.Type.NUMBER:
        return forms.IntegerField(min_value=0, max_value=(field.standard.maximum if field.standard else 0) or 150, **common)
    if kind is htcds.Type.GEOLOCATION:
        return forms.DecimalField(min_value=-180, max_value=180, help_text=_("Degrees, with a decimal point."), **common)
    if kind is htcds.Type.PHONE:
        return TextField(validators=[PHONE], max_length=16, help_text=_("With the country code, such as +15550100."), **common)
    if kind is htcds.Type.EMAIL:
        return forms.EmailField(**common)
    if field.standard and (field.standard.codelist or kind in {htcds.Type.LANGUAGE, htcds.Type.COUNTRY}):
        return _choice_field(field, value, common)
    return TextField(long=kind is htcds.Type.LONG_TEXT, **common)


def _choice_field(field: fields.CaseField, value: Value, common: dict[str, Any]) -> forms.Field:
    assert field.standard is not None
    choices = _choices(field.standard)
    known = {code for code, _label in choices}
    extra = [(code, code) for code in (value if isinstance(value, list) else [value]) if code and code not in known]
    if field.type is htcds.Type.MULTISELECT and len(choices) <= 30:
        return forms.MultipleChoiceField(
            choices=[*choices, *extra], widget=forms.CheckboxSelectMultiple(attrs={"class": "ui-choices-two"}), **common
        )
    if field.type is htcds.Type.MULTISELECT:
        return forms.MultipleChoiceField(choices=[*choices, *extra], widget=forms.SelectMultiple(attrs={"size": 8}), **common)
    return forms.ChoiceField(choices=[NONE, *choices, *extra], **common)
