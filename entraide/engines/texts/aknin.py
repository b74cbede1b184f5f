"""Akoma Ntoso 3.0 XML to a tree: our own files exactly, others as far as they go, the rest reported line by line."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from entraide.engines.texts.aknout import NAMESPACE
from entraide.engines.texts.ids import Cited, Draft, Namer
from entraide.engines.texts.markers import readings
from entraide.engines.texts.model import CONTROLS, DocumentKind, Furniture, Imported, Kind, Place, Problem, Refused, Text, tidy
from entraide.engines.texts.safe import line_of, parse

TAG = f"{{{NAMESPACE}}}"
# Akoma Ntoso's other hierarchical elements, as the nearest that is known here.
KINDS = {kind.value: kind for kind in Kind} | {
    "book": Kind.PART, "tome": Kind.PART, "subpart": Kind.PART, "subtitle": Kind.TITLE, "subchapter": Kind.CHAPTER,
    "division": Kind.SECTION, "subdivision": Kind.SUBSECTION, "rule": Kind.ARTICLE, "subrule": Kind.PARAGRAPH, "clause": Kind.PARAGRAPH,
    "subclause": Kind.SUBPARAGRAPH, "proviso": Kind.ALINEA, "sublist": Kind.POINT, "transitional": Kind.SECTION,
    "crossHeading": Kind.HEADING, "hcontainer": Kind.HEADING, "item": Kind.SUBPARAGRAPH, "citation": Kind.RECITAL, "formula": Kind.RECITAL,
}  # fmt: skip
HOLDERS = (
    "content",
    "intro",
    "wrapUp",
    "list",
    "blockList",
    "listIntroduction",
    "listWrapUp",
    "blockContainer",
    "container",
    "componentBody",
)
PREAMBLE = ("preamble", "recitals", "citations")
LANGUAGES = {
    "eng": "en",
    "fra": "fr",
    "fre": "fr",
    "spa": "es",
    "ara": "ar",
    "rus": "ru",
    "zho": "zh",
    "chi": "zh",
    "por": "pt",
    "deu": "de",
}


def _name(element: Element) -> str:
    return element.tag.removeprefix(TAG)


@dataclass(slots=True)
class _Inline:
    """Text of one `p`, `heading` or `num`, and the notes cited in it."""

    text: str = ""
    notes: list[Cited] = field(default_factory=list)


class Reader:
    """Walks the document once; `placed` remembers which elements gave their text."""

    def __init__(self) -> None:
        self.placed: set[int] = set()
        self.preambles: set[int] = set()
        self.title = _Inline()

    def inline(self, element: Element) -> _Inline:
        """All text of an element with inline markup, notes taken out; ends and line ends made tidy, offsets with them."""
        got = _Inline()
        self._gather(element, got)
        return _tidied(got)

    def _gather(self, element: Element, got: _Inline) -> None:
        self.placed.add(id(element))
        got.text += CONTROLS.sub("", element.text or "")
        for child in element:
            if _name(child) == "authorialNote":
                self.placed.add(id(child))
                inner = " ".join([child.text or "", *("".join([*self._all(part), " ", part.tail or ""]) for part in child)])
                mark = tidy(CONTROLS.sub("", child.get("marker", "")))
                got.notes.append(Cited(mark, tidy(CONTROLS.sub("", inner)), len(got.text), given=child.get("eId", "")))
            elif _name(child) in ("eol", "br"):
                got.text += " "
                self.placed.add(id(child))
            else:
                self._gather(child, got)
            got.text += CONTROLS.sub("", child.tail or "")

    def _all(self, element: Element) -> Iterable[str]:
        for below in element.iter():
            self.placed.add(id(below))
        return (CONTROLS.sub("", part) for part in element.itertext())

    def unit(self, element: Element, kind: Kind) -> Draft:
        """An element of the hierarchy with what it holds."""
        draft = Draft(kind, line_of(element), given=element.get("eId", ""))
        if _name(element) == "preamble":
            self.preambles.add(id(draft))
        self._fill(draft, element)
        self._key(draft)
        return draft

    def _key(self, draft: Draft) -> None:
        found = readings(draft.number) or readings(f"{draft.number}.")
        draft.key = found[0].key if found else ""

    def _fill(self, draft: Draft, element: Element) -> None:
        if _name(element) == "crossHeading":
            self._take(draft, element, Place.HEADING)
            return
        for child in element:
            self._child(draft, child)

    def _child(self, draft: Draft, child: Element, *, held: bool = False) -> None:
        name = _name(child)
        if name == "num" and not draft.number and next(child.iter(f"{TAG}authorialNote"), None) is None:
            draft.number = self.inline(child).text
        elif name in ("heading", "subheading", "docTitle") and not draft.heading:
            self._take(draft, child, Place.HEADING)
        elif name in ("p", "block", "span") or (name == "listIntroduction" and not draft.text):
            self._text(draft, child, held=held)
        elif name in HOLDERS:
            self._held(draft, child)
        elif name in KINDS:
            kind = KINDS[name]
            if name == "hcontainer":
                kind = next((known for known in Kind if known.value == child.get("name")), Kind.HEADING)
            if name == "item" and draft.kind is Kind.SUBPARAGRAPH:
                kind = Kind.POINT
            draft.children.append(self.unit(child, kind))
        elif name in PREAMBLE:
            draft.given = draft.given or child.get("eId", "")
            self._fill(draft, child)

    def _held(self, draft: Draft, child: Element) -> None:
        """`content`, `intro` and the like add to the unit that holds them; what `wrapUp` says comes after the children."""
        if child.get("eId") and not draft.given:
            draft.given = child.get("eId", "")
        if list(child):
            for below in child:
                self._child(draft, below, held=_name(child) in ("content", "intro"))
        elif (child.text or "").strip():
            self._text(draft, child)

    def _text(self, draft: Draft, element: Element, *, held: bool = False) -> None:
        """The first text of a unit is its own; more texts are alineas. In a preamble each is a recital, but for what it holds itself."""
        got = self.inline(element)
        if not got.text and not got.notes:
            return
        own = not draft.text and not draft.children and (held or draft.kind is not Kind.PREAMBLE)
        target = draft if own else Draft(Kind.RECITAL if draft.kind is Kind.PREAMBLE else Kind.ALINEA, line_of(element))
        if not own:
            draft.children.append(target)
        target.text = got.text
        target.notes += got.notes

    def _take(self, draft: Draft, element: Element, place: Place) -> None:
        got = self.inline(element)
        draft.heading = got.text
        draft.notes += [cited._replace(place=place) for cited in got.notes]


def _tidied(got: _Inline) -> _Inline:
    """Blanks collapsed, with the notes' offsets following."""
    marked, places = "", []
    at = 0
    for cited in got.notes:
        marked += got.text[at : cited.at] + "\ue000"
        at = cited.at
    marked = tidy(marked + got.text[at:])
    while "\ue000" in marked:
        place = marked.index("\ue000")
        before, after = marked[:place], marked[place + 1 :]
        places.append(place)
        marked = before + (after.lstrip(" ") if before.endswith(" ") or not before else after)
    marked = marked.rstrip(" ")
    notes = [cited._replace(at=min(place, len(marked))) for cited, place in zip(got.notes, places, strict=True)]
    return _Inline(marked, notes)


def read_akn(data: bytes, language: str | None = None) -> Imported:
    """An Akoma Ntoso 3.0 document (act, bill, doc, statement and their like) as a tree; ids in the file are kept.

    `language` overrides the file's own. `Refused`: not_akn, and what `safe.parse` refuses.
    """
    root = parse(data)
    if root.tag != f"{TAG}akomaNtoso" or not len(root):
        raise Refused("not_akn")
    document = root[0]
    reader = Reader()
    drafts = _document(document, reader)
    loose = _not_placed(root, reader)
    namer = Namer()
    nodes = namer.nodes(drafts)
    notes = tuple(namer.note(cited) for cited in reader.title.notes)
    kind = next((known for known in DocumentKind if known.value == _name(document)), DocumentKind.DOC)
    if _name(document) == "bill":
        kind = DocumentKind.ACT
    text = Text(reader.title.text, language or _language(document), kind, nodes, notes)
    problems = sorted([*loose, *namer.problems], key=lambda problem: problem.line)
    return Imported(text, tuple(problems), tuple(_metadata(document)))


def _document(document: Element, reader: Reader) -> list[Draft]:
    """The units of a document, its annexes last."""
    drafts: list[Draft] = []
    for part in document:
        name = _name(part)
        if name in ("preface", "coverPage"):
            _title(part, reader)
        elif name == "preamble":
            drafts.append(reader.unit(part, Kind.PREAMBLE))
        elif name in ("body", "mainBody", "conclusions"):
            drafts += _body(part, reader)
        elif name in ("attachments", "components"):
            drafts += [_annex(attached, reader) for attached in part]
    return drafts


def _title(preface: Element, reader: Reader) -> None:
    """The long title, or where there is none the title of the document."""
    for name in ("longTitle", "docTitle", "shortTitle"):
        found = next(preface.iter(TAG + name), None)
        if found is not None and not reader.title.text and not reader.title.notes:
            inner = next(found.iter(f"{TAG}p"), found)
            reader.title = reader.inline(inner)


def _body(body: Element, reader: Reader) -> list[Draft]:
    """The units right under the body; ours marks an empty one."""
    root = Draft(Kind.ALINEA)
    for part in body:
        if part.get("name") == "empty" and part.get("eId") == "empty":
            continue
        if _name(part) == "p":
            alinea = Draft(Kind.ALINEA, line_of(part), given=part.get("eId", ""))
            reader._text(alinea, part)
            root.children.append(alinea)
        else:
            reader._child(root, part)
    children, root.children = root.children, []
    stands_alone = root.number or root.heading or root.text or root.notes
    if stands_alone:
        root.line = line_of(body)
        reader._key(root)
    return [root, *children] if stands_alone else children


def _annex(attached: Element, reader: Reader) -> Draft:
    """An attachment, with the document in it, as an annex."""
    annex = Draft(Kind.ANNEX, line_of(attached), given=attached.get("eId", ""))
    for part in attached:
        if _name(part) in ("num", "heading", "subheading"):
            reader._child(annex, part)
        else:
            inner = _document(part, reader) if any(_name(below) in ("body", "mainBody") for below in part) else []
            annex.children += inner
    reader._key(annex)
    return annex


def _language(document: Element) -> str:
    found = next(document.iter(f"{TAG}FRBRlanguage"), None)
    tag = found.get("language", "und") if found is not None else "und"
    return LANGUAGES.get(tag, tag)


def _not_placed(root: Element, reader: Reader) -> list[Problem]:
    """Text in elements that nothing above has read."""
    problems = []
    for element in root.iter():
        code = "table" if _name(element) in ("table", "td", "th", "tr") else "unknown_element"
        own = tidy(CONTROLS.sub("", element.text or "")) if id(element) not in reader.placed else ""
        tails = [] if id(element) in reader.placed else [tidy(CONTROLS.sub("", child.tail or "")) for child in element]
        problems += [Problem(line_of(element), part, code) for part in (own, *tails) if part]
    return problems


def _metadata(document: Element) -> list[Furniture]:
    """The addresses the file gives itself."""
    return [
        Furniture(line_of(element), element.get("value", ""), "metadata")
        for element in document.iter(f"{TAG}FRBRuri")
        if element.get("value")
    ]
