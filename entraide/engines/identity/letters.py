"""Reads a name in any script as Latin letters, the same for all ways to type it in that script."""

import re
import unicodedata

from anyascii import anyascii

from .text import LONGEST, LONGEST_RAW, visible

# Typed, left out or replaced by one another at will: they neither count nor separate. Tatweel, geresh and the modifier letters too.
_APOSTROPHES = re.compile("['`´\u2018\u2019\u201b\u2032\u2033\u0640\u05f3\u05f4\u02b0-\u02ff]")
# Marks that people leave out: accents; Hebrew points; Arabic harakat and, once decomposed, hamza and madda on their letters;
# nukta; tone marks of Thai, Lao and Burmese; Khmer shifters. Vowel signs stay: without them Indic and Thai names fall together.
_MARKS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u093c\u09bc\u0a3c\u0e47-\u0e4b\u0ec8-\u0ecb\u1037\u17c9-\u17d1\u3099\u309a]"
)
_LATIN, _CYRILLIC = re.compile("[a-z]"), re.compile("[\u0400-\u04ff]")
# Letters drawn alike on both keyboards, small or capital (В and B): UTS #39 section 4, by hand.
_CYRILLIC_ALIKE, _LATIN_ALIKE = "аеорсухіјѕвнкмт", "aeopcyxijsbhkmt"
_TO_LATIN, _TO_CYRILLIC = str.maketrans(_CYRILLIC_ALIKE, _LATIN_ALIKE), str.maketrans(_LATIN_ALIKE, _CYRILLIC_ALIKE)
_SURELY_CYRILLIC = re.compile(f"(?![{_CYRILLIC_ALIKE}])[\u0400-\u04ff]")
_ONE_SPELLING = str.maketrans(
    {
        "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ک": "ك", "ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ٱ": "ا", "ں": "ن",
        "ء": "", "ٴ": "",
        "ı": "i",
        "ь": "", "ъ": "",
        "ဥ": "ဉ", "ँ": "ं",
    }
)  # fmt: skip
_BURMESE_ZERO, _BURMESE_WA = "၀", "ဝ"  # look the same and are typed for one another
_REWRITTEN = (
    (re.compile("เเ"), "แ"),
    (re.compile("ເເ"), "ແ"),
    (re.compile("ห(?=[งญนมยรลว])|ຫ(?=[ງຍນມຢຣລວ])"), ""),  # silent before a sonorant
    (re.compile("([เแโใไ])([ก-ฮ])|([ເແໂໃໄ])([ກ-ຮ])"), r"\2\1\4\3"),  # written before the consonant, spoken after it
)
# Arabic leaves short vowels out, so that letters meet which are no digraph ("س" and "ه" in Siham). Capitals mark single consonants.
_ARABIC = {
    "ا": "a", "ب": "B", "ت": "T", "ث": "th", "ج": "J", "ح": "H", "خ": "kh", "د": "D", "ذ": "dh", "ر": "R", "ز": "Z", "س": "S",
    "ش": "sh", "ص": "S", "ض": "D", "ط": "T", "ظ": "Z", "ع": "a", "غ": "gh", "ف": "F", "ق": "Q", "ك": "K", "ل": "L", "م": "M",
    "ن": "N", "ه": "H", "و": "W", "ي": "y", "پ": "P", "چ": "ch", "ژ": "zh", "گ": "G", "ڤ": "V", "ٹ": "T", "ڈ": "D", "ڑ": "R",
    "א": "a", "ע": "a",
}  # fmt: skip
_WAW_AS_VOWEL = re.compile("(?<=.)و(?![اهي])")


def words(text: str) -> list[str]:
    """Returns the words of `text` as ASCII letters, empty ones left out; at most 200 characters of `text` count.

    Lower case, but for single consonants of Arabic script, which are capitals for the sake of `skeleton`; `lower()` gives the
    plain reading. Diacritics, apostrophes, unseen characters, digits, symbols and emoji are gone; hyphens, dots and spaces separate.
    Within one script these typings are the same: NFC and NFD, full width and half width, upper and lower case (UAX #15); Arabic with
    and without harakat, tatweel, hamza, dotted ta marbuta, Persian and Arabic yeh and kaf; Cyrillic with and without soft or hard
    sign, ё and е, й and и; Thai and Lao with and without tone marks; Latin letters in a Cyrillic word and the reverse (UTS #39).
    Not the same: ö and oe; Zawgyi and Unicode Burmese; simplified and traditional Chinese that are read differently.
    """
    # Before NFKC too: it would make a space of a spacing accent.
    folded = visible(visible(_APOSTROPHES.sub("", text[:LONGEST_RAW])).casefold())
    unbroken = _APOSTROPHES.sub("", folded).replace(_BURMESE_ZERO, _BURMESE_WA)
    separated = "".join(character if unicodedata.category(character)[0] in "LM" else " " for character in unbroken)
    readings = (_read(word) for word in separated[:LONGEST].split())
    return [reading for reading in readings if reading]


def _read(word: str) -> str:
    word = _without_marks(word).translate(_ONE_SPELLING)
    if _LATIN.search(word) and _CYRILLIC.search(word):
        word = word.translate(_TO_CYRILLIC if _SURELY_CYRILLIC.search(word) else _TO_LATIN)
    for pattern, replacement in _REWRITTEN:
        word = pattern.sub(replacement, word)
    word = _WAW_AS_VOWEL.sub("u", word)
    latin = "".join(_ARABIC.get(character) or anyascii(character).lower() for character in word)
    return re.sub("[^a-zA-Z]", "", latin)


def _without_marks(word: str) -> str:
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", word)))
