"""A tree to Akoma Ntoso 3.0 XML (OASIS Standard, 29 August 2018); `read_akn` gives the same tree back."""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from entraide.engines.texts.model import DocumentKind, Footnote, Kind, Node, Place, Text

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
SOURCE = "#entraide"
BODY = {DocumentKind.ACT: "body", DocumentKind.STATEMENT: "mainBody", DocumentKind.DOC: "mainBody"}
# Kinds for which Akoma Ntoso has no hierarchical element of that name.
NAMED = (Kind.HEADING, Kind.ANNEX, Kind.PREAMBLE, Kind.RECITAL)


@dataclass(frozen=True, slots=True)
class Work:
    """What Akoma Ntoso wants to know beside the text: country (`un` for the United Nations), date (ISO 8601), number, author."""

    country: str = "un"
    date: str = "1000-01-01"
    number: str = "text"
    author: str = "#author"


def write_akn(text: Text, work: Work | None = None) -> bytes:
    """The XML in UTF-8; the same tree gives the same bytes."""
    work = work or Work()
    root = Element("akomaNtoso", {"xmlns": NAMESPACE})
    document = SubElement(root, text.kind.value, {"name": text.kind.value})
    _meta(document, text, work)
    if text.title or text.notes:
        _paragraph(SubElement(SubElement(document, "preface"), "longTitle"), text.title, text.notes)
    nodes = list(text.nodes)
    if nodes and _plain_preamble(nodes[0]):
        _preamble(document, nodes.pop(0))
    body = SubElement(document, BODY[text.kind])
    for node in nodes:
        _node(body, node)
    if not nodes:
        SubElement(SubElement(SubElement(body, "hcontainer", {"eId": "empty", "name": "empty"}), "content"), "p")
    _indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode").encode()


def _meta(document: Element, text: Text, work: Work) -> None:
    """FRBR: the work, its expression in this language, this file."""
    meta = SubElement(document, "meta")
    identification = SubElement(meta, "identification", {"source": SOURCE})
    base = f"/akn/{work.country}/{text.kind.value}/{work.date}/{work.number}"
    spoken = f"{base}/{text.language}@"
    for level, uri in (("FRBRWork", base), ("FRBRExpression", spoken), ("FRBRManifestation", f"{spoken}.xml")):
        part = SubElement(identification, level)
        SubElement(part, "FRBRthis", {"value": f"{uri}/!main" if level != "FRBRManifestation" else f"{spoken}/!main.xml"})
        SubElement(part, "FRBRuri", {"value": uri})
        SubElement(part, "FRBRdate", {"date": work.date, "name": "Generation"})
        SubElement(part, "FRBRauthor", {"href": work.author})
        if level == "FRBRWork":
            SubElement(part, "FRBRcountry", {"value": work.country})
        if level == "FRBRExpression":
            SubElement(part, "FRBRlanguage", {"language": text.language})
    references = SubElement(meta, "references", {"source": SOURCE})
    SubElement(references, "TLCOrganization", {"eId": "entraide", "href": "/ontology/organization/entraide", "showAs": "Entraide"})


def _plain_preamble(node: Node) -> bool:
    """Whether a preamble can be written as Akoma Ntoso's own: nothing but recitals of one text each."""
    plain = all(child.kind is Kind.RECITAL and not child.children for child in node.children)
    return node.kind is Kind.PREAMBLE and bool(node.children) and plain and not node.text


def _preamble(document: Element, node: Node) -> None:
    recitals = SubElement(SubElement(document, "preamble"), "recitals", {"eId": node.id})
    _head(recitals, node)
    for child in node.children:
        recital = SubElement(recitals, "recital", {"eId": child.id})
        _head(recital, child)
        _paragraph(recital, child.text, _notes(child, Place.TEXT))


def _node(parent: Element, node: Node) -> None:
    if node.kind in NAMED:
        element = SubElement(parent, "hcontainer", {"eId": node.id, "name": node.kind.value})
    else:
        element = SubElement(parent, node.kind.value, {"eId": node.id})
    _head(element, node)
    if not node.children:
        _paragraph(SubElement(element, "content"), node.text, _notes(node, Place.TEXT))
        return
    if node.text or _notes(node, Place.TEXT):
        _paragraph(SubElement(element, "intro"), node.text, _notes(node, Place.TEXT))
    for child in node.children:
        _node(element, child)


def _head(element: Element, node: Node) -> None:
    if node.number:
        SubElement(element, "num").text = node.number
    if node.heading or _notes(node, Place.HEADING):
        _inline(SubElement(element, "heading"), node.heading, _notes(node, Place.HEADING))


def _notes(node: Node, place: Place) -> tuple[Footnote, ...]:
    return tuple(note for note in node.footnotes if note.place is place)


def _paragraph(parent: Element, text: str, notes: Iterable[Footnote]) -> None:
    _inline(SubElement(parent, "p"), text, notes)


def _inline(element: Element, text: str, notes: Iterable[Footnote]) -> None:
    """Text with its notes where they are cited; notes at one place keep their order."""
    at = 0
    before: Element | None = None
    for note in sorted(notes, key=lambda note: note.at):
        _append(element, before, text[at : note.at])
        before = SubElement(element, "authorialNote", {"eId": note.id, "marker": note.mark, "placement": "bottom"})
        SubElement(before, "p").text = note.text
        at = note.at
    _append(element, before, text[at:])


def _append(element: Element, before: Element | None, text: str) -> None:
    if before is None:
        element.text = text
    else:
        before.tail = text


def _indent(root: Element) -> None:
    """Line ends between elements, never inside texts."""
    mixed = [
        (element, element.text, [(child, child.tail) for child in element]) for element in root.iter() if element.tag in ("p", "heading")
    ]
    inside = [(below, below.text, below.tail) for element, _, _ in mixed for below in element.iter() if below is not element]
    indent(root, " ")
    for element, text, _ in mixed:
        element.text = text
    for below, text, tail in inside:
        below.text, below.tail = text, tail
