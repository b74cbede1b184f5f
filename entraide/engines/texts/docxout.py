"""A tree to a Word document in the numbered-paragraph style of United Nations documents; `read_docx` gives the same tree back.

Numbers are written as text, not counted by Word: a number that is cited elsewhere must not change when a paragraph is put in.
"""

import zipfile
from io import BytesIO
from xml.etree.ElementTree import Element, SubElement, tostring

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from entraide.engines.texts.docxnumbers import W
from entraide.engines.texts.model import Footnote, Kind, Node, Place, Text
from entraide.engines.texts.outline import RANK
from entraide.engines.texts.plainout import displayed

FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
INDENT = {Kind.SUBPARAGRAPH: 1.0, Kind.POINT: 2.0, Kind.INDENT: 3.0}
DATE = (1980, 1, 1, 0, 0, 0)


def write_docx(text: Text) -> bytes:
    """The document; the same tree gives the same bytes."""
    writer = _Writer(docx.Document())
    writer.language(text.language)
    if text.title:
        writer.line(writer.document.add_paragraph(style="Title"), text.title, text.notes)
    for node in text.nodes:
        writer.node(node)
    writer.attach_notes()
    return _same_bytes(writer.document)


def _same_bytes(document: Document) -> bytes:
    """The package with one date for all its parts, so that the clock leaves no trace."""
    first, out = BytesIO(), BytesIO()
    document.save(first)
    with zipfile.ZipFile(first) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for item in package.infolist():
            info = zipfile.ZipInfo(item.filename, DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(info, package.read(item))
    return out.getvalue()


class _Writer:
    """One document being written."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.notes: list[Footnote] = []
        for kind in Kind:
            _style(document, kind)

    def language(self, tag: str) -> None:
        """For spelling and for the direction of the text."""
        properties = self.document.core_properties
        properties.language, properties.author, properties.comments = tag, "", ""
        self.right_to_left = tag.split("-")[0] in ("ar", "fa", "he", "ur")

    def node(self, node: Node) -> None:
        """The unit's number and heading on one line where it has a heading or is one, then its text, then its children."""
        number = displayed(node.number)
        headed = node.kind in RANK or bool(node.heading)
        if headed and (number or node.heading):
            self._line(node.kind, number, node.heading, _at(node, Place.HEADING))
            number = ""
        if number or node.text:
            self._line(Kind.ALINEA if headed else node.kind, number, node.text, _at(node, Place.TEXT))
        for child in node.children:
            self.node(child)

    def _line(self, kind: Kind, number: str, text: str, notes: tuple[Footnote, ...]) -> None:
        paragraph = self.document.add_paragraph(style=f"Entraide {kind.value}")
        if number:
            paragraph.add_run(f"{number}\t" if text else number)
        self.line(paragraph, text, notes)

    def line(self, paragraph: Paragraph, text: str, notes: tuple[Footnote, ...]) -> None:
        """Text with its notes where they are cited."""
        if self.right_to_left:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        at = 0
        for note in sorted(notes, key=lambda note: note.at):
            paragraph.add_run(text[at : note.at])
            self._reference(paragraph, note)
            at = note.at
        paragraph.add_run(text[at:])

    def _reference(self, paragraph: Paragraph, note: Footnote) -> None:
        self.notes.append(note)
        run = paragraph.add_run()
        run.font.superscript = True
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(len(self.notes)))
        run._r.append(reference)
        if note.mark != str(len(self.notes)):
            reference.set(qn("w:customMarkFollows"), "1")
            run.add_text(note.mark)

    def attach_notes(self) -> None:
        """The part that holds the footnotes; python-docx knows none."""
        if not self.notes:
            return
        root = Element(f"{W}footnotes")
        for id, kind, sign in ((-1, "separator", "separator"), (0, "continuationSeparator", "continuationSeparator")):
            note = SubElement(root, f"{W}footnote", {f"{W}type": kind, f"{W}id": str(id)})
            SubElement(SubElement(SubElement(note, f"{W}p"), f"{W}r"), f"{W}{sign}")
        for count, footnote in enumerate(self.notes, 1):
            _note(root, count, footnote)
        main = self.document.part
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE, tostring(root, encoding="UTF-8", xml_declaration=True), main.package)
        main.relate_to(part, FOOTNOTES)


def _note(root: Element, count: int, footnote: Footnote) -> None:
    paragraph = SubElement(SubElement(root, f"{W}footnote", {f"{W}id": str(count)}), f"{W}p")
    run = SubElement(paragraph, f"{W}r")
    SubElement(SubElement(run, f"{W}rPr"), f"{W}vertAlign", {f"{W}val": "superscript"})
    if footnote.mark == str(count):
        SubElement(run, f"{W}footnoteRef")
    run = SubElement(paragraph, f"{W}r")
    text = SubElement(run, f"{W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    text.text = f" {footnote.text}"


def _at(node: Node, place: Place) -> tuple[Footnote, ...]:
    return tuple(note for note in node.footnotes if note.place is place)


def _style(document: Document, kind: Kind) -> None:
    """One paragraph style for each kind, so that a reader, or this engine, knows what a paragraph is."""
    style = document.styles.add_style(f"Entraide {kind.value}", WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.font.name, style.font.size = "Times New Roman", Pt(10 if kind not in RANK else 12)
    form = style.paragraph_format
    form.space_after = Pt(6)
    if kind in RANK:
        style.font.bold, form.keep_with_next, form.space_before = True, True, Pt(12)
        form.tab_stops.add_tab_stop(Cm(1.2))
        _outline(style, RANK[kind])
    elif kind in INDENT:
        form.left_indent, form.first_line_indent = Cm(INDENT[kind] + 1), Cm(-1)
    else:
        form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        form.tab_stops.add_tab_stop(Cm(1.2))


def _outline(style: ParagraphStyle, rank: int) -> None:
    """Headings appear in Word's navigation at the level of their rank."""
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), str(min(rank, 8)))
    style.element.get_or_add_pPr().append(level)
