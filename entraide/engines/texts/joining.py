"""Footnotes to the places that cite them, once the tree stands."""

import re

from entraide.engines.texts.ids import Cited, Draft
from entraide.engines.texts.model import Place, Problem
from entraide.engines.texts.notes import RAISED, Note, citing

LEFT_OVER = re.compile(rf"[^\W\d_][{RAISED}]+")


def join(drafts: list[Draft], notes: list[Note]) -> list[Problem]:
    """Puts each note into the draft that cites it, in order; returns doubts. The mark is taken out of the text.

    `drafts` in reading order. A note looks for its mark after the last one found, not beyond the line it stands on itself; one
    whose mark is nowhere goes to the end of the last provision begun before it.
    """
    problems: list[Problem] = []
    start = 0
    for note in notes:
        found = _cite(drafts, note, start) or _cite(drafts, note, 0)
        if found is not None:
            start = found
            continue
        problems.append(Problem(note.line, note.mark, "note_without_mark", placed=True))
        before = [draft for draft in drafts if draft.line < note.line] or drafts[:1]
        place = Place.TEXT if before[-1].text or not before[-1].heading else Place.HEADING
        end = len(before[-1].text if place is Place.TEXT else before[-1].heading)
        before[-1].notes.append(Cited(note.mark, note.text, end, place))
    for draft in drafts:
        draft.notes.sort(key=lambda cited: (cited.place is Place.TEXT, cited.at))
        if LEFT_OVER.search(draft.text):
            problems.append(Problem(draft.line, draft.text, "mark_without_note", placed=True))
    return problems


def _cite(drafts: list[Draft], note: Note, start: int) -> int | None:
    """Joins the note to the first place from `start` on that cites it and stands before it; the draft's index, or None."""
    pattern = citing(note.mark)
    for index in range(start, len(drafts)):
        draft = drafts[index]
        if draft.line >= note.line:
            return None
        for place, text in ((Place.HEADING, draft.heading), (Place.TEXT, draft.text)):
            floor = max((cited.at for cited in draft.notes if cited.place is place), default=0)
            if text and (match := pattern.search(text, floor)):
                _take(draft, note, place, match.start(), match.end())
                return index
    return None


def _take(draft: Draft, note: Note, place: Place, start: int, end: int) -> None:
    """Removes the mark from the text and remembers where it stood; notes after it move with the text."""
    text = draft.heading if place is Place.HEADING else draft.text
    before, after = text[:start], text[end:]
    if before.endswith(" ") and after[:1] == " ":
        after = after[1:]
    joined = (before + after).rstrip(" ") if not after else before + after
    joined = joined.lstrip(" ") if not before else joined
    if place is Place.HEADING:
        draft.heading = joined
    else:
        draft.text = joined
    draft.notes.append(Cited(note.mark, note.text, min(start, len(joined)), place))
