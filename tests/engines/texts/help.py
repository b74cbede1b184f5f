"""Where the seed lies, and the account of every character of a file."""

import os
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from entraide.engines.texts.markers import BIDI, Style, readings
from entraide.engines.texts.model import CONTROLS, Imported, Node
from entraide.engines.texts.notes import SUPERSCRIPT
from entraide.engines.texts.plain import read_plain

SEPARATORS = "..:–—―--、．[]()§"


def seed_file() -> Path:
    """The report in French; the test is skipped where it is not at hand."""
    beside = Path(__file__).resolve().parents[4] / "shared" / "seed"
    folder = Path(os.environ.get("ENTRAIDE_SEED") or beside)
    files = sorted(folder.glob("*.txt")) if folder.is_dir() else []
    if not files:
        pytest.skip("the United Nations report to import is not here: set ENTRAIDE_SEED to its folder")
    return files[0]


@cache
def seed() -> Imported:
    """The report as read."""
    return read_plain(seed_file().read_bytes(), "fr")


def signs(texts: Iterable[str]) -> Counter[str]:
    """How often each sign stands there, blanks, controls and direction marks aside; raised figures count as figures."""
    plain = re.sub(rf"[\s{BIDI}]", "", "".join(texts))
    return Counter(CONTROLS.sub("", plain).translate(SUPERSCRIPT))


def kept(got: Imported) -> Counter[str]:
    """The signs of the tree, of what could not be placed and of what was set aside; notes' marks once more, for where they were cited."""
    tree = [part for node in got.text.walk() for part in (node.number, node.heading, node.text)] + [got.text.title]
    notes = [part for note in got.text.footnotes() for part in (note.mark, note.mark, note.text)]
    aside = [item.text for item in got.furniture if item.code != "control"]
    return signs([*tree, *notes, *(problem.text for problem in got.unplaced), *aside])


def lost(source: str, got: Imported) -> Counter[str]:
    """The signs of the source that stand nowhere, but for the separator after a number and the brackets of a note's mark."""
    missing = signs([source]) - kept(got)
    allowance = sum(2 for node in got.text.walk() if node.number) + 4 * sum(1 for _ in got.text.footnotes())
    for sign in SEPARATORS:
        spent = min(missing[sign], allowance)
        missing[sign] -= spent
        allowance -= spent
    return +missing


def shape(node: Node) -> tuple[str, str, tuple[object, ...]]:
    """A node's id, number and children's shapes."""
    return node.id, node.number, tuple(shape(child) for child in node.children)


def one(line: str) -> tuple[Style, str, int]:
    """The likeliest reading of a line's head."""
    marker = readings(line)[0]
    return marker.style, marker.key, marker.ordinal
