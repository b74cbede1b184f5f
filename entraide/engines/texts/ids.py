"""Permanent ids, derived from structure and number as Akoma Ntoso's eId (Naming Convention 1.0, section 5), never from words.

Articles and paragraphs numbered in figures count through the document (or their annex, article or preamble), so `para_12` stays
`para_12` when a section is put before it. Where a number stands twice, the second carries its section (`sec_II__para_1`), then a count.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from entraide.engines.texts.model import MAX_DEPTH, Footnote, Kind, Node, Place, Problem, Refused, tidy

SHORT = {
    Kind.PREAMBLE: "preamble",
    Kind.RECITAL: "rec",
    Kind.PART: "part",
    Kind.TITLE: "title",
    Kind.CHAPTER: "chp",
    Kind.SECTION: "sec",
    Kind.SUBSECTION: "subsec",
    Kind.LEVEL: "level",
    Kind.ARTICLE: "art",
    Kind.PARAGRAPH: "para",
    Kind.SUBPARAGRAPH: "subpara",
    Kind.POINT: "point",
    Kind.INDENT: "indent",
    Kind.ALINEA: "al",
    Kind.HEADING: "hcontainer",
    Kind.ANNEX: "annex",
}
SCOPES = (Kind.ANNEX, Kind.ARTICLE, Kind.PREAMBLE, Kind.PARAGRAPH, Kind.SUBPARAGRAPH, Kind.POINT, Kind.INDENT, Kind.RECITAL)
SIGNS = {"*": "star", "†": "dagger", "‡": "doubledagger"}


class Cited(NamedTuple):
    """A note and the place that cites it; `given` is the id it carries in the file, if any."""

    mark: str
    text: str
    at: int
    place: Place = Place.TEXT
    given: str = ""


@dataclass(slots=True)
class Draft:
    """A node while it is being built; `key` is its number as ids write it, "" where it has none."""

    kind: Kind
    line: int = 0
    number: str = ""
    key: str = ""
    heading: str = ""
    text: str = ""
    notes: list[Cited] = field(default_factory=list)
    children: "list[Draft]" = field(default_factory=list)
    given: str = ""

    def walk(self) -> "list[Draft]":
        """This draft and all below it, in reading order."""
        return [self, *(below for child in self.children for below in child.walk())]


def note_key(mark: str) -> str:
    """A footnote's mark as ids write it: `1`, `a`, `star2`."""
    kept = re.sub(r"\W", "", mark)
    return kept or f"{SIGNS.get(mark[:1], 'sign')}{len(mark) if len(mark) > 1 else ''}"


class Namer:
    """Gives every draft its id; keeps the ids a file already carries where they are unique."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.problems: list[Problem] = []

    def nodes(self, drafts: list[Draft], parent: str = "", scope: str = "", depth: int = 0) -> tuple[Node, ...]:
        """The drafts as nodes; `scope` is the id of the unit in which figures count."""
        if depth >= MAX_DEPTH:
            raise Refused("too_deep", limit=MAX_DEPTH)
        counts: dict[Kind, int] = {}
        made = []
        for draft in drafts:
            counts[draft.kind] = counts.get(draft.kind, 0) + 1
            made.append(self._node(draft, parent, scope, counts[draft.kind], depth))
        return tuple(made)

    def _node(self, draft: Draft, parent: str, scope: str, count: int, depth: int) -> Node:
        id = self._given(draft) or self._derived(draft, parent, scope, count)
        self.taken.add(id)
        below = id if draft.kind in SCOPES else scope
        notes = tuple(self.note(cited) for cited in draft.notes)
        children = self.nodes(draft.children, id, below, depth + 1)
        return Node(id, draft.kind, tidy(draft.number), tidy(draft.heading), draft.text, notes, children)

    def _given(self, draft: Draft) -> str:
        if draft.given and draft.given in self.taken:
            self.problems.append(Problem(draft.line, draft.given, "id_given_again", placed=True))
            return ""
        return draft.given

    def _derived(self, draft: Draft, parent: str, scope: str, count: int) -> str:
        own = SHORT[draft.kind] + ("" if draft.kind is Kind.PREAMBLE else f"_{draft.key or count}")
        through = draft.kind is Kind.ARTICLE or (draft.kind is Kind.PARAGRAPH and draft.key[:1].isdigit())
        prefixes = dict.fromkeys((scope, parent) if through else (parent,))
        wanted = [f"{prefix}__{own}" if prefix else own for prefix in prefixes]
        for id in wanted:
            if id not in self.taken:
                return id
        if draft.key:
            self.problems.append(Problem(draft.line, draft.number, "duplicate", placed=True))
        return self.free(wanted[-1])

    def free(self, id: str) -> str:
        """The id, or with the first count that is not taken."""
        if id not in self.taken:
            return id
        count = 2
        while f"{id}_{count}" in self.taken:
            count += 1
        return f"{id}_{count}"

    def note(self, cited: Cited) -> Footnote:
        """A footnote; a mark used again (numbering by page) gets a count."""
        id = self.free(cited.given or f"fn_{note_key(cited.mark)}")
        self.taken.add(id)
        return Footnote(id, cited.mark, tidy(cited.text), cited.at, cited.place)
