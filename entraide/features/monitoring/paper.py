"""A report on paper: numbered as United Nations documents are, as a structured text (from which Word comes) and as PDF."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from entraide.engines.texts import Cover
from entraide.engines.texts.model import CONTROLS, DocumentKind, Footnote, Kind, Node, Text, tidy
from entraide.features.monitoring.choices import TRAVELS, ParagraphKind
from entraide.features.monitoring.models import Edition, Evidence, Paragraph, Recommendation
from entraide.features.monitoring.numbering import numbers
from entraide.kernel.base.countries import country_name
from entraide.kernel.base.names import localised

HEADINGS = (Kind.SECTION, Kind.SUBSECTION, Kind.LEVEL)
STEMS = ("sec", "subsec", "level")


@dataclass(frozen=True)
class Line:
    """A paragraph with its number."""

    row: Paragraph
    number: str
    note: str = ""

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

    def said(self, language: str) -> str:
        """Its words in a language, without line ends or hidden signs."""
        return tidy(CONTROLS.sub("", localised(self.row.texts, language)))


def lines(edition: Edition) -> list[Line]:
    """The report in reading order, numbered, each with what it rests on; annexed comments stand at its end and have no numbers."""
    rows = list(Paragraph.objects.filter(edition=edition).order_by("place"))
    body = [row for row in rows if row.kind != ParagraphKind.ANNEX]
    given = numbers((row.kind == ParagraphKind.HEADING, row.level) for row in body)
    annex = [Line(row, "") for row in rows if row.kind == ParagraphKind.ANNEX]
    notes = _notes(edition)
    return [*(Line(row, number, "; ".join(notes.get(row.pk, ()))) for row, number in zip(body, given, strict=True)), *annex]


def _notes(edition: Edition) -> dict[UUID, list[str]]:
    """{paragraph: what its findings rest on, as far as the reader may see it}."""
    out: dict[UUID, list[str]] = {}
    for proof in Evidence.objects.filter(edition=edition).select_related("finding").order_by("created_at", "id"):
        stays = "" if proof.origin in TRAVELS else f" ({_('Stays with the team')})"
        title = tidy(CONTROLS.sub("", proof.title))
        out.setdefault(proof.finding.paragraph_id, []).append(f"{title}{f', {proof.url}' if proof.url else ''}{stays}")
    return out


def cover(edition: Edition, language: str) -> Cover:
    """What stands above a report: whose it is, its symbol, which edition, of what day, for whom."""
    evaluation = edition.evaluation
    day = edition.published_at or edition.closed_at
    with override(language):
        open_to = _("Public") if edition.published_at else _("Not for publication")
        shown = [
            f"{country_name(evaluation.state)}, {localised(evaluation.round.names, language)}",
            f"{edition.get_kind_display()}, {date_format(day.date())}" if day else edition.get_kind_display(),
            open_to,
            *([_("Invented for the demonstration")] if evaluation.invented else []),
        ]
    return Cover(localised(evaluation.round.mechanism.names, language), edition.symbol, tuple(shown))


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
    marks = count(1)
    for line in found:
        words = f"{verbs.get(line.row.pk, '')} {line.said(language)}".strip()
        if line.annexed:
            continue
        if not line.heading:
            stack[-1] = (stack[-1][0], _with(stack[-1][1], _paragraph(line, words, marks)))
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
    said = tuple(Node(f"annex_1__para_{place}", Kind.PARAGRAPH, text=line.said(language)) for place, line in enumerate(found, start=1))
    return Node("annex_1", Kind.ANNEX, heading=annex_heading(language), children=said)


def annex_heading(language: str) -> str:
    """Above what the State said."""
    with override(language):
        return _("Comments of the State")


def _paragraph(line: Line, words: str, marks: Iterator[int]) -> Node:
    """A numbered paragraph; what it rests on is a footnote at its end."""
    notes = (Footnote(f"{line.anchor}__fn", str(next(marks)), line.note, len(words)),) if line.note else ()
    return Node(line.anchor, Kind.PARAGRAPH, line.number, text=words, footnotes=notes)


def _with(node: Node, child: Node) -> Node:
    return replace(node, children=(*node.children, child))


def _fold(stack: list[tuple[int, Node]], level: int) -> None:
    """Hangs finished headings under those above them."""
    while stack[-1][0] >= level:
        _done_level, done = stack.pop()
        stack[-1] = (stack[-1][0], _with(stack[-1][1], done))
