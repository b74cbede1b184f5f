"""From one cell to one value, or to the reason why not."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from entraide.engines.htcds.catalogue import COUNTRIES, choices, code_for, in_order, is_open
from entraide.engines.htcds.dates import day
from entraide.engines.htcds.model import Field, Type, Value
from entraide.engines.htcds.reading import MAX_CELL, Cell, Kind, Refused, canonical

# Embeddings, overrides and isolates reorder what is read; the plain marks (U+200E, U+200F, U+061C) do not and are needed in Arabic.
_DIRECTION = "\u202a-\u202e\u2066-\u2069"
_SUSPECT = re.compile(f"[\\x00-\\x1f\\x7f-\\x9f{_DIRECTION}\u2028\u2029\ufffd\ufffe\uffff\ud800-\udfff]")
_BREAKS = "\n\r\x85\u2028\u2029"
_LINES = re.compile("\r\n|[\r\x85\u2028\u2029]")
_PHONE = re.compile(r"\+?[1-9][0-9]{1,14}")
_PHONE_FILLING = re.compile(r"[ \u00a0\u202f.()\-\u2010\u2011]")
_EMAIL = re.compile(r"[^\s@,;:<>()\[\]\"\\]{1,64}@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,63}")
_COORDINATE = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{1,20})?")
_OPEN_VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,39}")
TRUE = frozenset(("true", "1", "yes", "oui", "vrai"))
FALSE = frozenset(("false", "0", "no", "non", "faux"))


def value_of(field: Field, cell: Cell, today: date) -> Value | None:
    """The value that a cell gives a field; None where the cell is blank. Dates later than `today` are refused where they are past events.

    Raises Refused with the code of a sentence in `sentences.py`.
    """
    text = cell.text
    if not text:
        return None
    check_text(cell, lines=field.type is Type.LONG_TEXT)
    text = text.strip()
    if not text:
        return None
    if text[0] == "=" or cell.kind is Kind.FORMULA:
        raise Refused("formula")
    if field.type is Type.DATE:
        return day(text, cell.kind, date(2100, 12, 31) if field.may_be_future else today, future=field.may_be_future)
    if cell.kind is Kind.DATE:
        raise Refused("date_in_text" if field.type in (Type.TEXT, Type.LONG_TEXT) else _WRONG_KIND[field.type])
    if cell.kind is Kind.NUMBER and field.type is not Type.GEOLOCATION and len(text.lstrip("-")) > 15:
        raise Refused("number_rounded")
    return _READERS[field.type](field, text)


def check_text(cell: Cell, *, lines: bool) -> None:
    """Raises Refused for a cell that is too long, shows an error, or holds characters that have no business in a value."""
    text = cell.text
    if len(text) > MAX_CELL:
        raise Refused("too_long", length=len(text), limit=MAX_CELL)
    if cell.kind is Kind.ERROR:
        raise Refused("cell_error")
    for found in _SUSPECT.finditer(text):
        sign = found.group()
        if sign in _BREAKS:
            if lines or not text.strip():
                continue
            raise Refused("line_break")
        if sign == "\t" and lines:
            continue
        name = f"U+{ord(sign):04X}"
        if sign == "\ufffd":
            raise Refused("letter_lost")
        raise Refused("direction_control" if re.match(f"[{_DIRECTION}]", sign) else "control_character", character=name)


def as_read(field: Field, value: Value, today: date) -> Value | None:
    """What the reader makes of a value that was written: choices in order, telephone numbers without blanks; itself where it is refused."""
    try:
        return value_of(field, Cell(canonical(value)), today)
    except Refused:
        return value


def ticked(cell: Cell) -> bool | None:
    """Whether a column for a single value of a multiselect is ticked; None where it is blank. Raises Refused("choice_column")."""
    check_text(cell, lines=False)
    text = cell.text.strip().casefold()
    if not text:
        return None
    if text not in TRUE | FALSE:
        raise Refused("choice_column")
    return text in TRUE


def _text(field: Field, text: str) -> Value:
    return text


def _long_text(field: Field, text: str) -> Value:
    return _LINES.sub("\n", text)


def _number(field: Field, text: str) -> Value:
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise Refused("number_not_whole")
    if not 0 <= int(text) <= field.maximum:
        raise Refused("number_range", maximum=field.maximum)
    return int(text)


def _checkbox(field: Field, text: str) -> Value:
    if text.casefold() not in TRUE | FALSE:
        raise Refused("checkbox")
    return text.casefold() in TRUE


def _picklist(field: Field, text: str) -> Value:
    code = code_for(field, text)
    if code is None:
        raise Refused("not_in_list", choices=listed(field))
    return code


def _multiselect(field: Field, text: str) -> Value | None:
    codes = []
    for place, part in enumerate(_parts(field, text), start=1):
        code = code_for(field, part) or (part if is_open(field) and _OPEN_VALUE.fullmatch(part) else None)
        if code is None and field.codelist == COUNTRIES:
            raise Refused("countries", place=place)
        if code is None:
            raise Refused("multiselect_not_in_list", place=place, choices=listed(field))
        codes.append(code)
    return in_order(field, codes) or None  # only separators: nothing was chosen


def _parts(field: Field, text: str) -> list[str]:
    """Semicolons (Salesforce) or bars before blanks (survey forms): labels hold blanks, codes do not."""
    for separator in ";|":
        if separator in text:
            return [part.strip() for part in text.split(separator) if part.strip()]
    return [text] if code_for(field, text) else text.split()


def listed(field: Field) -> str:
    """The codes of a field's list, for a sentence."""
    return ", ".join(choice.code for choice in choices(field))


def _coded(code: str) -> Callable[[Field, str], Value | None]:
    def read(field: Field, text: str) -> Value:
        found = code_for(field, text)
        if found is None:
            raise Refused(code)
        return found

    return read


def _phone(field: Field, text: str) -> Value:
    digits = _PHONE_FILLING.sub("", text)
    if not _PHONE.fullmatch(digits):
        raise Refused("phone")
    return digits


def _email(field: Field, text: str) -> Value:
    if len(text) > 254 or not _EMAIL.fullmatch(text):
        raise Refused("email")
    return text


def _geolocation(field: Field, text: str) -> Value:
    if re.fullmatch(r"[+-]?[0-9]{1,3},[0-9]{1,20}", text):
        raise Refused("decimal_comma")
    if not _COORDINATE.fullmatch(text):
        raise Refused("coordinate")
    axis, limit = ("latitude", 90) if field.id.endswith("Latitude") else ("longitude", 180)
    degrees = Decimal(text)
    if abs(degrees) > limit:
        raise Refused(axis)
    return degrees


_READERS: dict[Type, Callable[[Field, str], Value | None]] = {
    Type.TEXT: _text,
    Type.LONG_TEXT: _long_text,
    Type.NUMBER: _number,
    Type.CHECKBOX: _checkbox,
    Type.PICKLIST: _picklist,
    Type.MULTISELECT: _multiselect,
    Type.GEOLOCATION: _geolocation,
    Type.COUNTRY: _coded("country"),
    Type.LANGUAGE: _coded("language"),
    Type.PHONE: _phone,
    Type.EMAIL: _email,
}
_WRONG_KIND = {
    Type.NUMBER: "number_not_whole",
    Type.CHECKBOX: "checkbox",
    Type.PICKLIST: "date_in_text",
    Type.MULTISELECT: "date_in_text",
    Type.GEOLOCATION: "coordinate",
    Type.COUNTRY: "country",
    Type.LANGUAGE: "language",
    Type.PHONE: "phone",
    Type.EMAIL: "email",
}
