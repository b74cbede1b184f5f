"""Between the engine's trees and our rows."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from uuid import UUID

from entraide.engines.texts.model import DocumentKind, Footnote, Kind, Node, Place, Text
from entraide.features.texts.models import Heading, Provision, Version, Wording

Flat = tuple[Node, int]
"""A node and its depth."""


def flat(nodes: Iterable[Node], depth: int = 0) -> list[Flat]:
    """Nodes in reading order with their depth."""
    return [pair for node in nodes for pair in [(node, depth), *flat(node.children, depth + 1)]]


def notes_as_json(notes: Iterable[Footnote]) -> list[dict[str, object]]:
    """Footnotes as they are kept."""
    return [asdict(note) | {"place": str(note.place)} for note in notes]


def notes_from_json(kept: Iterable[dict[str, object]]) -> tuple[Footnote, ...]:
    """Footnotes as the engine knows them."""
    return tuple(
        Footnote(str(note["id"]), str(note["mark"]), str(note["text"]), int(str(note["at"])), Place(str(note["place"]))) for note in kept
    )


def rows(text: Text, version: Version, provisions: dict[str, Provision]) -> list[Wording]:
    """Unsaved wordings of a text under its provisions, {eid: provision}."""
    return [
        Wording(
            holder=version.holder, published=version.published, version=version, provision=provisions[node.id], language=text.language,
            place=place, depth=depth, kind=str(node.kind), number=node.number, heading=node.heading, text=node.text,
            footnotes=notes_as_json(node.footnotes),
        )
        for place, (node, depth) in enumerate(flat(text.nodes))
    ]  # fmt: skip


def tree(heading: Heading, wordings: Sequence[Wording], eids: dict[UUID, str]) -> Text:
    """The engine's tree of a version in one language; `wordings` in reading order, `eids` by provision."""
    nodes, rest = _children(wordings, eids, 0)
    assert not rest
    return Text(heading.title, heading.language, DocumentKind(heading.form), nodes, notes_from_json(heading.notes))


def _children(wordings: Sequence[Wording], eids: dict[UUID, str], depth: int) -> tuple[tuple[Node, ...], Sequence[Wording]]:
    found: list[Node] = []
    while wordings and wordings[0].depth >= depth:
        row = wordings[0]
        children, wordings = _children(wordings[1:], eids, depth + 1)
        found.append(
            Node(eids[row.provision_id], Kind(row.kind), row.number, row.heading, row.text, notes_from_json(row.footnotes), children)
        )
    return tuple(found), wordings
