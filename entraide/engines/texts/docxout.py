"""A tree to a Word document in the numbered-paragraph style of United Nations documents; `read_docx` gives the same tree back.

Numbers are written as text, not counted by Word: a number that is cited elsewhere must not change when a paragraph is put in.
"""

import zipfile
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, SubElement, tostring

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from entraide.engines.direction import reads_right_to_left
from entraide.engines.texts.docxnumbers import W
from entraide.engines.texts.model import Footnote, Kind, Node, Place, Text
from entraide.engines.texts.outline import RANK
from entraide.engines.texts.plainout import displayed

FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
INDENT = {Kind.SUBPARAGRAPH: 1.0, Kind.POINT: 2.0, Kind.INDENT: 3.0}
AFTER_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr", "w:sectPr")
AFTER_SIZE = ("w:highlight", "w:u", "w:vertAlign", "w:rtl", "w:cs", "w:lang")
FAMILY = "Times New Roman"
WIDTH = Cm(15.8)  # of A4 between its margins
DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands above the first page: whose document it is, its symbol, and lines such as its day and who may read it."""

    issuer: str
    symbol: str
    lines: tuple[str, ...] = ()


def write_docx(text: Text, cover: Cover | None = None) -> bytes:
    """The document; the same tree gives the same bytes. A cover stands in the head of the page, so that it is no part of the text."""
    writer = _Writer(docx.Document(), text.language)
    writer.edges(cover)
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

    def __init__(self, document: Document, language: str) -> None:
        self.document, self.tag = document, language
        self.notes: list[Footnote] = []
        _plain(document)
        for kind in Kind:
            _style(document, kind)
        properties = document.core_properties
        properties.language, properties.author, properties.comments = language, "", ""
        _spelling(document, language)

    def edges(self, cover: Cover | None) -> None:
        """The symbol above each page but the first, where the cover stands; the number of the page below each."""
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.6)
        section.different_first_page_header_footer = cover is not None
        for footer in (section.footer, section.first_page_footer) if cover else (section.footer,):
            paragraph = footer.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _field(paragraph, "PAGE")
        if cover is None:
            return
        self._side(section.header.paragraphs[0], cover.symbol).alignment = WD_ALIGN_PARAGRAPH.RIGHT
        head = section.first_page_header
        first = self._side(head.paragraphs[0], f"{cover.issuer}\t{cover.symbol}")
        first.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        first.runs[0].bold = True
        _ruled(first)
        for line in cover.lines:
            self._side(head.add_paragraph(), line)

    def _side(self, paragraph: Paragraph, text: str) -> Paragraph:
        """A line of a head: read from its own side."""
        paragraph.style = self.document.styles["Normal"]
        paragraph.paragraph_format.space_after = Pt(0)
        self._run(paragraph, text, _turned(paragraph, text, self.tag))
        return paragraph

    def _run(self, paragraph: Paragraph, text: str, right: bool) -> None:
        """Words, marked where they are read from the right: by that mark Word chooses their order, font and spelling."""
        run = paragraph.add_run(text)
        if right:
            run.font.rtl = True

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
        self.line(paragraph, text, notes, f"{number}\t" if number and text else number)

    def line(self, paragraph: Paragraph, text: str, notes: tuple[Footnote, ...], before: str = "") -> None:
        """Text with its notes where they are cited, after its number."""
        right = _turned(paragraph, text, self.tag)
        if before:
            self._run(paragraph, before, right)
        at = 0
        for note in sorted(notes, key=lambda note: note.at):
            self._run(paragraph, text[at : note.at], right)
            self._reference(paragraph, note)
            at = note.at
        self._run(paragraph, text[at:], right)

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
            _note(root, count, footnote, reads_right_to_left(footnote.text, self.tag))
        main = self.document.part
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE, tostring(root, encoding="UTF-8", xml_declaration=True), main.package)
        main.relate_to(part, FOOTNOTES)


def _note(root: Element, count: int, footnote: Footnote, right: bool) -> None:
    paragraph = SubElement(SubElement(root, f"{W}footnote", {f"{W}id": str(count)}), f"{W}p")
    if right:
        SubElement(SubElement(paragraph, f"{W}pPr"), f"{W}bidi")
    run = SubElement(paragraph, f"{W}r")
    SubElement(SubElement(run, f"{W}rPr"), f"{W}vertAlign", {f"{W}val": "superscript"})
    if footnote.mark == str(count):
        SubElement(run, f"{W}footnoteRef")
    run = SubElement(paragraph, f"{W}r")
    if right:
        SubElement(SubElement(run, f"{W}rPr"), f"{W}rtl")
    text = SubElement(run, f"{W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    text.text = f" {footnote.text}"


def _at(node: Node, place: Place) -> tuple[Footnote, ...]:
    return tuple(note for note in node.footnotes if note.place is place)


def _plain(document: Document) -> None:
    """Black letters of one family, the title too."""
    for name, points in (("Normal", 10), ("Title", 18)):
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        _letters(style, points)
    style.font.bold, style.font.cs_bold, style.font.color.rgb = True, True, RGBColor(0, 0, 0)
    style.paragraph_format.space_before = Pt(18)
    if (border := style.element.pPr.find(f"{W}pBdr")) is not None:
        style.element.pPr.remove(border)


def _letters(style: ParagraphStyle, points: int) -> None:
    style.font.name, style.font.size = FAMILY, Pt(points)
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), FAMILY)
    for size in style.element.rPr.findall(f"{W}szCs"):
        style.element.rPr.remove(size)
    _put(style.element.rPr, "w:szCs", AFTER_SIZE, str(2 * points))


def _style(document: Document, kind: Kind) -> None:
    """One paragraph style for each kind, so that a reader, or this engine, knows what a paragraph is."""
    style = document.styles.add_style(f"Entraide {kind.value}", WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    points = 10 if kind not in RANK else 12
    _letters(style, points)
    style.paragraph_format.page_break_before = kind is Kind.ANNEX
    form = style.paragraph_format
    form.space_after = Pt(6)
    if kind in RANK:
        style.font.bold, style.font.cs_bold, form.keep_with_next, form.space_before = True, True, True, Pt(12)
        form.tab_stops.add_tab_stop(Cm(1.2))
        _outline(style, RANK[kind])
    elif kind in INDENT:
        form.left_indent, form.first_line_indent = Cm(INDENT[kind] + 1), Cm(-1)
    else:
        form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        form.tab_stops.add_tab_stop(Cm(1.2))


def _outline(style: ParagraphStyle, rank: int) -> None:
    """Headings appear in Word's navigation at the level of their rank."""
    _put(style.element.get_or_add_pPr(), "w:outlineLvl", (), str(min(rank, 8)))


def _turned(paragraph: Paragraph, text: str, language: str) -> bool:
    """Turns a paragraph to be read from the right where its words are; whether it was."""
    right = reads_right_to_left(text, language)
    if right:
        _put(paragraph._p.get_or_add_pPr(), "w:bidi", AFTER_BIDI)
    return right


def _put(properties: BaseOxmlElement, name: str, successors: tuple[str, ...], value: str = "") -> BaseOxmlElement:
    """A property at its place: the schema of ECMA-376 is a sequence, and Word refuses what is out of it."""
    made = OxmlElement(name)
    if value:
        made.set(qn("w:val"), value)
    properties.insert_element_before(made, *successors)
    return made


def _spelling(document: Document, language: str) -> None:
    """The language of all words, for each of the three scripts that Word tells apart."""
    lang = document.styles.element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    if lang is not None:
        for name in ("val", "eastAsia", "bidi"):
            lang.set(qn(f"w:{name}"), language)


def _field(paragraph: Paragraph, code: str) -> None:
    """What Word counts itself, such as the number of the page."""
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = paragraph.add_run()._r
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run.append(part)


def _ruled(paragraph: Paragraph) -> None:
    """A line below."""
    border = _put(paragraph._p.get_or_add_pPr(), "w:pBdr", ("w:shd", "w:tabs", "w:bidi", *AFTER_BIDI))
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", "auto")):
        bottom.set(qn(f"w:{name}"), value)
    border.append(bottom)
