"""The numbers Word counts itself (ECMA-376 part 1, 17.9): they stand in no paragraph's text and have to be counted again."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from entraide.engines.texts.numerals import to_letter, to_roman

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9


def value(element: Element | None, path: str) -> str:
    """The `w:val` of the element at this path below, or ""."""
    found = element.find("/".join(W + name for name in path.split("/"))) if element is not None else None
    return found.get(f"{W}val", "") if found is not None else ""


def number(text: str, otherwise: int = 0) -> int:
    """A small whole number, or what is said otherwise."""
    return int(text) if text.isdecimal() and len(text) < 7 else otherwise


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how it counts, and the pattern around its number ("%1.%2")."""

    start: int = 1
    format: str = "decimal"
    pattern: str = "%1."


@dataclass(slots=True)
class Numbering:
    """All lists of a document and where each stands."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Element | None) -> "Numbering":
        """From `word/numbering.xml`; none where there is none."""
        made = cls()
        for abstract in root.findall(f"{W}abstractNum") if root is not None else []:
            made.levels[abstract.get(f"{W}abstractNumId", "")] = {
                number(level.get(f"{W}ilvl", "")): Level(
                    number(value(level, "start"), 1), value(level, "numFmt") or "decimal", value(level, "lvlText")
                )
                for level in abstract.findall(f"{W}lvl")
            }
        for listed in root.findall(f"{W}num") if root is not None else []:
            name = listed.get(f"{W}numId", "")
            made.lists[name] = value(listed, "abstractNumId")
            for override in listed.findall(f"{W}lvlOverride"):
                if start := value(override, "startOverride"):
                    made.starts[(name, number(override.get(f"{W}ilvl", "")))] = number(start, 1)
        return made

    def next(self, name: str, depth: int) -> str:
        """The label of the next paragraph of this list at this depth: "12.", "(a)", "•"; "" where the list is not known."""
        levels = self.levels.get(self.lists.get(name, ""), {})
        level = levels.get(depth)
        if level is None or level.format == "none" or depth >= LEVELS:
            return ""
        if level.format == "bullet":
            return "•"
        # Lists on the same definition count together unless one says where it starts.
        own = name if any(key[0] == name for key in self.starts) else self.lists[name]
        counts = self.counts.setdefault(own, [None] * LEVELS)
        last = counts[depth]
        counts[depth] = self.starts.get((name, depth), level.start) if last is None else last + 1
        counts[depth + 1 :] = [None] * (LEVELS - depth - 1)
        return self._label(level, levels, counts)

    def _label(self, level: Level, levels: dict[int, Level], counts: list[int | None]) -> str:
        label = level.pattern
        for depth in range(LEVELS):
            if f"%{depth + 1}" in label:
                at = levels.get(depth, Level())
                count = counts[depth]
                label = label.replace(f"%{depth + 1}", written(at.start if count is None else count, at.format))
        return f"{label}." if label.isalnum() else label


def written(count: int, format: str) -> str:
    """A count in the format Word names."""
    if format in ("lowerLetter", "upperLetter") and count > 0:
        return to_letter(count) if format == "lowerLetter" else to_letter(count).upper()
    if format in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        return to_roman(count) if format == "upperRoman" else to_roman(count).lower()
    return f"{count:02}" if format == "decimalZero" else str(count)
