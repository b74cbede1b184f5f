"""Texts as they may be: any tree for the exporters, numbered reports for the importers."""

from hypothesis import strategies as st

from entraide.engines.texts.ids import Cited, Draft, Namer
from entraide.engines.texts.model import CONTROLS, DocumentKind, Kind, Place, Text, tidy

WORDS = st.sampled_from(
    ["alpha", "Bêta", "«gamma»", "l’un", "delta,", "x", "1", "a)", "œuf;", "كلمة", "слово", "字", "e\u0301", "non\u00a0sécable", "&<>"]
)
ANY = st.text(max_size=30).map(lambda text: tidy(CONTROLS.sub("", text)))
SENTENCES = st.one_of(st.lists(WORDS, max_size=12).map(" ".join), ANY)
NUMBERS = st.sampled_from(["", "1", "12", "a)", "(b)", "II", "Article 5", "3 bis", "–", "12."])


@st.composite
def _drafts(draw: st.DrawFn, depth: int = 3) -> Draft:
    """A unit of any kind with notes in its text and heading."""
    number = draw(NUMBERS)
    draft = Draft(draw(st.sampled_from(list(Kind))), 1, number, "".join(filter(str.isalnum, number)), draw(SENTENCES), draw(SENTENCES))
    for place in draw(st.lists(st.sampled_from(list(Place)), max_size=2)):
        length = len(draft.heading if place is Place.HEADING else draft.text)
        draft.notes.append(Cited(draw(st.sampled_from(["1", "2", "*", "a"])), draw(SENTENCES), draw(st.integers(0, length)), place))
    draft.notes.sort(key=lambda cited: (cited.place is Place.TEXT, cited.at))
    if depth:
        draft.children = draw(st.lists(_drafts(depth - 1), max_size=2))
    return draft


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """Any text the type allows."""
    namer = Namer()
    nodes = namer.nodes(draw(st.lists(_drafts(), max_size=3)))
    title = draw(SENTENCES)
    notes = tuple(namer.note(Cited("*", draw(SENTENCES), draw(st.integers(0, len(title))))) for _ in range(draw(st.integers(0, 1))))
    return Text(title, draw(st.sampled_from(["fr", "en", "ar", "pt-BR"])), draw(st.sampled_from(list(DocumentKind))), nodes, notes)


SENTENCE = st.lists(
    st.sampled_from(["states", "act", "together", "against", "traffickers", "and", "protect", "victims"]), min_size=4, max_size=40
)


@st.composite
def reports(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A report as plain text, wrapped at 80 characters, and the ids it must give."""
    blocks, ids, count = [], [], 0
    for section in range(draw(st.integers(1, 4))):
        roman = ["I", "II", "III", "IV"][section]
        blocks.append(f"{roman}. Heading of the section")
        ids.append(f"sec_{roman}")
        for _ in range(draw(st.integers(1, 5))):
            count += 1
            letters = "abcdefghijkl"[: draw(st.sampled_from([0, 0, 1, 3, 9, 12]))]
            words = " ".join(draw(SENTENCE))
            blocks.append(wrapped(f"{count}. The {words}{':' if letters else '.'}"))
            ids.append(f"para_{count}")
            for letter in letters:
                blocks.append(wrapped(f"({letter}) {' '.join(draw(SENTENCE))};"))
                ids.append(f"para_{count}__subpara_{letter}")
    return "\n\n".join(blocks) + "\n", ids


def wrapped(text: str, width: int = 80) -> str:
    """Lines as a page breaks them."""
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, line])
