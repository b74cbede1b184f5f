"""The fields of a case: HTCDS 2.0 and the few of our own, each with its permanent id, group and whether it is sealed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from entraide.engines import htcds
from entraide.features.cases.choices import Group
from entraide.kernel.base.countries import country_name, language_name


@dataclass(frozen=True)
class CaseField:
    """A field of a case. `personal` fields are sealed under the person's key."""

    id: str
    group: Group
    type: htcds.Type
    personal: bool
    own_label: str | Promise = ""
    standard: htcds.Field | None = None

    @property
    def label(self) -> str:
        """The field's name in the reader's language."""
        return self.standard.name(get_language() or "en") if self.standard else str(self.own_label)

    def shown(self, value: str | list[str]) -> str:
        """A value as a reader sees it: labels instead of codes."""
        if isinstance(value, list):
            return ", ".join(self._one(part) for part in value)
        return self._one(value)

    def _one(self, code: str) -> str:
        if self.standard is None:
            return code
        if self.type is htcds.Type.LANGUAGE:
            return language_name(code)
        if self.type is htcds.Type.COUNTRY or self.standard.codelist == "iso3166":
            return country_name(code)
        if self.type is htcds.Type.CHECKBOX:
            return str({"TRUE": _("Yes"), "FALSE": _("No")}.get(code, code))
        if self.type is htcds.Type.DATE:
            return _day(code)
        if self.standard.codelist:
            labels = {choice.code: choice.name(get_language() or "en") for choice in htcds.choices(self.standard)}
            return labels.get(code, code)
        return code


_OWN = (
    CaseField("ent_SafeContactWhen", Group.SAFE_CONTACT, htcds.Type.LONG_TEXT, True, _("When contact is safe")),
    CaseField("ent_SafeContactHow", Group.SAFE_CONTACT, htcds.Type.LONG_TEXT, True, _("How contact is safe")),
    CaseField("ent_SafeContactNever", Group.SAFE_CONTACT, htcds.Type.LONG_TEXT, True, _("Never")),
)


def _day(text: str) -> str:
    """A day in the reader's words; a text that is none as it is."""
    try:
        return date_format(date.fromisoformat(text))
    except ValueError:
        return text


HINTS: dict[str, str | Promise] = {
    "ent_SafeContactWhen": _("Ask early. For example: weekday mornings, when nobody else is at home."),
    "ent_SafeContactHow": _("For example: send a message first; say that you are the clinic."),
    "prs_SecondName": _("The family name. It is found in other spellings and scripts too."),
    "ent_SafeContactNever": _("For example: never call at night, never write a letter, never speak to the brother."),
}
FIELDS: dict[str, CaseField] = {
    f.id: CaseField(f.id, Group(str(f.group)), f.type, f.personal, standard=f) for f in htcds.FIELDS.values()
} | {f.id: f for f in _OWN}


def get(field: str) -> CaseField:
    """The field of this permanent id."""
    return FIELDS[field]


def in_group(group: str) -> list[CaseField]:
    """The fields of a group, in the standard's order."""
    return [field for field in FIELDS.values() if field.group == group]


def labelled(values: Mapping[str, str | list[str]]) -> dict[str, str]:
    """{label: shown value} in the standard's order, for a page or for showing one version beside another."""
    return {field.label: field.shown(values[field.id]) for field in FIELDS.values() if values.get(field.id, "") not in ("", [])}


def by_group(values: Mapping[str, str | list[str]]) -> dict[str, dict[str, str | list[str]]]:
    """The same values, sorted into their groups."""
    found: dict[str, dict[str, str | list[str]]] = {}
    for field, value in values.items():
        found.setdefault(FIELDS[field].group, {})[field] = value
    return found
