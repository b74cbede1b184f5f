"""Every sign of a file is in the tree, set aside, or listed as not placed; on damaged files too."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entraide.engines.texts import Refused, read_plain
from tests.engines.texts.help import lost, seed_file
from tests.engines.texts.samples import CONVENTION, PAGED, RESOLUTION

SAMPLES = (CONVENTION, RESOLUTION, PAGED)
PIECES = st.sampled_from(
    [
        "1. ", "2. ", "12) ", "(a) ", "b) ", "ii) ", "– ", "• ", "I. ", "B. ", "Article 3", "Annex", "Chapter II – ", "Notes",
        "Preamble", "_" * 12, "A/64/999", "- 3 -", "Page 4", "\f", "\n", "\n\n", "\n   ", " ", "word", "Word", "co-\n", "end.",
        "states;", "list:", "text1", "text².", "[2]", "*", "1  Note.", "2  Other note", "أولا - ", "كلمة", "字。", "\u202e", "\u200f",
        "\u00a0", "§ 4 ", "***", "—",
    ]
)  # fmt: skip


def damaged(source: str, kind: str, chance: random.Random) -> str:
    lines = source.split("\n")
    if kind == "cut":
        return source[: chance.randrange(1, len(source))]
    if kind == "shuffled":
        chance.shuffle(lines)
    elif kind == "without numbers":
        lines = [re.sub(r"^ *\d+\. ", "", line) if chance.random() < 0.3 else line for line in lines]
    elif kind == "numbers twice":
        lines = [re.sub(r"^( *)\d+\. ", r"\g<1>7. ", line) if chance.random() < 0.3 else line for line in lines]
    elif kind == "lines missing":
        lines = [line for line in lines if chance.random() > 0.2]
    elif kind == "no empty lines":
        lines = [line.strip() for line in lines if line.strip()]
    elif kind == "empty lines everywhere":
        lines = [part for line in lines for part in (line, "")]
    elif kind == "lines twice":
        lines += lines[len(lines) // 3 :]
    return "\n".join(lines)


KINDS = (
    "cut", "shuffled", "without numbers", "numbers twice", "lines missing", "no empty lines", "empty lines everywhere", "lines twice",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sample", range(len(SAMPLES)))
def test_a_damaged_file_loses_nothing(kind: str, sample: int) -> None:
    for number in range(12):
        source = damaged(SAMPLES[sample], kind, random.Random(number))
        if source.strip():
            assert not lost(source, read_plain(source.encode(), "en"))


@pytest.mark.parametrize("kind", KINDS)
def test_the_report_damaged_loses_nothing(kind: str) -> None:
    whole = seed_file().read_text(encoding="utf-8")
    for number in range(3):
        source = damaged(whole, kind, random.Random(number))
        assert not lost(source, read_plain(source.encode(), "fr"))


@settings(max_examples=400)
@given(st.lists(PIECES, min_size=1, max_size=40).map("".join))
def test_whatever_stands_in_a_file_nothing_is_lost(source: str) -> None:
    try:
        got = read_plain(source.encode(), "en")
    except Refused as refused:
        assert refused.code == "empty"
        return
    assert not lost(source, got)
    assert read_plain(source.encode(), "en") == got


@settings(max_examples=150)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=120))
def test_any_text_is_read_or_refused_with_a_sentence(source: str) -> None:
    try:
        got = read_plain(source.encode(), "en")
    except Refused as refused:
        assert str(refused).endswith(".")
        return
    assert not lost(source, got)


def test_lines_in_an_older_encoding_are_read_and_reported() -> None:
    data = "1. Déjà lu en entier.\n\n".encode() + "2. Été à la mer.\n".encode("cp1252")
    got = read_plain(data, "fr")
    assert [node.text for node in got.text.walk()] == ["Déjà lu en entier.", "Été à la mer."]
    assert [(problem.line, problem.code) for problem in got.problems] == [(3, "encoding")]


def test_an_arabic_text_in_its_older_encoding_is_read_by_its_language() -> None:
    got = read_plain("1. كلمة عن العمل.\n".encode("cp1256"), "ar")
    assert [node.text for node in got.text.walk()] == ["كلمة عن العمل."]


def test_signs_lost_in_an_earlier_conversion_are_reported_with_their_line() -> None:
    got = read_plain("1. Une pi\ufffdce.\n\n2. Une piÃ¨ce.\n".encode(), "fr")
    assert [(problem.line, problem.code) for problem in got.problems] == [(1, "damaged"), (3, "damaged")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-32"])
def test_a_byte_order_mark_says_how_to_read(encoding: str) -> None:
    got = read_plain("1. Déjà lu.\n".encode(encoding), "fr")
    assert [node.text for node in got.text.walk()] == ["Déjà lu."]
    assert not got.problems
