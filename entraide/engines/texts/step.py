"""Languages in step: the same provisions, the same notes, in every language of a text."""

from collections.abc import Mapping
from dataclasses import dataclass

from entraide.engines.texts.model import Kind, Text


@dataclass(frozen=True, slots=True)
class Gap:
    """A provision or note that not every language has; a tie counts as missing where it is not."""

    id: str
    kind: Kind | None
    here: tuple[str, ...]
    absent: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The languages in which it is missing: those without it, where half or more have it."""
        return self.absent if len(self.here) >= len(self.absent) else ()

    @property
    def extra(self) -> tuple[str, ...]:
        """The languages in which it is one too many: those with it, where most have it not."""
        return self.here if len(self.here) < len(self.absent) else ()


@dataclass(frozen=True, slots=True)
class InStep:
    """How far the languages go together; `misplaced` are provisions that stand under another one, or in another order, somewhere."""

    gaps: tuple[Gap, ...]
    misplaced: tuple[str, ...] = ()
    empty: tuple[tuple[str, str], ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every language has every provision in the same place, with words in it."""
        return not (self.gaps or self.misplaced or self.empty)

    def missing(self, language: str) -> tuple[str, ...]:
        """Ids of what this language lacks."""
        return tuple(gap.id for gap in self.gaps if language in gap.missing)

    def extra(self, language: str) -> tuple[str, ...]:
        """Ids of what only this language, or too few, have."""
        return tuple(gap.id for gap in self.gaps if language in gap.extra)


def in_step(texts: Mapping[str, Text]) -> InStep:
    """Compares the languages of one text by id; `empty` names (language, id) where another language has words and this one has none."""
    has = {language: _ids(text) for language, text in texts.items()}
    every = dict.fromkeys(id for ids in has.values() for id in ids)
    gaps = []
    for id in every:
        here = tuple(language for language, ids in has.items() if id in ids)
        if len(here) < len(texts):
            absent = tuple(language for language in texts if language not in here)
            gaps.append(Gap(id, has[here[0]][id], here, absent))
    return InStep(tuple(gaps), _misplaced(texts), _empty(texts))


def _ids(text: Text) -> dict[str, Kind | None]:
    nodes: dict[str, Kind | None] = {node.id: node.kind for node in text.walk()}
    return nodes | {note.id: None for note in text.footnotes()}


def _misplaced(texts: Mapping[str, Text]) -> tuple[str, ...]:
    """Provisions whose parent, or whose neighbour before them among those all languages have, is not everywhere the same."""
    common = set.intersection(*({node.id for node in text.walk()} for text in texts.values())) if texts else set()
    seen: dict[str, set[tuple[str, str]]] = {}
    for text in texts.values():
        parents = {child.id: node.id for node in text.walk() for child in node.children}
        last: dict[str, str] = {}
        for node in text.walk():
            if node.id in common:
                parent = parents.get(node.id, "")
                seen.setdefault(node.id, set()).add((parent, last.get(parent, "")))
                last[parent] = node.id
    return tuple(id for id, places in seen.items() if len(places) > 1)


def _empty(texts: Mapping[str, Text]) -> tuple[tuple[str, str], ...]:
    words = {language: {node.id: bool(node.text or node.heading) for node in text.walk()} for language, text in texts.items()}
    return tuple(
        (language, id)
        for language, nodes in words.items()
        for id, written in nodes.items()
        if not written and any(other.get(id) for other in words.values())
    )
