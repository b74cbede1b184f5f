"""A real report of the United Nations, in French, as extracted from its PDF: 48 paragraphs, read one by one by a person."""

import hashlib
import re

from entraide.engines.texts.model import DocumentKind, Kind, Place
from tests.engines.texts.help import kept, lost, seed, seed_file, signs

# Read against the page on which each stands; a change of a single word or of its place in the tree changes this.
DIGEST = "988df9e0176bc958bfa26ac0f9538c053b087495cfaf47ef27f0a9166552d2fa"


def _paragraphs() -> dict[str, str]:
    return {node.number: node.text for node in seed().text.walk() if node.kind is Kind.PARAGRAPH}


def test_the_48_paragraphs_enter_in_order_with_their_numbers() -> None:
    ids = [node.id for node in seed().text.walk() if node.kind is Kind.PARAGRAPH]
    assert ids == [f"para_{number}" for number in range(1, 49)]
    assert list(_paragraphs()) == [str(number) for number in range(1, 49)]


def test_no_paragraph_begins_or_ends_in_the_middle_of_a_sentence() -> None:
    texts = _paragraphs()
    assert all(text[0].isupper() for text in texts.values())
    assert {number for number, text in texts.items() if not text.endswith(".")} == {"18", "19", "20"}
    assert all(texts[number].endswith(":") for number in ("18", "19", "20"))


def test_sections_and_subsections_stand_as_in_the_report() -> None:
    numbered = [(node.id, len(node.heading)) for node in seed().text.walk() if node.kind in (Kind.SECTION, Kind.SUBSECTION)]
    assert numbered == [
        ("sec_I", 12), ("sec_II", 70), ("sec_III", 128), ("sec_IV", 194),
        ("sec_IV__subsec_A", 90), ("sec_IV__subsec_B", 19), ("sec_IV__subsec_C", 7), ("sec_IV__subsec_D", 69), ("sec_IV__subsec_E", 64),
        ("sec_V", 10),
    ]  # fmt: skip


def test_each_heading_holds_its_paragraphs() -> None:
    holds = {
        node.id: [child.number for child in node.children if child.kind is Kind.PARAGRAPH]
        for node in seed().text.walk()
        if node.kind in (Kind.SECTION, Kind.SUBSECTION, Kind.HEADING)
    }
    spans = {id: (int(numbers[0]), int(numbers[-1])) for id, numbers in holds.items() if numbers}
    assert spans == {
        "sec_I": (1, 5), "sec_II": (6, 6), "sec_II__hcontainer_1": (7, 11), "sec_III": (12, 14), "sec_IV": (15, 15),
        "sec_IV__subsec_A": (16, 23), "sec_IV__subsec_B": (24, 29), "sec_IV__subsec_C": (30, 35), "sec_IV__subsec_D": (36, 40),
        "sec_IV__subsec_E": (41, 46), "sec_V": (47, 48),
    }  # fmt: skip


def test_the_summary_is_a_heading_with_its_text_and_not_a_numbered_paragraph() -> None:
    first = seed().text.nodes[0]
    assert (first.kind, first.number, len(first.heading)) == (Kind.HEADING, "", 6)
    assert [(child.kind, len(child.text)) for child in first.children] == [(Kind.ALINEA, 505)]


def test_the_lists_in_18_to_20_keep_their_letters() -> None:
    lists = {
        node.id: [child.number for child in node.children] for node in seed().text.walk() if node.kind is Kind.PARAGRAPH and node.children
    }
    assert lists == {
        "para_18": ["a)", "b)", "c)", "d)", "e)", "f)"],
        "para_19": ["a)", "b)", "c)"],
        "para_20": ["a)", "b)", "c)", "d)"],
    }


def test_letters_in_the_running_text_of_43_do_not_become_a_list() -> None:
    node = seed().text.get("para_43")
    assert node is not None and not node.children
    assert len(re.findall(r"\b[ab]\) ", node.text)) == 2


def test_the_three_notes_are_cited_in_16_24_and_32() -> None:
    cited = {note.mark: (node.id, note.place, note.at, len(note.text)) for node in seed().text.walk() for note in node.footnotes}
    assert cited == {
        "1": ("para_16", Place.TEXT, 113, 58),
        "2": ("para_24", Place.TEXT, 91, 49),
        "3": ("para_32", Place.TEXT, 271, 56),
    }


def test_paragraphs_17_and_28_go_on_after_the_notes_at_the_foot_of_their_page() -> None:
    texts = _paragraphs()
    assert (len(texts["17"]), len(texts["28"]), len(texts["33"])) == (831, 416, 391)


def test_nothing_is_left_over_and_nothing_is_doubtful() -> None:
    assert (seed().problems, {item.code for item in seed().furniture}) == ((), {"rule"})
    assert seed().text.kind is DocumentKind.DOC


def test_every_sign_of_the_file_is_accounted_for() -> None:
    source = seed_file().read_text(encoding="utf-8")
    assert not lost(source, seed())
    assert not kept(seed()) - signs([source])


def test_the_whole_tree_is_the_one_that_was_read_by_eye() -> None:
    told = "\n".join(re.sub(r"\s+", " ", f"{node.id}|{node.number}|{node.heading}|{node.text}") for node in seed().text.walk())
    assert hashlib.sha256(told.encode()).hexdigest() == DIGEST
