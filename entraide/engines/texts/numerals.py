"""Numbers as documents write them, in several scripts, as ordinals and as the canonical form that ids are made of."""

import re
import unicodedata
from functools import cache

ROMAN = re.compile("M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", re.IGNORECASE)
VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
ROMAN_PARTS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
ABJAD = "ابجدهوزحطيكلمنسعفصقرشتثخذضظغ"
CJK = "一二三四五六七八九"
# How Arabic documents of the United Nations number sections and their subdivisions.
FIRSTLY = ("اولا", "ثانيا", "ثالثا", "رابعا", "خامسا", "سادسا", "سابعا", "ثامنا", "تاسعا", "عاشرا")
ALIF = ("الف", "باء", "جيم", "دال", "هاء", "واو", "زاي", "حاء", "طاء", "ياء")
WORDS = {"premier": 1, "première": 1, "premiere": 1, "primero": 1, "first": 1, "one": 1, "unique": 1, "único": 1}
LATER = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies")


def bare(text: str) -> str:
    """Letters as they are compared: NFKD without marks, casefolded; Arabic alif and its hamzas become one."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return plain.replace("ـ", "").casefold()


def roman(text: str) -> int | None:
    """The value of a well-formed Roman numeral up to 3999, or None."""
    if not text or not ROMAN.fullmatch(text):
        return None
    values = [VALUES[sign] for sign in text.upper()]
    return sum(-here if here < after else here for here, after in zip(values, [*values[1:], 0], strict=True))


def to_roman(value: int) -> str:
    """A Roman numeral, 1 to 3999; ValueError outside."""
    if not 0 < value < 4000:
        raise ValueError(value)
    written = ""
    for amount, sign in ROMAN_PARTS:
        written += sign * (value // amount)
        value %= amount
    return written


def letter(text: str) -> int | None:
    """The place of a letter in its alphabet: a = 1, z = 26, aa = 27; Cyrillic and Arabic (abjad) letters too."""
    plain = bare(text)
    if len(plain) in (1, 2) and plain.isascii() and plain.isalpha():
        return ord(plain[-1]) - 96 + 26 * (len(plain) - 1) if len(set(plain)) == 1 else None
    if len(plain) == 1:
        for alphabet in (CYRILLIC, ABJAD):
            if plain in alphabet:
                return alphabet.index(plain) + 1
    return None


def to_letter(value: int) -> str:
    """1 = a, 26 = z, 27 = aa, 28 = bb."""
    times, place = divmod(value - 1, 26)
    return chr(97 + place) * (times + 1)


@cache
def cjk(text: str) -> int | None:
    """Chinese numerals up to 99, or None."""
    match = re.fullmatch(f"([{CJK}]?)(十?)([{CJK}]?)", text)
    if not match or not text:
        return None
    tens, ten, ones = match.groups()
    if not ten and tens and ones:
        return None
    if not ten:
        return CJK.index(tens or ones) + 1
    return 10 * (CJK.index(tens) + 1 if tens else 1) + (CJK.index(ones) + 1 if ones else 0)


def spoken(text: str) -> int | None:
    """Arabic ordinals and letter names, and a few words for one, as ordinals."""
    plain = bare(text)
    for words in (FIRSTLY, ALIF):
        if plain in words:
            return words.index(plain) + 1
    return WORDS.get(text.casefold())


def digits(text: str) -> int | None:
    """Decimal digits of any script as a number, or None."""
    return int(text) if text.isdecimal() and len(text) <= 6 else None


def later(suffix: str) -> str:
    """`bis`, `ter` or a capital letter after a number as ids write it."""
    return suffix.strip().casefold()
