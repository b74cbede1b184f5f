"""The words of the catalogue: a field, a choice in a codelist, and the value a cell may hold."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Value = str | int | Decimal | bool | date | tuple[str, ...]
"""Text, phone, email and single codes are `str`; whole numbers `int`; coordinates `Decimal` degrees; multiselects a tuple of codes."""


class Type(StrEnum):
    """What a field's cell may hold."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    NUMBER = "number"
    CHECKBOX = "checkbox"
    PICKLIST = "picklist"
    MULTISELECT = "multiselect"
    GEOLOCATION = "geolocation"
    COUNTRY = "country"
    LANGUAGE = "language"
    PHONE = "phone"
    EMAIL = "email"


class Group(StrEnum):
    """The field groups that a person agrees to, or refuses, to disclose."""

    IDENTITY = "identity"
    COMMUNICATION = "communication"
    CONTACT = "contact"
    FAMILY = "family"
    BACKGROUND = "background"
    TRAFFICKING = "trafficking"
    PERPETRATOR = "perpetrator"
    EVENTS = "events"
    SUPPORT = "support"
    CASE = "case"
    ORGANISATION = "organisation"
    CONSENT = "consent"


class Origin(StrEnum):
    """Which part of the standard names a value: its field table, its definitions, or its survey form."""

    TABLE = "table"
    DEFINITIONS = "definitions"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a codelist."""

    code: str
    label: str
    label_fr: str
    origin: Origin = Origin.TABLE
    aliases: tuple[str, ...] = ()

    def name(self, language: str = "en") -> str:
        """The label in French for `fr` and its regional forms, else in English."""
        return self.label_fr if language.startswith("fr") else self.label


@dataclass(frozen=True, slots=True)
class Field:
    """One field of HTCDS 2.0."""

    id: str
    label: str
    label_fr: str
    section: str
    type: Type
    group: Group
    codelist: str | None = None
    core: bool = False
    deprecated: bool = False
    repeatable: bool = False
    personal: bool = False
    may_be_future: bool = False
    maximum: int = 0

    def name(self, language: str = "en") -> str:
        """The label in French for `fr` and its regional forms, else in English."""
        return self.label_fr if language.startswith("fr") else self.label
