"""Text to numbered lines; running heads, page numbers and document symbols are set aside, never dropped."""

import re
from collections import Counter
from dataclasses import dataclass

from entraide.engines.texts.markers import BIDI, readings
from entraide.engines.texts.model import CONTROLS, MAX_LINE, Furniture, Refused, tidy

PAGE_NUMBER = re.compile(
    r"(?:[-–—] ?)?\d{1,4}(?: ?[-–—])?|\d{1,4} ?/ ?\d{1,4}|(?:page|página|seite|стр\.?|صفحة) \d{1,4}(?: ?(?:/|of|sur|de) ?\d{1,4})?",
    re.IGNORECASE,
)
SYMBOL = re.compile(
    r"[A-Z]{1,6}(?:/[A-Z0-9][A-Za-z0-9.*-]*){1,7}|(?:GE|V|N)\.?[ ]?\d\d-\d{4,6}(?: ?\([A-Z]\))?(?: +\d{1,4}(?: ?/ ?\d{1,4})?)?"
    r"|(?:\d{1,4}(?: ?/ ?\d{1,4})? +)?(?:GE\.|V\.|N\.)?\d\d-\d{5}(?: ?\([A-Z]\))?(?: +\d{1,4}(?: ?/ ?\d{1,4})?)?|\*\d{6,8}\*"
)
RULE = re.compile(r"[_‗─━═⎯]{4,}|[-—–]{8,}|\*{5,}|(?:[_*] ){4,}[_*]?")
ENDS = re.compile("\r\n|\n|\r")
TERMINAL = re.compile("[.;:!?…。;:؟؛][)\\]»”\"’')]*(?:[\\d¹²³⁰⁴-⁹*]{0,3}|(?:\ue000\\d+\ue001)+)$")
HEAD_LIMIT = 120
REPEATED = 3


@dataclass(slots=True)
class Line:
    """One line of the file: `number` counts from 1; `blank` says that an empty line stands before, `page` that a page turned there."""

    number: int
    text: str
    indent: int = 0
    blank: bool = False
    page: bool = False
    rule: bool = False

    @property
    def terminal(self) -> bool:
        """Whether it ends as sentences do."""
        return bool(TERMINAL.search(self.text))


def _clean(number: int, raw: str, furniture: list[Furniture]) -> str:
    """The line without invisible controls; direction marks that Arabic needs stay."""
    raw = raw.replace("\f", " ")
    if found := CONTROLS.findall(raw):
        counted = " ".join(f"U+{ord(sign):04X}×{times}" for sign, times in sorted(Counter(found).items()))
        furniture.append(Furniture(number, counted, "control"))
        raw = CONTROLS.sub("", raw)
    return raw


def split(text: str) -> tuple[list[Line], list[Furniture]]:
    """Lines without the empty ones, and what was set aside; `Refused` where a line is endless or there is no text."""
    furniture: list[Furniture] = []
    lines: list[Line] = []
    blank = page = True
    for number, raw in enumerate(ENDS.split(text), 1):
        if len(raw) > MAX_LINE:
            raise Refused("long_line", line=number, limit=MAX_LINE)
        turned = "\f" in raw
        raw = _clean(number, raw, furniture)
        shown = tidy(raw)
        page, blank = page or turned, blank or turned or not shown.strip("\u00a0" + BIDI)
        if shown.strip("\u00a0" + BIDI):
            indent = len(raw) - len(raw.lstrip())
            lines.append(Line(number, shown, indent, blank, page, bool(RULE.fullmatch(shown))))
            blank = page = False
    if not lines:
        raise Refused("empty")
    return _without_furniture(lines, furniture), furniture


def _without_furniture(lines: list[Line], furniture: list[Furniture]) -> list[Line]:
    """What remains when page numbers, symbols and running heads are set aside; the line after them knows that a page turned."""
    codes = [_furniture_code(line) for line in lines]
    _running_heads(lines, codes)
    kept: list[Line] = []
    page = blank = False
    for line, code in zip(lines, codes, strict=True):
        if code:
            furniture.append(Furniture(line.number, line.text, code))
            page, blank = True, blank or line.blank
            continue
        line.page, line.blank = line.page or page, line.blank or blank
        page = blank = False
        kept.append(line)
    return kept


def _furniture_code(line: Line) -> str:
    if PAGE_NUMBER.fullmatch(line.text):
        return "page_number"
    return "symbol" if SYMBOL.fullmatch(line.text) else ""


def _running_heads(lines: list[Line], codes: list[str]) -> None:
    """Short lines that return, but for their figures, three times or more beside the turn of a page are running heads."""

    def shape(line: Line) -> str:
        return line.text.casefold() if readings(line.text) else re.sub(r"\d+", "0", line.text.casefold())

    def at_turn(place: int) -> bool:
        line, after = lines[place], lines[place + 1] if place + 1 < len(lines) else None
        before = codes[place - 1] if place else "start"
        return line.page or bool(before) or after is None or after.page or bool(codes[place + 1])

    while True:
        turns = [
            place
            for place, line in enumerate(lines)
            if not codes[place] and not line.rule and len(line.text) < HEAD_LIMIT and at_turn(place)
        ]
        counted = Counter(shape(lines[place]) for place in turns)
        found = [place for place in turns if counted[shape(lines[place])] >= REPEATED]
        if not found:
            return
        for place in found:
            codes[place] = "running_head"


def width(lines: list[Line]) -> int:
    """How long full lines are, in characters: the length that nine lines of ten do not pass."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def would_fit(before: Line, after: Line, full: int) -> bool:
    """Whether the first word of the next line had room on the line before: then the line was broken on purpose."""
    return len(before.text) + 1 + len(after.text.split(" ", 1)[0]) <= full - 4
