"""What every canonical form does first to hostile text: cut it, drop what cannot be seen, unify what looks the same."""

import unicodedata

LONGEST = 200  # characters that count, of one part of a name or one document number
LONGEST_RAW = 1000  # characters looked at; bounds the cost of normalisation, which is quadratic in long runs of marks
_UNSEEN = frozenset({"Cf", "Cs", "Co", "Cn"})  # bidi controls, zero-width characters, lone surrogates, private use, unassigned

# Cyrillic and Greek capitals drawn like Latin ones. A small part of the table of UTS #39 (section 4, confusables), by hand.
CONFUSABLE_CAPITALS = str.maketrans("АВЕЅІЈКМНОРСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABESIJKMHOPCTYXABEZHIKMNOPTYX")


def visible(text: str) -> str:
    """Returns `text` (any string, lone surrogates included) in NFKC (UAX #15), without characters that are not seen; control
    characters become spaces where they separate (tab, new line) and vanish where they do not (NUL)."""
    kept = (character for character in text[:LONGEST_RAW] if _is_visible(character))
    return unicodedata.normalize("NFKC", "".join(kept))


def fold_digits(text: str) -> str:
    """Returns `text` with the decimal digits of every script (Arabic-Indic, Thai, Devanagari, full-width …) as 0-9."""
    return "".join(str(unicodedata.decimal(character)) if character.isdecimal() else character for character in text)


def _is_visible(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "Cc":
        return character.isspace()
    return category not in _UNSEEN and not _is_variation_selector(character)


def _is_variation_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef" or character == "\u034f"
