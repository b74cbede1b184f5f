"""The chain as links and the lines between them, for one State; built of what the reader may see and of nothing else."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Key = tuple[str, UUID]


class Stage(StrEnum):
    """The stages, in their order."""

    OBLIGATION = "obligation"
    QUESTION = "question"
    ANSWER = "answer"
    FINDING = "finding"
    RECOMMENDATION = "recommendation"
    DECISION = "decision"
    MEASURE = "measure"
    PROGRESS = "progress"
    NEXT = "next"


LABELS: dict[Stage, str | Promise] = {
    Stage.OBLIGATION: _("Obligation"),
    Stage.QUESTION: _("Question"),
    Stage.ANSWER: _("Answer and evidence"),
    Stage.FINDING: _("Finding"),
    Stage.RECOMMENDATION: _("Recommendation"),
    Stage.DECISION: _("Decision"),
    Stage.MEASURE: _("National measure"),
    Stage.PROGRESS: _("Progress"),
    Stage.NEXT: _("Next question"),
}


BEGINNINGS = frozenset({"answer", "evidence", "finding", "recommendation", "decision", "measure"})
"""Links that belong to one State, from which one can walk."""


SHORT = 160


def short(text: str) -> str:
    """The first words, for a link."""
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"


@dataclass(frozen=True)
class Link:
    """One thing in the chain: what it is, where its page is, how it stands ("" or a kind of tag)."""

    key: Key
    stage: Stage
    title: str
    url: str = ""
    detail: str = ""
    kind: str = "neutral"
    late: bool = False
    under: str = ""
    """The question that an answer answers: "yes" says nothing alone."""

    @property
    def walk(self) -> str:
        """The chain page that begins here; empty where one cannot begin."""
        return reverse("monitoring:chain", args=self.key) if self.key[0] in BEGINNINGS else ""


@dataclass
class Chain:
    """Links and lines. A line joins two links that both are there; what only one side of is visible is not drawn."""

    state: str
    links: dict[Key, Link] = field(default_factory=dict)
    lines: set[tuple[Key, Key]] = field(default_factory=set)

    def add(self, link: Link, *before: Key) -> None:
        """A link, with those before it that lead to it."""
        self.links[link.key] = link
        self.lines |= {(key, link.key) for key in before}

    def at(self, stage: Stage) -> list[Link]:
        """The links of a stage."""
        return [link for link in self.links.values() if link.stage == stage]

    def drawn(self) -> list[tuple[Key, Key]]:
        """Lines of which both ends are visible."""
        return sorted((a, b) for a, b in self.lines if a in self.links and b in self.links)

    def around(self, start: Key) -> "Chain":
        """What can be reached from a link by walking forward only, and by walking back only."""
        if start not in self.links:
            return Chain(self.state)
        reached = {start}
        for forward in (True, False):
            edge = {start}
            while edge:
                edge = {(b if forward else a) for a, b in self.drawn() if (a if forward else b) in edge} - reached
                reached |= edge
        return Chain(self.state, {key: link for key, link in self.links.items() if key in reached}, self.lines)
