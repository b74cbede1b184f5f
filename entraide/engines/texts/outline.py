"""Blocks to a tree: which heading holds what, which item belongs to which list."""

from dataclasses import dataclass

from entraide.engines.texts.blocks import Block
from entraide.engines.texts.ids import Draft
from entraide.engines.texts.markers import Marker, Style
from entraide.engines.texts.model import DocumentKind, Kind, Problem
from entraide.engines.texts.numerals import bare

RANK = {
    Kind.ANNEX: 0,
    Kind.PART: 1,
    Kind.TITLE: 2,
    Kind.CHAPTER: 3,
    Kind.SECTION: 4,
    Kind.SUBSECTION: 5,
    Kind.LEVEL: 6,
    Kind.HEADING: 7,
    Kind.PREAMBLE: 8,
    Kind.ARTICLE: 8,
}
NAMED = (Kind.ARTICLE, Kind.PART, Kind.TITLE, Kind.CHAPTER, Kind.SECTION, Kind.ANNEX)
DEPTHS = (Kind.PARAGRAPH, Kind.SUBPARAGRAPH, Kind.POINT)
PREAMBLES = frozenset(map(bare, ("Préambule", "Preamble", "Preámbulo", "Präambel", "Preambolo", "Преамбула", "الديباجة", "序言")))
SUMMARIES = frozenset(map(bare, ("Résumé", "Summary", "Resumen", "Резюме", "موجز", "摘要", "Zusammenfassung", "Abstract", "Introduction")))
ANNEXES = frozenset(map(bare, ("Annex", "Annexe", "Anexo", "Anhang", "Appendix", "Приложение", "المرفق", "附件")))
LEVELS = {1: Kind.SECTION, 2: Kind.SUBSECTION, 3: Kind.LEVEL}


@dataclass(slots=True)
class Item:
    """An open list: its last unit, its style and where its numbering stands."""

    draft: Draft
    style: Style
    ordinal: int


class Outline:
    """Takes blocks one by one; `roots` is the tree, `title` what stood before it."""

    def __init__(self, blocks: list[Block], title: str = "") -> None:
        self.blocks = blocks
        self.title = title
        self.title_line = 0
        self.roots: list[Draft] = []
        self.path: list[tuple[Draft, int]] = []
        self.items: list[Item] = []
        self.heads: dict[Style, int] = {}
        self.figure = 0
        self.problems: list[Problem] = []

    def run(self) -> None:
        """Builds the tree."""
        start = self._title()
        for place in range(start, len(self.blocks)):
            self._place(place)
        self._preamble()

    @property
    def kind(self) -> DocumentKind:
        """An act where there are articles, a statement where a preamble comes before numbered paragraphs, else a doc."""
        kinds = {draft.kind for root in self.roots for draft in root.walk()}
        if Kind.ARTICLE in kinds:
            return DocumentKind.ACT
        return DocumentKind.STATEMENT if Kind.PREAMBLE in kinds else DocumentKind.DOC

    def _title(self) -> int:
        """Headings without number at the very top are the title, but for the one a summary stands under."""
        end = 0
        if self.title:
            return 0
        while end < len(self.blocks) and self._plain_heading(self.blocks[end]):
            end += 1
        while end and bare(self.blocks[end - 1].text).strip(" :.") in SUMMARIES | PREAMBLES:
            end -= 1
        self.title = " ".join(block.text for block in self.blocks[:end])
        self.title_line = self.blocks[0].line if end else 0
        return end

    @staticmethod
    def _plain_heading(block: Block) -> bool:
        return block.heading_like and not block.markers and not block.level

    def _place(self, place: int) -> None:
        block = self.blocks[place]
        chosen = self._head(block, place)
        if chosen:
            self._open_head(block, chosen)
        elif block.kind and block.kind in RANK:
            alone = block.kind is Kind.ANNEX and bare(block.text).strip(" :.") in ANNEXES
            self._open(Draft(block.kind, block.line, block.text if alone else "", heading="" if alone else block.text))
        elif block.level and not block.markers:
            self._open(Draft(LEVELS.get(block.level, Kind.HEADING), block.line, heading=block.text))
        elif block.markers:
            self._item(block)
        elif block.heading_like and not self._is_last_words(place):
            self._plain_head(block)
        else:
            self._text(block)

    def _is_last_words(self, place: int) -> bool:
        """Nothing can stand under a heading that ends the document."""
        return place == len(self.blocks) - 1

    def _head(self, block: Block, place: int) -> Marker | None:
        """The reading of this block as a numbered heading, if it is one."""
        words = next((marker for marker in block.markers if marker.style is Style.WORD), None)
        if words:
            return words
        if not block.heading_like:
            return None
        heads = [marker for marker in block.markers if marker.style in (Style.HEAD_ROMAN, Style.HEAD_LETTER)]
        expected = [marker for marker in heads if marker.ordinal == self.heads.get(marker.style, 0) + 1]
        if Style.HEAD_LETTER in self.heads and len(expected) > 1:
            expected.sort(key=lambda marker: marker.ordinal == 1)
        if heads:
            return (expected or heads)[0]
        return self._figure_head(block, place)

    def _figure_head(self, block: Block, place: int) -> Marker | None:
        """ "1. Title" is a heading where it does not go on the numbering of paragraphs and something stands under it."""
        figure = next((marker for marker in block.markers if marker.style is Style.DIGIT), None)
        after = self.blocks[place + 1] if place + 1 < len(self.blocks) else None
        if not figure or not after or block.lines > 2 or (self.items and self.items[0].style is not Style.DIGIT):
            return None
        if block.level:
            return figure
        next_figure = next((marker.ordinal for marker in after.markers if marker.style is Style.DIGIT), None)
        if next_figure is None or Style.HEAD_ROMAN not in self.heads:
            return None
        return figure if figure.ordinal != self.figure + 1 and next_figure == self.figure + 1 else None

    def _open_head(self, block: Block, marker: Marker) -> None:
        kinds = {Style.HEAD_ROMAN: Kind.SECTION, Style.HEAD_LETTER: Kind.SUBSECTION, Style.DIGIT: Kind.LEVEL}
        kind = marker.kind or kinds[marker.style]
        rest, title = marker.rest, block.heading_like or not marker.rest or kind in NAMED[1:]
        if kind is Kind.ARTICLE and not block.kind and marker.rest and Block(0, marker.rest, lines=block.lines).heading_like is False:
            title = False
        draft = Draft(kind, block.line, marker.number, marker.key, rest if title else "", "" if title else rest)
        self._in_sequence(marker, block)
        self._open(draft)

    def _in_sequence(self, marker: Marker, block: Block) -> None:
        """Keeps count of numbered headings; a lower one forgets the counts of those it holds."""
        if marker.style in (Style.HEAD_ROMAN, Style.HEAD_LETTER):
            last = self.heads.get(marker.style, 0)
            self._doubt(marker, last, block)
            self.heads = (
                {Style.HEAD_ROMAN: marker.ordinal} if marker.style is Style.HEAD_ROMAN else self.heads | {marker.style: marker.ordinal}
            )
        elif marker.kind and marker.kind is not Kind.ARTICLE:
            self.heads = {}

    def _open(self, draft: Draft) -> None:
        """Closes what ranks no higher and opens the new unit."""
        rank = RANK[draft.kind]
        while self.path and self.path[-1][1] >= rank:
            self.path.pop()
        self._innermost().append(draft)
        self.path.append((draft, rank))
        self.items = []
        if draft.kind in (Kind.ARTICLE, Kind.ANNEX):
            self.figure = 0

    def _innermost(self) -> list[Draft]:
        """Where the next unit goes that belongs to no list."""
        return self.path[-1][0].children if self.path else self.roots

    def _plain_head(self, block: Block) -> None:
        """A heading without number: the name of the article or chapter just opened, a preamble, an annex, or a heading of its own."""
        last = self.path[-1][0] if self.path else None
        name = bare(block.text).strip(" :.")
        if name in PREAMBLES:
            self._open(Draft(Kind.PREAMBLE, block.line, heading=block.text))
        elif name in ANNEXES:
            self._open(Draft(Kind.ANNEX, block.line, number=block.text))
        elif last and last.kind in NAMED and not (last.heading or last.text or last.children):
            last.heading = block.text
        else:
            self._open(Draft(Kind.HEADING, block.line, heading=block.text))

    def _text(self, block: Block) -> None:
        """Plain text: of the article just opened, after the list of a paragraph, or of its own."""
        if not self.items and self.path:
            last = self.path[-1][0]
            if last.kind is Kind.ARTICLE and not (last.text or last.children):
                last.text = block.text
                return
        parent = self.items[0].draft.children if self.items else self._innermost()
        first = next((sign for sign in block.text if sign.isalpha()), "")
        if first.islower():
            self.problems.append(Problem(block.line, block.text, "mid_sentence", placed=True))
        kind = Kind.RECITAL if self.path and self.path[-1][0].kind is Kind.PREAMBLE and not self.items else Kind.ALINEA
        draft = Draft(kind, block.line, text=block.text)
        parent.append(draft)

    def _item(self, block: Block) -> None:
        """One unit of a list."""
        marker, depth = self._depth(block)
        if marker.style is Style.DIGIT and depth == 0:
            self._leave_preamble()
            self._doubt(marker, self.figure, block)
            self.figure = marker.ordinal
        elif marker.style is not Style.BULLET:
            last = self.items[depth].ordinal if depth < len(self.items) else 0
            self._doubt(marker, last, block)
        kind = Kind.INDENT if marker.style is Style.BULLET or depth >= len(DEPTHS) else DEPTHS[depth]
        draft = Draft(kind, block.line, marker.number, marker.key, text=marker.rest)
        parent = self.items[depth - 1].draft.children if depth else self._innermost()
        parent.append(draft)
        self.items = [*self.items[:depth], Item(draft, marker.style, marker.ordinal)]

    def _leave_preamble(self) -> None:
        if self.path and self.path[-1][0].kind is Kind.PREAMBLE:
            self.path.pop()

    def _depth(self, block: Block) -> tuple[Marker, int]:
        """The reading and the list it belongs to: the innermost it continues, else a new list, else the list of its style."""
        colon = bool(self.items) and self.items[-1].draft.text.endswith((":", "：", "؛", "—"))
        candidates = [
            (marker, depth)
            for depth in range(len(self.items) - 1, -1, -1)
            for marker in block.markers
            if marker.style is self.items[depth].style and marker.ordinal in (self.items[depth].ordinal + 1, 0)
        ]
        fresh = [marker for marker in block.markers if marker.ordinal == 1]
        if fresh and (colon or not candidates) and not (fresh[0].style is Style.DIGIT and not self._inner_figures()):
            return fresh[0], len(self.items)
        if candidates:
            return candidates[0]
        for depth in range(len(self.items) - 1, -1, -1):
            for marker in block.markers:
                if marker.style is self.items[depth].style:
                    return marker, depth
        marker = block.markers[0]
        return marker, 0 if marker.style is Style.DIGIT else len(self.items)

    def _inner_figures(self) -> bool:
        """Whether "1." may open a list inside another one: only where the outer list is not itself numbered so."""
        return bool(self.items) and self.items[0].style is not Style.DIGIT and self.figure > 0

    def _doubt(self, marker: Marker, last: int, block: Block) -> None:
        """Numbers that do not follow are placed and reported."""
        if (
            marker.ordinal == last + 1
            or (marker.ordinal == last and marker.key != str(last) and not marker.key.isdigit())
            or "-" in marker.key
        ):
            return
        code = "missing_number" if marker.ordinal > last else "restart" if marker.ordinal == 1 else "out_of_order"
        self.problems.append(Problem(block.line, marker.number, code, placed=True))

    def _preamble(self) -> None:
        """Loose text before the first article, or before "1." where it ends with a comma, is the preamble."""
        loose = 0
        while loose < len(self.roots) and self.roots[loose].kind is Kind.ALINEA:
            loose += 1
        rest = self.roots[loose:]
        articles = any(draft.kind is Kind.ARTICLE for root in rest for draft in root.walk())
        operative = rest and rest[0].kind is Kind.PARAGRAPH and self.roots[0].text.endswith(",")
        if loose and rest and (articles or operative):
            preamble = Draft(Kind.PREAMBLE, self.roots[0].line, children=self.roots[:loose])
            for draft in preamble.children:
                draft.kind = Kind.RECITAL
            self.roots = [preamble, *rest]
