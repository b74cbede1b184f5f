"""Codes of countries (ISO 3166-1) and languages (ISO 639), from the CLDR data that Babel carries."""

from functools import cache
from typing import cast

from babel import Locale
from babel.core import get_global

# CLDR also names areas that ISO 3166-1 has not assigned: reserved, exceptional, pseudo and unknown ones.
_NOT_ASSIGNED = frozenset(("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"))
_NO_LANGUAGE = frozenset(("root", "zxx", "und"))


def _names(kind: str, language: str) -> dict[str, str]:
    return cast("dict[str, str]", getattr(Locale.parse(language), kind))


@cache
def countries(language: str = "en") -> dict[str, str]:
    """Alpha-2 code → name in `language`, the 249 assigned codes of ISO 3166-1."""
    names = _names("territories", language)
    return {code: name for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in _NOT_ASSIGNED}


@cache
def languages(language: str = "en") -> dict[str, str]:
    """ISO 639 code of two or three letters → name in `language`, as far as CLDR names them."""
    names = _names("languages", language)
    plain = {code: name for code, name in names.items() if 2 <= len(code) <= 3 and code.isalpha() and code not in _NO_LANGUAGE}
    return plain | {"prs": names["fa_AF"]}  # Dari: ISO 639-3 gives it a code of its own, CLDR calls it Persian of Afghanistan


@cache
def country_keys() -> dict[str, str]:
    """Casefolded alpha-2, alpha-3 and English or French name → alpha-2."""
    keys = {name.casefold(): code for language in ("en", "fr") for code, name in countries(language).items()}
    aliases = cast("dict[str, list[str]]", get_global("territory_aliases"))
    for alias, targets in aliases.items():
        if len(alias) == 3 and alias.isalpha() and len(targets) == 1 and targets[0] in countries():
            keys[alias.casefold()] = targets[0]
    return keys | {code.casefold(): code for code in countries()}


@cache
def language_keys() -> dict[str, str]:
    """Casefolded two- or three-letter code and English or French name → the shortest ISO 639 code."""
    keys = {name.casefold(): code for language in ("en", "fr") for code, name in languages(language).items()}
    aliases = cast("dict[str, str]", get_global("language_aliases"))
    for alias, target in aliases.items():
        if alias.isalpha() and len(alias) in (2, 3) and target in languages():
            keys[alias] = target if len(alias) == 3 else alias  # fra is fr; but tl stays tl, though CLDR files it under fil
    return keys | {code: code for code in languages()}
