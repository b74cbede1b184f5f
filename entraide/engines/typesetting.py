"""Documents set by Typst: with letters for every script that the machine has, fit for archives (PDF/A-2a) and for reading aloud (PDF/UA-1).

A sign that no font can show would come out as a box. Those standards forbid it, so Typst says which signs they are; then the document
says it too.
"""

import re
import unicodedata
from collections.abc import Callable, Collection
from datetime import date
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from entraide.engines.direction import written_in
from entraide.engines.sentence import Sentence, gettext_noop, say

if TYPE_CHECKING:
    from typst import Fonts

# The text of a PDF in Amiri can be searched and copied; Noto's Arabic fonts draw dots apart from their letters, which breaks both.
FACES = ("Libertinus Serif", "Amiri", "Noto Sans Thai")
HAN = {"zh": "SC", "zh-hant": "TC", "zh-tw": "TC", "zh-mo": "TC", "zh-hk": "HK", "ja": "JP", "ko": "KR"}
PACKAGES = ("fontpkg_amiri", "fontpkg_noto_sans_thai", "noto_cjk_sans_otc")
LACKING = gettext_noop(
    "The machine that made this document has no letters for: %(scripts)s. They stand here as boxes. The Word document has every word. "
    "Whoever runs the machine can install fonts, for instance those named Noto."
)
_SIGN = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")

Write = Callable[[Sentence | None], str]


def quoted(text: str) -> str:
    """A string of Typst: nothing in it can be a command."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "").replace("\n", "\\n") + '"'


def letters(language: str) -> str:
    """What `set text` takes for a language: its name, its fonts in order, and from which side it is read."""
    tag = language.lower()
    han = HAN.get(tag) or HAN.get(tag.split("-")[0], "SC")
    faces = ", ".join(quoted(face) for face in (*FACES, f"Noto Sans CJK {han}"))
    return f"lang: {quoted(tag.split('-')[0])}, font: ({faces})"


def day_of(day: date) -> str:
    """The day that a document carries: its own and not that of its making, so that the same document has the same bytes."""
    return f"datetime(year: {day.year}, month: {day.month}, day: {day.day})"


def words(text: str, language: str) -> str:
    """A text of the document's language; what runs the other way is set as a text of its own side."""
    own = written_in(text, language)
    return quoted(text) if own == language else f"{{set text({letters(own)}); {quoted(text)}}}"


def pdf(write: Write) -> bytes:
    """The document. `write` gives its source, and is given the sentence to put on top where signs can not be shown."""
    import typst

    try:
        return _one(typst.compile(write(None).encode(), format="pdf", font_paths=_fonts(), pdf_standards=["a-2a", "ua-1"]))
    except typst.TypstError as error:
        found = _missing(error.diagnostic)
        lacking = say(LACKING, scripts=sorted({_script(sign) for sign in found})) if found else None
        return _one(typst.compile(write(lacking).encode(), format="pdf", font_paths=_fonts()))


def png(source: str, ppi: float = 144) -> bytes:
    """One page as pixels."""
    import typst

    return _one(typst.compile(source.encode(), format="png", ppi=ppi, font_paths=_fonts()))


def _one(made: bytes | list[bytes]) -> bytes:
    return made if isinstance(made, bytes) else made[0]


@lru_cache(maxsize=1)
def _fonts() -> "Fonts":
    """Fonts of packages first, then those of the machine, then Typst's own; looked up once."""
    import typst

    found = (find_spec(name) for name in PACKAGES)
    return typst.Fonts(font_paths=[place for spec in found if spec for place in spec.submodule_search_locations or ()])


def _missing(diagnostic: str) -> Collection[str]:
    """Signs that Typst could not show, out of what it says; empty where something else is the matter."""
    texts = (_ESCAPE.sub(lambda code: chr(int(code[1], 16)), text) for text in _SIGN.findall(diagnostic))
    return {sign for text in texts for sign in text}


def _script(sign: str) -> str:
    """Khmer, Georgian; of a sign that is no letter its number."""
    name = unicodedata.name(sign, "")
    return name.split()[0].capitalize() if name and unicodedata.category(sign)[0] in "LM" else f"U+{ord(sign):04X}"
