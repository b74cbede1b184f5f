"""Word and Akoma Ntoso files whose elements were deleted, renamed, doubled or moved: refused, or every sign placed or listed."""

import io
import random
import zipfile
from collections import Counter
from copy import deepcopy
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entraide.engines.texts import Imported, Refused, read_akn, read_docx, read_plain, write_akn, write_docx
from entraide.engines.texts.docxnumbers import W
from tests.engines.texts import test_word as word
from tests.engines.texts.help import kept, signs
from tests.engines.texts.samples import CONVENTION, PAGED, RESOLUTION

SAMPLES = (CONVENTION, RESOLUTION, PAGED)
READ = ("document", "footnotes", "endnotes", "header1", "comments")
UNSEEN = {f"{W}instrText", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
CITED = (
    "<w:r><w:t>Act</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r>"
    "<w:ins><w:r><w:t>well</w:t></w:r></w:ins><w:del><w:r><w:delText>badly</w:delText></w:r></w:del>"
    "<w:r><w:footnoteReference w:id=\"3\" w:customMarkFollows=\"1\"/><w:t>*</w:t></w:r>"
)  # fmt: skip
TABLE = (
    f"<w:tbl><w:tr><w:tc>{word.p('Cell one')}</w:tc><w:tc>{word.p(CITED)}</w:tc></w:tr></w:tbl>"
    "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
)
OTHERS = f"<w:document {word.NAMES}><w:body>{word.p('First thing.', level=0)}{word.p(CITED, level=1)}{TABLE}</w:body></w:document>"


def altered(root: Element, chance: random.Random) -> None:
    """One to four changes anywhere below the root; the text that goes is gone from the source as well."""
    for _each in range(chance.randint(1, 4)):
        places = [(parent, child) for parent in root.iter() for child in parent]
        if not places:
            return
        parent, child = chance.choice(places)
        other = chance.choice(places)[1]
        how = chance.choice(["delete", "rename", "unwrap", "double", "attribute", "strange"])
        if how == "delete":
            parent.remove(child)
        elif how == "rename":
            child.tag = other.tag
        elif how == "unwrap":
            at = list(parent).index(child)
            parent.remove(child)
            for number, below in enumerate(list(child)):
                parent.insert(at + number, below)
        elif how == "double":
            parent.insert(chance.randint(0, len(parent)), deepcopy(child))
        elif how == "attribute" and child.attrib:
            child.set(chance.choice(sorted(child.attrib)), chance.choice(["", "0", "99", "-1", "x", "é"]))
        else:
            child.tag = chance.choice(["strange", f"{W}strange"])


def texts(root: Element) -> list[str]:
    """What a reader could see in a part; field instructions and second versions of the same drawing aside."""
    if root.tag in UNSEEN:
        return []
    return [root.text or "", *(part for child in root for part in (*texts(child), child.tail or ""))]


def missing(source: Counter[str], got: Imported) -> Counter[str]:
    """The signs that stand nowhere; the number before a text may have lost its separator."""
    gone = source - kept(got)
    for sign in "..:–—―--、．[]()§":
        gone[sign] = max(0, gone[sign] - sum(1 for node in got.text.walk() if node.number) * 2)
    return +gone


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def word_files() -> list[dict[str, bytes]]:
    written = [zipfile.ZipFile(io.BytesIO(write_docx(read_plain(sample.encode(), "en").text))) for sample in SAMPLES]
    files = [{name: book.read(name) for name in book.namelist()} for book in written]
    mine = {"document": OTHERS, "numbering": word.NUMBERING, "styles": word.STYLES, "footnotes": word.NOTES}
    return [*files, {f"word/{name}.xml": text.encode() for name, text in mine.items()}]


WORD = word_files()
AKN = [write_akn(read_plain(sample.encode(), "en").text) for sample in SAMPLES]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(WORD) - 1), st.integers(0, 2**32))
def test_a_word_file_with_altered_elements_loses_nothing(sample: int, seed: int) -> None:
    chance, files = random.Random(seed), dict(WORD[sample])
    parts = [name for name in files if name.removeprefix("word/").removesuffix(".xml") in READ]
    name = chance.choice([part for part in parts if part in files])
    root = fromstring(files[name])
    altered(root, chance)
    files[name] = tostring(root)
    try:
        got = read_docx(packed(files), "en")
    except Refused as refused:
        assert str(refused).endswith(".")
        return
    source = signs(text for part in parts for text in texts(fromstring(files[part])))
    assert not missing(source, got)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(AKN) - 1), st.integers(0, 2**32))
def test_an_akoma_ntoso_file_with_altered_elements_loses_nothing(sample: int, seed: int) -> None:
    root = fromstring(AKN[sample])
    altered(root, random.Random(seed))
    try:
        got = read_akn(tostring(root))
    except Refused as refused:
        assert str(refused).endswith(".")
        return
    source = signs(texts(root))
    assert not missing(source, got)


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_citation_whose_note_is_not_in_the_file_is_listed(kind: str) -> None:
    got = word.document(word.p(f'<w:r><w:t>Act.</w:t></w:r><w:r><w:{kind}Reference w:id="77"/></w:r>', level=0))
    assert (1, "77", "mark_without_note") in [(problem.line, problem.text, problem.code) for problem in got.unplaced]
