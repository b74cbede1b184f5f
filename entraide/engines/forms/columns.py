"""The columns of an XLSForm: which are understood, in which language, and what a language's heading means.

Source: XLSForm documentation (xlsform.org), "Multiple language support" and the reference tables.
"""

import re
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError

PLACED = {
    "type": "type", "name": "name", "label": "label", "hint": "hint", "required": "required", "relevant": "relevant",
    "relevance": "relevant", "constraint": "constraint", "constraint_message": "constraint_message",
    "constraint message": "constraint_message", "repeat_count": "repeat_count", "appearance": "appearance",
    "entraide::kind": "entraide_kind", "entraide::provisions": "entraide_provisions", "list_name": "list_name", "list name": "list_name",
    "value": "name",
}  # fmt: skip
SPOKEN = frozenset({"label", "hint", "constraint_message"})
_NAMED = re.compile(r"^(?P<name>.*?)\s*\((?P<code>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\)$")


@dataclass(frozen=True)
class Column:
    """A column: what it holds, in which language ("" where none is said), and its heading as written."""

    name: str
    language: str
    heading: str
    placed: bool


@cache
def _languages_by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, name in Locale("en").languages.items():
        if len(code) <= 3:
            found.setdefault(name.casefold(), code)
            try:
                own = Locale.parse(code).language_name
            except (UnknownLocaleError, ValueError):
                own = None
            if own:
                found.setdefault(own.casefold(), code)
    return found


def language_of(heading: str) -> str:
    """The ISO 639 code of "English (en)", "en", "Français"; a name that nobody knows becomes a private tag, x-…."""
    match = _NAMED.match(heading.strip())
    if match:
        return match["code"].lower()
    plain = heading.strip()
    if re.fullmatch(r"[A-Za-z]{2,3}", plain):
        return plain.lower()
    known = _languages_by_name().get(plain.casefold())
    return known or "x-" + (re.sub(r"[^a-z0-9]+", "", plain.casefold())[:8] or "unknown")


def heading_of(code: str) -> str:
    """How a language stands in a heading: its own name and its code."""
    try:
        own = Locale.parse(code.replace("-", "_")).language_name
    except (UnknownLocaleError, ValueError):
        own = None
    return f"{own[:1].upper()}{own[1:]} ({code})" if own else code


def column(heading: str) -> Column:
    """What a heading means."""
    text = re.sub(r"\s+", " ", heading.strip())
    base, separator, language = text.partition("::")
    name = PLACED.get(text.casefold()) or (PLACED.get(base.strip().casefold()) if separator else None)
    if name in SPOKEN:
        return Column(name, language_of(language) if separator and language.strip() else "", text, True)
    return Column(name, "", text, True) if name else Column(text, "", text, False)
