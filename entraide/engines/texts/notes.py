"""Footnotes of a plain text: taken from the foot of pages or the end, and joined to the place that cites them."""

import re
from dataclasses import dataclass, field

from entraide.engines.texts.lines import Line, would_fit
from entraide.engines.texts.model import Furniture, Problem

SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
TO_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
MARK = re.compile(
    rf"(?:(?P<raised>[{RAISED}]{{1,3}})[ \u00a0]*|\[(?P<square>\d{{1,3}})\][ \u00a0]+|(?P<plain>\d{{1,3}})[.)]?[ \u00a0]+"
    r"|(?P<sign>[*†‡]{1,4}|[a-z](?=[ \u00a0]{2}))[ \u00a0]*)(?=\S)"
)
HEADING = re.compile("(?:Notes?|Endnotes?|Footnotes?|Notas|Anmerkungen|Примечания|الحواشي|注)[:.]?", re.IGNORECASE)
BODY_NUMBER = re.compile(r"(\d{1,4})\.[ \u00a0]")


@dataclass(slots=True)
class Note:
    """A note as it stands in the file: its mark, its lines, and the number of its first line."""

    mark: str
    line: int
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines as one."""
        return " ".join(self.parts)


@dataclass(slots=True)
class Collected:
    """The notes of a file and the lines that remain."""

    body: list[Line] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def note_mark(line: Line) -> tuple[str, str] | None:
    """The mark at the head of a note and the rest of the line, or None."""
    match = MARK.match(line.text)
    if not match:
        return None
    mark = match["raised"] or match["square"] or match["plain"] or match["sign"]
    return mark.translate(SUPERSCRIPT), line.text[match.end() :]


class Collector:
    """Walks the lines once; a rule (or a heading "Notes" near the end) opens the notes, their end is found by page, blank or sense."""

    def __init__(self, lines: list[Line], full: int) -> None:
        self.lines, self.full, self.got = lines, full, Collected()
        self.paged = sum(1 for line in lines if line.page) > 1
        self.paragraph = 0

    def run(self) -> Collected:
        """The notes and the body."""
        place, turned = 0, False
        while place < len(self.lines):
            line = self.lines[place]
            if line.rule or self._is_heading(place):
                self.got.furniture.append(Furniture(line.number, line.text, "rule" if line.rule else "note_heading"))
                after = self._notes(place + 1, ends=not line.rule)
                turned, place = turned or after > place + 1, after
                continue
            if match := BODY_NUMBER.match(line.text):
                self.paragraph = int(match[1])
            line.page, turned = line.page or turned, False
            self.got.body.append(line)
            place += 1
        return self.got

    def _is_heading(self, place: int) -> bool:
        """A heading "Notes" counts when a note's mark follows and nothing but notes comes after."""
        if not HEADING.fullmatch(self.lines[place].text) or place + 1 >= len(self.lines):
            return False
        found = note_mark(self.lines[place + 1])
        return found is not None and found[0] in ("1", "*", self._next())

    def _next(self) -> str:
        last = self.got.notes[-1].mark if self.got.notes else "0"
        return str(int(last) + 1) if last.isdecimal() else last + "*"

    def _notes(self, place: int, ends: bool) -> int:
        """Takes notes from here on and returns where the body goes on."""
        begun = False
        while place < len(self.lines):
            line = self.lines[place]
            if line.rule or (self.paged and line.page and begun and not ends):
                return place
            found = note_mark(line)
            if found and self._is_mark(found[0], begun, ends):
                self.got.notes.append(Note(found[0], line.number, [found[1]]))
            elif self._over(place, begun, ends):
                return place
            else:
                self.got.notes[-1].parts.append(line.text)
            begun = True
            place += 1
        return place

    def _over(self, place: int, begun: bool, ends: bool) -> bool:
        """Whether this line belongs to the body again."""
        if begun:
            return self._ends_before(self.lines[place], self.lines[place - 1], ends)
        return not self.got.notes or self._last_ended(place)

    def _last_ended(self, place: int) -> bool:
        """Whether the last note ended with its page; if not, it may run on under the next rule."""
        text = self.got.notes[-1].text
        return Line(0, text).terminal or bool(BODY_NUMBER.match(self.lines[place].text))

    def _is_mark(self, mark: str, begun: bool, ends: bool) -> bool:
        """A number opens a note if it follows the last one, or begins a page anew with 1."""
        if not mark.isdecimal():
            return True
        return mark == self._next() or (not begun and not ends) or (mark == "1" and self.paragraph != 0 and not ends)

    def _ends_before(self, line: Line, before: Line, ends: bool) -> bool:
        """Whether the body goes on with this line although no page turn is marked."""
        if ends or self.paged:
            return False
        match = BODY_NUMBER.match(line.text)
        if line.blank or (match and int(match[1]) == self.paragraph + 1):
            return True
        if before.terminal == would_fit(before, line, self.full):
            return before.terminal
        self.got.problems.append(Problem(line.number, line.text, "note_end", placed=True))
        return not before.terminal and line.indent > 0


def citing(mark: str) -> re.Pattern[str]:
    """Finds the mark in a text: raised, in square brackets, or glued to the word or sign before it."""
    plain = re.escape(mark)
    forms = [rf"\[{plain}\]"]
    if mark.isdecimal():
        raised = mark.translate(TO_SUPERSCRIPT)
        forms += [rf"(?<![{RAISED}]){raised}(?![{RAISED}])"]
        forms += [rf"(?<=[^\W\d_]{{2}}){plain}(?![\w/])", rf"(?<=[^\W\d_]{{2}}[.,;:!?»”\"’)]){plain}(?![\w/.])"]
    elif mark.isalpha():
        forms += [rf"(?<=[»”\"’)]){plain}(?!\w)"]
    else:
        forms += [rf"(?<![*†‡]){plain}(?![*†‡])"]
    return re.compile("|".join(forms))
