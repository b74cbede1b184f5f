"""Plain text, as extracted from a PDF or typed, to a tree."""

import re

from entraide.engines.texts.blocks import Block, Blocks, vocabulary
from entraide.engines.texts.encoding import decode
from entraide.engines.texts.ids import Draft, Namer
from entraide.engines.texts.joining import join
from entraide.engines.texts.lines import Line, split, width
from entraide.engines.texts.model import Furniture, Imported, Kind, Problem, Refused, Text
from entraide.engines.texts.notes import Collector, Note
from entraide.engines.texts.outline import Outline

LANGUAGE = re.compile("[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")


def language_tag(tag: str) -> str:
    """The tag as it is; `Refused` where it is none."""
    if not LANGUAGE.fullmatch(tag):
        raise Refused("language")
    return tag


def read_plain(data: bytes, language: str) -> Imported:
    """A `.txt` file as a tree; every line is in it, in `furniture`, or in `problems`. `Refused` where it is no text.

    `language` (BCP 47) also says which older encoding to try where the file is not UTF-8.
    """
    text, problems = decode(data, language_tag(language))
    lines, furniture = split(text)
    full = width(lines)
    got = Collector(lines, full).run()
    body, wordless = with_words(got.body)
    blocks = Blocks(full, vocabulary(body))
    found = blocks.run(body)
    return made(
        found, got.notes, language, problems + wordless + got.problems + blocks.problems, furniture + got.furniture + blocks.furniture
    )


def with_words(lines: list[Line]) -> tuple[list[Line], list[Problem]]:
    """The lines that hold a letter or figure; the others cannot be placed."""
    kept: list[Line] = []
    problems = []
    blank = page = False
    for line in lines:
        if any(sign.isalnum() for sign in line.text):
            line.blank, line.page = line.blank or blank, line.page or page
            blank = page = False
            kept.append(line)
        else:
            blank, page = True, page or line.page
            problems.append(Problem(line.number, line.text, "no_words"))
    return kept, problems


def made(blocks: list[Block], notes: list[Note], language: str, problems: list[Problem], furniture: list[Furniture]) -> Imported:
    """The tree of these blocks, its notes joined and its ids given; problems and furniture in the order of lines."""
    outline = Outline(blocks)
    outline.run()
    title = Draft(Kind.HEADING, outline.title_line, heading=outline.title)
    drafts = [title, *(draft for root in outline.roots for draft in root.walk())]
    doubts = join(drafts, notes)
    namer = Namer()
    nodes = namer.nodes(outline.roots)
    loose = tuple(namer.note(mark, text, at) for mark, text, at, _ in title.notes)
    text = Text(title.heading, language, outline.kind, nodes, loose)
    ordered = sorted(problems + outline.problems + doubts + namer.problems, key=lambda problem: problem.line)
    return Imported(text, tuple(ordered), tuple(sorted(furniture, key=lambda item: item.line)))
