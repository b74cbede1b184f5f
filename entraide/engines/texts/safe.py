"""XML and ZIP from strangers: no document types, no entities, no network, bounded in size and depth."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

import defusedxml.ElementTree as defused
from defusedxml.common import DefusedXmlException

from entraide.engines.texts.model import MAX_BYTES, Refused

MAX_UNPACKED = 60 * 1024 * 1024
MAX_PARTS = 2_000
MAX_XML_DEPTH = 200
LINE = "{urn:entraide:texts}line"


class _Lines(TreeBuilder):
    """Remembers on each element the line it begins on, and refuses what is nested without end."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.line: Callable[[], int] = lambda: 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self.depth += 1
        if self.depth > MAX_XML_DEPTH:
            raise Refused("too_deep", limit=MAX_XML_DEPTH)
        return super().start(tag, {**attrs, LINE: str(self.line())})

    def end(self, tag: str) -> Element:
        self.depth -= 1
        return super().end(tag)


def parse(data: bytes, limit: int = MAX_BYTES) -> Element:
    """The root element; every element carries its line in the attribute `LINE`.

    `Refused`: too_big, xml_entities (any DOCTYPE), too_deep, not_xml.
    """
    if len(data) > limit:
        raise Refused("too_big", limit=limit // 2**20)
    builder = _Lines()
    parser = defused.XMLParser(target=builder, forbid_dtd=True)
    builder.line = lambda: parser.parser.CurrentLineNumber
    try:
        parser.feed(data)
        root: Element = parser.close()
    except DefusedXmlException:
        raise Refused("xml_entities") from None
    except (ParseError, LookupError, ValueError) as wrong:
        if isinstance(wrong, Refused):
            raise
        raise Refused("not_xml") from None
    return root


def line_of(element: Element) -> int:
    """The line on which the element begins."""
    return int(element.get(LINE, "0"))


def parts(data: bytes) -> dict[str, bytes]:
    """The XML parts of an Office package by name; `Refused`: too_big, not_docx, zip_bomb (60 MB unpacked, 2,000 parts)."""
    if len(data) > MAX_BYTES:
        raise Refused("too_big", limit=MAX_BYTES // 2**20)
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            listed = package.infolist()
            if len(listed) > MAX_PARTS or sum(item.file_size for item in listed) > MAX_UNPACKED:
                raise Refused("zip_bomb", limit=MAX_UNPACKED // 2**20)
            return {item.filename: package.read(item) for item in listed if item.filename.endswith((".xml", ".rels"))}
    # zipfile raises NotImplementedError for a kind of compression that it does not know, RuntimeError for an encrypted part
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as wrong:
        if isinstance(wrong, Refused):
            raise
        raise Refused("not_docx") from None
