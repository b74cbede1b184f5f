"""Plain text, as extracted from a PDF or typed, to a tree."""

import re
from collections.abc import Callable

from entraide.engines.texts.blocks import Block, Blocks, vocabulary
from entraide.engines.texts.encoding import decode
from entraide.engines.texts.ids import Draft, Namer
from entraide.engines.texts.joining import join
from entraide.engines.texts.lines import Line, split, width
from entraide.engines.texts.model import Furniture, Imported, Kind, Place, Problem, Refused, Text
from entraide.engines.texts.notes import Collector
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
    problems += wordless + got.problems + blocks.problems
    furniture += got.furniture + blocks.furniture
    return made(found, lambda drafts: join(drafts, got.notes), language, problems, furniture)


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


def made(
    blocks: list[Block],
    joined: Callable[[list[Draft]], list[Problem]],
    language: str,
    problems: list[Problem],
    furniture: list[Furniture],
    title: str = "",
) -> Imported:
    """The tree of these blocks, its notes put in by `joined` and its ids given; problems and furniture in the order of lines."""
    outline = Outline(blocks, title)
    outline.run()
    top = Draft(Kind.HEADING, outline.title_line, heading=outline.title)
    doubts = joined([top, *(draft for root in outline.roots for draft in root.walk())])
    namer = Namer()
    nodes = namer.nodes(outline.roots)
    loose = tuple(namer.note(cited._replace(place=Place.TEXT)) for cited in top.notes)
    text = Text(top.heading, language, outline.kind, nodes, loose)
    ordered = sorted(problems + outline.problems + doubts + namer.problems, key=lambda problem: problem.line)
    return Imported(text, tuple(ordered), tuple(sorted(furniture, key=lambda item: item.line)))
