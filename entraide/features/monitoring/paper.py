"""A report on paper: numbered as United Nations documents are, as a structured text (from which Word comes) and as PDF."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import override

from entraide.engines.texts.model import CONTROLS, DocumentKind, Kind, Node, Text, tidy
from entraide.features.monitoring.choices import ParagraphKind
from entraide.features.monitoring.models import Edition, Paragraph, Recommendation
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
    def annexed(self) -> bool:
        """Whether it is the State's, and not the report's."""
        return self.row.kind == ParagraphKind.ANNEX

    @property
    def anchor(self) -> str:
        """Where it stands on the page; of a paragraph also its permanent id in the published text."""
        return f"para_{self.number}" if self.number and not self.heading else f"line_{self.row.place}"


def lines(edition: Edition) -> list[Line]:
    """The report in reading order, numbered; annexed comments stand at its end and have no numbers."""
    rows = list(Paragraph.objects.filter(edition=edition).order_by("place"))
    body = [row for row in rows if row.kind != ParagraphKind.ANNEX]
    given = numbers((row.kind == ParagraphKind.HEADING, row.level) for row in body)
    annex = [Line(row, "") for row in rows if row.kind == ParagraphKind.ANNEX]
    return [*(Line(row, number) for row, number in zip(body, given, strict=True)), *annex]


def languages(found: Iterable[Line]) -> list[str]:
    """The languages in which the whole report is written; where there is none, those of its first line. Comments are as they came."""
    spoken = [set(line.row.texts) for line in found if not line.annexed]
    return sorted(set.intersection(*spoken) or spoken[0]) if spoken else []


def as_texts(edition: Edition) -> list[Text]:
    """The report as a structured text, in each language in which it is whole."""
    found = lines(edition)
    return [as_text(edition, found, language, verbs_of(edition, language)) for language in languages(found)]


def verbs_of(edition: Edition, language: str | None = None) -> dict[object, str]:
    """{paragraph: the verb of its recommendation}, in a language."""
    verbs = {each["code"]: each["names"] for each in edition.evaluation.round.mechanism.verbs}
    rows = Recommendation.objects.filter(edition=edition).values_list("paragraph", "verb")
    return {paragraph: localised(verbs.get(verb, {"en": verb}), language) for paragraph, verb in rows}


def as_text(edition: Edition, found: Sequence[Line], language: str, verbs: Mapping[object, str]) -> Text:
    """The report as a tree: headings hold what follows them. verbs: {paragraph: the verb of its recommendation}."""
    root = Node("root", Kind.LEVEL)
    stack: list[tuple[int, Node]] = [(0, root)]
    counts: dict[str, int] = {}
    for line in found:
        words = f"{verbs.get(line.row.pk, '')} {localised(line.row.texts, language)}".strip()
        if line.annexed:
            continue
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
    annex = [line for line in found if line.annexed]
    nodes = (*stack[0][1].children, *([_annex(annex, language)] if annex else []))
    return Text(localised(edition.titles, language), language, DocumentKind.DOC, nodes)


def _annex(found: Sequence[Line], language: str) -> Node:
    """What the State said, as it said it."""
    with override(language):
        heading = _("Comments of the State")
    said = tuple(
        Node(f"annex_1__para_{place}", Kind.PARAGRAPH, text=tidy(CONTROLS.sub("", localised(line.row.texts, language))))
        for place, line in enumerate(found, start=1)
    )
    return Node("annex_1", Kind.ANNEX, heading=heading, children=said)


def _with(node: Node, child: Node) -> Node:
    return replace(node, children=(*node.children, child))


def _fold(stack: list[tuple[int, Node]], level: int) -> None:
    """Hangs finished headings under those above them."""
    while stack[-1][0] >= level:
        _done_level, done = stack.pop()
        stack[-1] = (stack[-1][0], _with(stack[-1][1], done))
