"""`entraide texts`: structured texts at the command line, without a database."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from entraide.engines.texts import Imported, Node


@click.group()
def texts() -> None:
    """Structured texts: reports, conventions, resolutions."""


@texts.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--lang", "language", required=True, help="Language of the text, as a tag: fr, en, ar, pt-BR.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole tree as JSON.")
def import_texts(file: Path, language: str, as_json: bool) -> None:
    """Read a text (.txt, .docx, Akoma Ntoso .xml) and print its tree; nothing is stored.

    What could not be placed is listed with its line and the reason. Exit code 2 where the file cannot be read.
    """
    from entraide.engines.texts import Refused, read
    from entraide.engines.texts.model import MAX_BYTES

    try:
        with file.open("rb") as opened:
            got = read(opened.read(MAX_BYTES + 1), file.name, language)
    except Refused as refused:
        raise click.UsageError(str(refused)) from None
    click.echo(json.dumps(_told(got), ensure_ascii=False, indent=2) if as_json else "\n".join(_outline(got)))


def _told(got: "Imported") -> dict[str, object]:
    """The tree as plain values."""
    return {
        "title": got.text.title,
        "language": got.text.language,
        "kind": got.text.kind.value,
        "nodes": [_node(node) for node in got.text.nodes],
        "notes": [_note(note) for note in got.text.notes],
        "unplaced": [{"line": problem.line, "text": problem.text, "reason": problem.reason} for problem in got.unplaced],
        "doubts": [{"line": problem.line, "text": problem.text, "reason": problem.reason} for problem in got.doubts],
        "furniture": [{"line": item.line, "text": item.text, "reason": item.reason} for item in got.furniture],
    }


def _node(node: "Node") -> dict[str, object]:
    return {
        "id": node.id,
        "kind": node.kind.value,
        "number": node.number,
        "heading": node.heading,
        "text": node.text,
        "footnotes": [_note(note) for note in node.footnotes],
        "children": [_node(child) for child in node.children],
    }


def _note(note: "object") -> dict[str, object]:
    from entraide.engines.texts import Footnote

    assert isinstance(note, Footnote)
    return {"id": note.id, "mark": note.mark, "text": note.text, "at": note.at, "place": note.place.value}


def _outline(got: "Imported") -> list[str]:
    """The tree for reading: ids at the left, first words at the right; then what wants looking at."""
    lines = [got.text.title] if got.text.title else []
    for node in got.text.nodes:
        lines += _lines(node, 0)
    count = sum(1 for _ in got.text.walk())
    notes = sum(1 for _ in got.text.footnotes())
    told = f"{len(got.unplaced)} not placed, {len(got.doubts)} doubts, {len(got.furniture)} lines set aside"
    lines += ["", f"{count} provisions, {notes} footnotes, {told}"]
    for name, problems in (("not placed", got.unplaced), ("doubt", got.doubts)):
        lines += [f"line {problem.line:>5}  {name}: {problem.reason}  [{_short(problem.text)}]" for problem in problems]
    return lines


def _lines(node: "Node", depth: int) -> list[str]:
    from entraide.engines.texts import displayed

    words = " ".join(part for part in (displayed(node.number), node.heading, node.text) if part)
    marks = "".join(f" [{note.mark}]" for note in node.footnotes)
    own = f"{'  ' * depth + node.id:<38} {_short(words)}{marks}"
    return [own, *(line for child in node.children for line in _lines(child, depth + 1))]


def _short(text: str) -> str:
    return text if len(text) <= 78 else f"{text[:77]}…"
