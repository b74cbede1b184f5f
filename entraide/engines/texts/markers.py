"""What stands at the head of a line: a number, a letter in brackets, a dash, "Article 5", "II."; nothing is decided here.

The words are those the official languages of the United Nations, German, Italian and Portuguese use.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from entraide.engines.texts.model import Kind
from entraide.engines.texts.numerals import LATER, cjk, digits, later, letter, roman, spoken, to_letter, to_roman

BIDI = "\u200e\u200f\u061c"


class Style(StrEnum):
    """How a number is written; a list keeps to one style."""

    DIGIT = "1."
    DIGIT_BRACKET = "1)"
    LETTER = "a)"
    CAPITAL = "A)"
    ROMAN = "i)"
    BULLET = "-"
    HEAD_ROMAN = "I."
    HEAD_LETTER = "A."
    WORD = "Article 1"


@dataclass(frozen=True, slots=True)
class Marker:
    """One reading of a line's head: `number` as shown, `key` for ids, `ordinal` for the sequence, `rest` of the line."""

    style: Style
    number: str
    key: str
    ordinal: int
    rest: str
    kind: Kind | None = None


WORDS = {
    Kind.ARTICLE: "Article|Art\\.|Art|Artículo|Articulo|Artikel|Articolo|Artigo|Статья|المادة",
    Kind.PART: "Part|Partie|Parte|Teil|Часть|الجزء",
    Kind.TITLE: "Title|Titre|Título|Titolo",
    Kind.CHAPTER: "Chapter|Chapitre|Capítulo|Capitulo|Kapitel|Capitolo|Глава|الفصل",
    Kind.SECTION: "Section|Sección|Abschnitt|Sezione|Secção|Раздел|القسم|الباب",
    Kind.ANNEX: "Annex|Annexe|Anexo|Anhang|Allegato|Appendix|Appendice|Приложение|المرفق",
}
SUFFIX = rf"(?:[ \u00a0]?(?:{'|'.join(LATER)})\b|(?<=\d)[A-Z]\b)?"
WORD = {
    kind: re.compile(rf"((?:{words})[ \u00a0]+(?P<n>\d+|[^\W\d_]+)(?:er|re|º|°)?(?P<s>{SUFFIX}))(?![\w])", re.IGNORECASE)
    for kind, words in WORDS.items()
}
CJK_WORD = re.compile("(第(?P<n>[一二三四五六七八九十\\d]+)(?P<k>条|章|节|部分))")
CJK_KINDS = {"条": Kind.ARTICLE, "章": Kind.CHAPTER, "节": Kind.SECTION, "部分": Kind.PART}
SEPARATOR = re.compile(r"[ \u00a0]*(?:[.:–—―-]+(?=[ \u00a0]|$))?[ \u00a0]*")
DIGIT = re.compile(
    rf"(?P<shown>(?:§{{1,2}}[ \u00a0]*|\[)?(?P<n>\d{{1,5}}(?:\.\d{{1,3}}){{0,4}})(?P<s>{SUFFIX}))"
    r"(?P<end>\.-?|\]|(?=[ \u00a0]))(?=[ \u00a0\t]|$)"
)
DIGIT_BRACKET = re.compile(rf"(?P<shown>\(?(?P<n>\d{{1,3}})(?P<s>{SUFFIX})\))(?=\s|$|[^\W\d])")
LETTERED = re.compile(r"(?P<shown>\(?(?P<n>[^\W\d_]{1,6})[ـ\u200e\u200f]?\))(?=\s|$|[^\W\d])")
BULLET = re.compile(r"(?P<shown>[–—―•·▪●◦‣*-])[ \u00a0\t]+(?=\S)")
HEAD = re.compile(r"(?P<shown>(?P<n>[A-Z]{1,7}))(?P<sep>\.[-–—]?|[ \u00a0]*[–—])[ \u00a0\t]+(?=\S)")
HEAD_BARE = re.compile(r"(?P<shown>(?P<n>[IVX]{1,6}))(?=[ \u00a0\t]*$|[ \u00a0\t]{2,}\S)")
HEAD_CJK = re.compile("(?P<shown>(?P<n>[一二三四五六七八九十]{1,3}))[、..]")
HEAD_SPOKEN = re.compile(r"(?P<shown>(?P<n>[\u0621-\u065f]{3,8}))[ \u00a0]*[-–—:][ \u00a0]*(?=\S)")


def stripped(line: str) -> str:
    """The line without blanks and direction marks at its head, for looking only."""
    return line.lstrip(" \t\u00a0" + BIDI)


def _after(line: str, end: int) -> str:
    return line[end:].lstrip(" \t\u00a0" + BIDI)


def _word(line: str) -> list[Marker]:
    for kind, pattern in WORD.items():
        if match := pattern.match(line):
            value = digits(match["n"]) or roman(match["n"]) or spoken(match["n"]) or (letter(match["n"]) if kind is Kind.ANNEX else None)
            if value:
                end = SEPARATOR.match(line, match.end())
                key = f"{_key(kind, match['n'], value)}{later(match['s'])}"
                return [Marker(Style.WORD, match[1], key, value, line[end.end() if end else match.end() :], kind)]
    if match := CJK_WORD.match(line):
        value = digits(match["n"]) or cjk(match["n"])
        return [Marker(Style.WORD, match[1], str(value), value, _after(line, match.end()), CJK_KINDS[match["k"]])] if value else []
    return []


def _key(kind: Kind, written: str, value: int) -> str:
    """Articles and sections by figures; parts, chapters, titles and annexes by Roman numerals where they are so written."""
    if kind is Kind.ANNEX and len(written) == 1 and not roman(written) and letter(written):
        return to_letter(value).upper()
    return to_roman(value) if roman(written) and value < 4000 else str(value)


def _digit(line: str) -> list[Marker]:
    if match := DIGIT_BRACKET.match(line):
        value = digits(match["n"]) or 0
        return [Marker(Style.DIGIT_BRACKET, match["shown"], f"{value}{later(match['s'])}", value, _after(line, match.end()))]
    match = DIGIT.match(line)
    if not match or not (match["end"] or "§" in match["shown"] or "." in match["n"] or match["s"]):
        return []
    if "[" in match["shown"] and match["end"] != "]":
        return []
    parts = [str(int(part)) for part in match["n"].split(".")]
    shown = match["shown"] + (match["end"] if match["end"] not in (".", "") else "")
    shown = match["n"] + match["s"] if match["end"] == "." and "§" not in shown else shown
    return [Marker(Style.DIGIT, shown, f"{'-'.join(parts)}{later(match['s'])}", int(parts[-1]), _after(line, match.end()))]


def _lettered(line: str) -> list[Marker]:
    match = LETTERED.match(line)
    if not match:
        return []
    written, found, rest = match["n"], [], _after(line, match.end())
    if (value := letter(written)) is not None:
        style = Style.CAPITAL if written.isupper() else Style.LETTER
        found.append(Marker(style, match["shown"], to_letter(value), value, rest))
    if value := roman(written):
        found.append(Marker(Style.ROMAN, match["shown"], to_roman(value).lower(), value, rest))
    return found


def _head(line: str) -> list[Marker]:
    match = HEAD.match(line) or HEAD_BARE.match(line)
    if match:
        found, written, rest = [], match["n"], _after(line, match.end())
        if value := roman(written):
            found.append(Marker(Style.HEAD_ROMAN, written, to_roman(value), value, rest))
        if value := letter(written):
            found.append(Marker(Style.HEAD_LETTER, written, to_letter(value).upper(), value, rest))
        return found
    if (match := HEAD_CJK.match(line)) and (value := cjk(match["n"])):
        return [Marker(Style.HEAD_ROMAN, match[0], to_roman(value), value, _after(line, match.end()))]
    if (match := HEAD_SPOKEN.match(line)) and (value := spoken(match["n"])):
        style = Style.HEAD_ROMAN if len(match["n"]) > 4 or match["n"].endswith("ا") else Style.HEAD_LETTER
        key = to_roman(value) if style is Style.HEAD_ROMAN else to_letter(value).upper()
        return [Marker(style, match["shown"], key, value, _after(line, match.end()))]
    return []


def readings(line: str) -> list[Marker]:
    """All ways to read the head of a line, likeliest first; empty where it is plain text."""
    line = stripped(line)
    if found := _word(line) or _digit(line) or _lettered(line) or _head(line):
        return found
    if match := BULLET.match(line):
        return [Marker(Style.BULLET, match["shown"], "", 0, _after(line, match.end()))]
    return []
