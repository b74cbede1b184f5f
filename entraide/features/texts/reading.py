"""What a reader sees of a wording: pieces with marks of footnotes, quoted words, the runs of a comparison."""

from dataclasses import dataclass
from itertools import pairwise

from entraide.engines import texts as engine
from entraide.features.texts.models import Wording

RTL = frozenset({"ar", "fa", "he", "ur"})


@dataclass(frozen=True)
class Note:
    """A footnote as shown."""

    mark: str
    text: str
    anchor: str


@dataclass(frozen=True)
class Piece:
    """A run of a text; `note` is the mark of a footnote after it, `quoted` whether a link quotes it."""

    text: str = ""
    note: Note | None = None
    quoted: bool = False


@dataclass(frozen=True)
class Shown:
    """A wording ready for the page."""

    row: Wording
    number: str
    heading: list[Piece]
    text: list[Piece]
    notes: list[Note]

    @property
    def level(self) -> int:
        """How deep it stands, for the layout; four steps at most."""
        return min(self.row.depth, 4)


def shown(row: Wording, quoted: tuple[int, int] | None = None) -> Shown:
    """A wording cut where footnotes are cited and where quoted words begin and end (characters of its text)."""
    notes = [Note(note["mark"], note["text"], f"{row.provision_id}-{note['id']}") for note in row.footnotes]
    return Shown(row, engine.displayed(row.number), _cut(row, "heading", None), _cut(row, "text", quoted), notes)


def _cut(row: Wording, place: str, quoted: tuple[int, int] | None) -> list[Piece]:
    said = row.heading if place == "heading" else row.text
    cited = [note for note in row.footnotes if note["place"] == place]
    cuts = sorted({0, len(said), *(int(note["at"]) for note in cited), *(quoted or ())})
    pieces = [
        Piece(said[start:end], quoted=quoted is not None and quoted[0] <= start and end <= quoted[1]) for start, end in pairwise(cuts)
    ]
    out: list[Piece] = []
    for piece, end in zip(pieces, cuts[1:], strict=False):
        out.append(piece)
        out += [
            Piece(note=Note(note["mark"], note["text"], f"{row.provision_id}-{note['id']}")) for note in cited if int(note["at"]) == end
        ]
    return out


def direction(language: str) -> str:
    """Of writing."""
    return "rtl" if language.split("-")[0] in RTL else "ltr"
