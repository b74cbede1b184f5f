"""Lines to blocks: what belongs together is joined, and a number at the head of a line is believed or not."""

import re
from collections import Counter
from dataclasses import dataclass, field

from entraide.engines.texts.lines import Line, would_fit
from entraide.engines.texts.markers import Marker, Style, readings
from entraide.engines.texts.model import Furniture, Kind, Problem

HEADS = (Style.HEAD_ROMAN, Style.HEAD_LETTER, Style.WORD)
HALF = re.compile(r"([^\W\d_]{2,})[-\u00ad\u2010]$")
REST = re.compile(r"([^\W\d_]+)")
WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# First halves that keep their hyphen where the text itself gives no example.
PREFIXES = re.compile("non|sous|extra|anti|self|co|inter|plate|vice|mi|semi|ex|pre|post|multi|well|long|short|high|low|bien|demi|sud|nord")
HEADING_LINES, HEADING_LENGTH = 4, 280
LONGEST_WORD = 60


@dataclass(slots=True)
class Block:
    """A heading, a numbered unit or a stretch of text, with its first line and the ways to read its head."""

    line: int
    text: str
    markers: list[Marker] = field(default_factory=list)
    lines: int = 1
    page: bool = False
    level: int = 0
    kind: Kind | None = None

    @property
    def body(self) -> str:
        """The text after the number."""
        return self.markers[0].rest if self.markers else self.text

    @property
    def heading_like(self) -> bool:
        """Short, and not ending as sentences do; begins with a capital where the script has them."""
        text = self.body
        if self.kind or self.level:
            return self.level > 0
        first = next((sign for sign in text if sign.isalpha()), "")
        short = self.lines <= HEADING_LINES and len(text) <= HEADING_LENGTH
        return short and bool(first) and not first.islower() and not Line(0, text).terminal and not text.endswith(",")


class Blocks:
    """Joins lines; remembers the numbers met so that "b)" at the head of a line is believed after "a)"."""

    def __init__(self, full: int, words: Counter[str]) -> None:
        self.full, self.words = full, words
        self.blocks: list[Block] = []
        self.parts: list[Line] = []
        self.open: dict[Style, int] = {}
        self.furniture: list[Furniture] = []
        self.problems: list[Problem] = []

    def run(self, lines: list[Line]) -> list[Block]:
        """All blocks of the lines, in order."""
        for line in lines:
            markers = self._believed(line)
            if not self.parts or markers or self._parts_here(line):
                self._close()
                self.blocks.append(Block(line.number, "", markers, page=line.page))
                self._remember(markers)
            self.parts.append(line)
        self._close()
        return self.blocks

    def _close(self) -> None:
        """The lines gathered become the text of the last block."""
        if not self.parts:
            return
        block, head = self.blocks[-1], self.blocks[-1].markers
        text = self.parts[0].text
        for before, line in zip(self.parts, self.parts[1:], strict=False):
            text = self._joined(text, before, line)
        block.text, block.lines = text, len(self.parts)
        block.markers = [fresh for fresh in readings(text) if any(fresh.style is old.style for old in head)]
        self.parts = []

    def _joined(self, text: str, before: Line, line: Line) -> str:
        """Two lines as one; a word cut at the line end is put together as the rest of the text writes it."""
        half, rest = HALF.search(text[-LONGEST_WORD:]), REST.match(line.text[:LONGEST_WORD])
        if not half or not rest or not rest[1][0].islower():
            return f"{text}{'' if text.endswith(('/', '-')) and line.text[:1].isalnum() else ' '}{line.text}"
        whole, parted = (half[1] + rest[1]).casefold(), f"{half[1]}-{rest[1]}".casefold()
        certain = self.words[whole] or self.words[parted]
        if half[0][-1] != "\u00ad" and (self.words[parted] > self.words[whole] or (not certain and PREFIXES.fullmatch(half[1].casefold()))):
            return text + line.text
        self.furniture.append(Furniture(before.number, half[0][-1], "hyphen"))
        if not self.words[whole] and half[0][-1] != "\u00ad":
            self.problems.append(Problem(line.number, half[1] + rest[1], "word_joined", placed=True))
        return text[:-1] + line.text

    def _broken_before(self, line: Line) -> bool:
        """Whether something other than the paper's width ended the line before."""
        if not self.parts or line.blank or line.page:
            return True
        before = self.parts[-1]
        return before.terminal and (would_fit(before, line, self.full) or before.text[-1] in ":;؛；：")

    def _believed(self, line: Line) -> list[Marker]:
        """The readings of the head that may stand: after a break, or where the number is the one expected."""
        found = readings(line.text)
        if not found:
            return []
        broken = self._broken_before(line)
        if self.parts and line.page and not line.blank and not self.parts[-1].terminal:
            broken = False
        fits = bool(self.parts) and would_fit(self.parts[-1], line, self.full)
        kept = [marker for marker in found if broken or self._expected(marker) or (fits and self._opens(marker))]
        if kept and kept[0].style is Style.WORD and not self._stands_alone(kept[0], line):
            return []
        if not kept and found[0].style in (Style.DIGIT, Style.LETTER):
            self.problems.append(Problem(line.number, line.text, "not_a_number", placed=True))
        return kept

    def _stands_alone(self, marker: Marker, line: Line) -> bool:
        """An article's or chapter's head: nothing after it, a separator, or a title; not "Article 5 of the Convention is..."."""
        head = line.text[: len(line.text) - len(marker.rest)].rstrip()
        first = next((sign for sign in marker.rest if sign.isalpha()), "")
        return not marker.rest or not head[-1:].isalnum() or not first.islower()

    def _opens(self, marker: Marker) -> bool:
        """Whether a list may begin here, the line before having been ended on purpose: dashes anywhere, a first number under a heading."""
        under = self.blocks[-1].markers
        return marker.style is Style.BULLET or (bool(under) and under[0].style in HEADS and marker.ordinal == 1)

    def _expected(self, marker: Marker) -> bool:
        """Whether the number follows the last of its style."""
        if marker.style in HEADS or marker.style is Style.BULLET:
            return False
        return marker.style in self.open and marker.ordinal == self.open[marker.style] + 1

    def _remember(self, markers: list[Marker]) -> None:
        for marker in markers:
            if marker.style in (Style.DIGIT, *HEADS):
                self.open = {style: last for style, last in self.open.items() if style is Style.DIGIT}
            self.open[marker.style] = marker.ordinal

    def _parts_here(self, line: Line) -> bool:
        """Whether plain text begins a block of its own."""
        before, first = self.parts[-1], line.text[:1]
        heading = bool(self.blocks[-1].markers) and self.blocks[-1].markers[0].style in HEADS
        full = not would_fit(before, line, self.full)
        if line.page:
            joined = not heading and (not before.terminal or first.islower() or (full and not line.blank))
            return not joined
        if line.blank:
            return heading or before.terminal or not (first.islower() or (full and len(self.parts) > 1))
        if self.full > HEADING_LENGTH // 2:
            return True
        return self._ends_short(before, line, heading)

    def _ends_short(self, before: Line, line: Line, heading: bool) -> bool:
        """A line much shorter than the others, before a capital, ends a heading or a paragraph although no empty line follows."""
        first = next((sign for sign in line.text if sign.isalpha()), "")
        if first.islower() or not would_fit(before, line, self.full):
            return False
        short = len(before.text) < self.full * (0.75 if before.terminal else 0.6)
        return short and (before.terminal or len(self.parts) == 1 or heading)


def vocabulary(lines: list[Line]) -> Counter[str]:
    """How often each word stands in the text, halves at line ends left out."""
    return Counter(word.casefold() for line in lines for word in WORDS.findall(line.text)[:-1])
