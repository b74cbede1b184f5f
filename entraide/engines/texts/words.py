"""Texts as words: for comparing versions, and for recognising a quotation whatever its spacing and quotation marks."""

import re
import unicodedata

# Written without blanks between words: Japanese and Chinese, Thai and Lao, Khmer, Burmese.
UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f"
HIDDEN = "\u00ad\u200b-\u200f\u2060\u061c\ufeff"
MARKS = f"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc{HIDDEN}"
# A word with its marks, a sign, or a run of blanks; scripts without blanks between words go sign by sign.
TOKEN = re.compile(rf"[{UNSPACED}]|(?:[^\W{UNSPACED}][{MARKS}]*)+|\s+|[^\w\s]")
INVISIBLE = re.compile(f"[{HIDDEN}]")
QUOTES = str.maketrans(dict.fromkeys("«»“”„‟‹›〝〞「」『』", '"') | dict.fromkeys("’‘‚‛′`´ʼ", "'") | dict.fromkeys("‐‑‒–—―−", "-"))


def tokens(text: str) -> list[str]:
    """Words, signs and blanks; joined they are the text again."""
    found, at = [], 0
    for match in TOKEN.finditer(text):
        if match.start() > at:
            found.append(text[at : match.start()])
        found.append(match[0])
        at = match.end()
    return [*found, text[at:]] if at < len(text) else found


def normal(token: str) -> str:
    """A token as it is compared: NFKC, straight quotes, plain hyphens, nothing invisible; "" for blanks. Case is kept."""
    return unicodedata.normalize("NFKC", INVISIBLE.sub("", token)).translate(QUOTES).strip()


def signs(text: str) -> list[tuple[str, int, int]]:
    """The tokens that count, normalised, each with where it starts and ends in the text; "…" reads as three stops."""
    found: list[tuple[str, int, int]] = []
    at = 0
    for token in tokens(text):
        if plain := normal(token):
            parts = list(plain) if len(plain) > 1 and not plain[0].isalnum() else [plain]
            found += [(part, at, at + len(token)) for part in parts if part.strip()]
        at += len(token)
    return found
