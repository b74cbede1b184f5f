"""Canonical form of the number of a passport or identity document."""

import unicodedata

from .text import CONFUSABLE_CAPITALS, LONGEST, fold_digits, visible

_FEWEST = 4


def document_form(text: str, country: str | None = None) -> str | None:
    """Returns the letters and digits of the number in upper case, with `country` before a colon where one is given ("FR:12AB34567").

    Separators of every kind (spaces, dashes, dots, slashes, №) are dropped, digits of every script and full-width forms folded,
    Cyrillic and Greek capitals drawn like Latin ones become Latin (UTS #39 section 4: "АВ 123456" is typed on either keyboard). O and
    0, I and 1 stay apart, for they tell documents apart. None for fewer than four characters, no digit, or one repeated character
    ("N/A", "unknown", "0000000"). `country`: any code; the same number with and without one has two forms. At most 200 characters
    count. Never raises.
    """
    upper = visible(text.replace("№", "")).upper()
    number = _alphanumeric(fold_digits(visible(upper)).translate(CONFUSABLE_CAPITALS))
    if len(number) < _FEWEST or len(set(number)) == 1 or not any(character.isdecimal() for character in number):
        return None
    issuer = _alphanumeric(visible(country or "").upper())
    return f"{issuer}:{number}" if issuer else number


def _alphanumeric(text: str) -> str:
    return unicodedata.normalize("NFKC", "".join(character for character in text if character.isalnum())[:LONGEST])
