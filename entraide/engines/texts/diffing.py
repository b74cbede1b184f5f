"""Two versions compared: provisions by their ids, their words by difflib between the words that stand once in both."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from entraide.engines.texts.model import Footnote, Node, Text
from entraide.engines.texts.words import tokens

# Two runs of words are compared one by one up to this product of their lengths; beyond, the whole run counts as replaced.
LIMIT = 250_000


class Op(StrEnum):
    """What became of a run of words."""

    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Run:
    """Some words, kept, put in or struck out."""

    op: Op
    text: str


class Change(StrEnum):
    """What became of a provision."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One provision that is not the same; `moved` with `changes` empty means only its place is another.

    `changes` are the parts that differ, by name: number, heading, text, `note:fn_1`; a note cited elsewhere in the same words is one too.
    """

    change: Change
    id: str
    old: Node | None
    new: Node | None
    moved: bool = False
    changes: "tuple[tuple[str, tuple[Run, ...]], ...]" = ()


def diff_words(old: str, new: str) -> tuple[Run, ...]:
    """The runs that lead from one text to the other.

    Equal and delete runs joined are the old text, equal and insert runs the new one. Deletions come before insertions.
    """
    runs: list[Run] = []
    for op, part in _runs(tokens(old), tokens(new)):
        if not part:
            continue
        if runs and runs[-1].op is op:
            runs[-1] = Run(op, runs[-1].text + part)
        elif op is Op.DELETE and runs and runs[-1].op is Op.INSERT:
            runs.insert(len(runs) - 1, Run(op, part))
        else:
            runs.append(Run(op, part))
    return tuple(_merged(runs))


def _merged(runs: list[Run]) -> Iterator[Run]:
    """Neighbours of one kind become one; a blank alone between two changes belongs to them."""
    gone = come = ""
    for place, run in enumerate(runs):
        inside = 0 < place < len(runs) - 1 and run.op is Op.EQUAL and run.text.isspace()
        if run.op is Op.EQUAL and not inside:
            yield from (Run(op, text) for op, text in ((Op.DELETE, gone), (Op.INSERT, come)) if text)
            gone = come = ""
            yield run
        elif run.op is Op.EQUAL:
            gone, come = gone + run.text, come + run.text
        elif run.op is Op.DELETE:
            gone += run.text
        else:
            come += run.text
    yield from (Run(op, text) for op, text in ((Op.DELETE, gone), (Op.INSERT, come)) if text)


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Op, str]]:
    """Common ends first, then the words that stand once in both as fixed points, then word by word between them."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    yield Op.EQUAL, "".join(old[:start])
    yield from _between(old[start : len(old) - end], new[start : len(new) - end])
    yield Op.EQUAL, "".join(old[len(old) - end :])


def _between(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Op, str]]:
    at, to = 0, 0
    for here, there in [*_fixed(old, new), (len(old), len(new))]:
        yield from _word_by_word(old[at:here], new[to:there])
        if here < len(old):
            yield Op.EQUAL, old[here]
        at, to = here + 1, there + 1


def _fixed(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Places of tokens that stand exactly once in both, as many as keep one order (longest increasing sequence)."""
    once = {token for token, count in Counter(old).items() if count == 1} & {token for token, count in Counter(new).items() if count == 1}
    there = {token: place for place, token in enumerate(new) if token in once}
    pairs = [(place, there[token]) for place, token in enumerate(old) if token in once]
    return [pairs[place] for place in increasing([to for _, to in pairs])]


def increasing(values: Sequence[int]) -> list[int]:
    """Places of a longest increasing sequence among different values; O(n log n)."""
    tails: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        at = bisect_left(tails, value)
        before.append(places[at - 1] if at else -1)
        tails[at : at + 1] = [value]
        places[at : at + 1] = [place]
    found = []
    place = places[-1] if places else -1
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]


def _word_by_word(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Op, str]]:
    if not old or not new or len(old) * len(new) > LIMIT:
        yield Op.DELETE, "".join(old)
        yield Op.INSERT, "".join(new)
        return
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            yield Op.EQUAL, "".join(old[a:b])
        else:
            yield Op.DELETE, "".join(old[a:b])
            yield Op.INSERT, "".join(new[c:d])


def diff(old: Text, new: Text) -> tuple[Difference, ...]:
    """What differs, in the order of the new text; what is gone stands after what came before it in the old one."""
    before, after = _placed(old), _placed(new)
    moved = _moved(before, after)
    found = {}
    for id, (node, _) in after.items():
        if id not in before:
            found[id] = Difference(Change.ADDED, id, None, node)
            continue
        was = before[id][0]
        changes = tuple(_changes(was, node))
        if changes or id in moved:
            found[id] = Difference(Change.CHANGED if changes else Change.MOVED, id, was, node, id in moved, changes)
    order = {id: (place, 0) for place, id in enumerate(after)}
    last = (-1, 0)
    for id, (node, _) in before.items():
        if id in after:
            last = order[id]
        else:
            last = (last[0], last[1] + 1)
            order[id] = last
            found[id] = Difference(Change.REMOVED, id, node, None)
    return tuple(sorted(found.values(), key=lambda difference: order[difference.id]))


def diff_nodes(old: Node, new: Node) -> tuple[tuple[str, tuple[Run, ...]], ...]:
    """The parts of two versions of one provision whose words differ; children aside."""
    return tuple(_changes(old, new))


def _placed(text: Text) -> dict[str, tuple[Node, str]]:
    """Nodes with the ids of their parents, in reading order."""
    parents = {child.id: node.id for node in text.walk() for child in node.children}
    return {node.id: (node, parents.get(node.id, "")) for node in text.walk()}


def _moved(before: dict[str, tuple[Node, str]], after: dict[str, tuple[Node, str]]) -> set[str]:
    """Provisions under another parent, and the fewest that must have moved among their sisters."""
    both = [id for id in after if id in before]
    moved = {id for id in both if before[id][1] != after[id][1]}
    rank = {id: place for place, id in enumerate(before)}
    sisters: dict[str, list[str]] = {}
    for id in both:
        if id not in moved:
            sisters.setdefault(after[id][1], []).append(id)
    for ids in sisters.values():
        kept = {ids[place] for place in increasing([rank[id] for id in ids])}
        moved |= set(ids) - kept
    return moved


def _changes(old: Node, new: Node) -> Iterator[tuple[str, tuple[Run, ...]]]:
    for name in ("number", "heading", "text"):
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield name, diff_words(was, now)
    was_notes, now_notes = ({note.id: note for note in node.footnotes} for node in (old, new))
    still = old.text == new.text and old.heading == new.heading
    for id in dict.fromkeys([*was_notes, *now_notes]):
        was_note, now_note = was_notes.get(id), now_notes.get(id)
        if _cited(was_note, still) != _cited(now_note, still):
            yield f"note:{id}", diff_words(_words(was_note), _words(now_note))


def _words(note: Footnote | None) -> str:
    return f"{note.mark} {note.text}" if note else ""


def _cited(note: Footnote | None, still: bool) -> tuple[object, ...]:
    """What counts in a note: its words, and its place while the words around it are the same."""
    return (_words(note), note.at if note and still else 0, note.place if note else None)
