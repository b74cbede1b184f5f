"""Finds a person by keyed equality tokens over minimal canonical forms, so that names can stay encrypted.

    record values → canonical forms (`name_forms`, `date_form`, …) → HMAC tokens under a body's secret search key (`tokens`)

A shared token is a hint for the desk of one body; a human confirms. The forms are stable: whatever changes the form of any
input raises `FORMS_VERSION`, and every stored token is then computed anew. They rest on the data of Unicode (stable for
assigned characters, UAX #15 section 3), of `anyascii` and of `phonenumbers`: `tests/engines/identity/test_stability.py`
pins known forms and tells when an upgrade of one of them moves something.
"""

from .contacts import email_form, phone_form
from .dates import date_form
from .documents import document_form
from .names import name_forms
from .tokens import FORMS_VERSION, Token, token, tokens

__all__ = ["FORMS_VERSION", "Token", "date_form", "document_form", "email_form", "name_forms", "phone_form", "token", "tokens"]
