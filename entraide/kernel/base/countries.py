"""Names of countries and languages in the reader's language, from CLDR through Babel."""

from functools import cache, lru_cache

from babel import Locale
from django.conf import settings
from django.utils.translation import get_language

from entraide.kernel.base.names import localised

UN_LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language.replace("-", "_"))


def country_name(code: str, language: str | None = None) -> str:
    """The State's name for its ISO 3166 alpha-2 code; the code itself where CLDR has none.

    XA to XZ but Kosovo's are codes that nobody is given: the demonstration names its invented States by them, CLDR its test locales.
    """
    if code[:1] == "X" and code != "XK":
        return localised(settings.ENTRAIDE_INVENTED_STATES.get(code) or {"en": code}, language)
    return _territory(code, language or get_language() or "en") if code else ""


@lru_cache(maxsize=20_000)
def _territory(code: str, language: str) -> str:
    return str(_locale(language).territories.get(code, code))


def language_name(code: str, language: str | None = None) -> str:
    """The language's name for its ISO 639 code; the code itself where CLDR has none."""
    locale = _locale(language or get_language() or "en")
    return str(locale.languages.get(code, code)) if code else ""


def country_choices(codes: tuple[str, ...]) -> list[tuple[str, str]]:
    """(code, name) pairs sorted as readers expect, for a short list."""
    return in_reading_order([(code, country_name(code)) for code in codes])


def in_reading_order(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """(value, label) pairs sorted by their labels as readers expect."""
    return sorted(pairs, key=lambda pair: _collation(pair[1]))


@cache
def _collator() -> "object":
    from pyuca import Collator  # reads a table of 30,000 lines: only when a list is sorted

    return Collator()


def _collation(text: str) -> tuple[int, ...]:
    collator = _collator()
    return tuple(collator.sort_key(text))  # type: ignore[attr-defined]  # pyuca carries no types
