"""Files made to do harm, or no texts at all: one class of error, one sentence, quickly."""

import zipfile
from io import BytesIO

import pytest

from entraide.engines.texts import Refused, Text, read, read_plain
from entraide.engines.texts.model import DocumentKind, Kind, Node
from tests.effort import little_work

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]><a>&d;</a>"""
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


def package(**files: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(f"word/{name}.xml", data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\n ", "a.txt", "empty"),
        (b"x" * (10 * 2**20 - 1), "a.txt", "long_line"),
        (b"x\n" * (6 * 2**20), "a.txt", "too_big"),
        (b"1. A\0b", "a.txt", "nul"),
        ("1. Words".encode("utf-16-le"), "a.txt", "nul"),
        (b"\xff\xfe\x00", "a.txt", "not_text"),
        (b"words", "a.pdf", "format"),
        (LAUGHS, "a.xml", "xml_entities"),
        (OUTSIDE, "a.xml", "xml_entities"),
        (b"<a><b></a>", "a.xml", "not_xml"),
        (b"<a/>", "a.xml", "not_akn"),
        (b"<a>" * 100_000, "a.xml", "too_deep"),
        (b'<?xml version="1.0" encoding="nonsense"?><a/>', "a.xml", "not_xml"),
        (b"PK\x03\x04 broken", "a.docx", "not_docx"),
        (package(other=b"<a/>"), "a.docx", "not_docx"),
        (package(document=LAUGHS), "a.docx", "xml_entities"),
        (package(document=b"<a><b>"), "a.docx", "not_docx"),
        (package(document=b" " * (70 * 2**20)), "a.docx", "zip_bomb"),
    ],
)
def test_a_bad_file_is_refused_with_one_sentence(data: bytes, name: str, code: str) -> None:
    with little_work(), pytest.raises(Refused) as refused:
        read(data, name, "fr")
    assert refused.value.code == code
    assert str(refused.value).endswith(".") and "\n" not in str(refused.value)


def test_a_language_that_is_none_is_refused() -> None:
    with pytest.raises(Refused, match="The language must be a tag"):
        read(b"1. Words.", "a.txt", "français")


def test_signs_that_turn_the_reading_direction_are_taken_out_and_told() -> None:
    got = read_plain("1. Pay \u202eyna\u202c person.\n".encode(), "en")
    assert [node.text for node in got.text.walk()] == ["Pay yna person."]
    assert [(item.line, item.text) for item in got.furniture] == [(1, "U+202C×1 U+202E×1")]


def test_no_control_sign_gets_into_a_tree() -> None:
    with pytest.raises(Refused, match="control"):
        Node("para_1", Kind.PARAGRAPH, text="a\u202eb")


def test_two_provisions_never_share_an_id() -> None:
    with pytest.raises(Refused, match="same id"):
        Text("", "fr", DocumentKind.DOC, (Node("a", Kind.PARAGRAPH), Node("a", Kind.PARAGRAPH)))


@pytest.mark.parametrize(
    "line",
    [
        "1. " * 30_000,
        "(a) " * 20_000,
        "-" * 90_000,
        "1." * 40_000,
        "I" * 90_000,
        "_ " * 40_000,
        "word" * 20_000,
        '."' * 40_000,
        "²" * 90_000,
        "«" * 90_000,
    ],
)
def test_odd_lines_are_read_in_time(line: str) -> None:
    with little_work():
        read_plain(f"{line}\n\n{line}\n".encode(), "en")


def test_ten_thousand_paragraphs_are_read_in_time() -> None:
    source = "\n\n".join(f"{number}. A sentence with a few words in it, and no more than that." for number in range(1, 10_001))
    with little_work(60):
        assert len(read_plain(source.encode(), "en").text.nodes) == 10_000


def test_many_notes_are_joined_in_time() -> None:
    body = "\n\n".join(f"{number}. A sentence[{number}] of some length that cites one note." for number in range(1, 900))
    notes = "\n".join(f"{number}  Note." for number in range(1, 900))
    with little_work(60):
        got = read_plain(f"{body}\n\n__________\n{notes}\n".encode(), "en")
    assert sum(1 for _ in got.text.footnotes()) == 899
