"""One field group of a case as a form, made from the catalogue; what may stand in a field is the standard's to say."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from entraide.engines import htcds
from entraide.engines.htcds.catalogue import is_open
from entraide.engines.htcds.cells import value_of
from entraide.engines.htcds.reading import Cell
from entraide.features.cases import fields
from entraide.features.cases.forms import NOT_SAID
from entraide.features.cases.text import TextField, fits
from entraide.features.cases.values import Value, Values
from entraide.kernel.base import clock
from entraide.kernel.base.countries import country_choices, country_name, language_name
from entraide.ui.forms import DateField

FAR = date(2100, 12, 31)
MORE = "__more"
FEW = 5
Choices = list[tuple[str, Any]]


class RecordForm(forms.Form):
    """One field group; `seen_version` is the version that the person had before her eyes."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, group: str, values: Mapping[str, Value], version: int, **kwargs: Any) -> None:  # Django's own
        super().__init__(*args, **kwargs)
        self.initial["seen_version"] = version
        self.shown = [
            field for field in fields.in_group(group) if values.get(field.id) or not (field.standard and field.standard.deprecated)
        ]
        for field in self.shown:
            value = values.get(field.id, "")
            self.fields[field.id] = _form_field(field, value)
            self.initial[field.id] = _initial(field, value)
            if field.standard and is_open(field.standard):
                self.fields[field.id + MORE] = TextField(
                    label=_("%(field)s: others") % {"field": field.label},
                    required=False,
                    check=fits(field.standard),
                    help_text=_("One word each, with a semicolon between them."),
                )

    def values(self) -> Values:
        """What the person entered, in canonical spelling, without empty fields."""
        found = {field.id: self._value(field) for field in self.shown}
        return {name: value for name, value in found.items() if value not in ("", [])}

    def _value(self, field: fields.CaseField) -> Value:
        cleaned = self.cleaned_data.get(field.id) or ""
        more = self.cleaned_data.get(field.id + MORE) or ""
        if isinstance(cleaned, list):
            cleaned = ";".join([*cleaned, *([more] if more else [])])
        if field.standard is None or not cleaned:
            return str(cleaned).replace("\r\n", "\n")
        text = cleaned.isoformat() if isinstance(cleaned, date) else str(cleaned)
        return canonical(value_of(field.standard, Cell(text), clock.today()))


def canonical(value: htcds.Value | None) -> Value:
    """A value of the standard as this room keeps it: texts and lists of codes."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return "" if value is None else str(value)


def _initial(field: fields.CaseField, value: Value) -> object:
    if field.type is htcds.Type.DATE and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    if _is_countries(field) and isinstance(value, list):
        return "; ".join(country_name(code, _catalogue_language()) for code in value)
    return value or ([] if field.type is htcds.Type.MULTISELECT and not _is_countries(field) else "")


def _catalogue_language() -> str:
    """Names of countries are read in English and French."""
    return "fr" if (get_language() or "en").startswith("fr") else "en"


def _is_countries(field: fields.CaseField) -> bool:
    return bool(field.standard and field.standard.codelist == "iso3166" and field.type is htcds.Type.MULTISELECT)


def _form_field(field: fields.CaseField, value: Value) -> forms.Field:
    common: dict[str, Any] = {"label": field.label, "required": False}
    standard = field.standard
    if standard is None:
        return TextField(long=True, help_text=fields.HINTS.get(field.id, ""), **common)
    if field.type is htcds.Type.DATE:
        return DateField(latest=FAR if standard.may_be_future else clock.today(), **common)
    if field.type is htcds.Type.CHECKBOX:
        return _radios([("TRUE", _("Yes")), ("FALSE", _("No"))], common, inline=True)
    if _is_countries(field):
        return TextField(check=fits(standard), help_text=_("Names of countries, with a semicolon between them: Nigeria; France"), **common)
    if field.type is htcds.Type.MULTISELECT:
        return forms.MultipleChoiceField(
            choices=_choices(field, value), widget=forms.CheckboxSelectMultiple(attrs=_columns(field)), **common
        )
    if field.type in {htcds.Type.PICKLIST, htcds.Type.COUNTRY, htcds.Type.LANGUAGE}:
        choices = _choices(field, value)
        return _radios(choices, common) if len(choices) <= FEW else forms.ChoiceField(choices=[NOT_SAID, *choices], **common)
    return _typed(field, standard, common)


def _radios(choices: Choices, common: dict[str, Any], *, inline: bool = False) -> forms.Field:
    size = "govuk-radios--small govuk-radios--inline" if inline else "govuk-radios--small"
    return forms.ChoiceField(choices=[*choices, NOT_SAID], widget=forms.RadioSelect(attrs={"class": size}), **common)


def _columns(field: fields.CaseField) -> dict[str, str]:
    assert field.standard is not None
    return {"class": "ui-choices-two"} if len(htcds.choices(field.standard)) > FEW else {}


def _typed(field: fields.CaseField, standard: htcds.Field, common: dict[str, Any]) -> forms.Field:
    """A box to write into, with the keyboard that fits on a phone."""
    if field.type is htcds.Type.LONG_TEXT:
        return TextField(long=True, check=fits(standard), **common)
    kinds: dict[htcds.Type, tuple[dict[str, str], Any]] = {
        htcds.Type.NUMBER: ({"inputmode": "numeric", "class": "govuk-input--width-3"}, ""),
        htcds.Type.GEOLOCATION: ({"inputmode": "decimal", "class": "govuk-input--width-10"}, _("Degrees, with a decimal point: 6.3350")),
        htcds.Type.PHONE: ({"type": "tel", "class": "govuk-input--width-20"}, _("With the country code: +44 7700 900123")),
        htcds.Type.EMAIL: ({"type": "email", "spellcheck": "false"}, ""),
    }
    attrs, hint = kinds.get(field.type, ({}, ""))
    return TextField(check=fits(standard), help_text=hint or fields.HINTS.get(field.id, ""), widget=forms.TextInput(attrs=attrs), **common)


def _choices(field: fields.CaseField, value: Value) -> Choices:
    """What may be chosen; a value that the list does not know stays choosable, so that saving never loses it."""
    assert field.standard is not None
    codes = [choice.code for choice in htcds.choices(field.standard)]
    if field.type is htcds.Type.COUNTRY:
        return list(country_choices(tuple(codes)))
    if field.type is htcds.Type.LANGUAGE:
        return sorted(((code, language_name(code)) for code in codes), key=lambda pair: pair[1].casefold())
    held = value if isinstance(value, list) else [value]
    labels = {choice.code: choice.name(get_language() or "en") for choice in htcds.choices(field.standard)}
    return [(code, labels.get(code, code)) for code in (*codes, *(code for code in held if code and code not in codes))]
