"""The catalogue of HTCDS 2.0: look up a field, its codelist, and the code behind what somebody wrote."""

from collections.abc import Iterable, Mapping
from functools import cache

from entraide.engines.htcds import iso
from entraide.engines.htcds.codelists import CODELISTS, OPEN_LISTS
from entraide.engines.htcds.fields import fields
from entraide.engines.htcds.model import Choice, Field, Group, Type

VERSION = "2.0"
FIELDS: Mapping[str, Field] = {field.id: field for field in fields()}
SECTIONS: tuple[str, ...] = tuple(dict.fromkeys(field.section for field in FIELDS.values()))
COUNTRIES = "iso3166"


def in_group(group: Group) -> tuple[Field, ...]:
    """The fields of one consent group, in the standard's order."""
    return tuple(field for field in FIELDS.values() if field.group is group)


def choices(field: Field) -> tuple[Choice, ...]:
    """The values a picklist, multiselect, country or language field may hold, in the list's order; empty for other types."""
    if field.codelist == COUNTRIES or field.type is Type.COUNTRY:
        return _choices(iso.countries("en"), iso.countries("fr"))
    if field.type is Type.LANGUAGE:
        return _choices(iso.languages("en"), iso.languages("fr"))
    return CODELISTS[field.codelist] if field.codelist else ()


def is_open(field: Field) -> bool:
    """Whether the standard lets anyone add values to the field's codelist."""
    return field.codelist in OPEN_LISTS


def code_for(field: Field, written: str) -> str | None:
    """The code meant by a code, a label in English or French, or another of the standard's spellings; None where there is none."""
    return _keys(field.id).get(_key(written))


def in_order(field: Field, codes: Iterable[str]) -> tuple[str, ...]:
    """Each code once, in the codelist's order; values added to an open list come last, alphabetically."""
    order = _order(field.id)
    return tuple(sorted(set(codes), key=lambda code: (order.get(code, len(order)), code)))


def _choices(english: Mapping[str, str], french: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(code, name, french.get(code, name)) for code, name in sorted(english.items()))


def _key(written: str) -> str:
    return " ".join(written.replace("’", "'").casefold().split())


@cache
def _order(field_id: str) -> dict[str, int]:
    return {choice.code: place for place, choice in enumerate(choices(FIELDS[field_id]))}


@cache
def _keys(field_id: str) -> dict[str, str]:
    field = FIELDS[field_id]
    if field.codelist == COUNTRIES or field.type is Type.COUNTRY:
        return {_key(name): code for name, code in iso.country_keys().items()}
    if field.type is Type.LANGUAGE:
        return {_key(name): code for name, code in iso.language_keys().items()}
    keys: dict[str, str] = {}
    for choice in choices(field):
        for name in (choice.code, choice.label, choice.label_fr, *choice.aliases):
            keys.setdefault(_key(name), choice.code)
    return keys
