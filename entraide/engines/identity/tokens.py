"""Keyed equality tokens: what is stored and searched in place of a name, a date, a number or an address."""

import hmac
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from .contacts import email_form, phone_form
from .dates import date_form
from .documents import document_form
from .names import name_forms

FORMS_VERSION = 1  # raised when any form of any input changes; tokens of two versions never meet
_SCHEME = "entraide.identity.token"
_SHORTEST_KEY = 32
_TOKEN_LENGTH = 16


class Token(NamedTuple):
    """One searchable trace of a record: what kind of value it stands for, and 16 bytes that tell nothing without the key."""

    kind: str
    value: bytes


def token(key: bytes, kind: str, form: str) -> bytes:
    """Returns the first 16 bytes of HMAC-SHA-256 (RFC 2104; truncation: its section 5) of `form` under the secret search `key`.

    What is authenticated is (scheme, FORMS_VERSION, kind, form), each preceded by its length in four bytes, so that no two inputs
    concatenate to the same. `key`: at least 32 random bytes, else ValueError. `kind`, `form`: any strings.
    """
    if len(key) < _SHORTEST_KEY:
        raise ValueError(f"A search key has at least {_SHORTEST_KEY} bytes.")
    fields = [field.encode("utf-8", "surrogatepass") for field in (_SCHEME, str(FORMS_VERSION), kind, form)]
    message = b"".join(len(field).to_bytes(4, "big") + field for field in fields)
    return hmac.digest(key, message, "sha256")[:_TOKEN_LENGTH]


def tokens(
    key: bytes,
    *,
    names: Sequence[str] = (),
    born: str | date | None = None,
    phones: Sequence[str] = (),
    documents: Sequence[str] = (),
    emails: Sequence[str] = (),
    region: str | None = None,
) -> frozenset[Token]:
    """Returns the tokens of one record, or of one question; a record is a candidate when it shares one with the question.

    `names`: the parts of one full name (see `name_forms`); a second name of the same person (alias, birth name, other script) is a
    second call. `born`: see `date_form`; `region`: the country of national telephone numbers, see `phone_form`. A plain string
    counts as a sequence of one. What cannot be read gives no token. ValueError for a short key, as in `token`, even with no values.
    Kinds, strongest first:

    - `document`, `email`, `phone`: equal numbers and addresses.
    - `name_born`: a form of the name with the full date of birth: a confident hit, but for invented dates such as 1 January.
    - `name_born_year`: with the year of birth, known in full or in part, so that a partial date still narrows.
    - `name`: a form of the name alone: a hint.

    Whoever reads the tokens without the key learns how many there are of each kind, and which records share one.
    """
    token(key, "", "")
    forms = {("name", form) for form in name_forms(names)}
    forms |= _born_forms(forms, date_form(born) if born is not None else None)
    found = {
        "phone": [phone_form(phone, region) for phone in _each(phones)],
        "document": [document_form(document) for document in _each(documents)],
        "email": [email_form(email) for email in _each(emails)],
    }
    forms |= {(kind, form) for kind, of_kind in found.items() for form in of_kind if form is not None}
    return frozenset(Token(kind, token(key, kind, form)) for kind, form in forms)


def _born_forms(names: set[tuple[str, str]], day: str | None) -> set[tuple[str, str]]:
    if day is None:
        return set()
    by_year = {("name_born_year", f"{form}|{day[:4]}") for _, form in names}
    return by_year | {("name_born", f"{form}|{day}") for _, form in names} if len(day) == len("1990-05-03") else by_year


def _each(values: Sequence[str]) -> Sequence[str]:
    return (values,) if isinstance(values, str) else values
