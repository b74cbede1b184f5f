"""A report on paper: numbered as United Nations documents are, as a structured text (from which Word comes) and as PDF."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from entraide.engines.texts.model import DocumentKind, Kind, Node, Text
from entraide.features.monitoring.choices import ParagraphKind
from entraide.features.monitoring.models import Edition, Paragraph
from entraide.features.monitoring.numbering import numbers
from entraide.kernel.base.names import localised

HEADINGS = (Kind.SECTION, Kind.SUBSECTION, Kind.LEVEL)
STEMS = ("sec", "subsec", "level")


@dataclass(frozen=True)
class Line:
    """A paragraph with its number."""

    row: Paragraph
    number: str

    @property
    def heading(self) -> bool:
        """Whether it is a heading."""
        return self.row.kind == ParagraphKind.HEADING

    @property
    def anchor(self) -> str:
        """Where it stands on the page; of a paragraph also its permanent id in the published text."""
        return f"head_{self.row.place}" if self.heading else f"para_{self.number}"


def lines(edition: Edition) -> list[Line]:
    """The report in reading order, numbered."""
    rows = list(Paragraph.objects.filter(edition=edition).order_by("place"))
    given = numbers((row.kind == ParagraphKind.HEADING, row.level) for row in rows)
    return [Line(row, number) for row, number in zip(rows, given, strict=True)]


def languages(found: Iterable[Line]) -> list[str]:
    """The languages in which the whole report is written; where there is none, those of its first line."""
    spoken = [set(line.row.texts) for line in found]
    return sorted(set.intersection(*spoken) or spoken[0]) if spoken else []


def as_texts(edition: Edition) -> list[Text]:
    """The report as a structured text, in each language in which it is whole."""
    found = lines(edition)
    return [as_text(edition, found, language) for language in languages(found)]


def as_text(edition: Edition, found: Sequence[Line], language: str) -> Text:
    """The report as a tree: headings hold what follows them."""
    root = Node("root", Kind.LEVEL)
    stack: list[tuple[int, Node]] = [(0, root)]
    counts: dict[str, int] = {}
    for line in found:
        words = localised(line.row.texts, language)
        if not line.heading:
            stack[-1] = (stack[-1][0], _with(stack[-1][1], Node(line.anchor, Kind.PARAGRAPH, line.number, text=words)))
            continue
        level = min(max(line.row.level, 1), 3)
        _fold(stack, level)
        above = "" if stack[-1][1].id == "root" else f"{stack[-1][1].id}__"
        counts[above] = counts.get(above, 0) + 1
        node = Node(f"{above}{STEMS[level - 1]}_{counts[above]}", HEADINGS[level - 1], line.number, words)
        stack.append((level, node))
    _fold(stack, 1)
    return Text(localised(edition.titles, language), language, DocumentKind.DOC, stack[0][1].children)


def _with(node: Node, child: Node) -> Node:
    return replace(node, children=(*node.children, child))


def _fold(stack: list[tuple[int, Node]], level: int) -> None:
    """Hangs finished headings under those above them."""
    while stack[-1][0] >= level:
        _level, done = stack.pop()
        stack[-1] = (stack[-1][0], _with(stack[-1][1], done))
