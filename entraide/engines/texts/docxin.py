"""Word documents (.docx, ECMA-376) to a tree: text, styles, automatic numbers, footnotes; what is not text is reported."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from entraide.engines.texts.blocks import Block
from entraide.engines.texts.docxnumbers import Numbering, W, number, value
from entraide.engines.texts.ids import Cited, Draft
from entraide.engines.texts.markers import Style, readings
from entraide.engines.texts.model import CONTROLS, Furniture, Imported, Kind, Place, Problem, Refused, tidy
from entraide.engines.texts.numerals import to_roman
from entraide.engines.texts.outline import RANK
from entraide.engines.texts.plain import language_tag, made
from entraide.engines.texts.safe import parse, parts

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
UNSEEN = {f"{MC}Fallback", f"{W}instrText", f"{W}delInstrText"}
PROPERTIES = {f"{W}footnoteRef", f"{W}endnoteRef", f"{W}pPr", f"{W}rPr", f"{W}sectPr"}
CITES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
STRUCK = {f"{W}del", f"{W}moveFrom"}
BOX = f"{W}txbxContent"
SIGNS = {f"{W}tab": "\t", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "\u2011", f"{W}ptab": "\t", f"{W}sym": "•"}
HEADING = re.compile(r"(?:heading|titre|título|überschrift|titolo|_?\s?h)[ _]*(\d)(?:_g|g)?", re.IGNORECASE)
OURS = re.compile("Entraide ([a-z]+)")
UNNUMBERED = (Kind.ALINEA, Kind.RECITAL, Kind.HEADING, Kind.PREAMBLE)
TOKEN = re.compile("\ue000(\\d+)\ue001")


def _raw(element: Element) -> str:
    """All text below an element, struck or not, paragraphs set apart; field instructions and second versions of a drawing aside."""
    if element.tag in UNSEEN:
        return ""
    text = CONTROLS.sub("", element.text or "") + "".join(_raw(child) + CONTROLS.sub("", child.tail or "") for child in element)
    return f" {text} " if element.tag == f"{W}p" else text


@dataclass(slots=True)
class Part:
    """Notes of one part, and how their marks count."""

    texts: dict[str, str] = field(default_factory=dict)
    used: list[str] = field(default_factory=list)


class Reader:
    """One document; `cited` are the notes in the order of their references, as tokens in the text point to them."""

    def __init__(self, files: dict[str, bytes], language: str) -> None:
        self.files, self.language = files, language
        self.numbering = Numbering.read(self._root("word/numbering.xml"))
        self.styles = {style.get(f"{W}styleId", ""): style for style in self._all("word/styles.xml", "style")}
        self.cited: list[tuple[str, str]] = []
        self.problems: list[Problem] = []
        self.furniture: list[Furniture] = []
        self.blocks: list[Block] = []
        self.title = ""
        self.line = 0
        self.custom = False
        self.notes = {kind: self._notes(kind) for kind in ("footnote", "endnote")}

    def _root(self, name: str) -> Element | None:
        return parse(self.files[name], limit=60 * 2**20) if name in self.files else None

    def _all(self, name: str, tag: str) -> list[Element]:
        root = self._root(name)
        return [] if root is None else root.findall(W + tag)

    def _notes(self, kind: str) -> Part:
        """The texts of footnotes or endnotes; separators are none. What is struck out in them is told."""
        texts: dict[str, str] = {}
        root = self._root(f"word/{kind}s.xml")
        for note in root if root is not None else ():
            id = note.get(f"{W}id", "")
            if note.tag != W + kind or id in texts:
                self._stray(note)
            elif note.get(f"{W}type", "normal") == "normal" or _raw(note).strip():
                for parent in list(note.iter()):
                    for struck in [child for child in parent if child.tag in STRUCK]:
                        self._stray(struck, "deleted")
                        parent.remove(struck)
                texts[id] = tidy(_raw(note))
        return Part(texts)

    def _stray(self, element: Element, code: str = "unknown_element") -> None:
        """Text where none is expected, or not to be taken, is told."""
        if text := tidy(_raw(element)):
            self.problems.append(Problem(self.line, text, code))

    def _own(self, element: Element) -> None:
        """Text right in an element that should only hold others is told."""
        loose = [element.text or "", *(child.tail or "" for child in element)]
        self.problems += [Problem(self.line, text, "unknown_element") for part in loose if (text := tidy(CONTROLS.sub("", part)))]

    def run(self) -> Imported:
        """The whole document."""
        root = self._root("word/document.xml")
        body = root.find(f"{W}body") if root is not None else None
        if body is None:
            raise Refused("not_docx")
        for element in root if root is not None else ():
            if element is not body:
                self._stray(element)
        self._body(body)
        self._edges()
        for part in self.notes.values():
            self.problems += [Problem(0, text, "note_missing") for id, text in part.texts.items() if id not in part.used and text]
        return made(self.blocks, self._cite, self.language, self.problems, self.furniture, self.title)

    def _edges(self) -> None:
        """Headers and footers, comments."""
        for name in sorted(self.files):
            if match := re.fullmatch(r"word/(header|footer|comments)\d*\.xml", name):
                root = self._root(name)
                for part in root if root is not None else ():
                    if text := tidy(_raw(part)):
                        self.furniture.append(Furniture(0, text, match[1]))

    def _body(self, parent: Element) -> None:
        self._own(parent)
        for element in parent:
            if element.tag == f"{W}p":
                self._paragraph(element)
            elif element.tag == f"{W}tbl":
                self._table(element)
            elif element.tag in STRUCK:
                self._stray(element, "deleted")
            elif element.tag in PROPERTIES:
                self._stray(element)
            elif element.tag not in UNSEEN:
                self._body(element)

    def _table(self, table: Element) -> None:
        """Tables are no provisions: each row is reported as one that could not be placed."""
        self._own(table)
        for row in table:
            if row.tag != f"{W}tr" and next(row.iter(f"{W}tr"), None) is not None:
                self._table(row)
                continue
            self.line, self.custom = self.line + 1, False
            self._own(row)
            cells = [self._plain("".join(self._piece(cell))) for cell in row]
            if any(cells):
                self.problems.append(Problem(self.line, " | ".join(filter(None, cells)), "table"))

    def _plain(self, text: str) -> str:
        """A text that is not placed, its notes in brackets where they are cited."""
        return tidy(TOKEN.sub(lambda match: " [{}: {}]".format(*self.cited[int(match[1])]), text))

    def _text(self, element: Element) -> list[str]:
        """The text below an element, tokens where notes are cited; boxes and struck text are reported instead."""
        return [part for child in element for part in self._piece(child)]

    def _piece(self, element: Element) -> list[str]:
        tag = element.tag
        if tag == f"{W}t":
            return [self._words(element), *self._text(element)]
        if tag in STRUCK:
            self._stray(element, "deleted")
        elif tag in PROPERTIES or tag in SIGNS or tag in CITES:
            self._stray(element)
            return [SIGNS[tag]] if tag in SIGNS else [self._reference(element)] if tag in CITES else []
        elif tag not in UNSEEN:
            self._own(element)
            found = self._text(element)
            if tag != BOX:
                return [*found, " "] if tag == f"{W}p" else found
            if text := self._plain("".join(found)):
                self.problems.append(Problem(self.line, text, "box"))
        return []

    def _words(self, element: Element) -> str:
        text = CONTROLS.sub("", element.text or "")
        if self.custom and text.strip():
            self.custom = False
            self.cited[-1] = (tidy(text), self.cited[-1][1])
            return ""
        return text

    def _reference(self, element: Element) -> str:
        """A token for the note; its mark is counted, or is the text that follows where the author set it himself."""
        kind = CITES[element.tag]
        id, part = element.get(f"{W}id", ""), self.notes[kind]
        if id not in part.texts:
            self.problems.append(Problem(self.line, id, "mark_without_note"))
            return ""
        self.custom = element.get(f"{W}customMarkFollows", "") in ("1", "true", "on")
        part.used.append(id)
        count = len(part.used)
        self.cited.append((str(count) if kind == "footnote" else to_roman(min(count, 3999)).lower(), part.texts[id]))
        return f"\ue000{len(self.cited) - 1}\ue001"

    def _style(self, id: str, depth: int = 0) -> tuple[str, Element | None]:
        """A style's name and the numbering it or the one it is based on sets."""
        style = self.styles.get(id)
        if style is None or depth > 10:
            return "", None
        listed = style.find(f"{W}pPr/{W}numPr")
        if listed is None and (base := value(style, "basedOn")):
            listed = self._style(base, depth + 1)[1]
        return value(style, "name"), listed

    def _paragraph(self, element: Element) -> None:
        self.line, self.custom = self.line + 1, False
        self._own(element)
        text = tidy("".join(self._text(element)))
        name, listed = self._style(value(element, "pPr/pStyle"))
        own = element.find(f"{W}pPr/{W}numPr")
        listed = own if own is not None else listed
        if not any(sign.isalnum() for sign in TOKEN.sub("", text)):
            self.problems += [Problem(self.line, self._plain(text), "no_words")] if text else []
            return
        label = self.numbering.next(value(listed, "numId"), number(value(listed, "ilvl"))) if listed is not None else ""
        self._block(f"{label} {text}" if label else text, name)

    def _block(self, text: str, style: str) -> None:
        """A block, with what its style says."""
        if style.casefold() in ("title", "titre", "título") and not self.blocks:
            self.title = f"{self.title} {text}".strip()
            return
        ours, heading = OURS.fullmatch(style), HEADING.fullmatch(style.strip())
        kind = Kind(ours[1]) if ours and ours[1] in list(Kind) else None
        markers = [] if kind in UNNUMBERED else readings(text)
        level = int(heading[1]) if heading else int(kind in RANK)
        if level and markers and markers[0].style in (Style.LETTER, Style.ROMAN, Style.BULLET):
            markers = []
        self.blocks.append(Block(self.line, text, markers, level=level, kind=kind))

    def _cite(self, drafts: list[Draft]) -> list[Problem]:
        """Takes the tokens out of the texts and puts the notes in."""
        for draft in drafts:
            draft.number = TOKEN.sub("", draft.number)
            draft.heading = self._resolved(draft, draft.heading, Place.HEADING)
            draft.text = self._resolved(draft, draft.text, Place.TEXT)
        return []

    def _resolved(self, draft: Draft, text: str, place: Place) -> str:
        while match := TOKEN.search(text):
            mark, note = self.cited[int(match[1])]
            before, after = text[: match.start()], text[match.end() :]
            if (before.endswith(" ") or not before) and after.startswith(" "):
                after = after[1:]
            text = before + after
            draft.notes.append(Cited(mark, note, len(before), place))
        trimmed = text.rstrip(" ")
        draft.notes = [cited._replace(at=min(cited.at, len(trimmed))) if cited.place is place else cited for cited in draft.notes]
        return trimmed


def read_docx(data: bytes, language: str) -> Imported:
    """A Word document as a tree; lines in problems count paragraphs (0: header, footer, notes). `Refused` where it is none.

    Tables and text boxes are reported as not placed; text struck out by tracked changes too, inserted text is taken.
    """
    tag = language_tag(language)
    try:
        return Reader(parts(data), tag).run()
    except Refused as refused:
        if refused.code == "not_xml":
            raise Refused("not_docx") from None
        raise
