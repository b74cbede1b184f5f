"""Numbers as tables write them: thousands in groups, ranges for small counts, footnote marks, signs for what is not known."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

GREATEST = 10**12
SPACES = " \u00a0\u2007\u2009\u202f’'"
_MISSING = {
    "", "-", "–", "—", "−", ".", "..", "...", "…", ":", "*", "x", "n/a", "na", "n.a.", "n.a", "nd", "n.d.", "nil data", "null", "none",
    "not available", "not known", "missing",
}  # fmt: skip
_MARKS = re.compile(
    r"(?:\s*(?:[*†‡§¶#ª°º]|[⁰¹²³⁴-⁹]|\[[^\]]{1,4}\]|(?<=[\d+\s])\([^)\d-]{1,3}\)|(?<=\d)\s*\(\d{1,2}\)|(?<=[\d+])\s?[a-zA-Z]))+$"
)
_GROUPED = {
    ",": re.compile(r"\d{1,3}(?:,\d{3})+$"),
    ".": re.compile(r"\d{1,3}(?:\.\d{3})+$"),
    " ": re.compile(rf"\d{{1,3}}(?:[{SPACES}]\d{{3}})+$"),
}
_RANGE = re.compile(r"(.+?)\s*(?:-|–|—|−|\bto\b|\bà\b|\.\.\.?)\s*(.+)$", re.IGNORECASE)
_BELOW = re.compile(r"(?:<|&lt;|less than|fewer than|under|moins de)\s*(.+)$", re.IGNORECASE)
_AT_MOST = re.compile(r"(?:≤|<=|&le;|up to)\s*(.+)$", re.IGNORECASE)
_ABOVE = re.compile(r"(?:>|&gt;|more than|over|plus de)\s*(.+)$", re.IGNORECASE)
_AT_LEAST = re.compile(r"(?:(?:≥|>=|&ge;|at least)\s*(.+)|(.+?)\s*\+)$", re.IGNORECASE)


@dataclass(frozen=True)
class Value:
    """A count known as low to high; no upper end where `high` is None."""

    low: int
    high: int | None


@dataclass(frozen=True)
class Bad:
    """No count, by a reason of `REASONS`."""

    reason: str


@dataclass(frozen=True)
class Style:
    """What parts thousands and what parts decimals in this file, as far as it shows itself: ".", "," or nothing known."""

    thousands: frozenset[str] = frozenset()
    decimals: frozenset[str] = frozenset()


Parsed = Value | Bad | None
"""None: nothing is there, or a sign says that it is not known."""


def clean(text: str) -> str:
    """Without blanks around and footnote marks behind; digits of any script as ours."""
    plain = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text.strip())
    plain = plain.strip().strip("\u200e\u200f\u202a\u202c\ufeff").strip()
    return plain if is_missing(plain) else _MARKS.sub("", plain).strip()


def is_missing(text: str) -> bool:
    """Whether this says that nothing is known here."""
    return text.strip().lower() in _MISSING


def style(texts: Iterable[str]) -> Style:
    """What the numbers of a file show of its notation: three groups or a point beside a comma leave no doubt."""
    thousands, decimals = set[str](), set[str]()
    for text in texts:
        plain = clean(text)
        for sign, other in ((",", "."), (".", ",")):
            if re.fullmatch(rf"-?\d{{1,3}}(?:\{sign}\d{{3}}){{2,}}", plain):
                thousands.add(sign)
            if re.fullmatch(rf"-?\d{{1,3}}(?:\{sign}\d{{3}})+\{other}\d+", plain):
                thousands.add(sign)
                decimals.add(other)
            if re.fullmatch(rf"-?\d+\{sign}(?:\d{{1,2}}|\d{{4,}})", plain):
                decimals.add(sign)
    return Style(frozenset(thousands), frozenset(decimals))


def parse(text: str, known: Style, separator: str = "") -> Parsed:
    """A count, a range of counts, nothing, or why not. `separator`: of the file's cells; a semicolon speaks for points in thousands."""
    plain = clean(text)
    if is_missing(plain):
        return None
    for pattern, ends in ((_AT_MOST, (0, 0)), (_BELOW, (1, -1)), (_AT_LEAST, (0, None)), (_ABOVE, (1, None))):
        if found := pattern.fullmatch(plain):
            return _open(next(part for part in found.groups() if part), ends, known, separator)
    if (found := _RANGE.fullmatch(plain)) and found.group(1)[:1].isdigit() and found.group(2)[:1].isdigit():
        return _between(*(_whole(part.strip(), known, separator) for part in found.groups()))
    got = _whole(plain, known, separator)
    return got if isinstance(got, Bad) else Value(got, got)


def _open(text: str, ends: tuple[int, int | None], known: Style, separator: str) -> Value | Bad:
    """<5 is 1 to 4: where nobody was counted such tables print 0."""
    got = _whole(text.strip(), known, separator)
    if isinstance(got, Bad):
        return got
    below, above = ends
    if above is None:
        return Value(got + below, None)
    return Value(min(below, max(got + above, 0)), max(got + above, 0))


def _between(low: "int | Bad", high: "int | Bad") -> Value | Bad:
    if isinstance(low, Bad):
        return low
    if isinstance(high, Bad):
        return high
    return Value(low, high) if low <= high else Bad("backwards")


def _whole(text: str, known: Style, separator: str) -> "int | Bad":
    reason = _refused(text)
    if reason:
        return Bad(reason)
    if text.isdigit():
        return _bounded(int(text)) if len(text) < 20 else Bad("huge")
    for sign, pattern in _GROUPED.items():
        if pattern.fullmatch(text):
            return _bounded(int(re.sub(r"\D", "", text))) if _parts(sign, text, known, separator) else _doubt(sign, known)
    if found := re.fullmatch(r"(\d{1,15})[.,](0+)", text):
        return _bounded(int(found.group(1)))
    if found := re.fullmatch(r"(\d{1,3}(?:,\d{3})+)\.0+|(\d{1,3}(?:\.\d{3})+),0+", text):
        return _bounded(int(re.sub(r"\D", "", found.group(1) or found.group(2))))
    return Bad("fraction" if re.fullmatch(r"\d[\d.,]*", text) else "not_a_number")


def _refused(text: str) -> str:
    if re.fullmatch(r"[-−–]\s*\d.*|\(\s*\d[\d.,\s]*\)", text):
        return "negative"
    if text.endswith("%"):
        return "percent"
    return "scientific" if re.fullmatch(r"\d+(?:[.,]\d+)?[eE][+-]?\d+", text) else ""


def _parts(sign: str, text: str, known: Style, separator: str) -> bool:
    """Whether the sign in this grouped number parts thousands."""
    if sign == " " or sign in known.thousands or text.count(sign) > 1:
        return True
    if sign in known.decimals:
        return False
    return sign == "," or separator == ";"


def _doubt(sign: str, known: Style) -> Bad:
    return Bad("fraction" if sign in known.decimals and sign == "." and "," in known.thousands else "ambiguous")


def _bounded(number: int) -> "int | Bad":
    return number if number <= GREATEST else Bad("huge")
