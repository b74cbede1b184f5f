"""How lines become provisions: numbers, lists, headings, notes, pages."""

import pytest
from hypothesis import given, settings

from entraide.engines.texts import DocumentKind, Imported, Kind, read_plain
from entraide.engines.texts.markers import Style
from entraide.engines.texts.numerals import letter, roman, to_letter, to_roman
from tests.engines.texts.help import one
from tests.engines.texts.samples import CONVENTION, PAGED, RESOLUTION
from tests.engines.texts.trees import reports, wrapped


def read(source: str, language: str = "en") -> Imported:
    return read_plain(source.encode(), language)


def ids(got: Imported) -> list[str]:
    return [node.id for node in got.text.walk()]


def codes(got: Imported) -> set[str]:
    return {problem.code for problem in got.problems}


def text_of(got: Imported, id: str) -> str:
    node = got.text.get(id)
    assert node is not None, ids(got)
    return node.text


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("12. Some words", (Style.DIGIT, "12", 12)),
        ("§ 3 Some words", (Style.DIGIT, "3", 3)),
        ("12 bis. Some words", (Style.DIGIT, "12bis", 12)),
        ("1.2 Some words", (Style.DIGIT, "1-2", 2)),
        ("٣. كلمة", (Style.DIGIT, "3", 3)),
        ("(a) words", (Style.LETTER, "a", 1)),
        ("b) words", (Style.LETTER, "b", 2)),
        ("(ب) كلمة", (Style.LETTER, "b", 2)),
        ("в) слово", (Style.LETTER, "c", 3)),
        ("iv) words", (Style.ROMAN, "iv", 4)),
        ("– words", (Style.BULLET, "", 0)),
        ("IV. Words", (Style.HEAD_ROMAN, "IV", 4)),
        ("B. Words", (Style.HEAD_LETTER, "B", 2)),
        ("ثانيا - كلمة", (Style.HEAD_ROMAN, "II", 2)),
        ("二、字", (Style.HEAD_ROMAN, "II", 2)),
        ("Article 5 – Title", (Style.WORD, "5", 5)),
        ("Art. 7", (Style.WORD, "7", 7)),
        ("Artículo 3", (Style.WORD, "3", 3)),
        ("Статья 4", (Style.WORD, "4", 4)),
        ("المادة ٥", (Style.WORD, "5", 5)),
        ("第三条 字", (Style.WORD, "3", 3)),
        ("Article premier", (Style.WORD, "1", 1)),
        ("Chapitre IV", (Style.WORD, "IV", 4)),
    ],
)
def test_a_number_is_read_in_the_language_it_is_written_in(line: str, expected: tuple[Style, str, int]) -> None:
    assert one(line) == expected


@pytest.mark.parametrize("number", range(1, 400, 7))
def test_numerals_go_there_and_back(number: int) -> None:
    assert roman(to_roman(number)) == number
    assert number > 52 or letter(to_letter(number)) == number


@settings(max_examples=60)
@given(reports())
def test_numbers_come_out_in_order_once_each_and_the_same_again(report: tuple[str, list[str]]) -> None:
    source, expected = report
    got = read(source)
    assert ids(got) == expected
    assert not got.problems
    assert ids(read(source)) == expected


@settings(max_examples=40)
@given(reports())
def test_a_section_put_first_changes_no_paragraphs_id(report: tuple[str, list[str]]) -> None:
    source, expected = report
    got = ids(read("Summary\n\nThese words come before all the others and have no number.\n\n" + source))
    assert [id for id in got if id.startswith("para")] == [id for id in expected if id.startswith("para")]


def test_a_convention_has_articles_with_paragraphs_points_and_dashes() -> None:
    got = read(CONVENTION)
    assert got.text.kind is DocumentKind.ACT
    assert ids(got) == [
        "preamble", "preamble__rec_1", "preamble__rec_2", "preamble__rec_3",
        "part_I", "art_1", "art_1__al_1", "art_2", "art_2__para_a", "art_2__para_b", "art_2__para_b__subpara_i",
        "art_2__para_b__subpara_ii", "art_2__para_c", "art_3", "art_3__para_1", "art_3__para_2", "art_3__para_2__subpara_a",
        "art_3__para_2__subpara_b", "art_3__para_2__subpara_b__indent_1", "art_3__para_2__subpara_b__indent_2",
        "art_3__para_2__subpara_c", "art_3bis", "art_3bis__para_1", "part_II", "art_4",
        "annex_I", "annex_I__para_1", "annex_I__para_2",
    ]  # fmt: skip
    article = got.text.get("art_2")
    assert article is not None
    assert (article.number, article.heading) == ("Article 2", "Use of terms")


def test_a_resolution_begins_with_its_preamble() -> None:
    got = read(RESOLUTION)
    assert got.text.kind is DocumentKind.STATEMENT
    assert [id for id in ids(got) if id.startswith(("preamble", "para"))] == [
        "preamble", "preamble__rec_1", "preamble__rec_2", "preamble__rec_3",
        "para_1", "para_2", "para_2__subpara_a", "para_2__subpara_b", "para_3",
    ]  # fmt: skip


def test_a_note_runs_over_two_pages_and_belongs_to_the_word_that_cites_it() -> None:
    notes = {note.mark: (node.id, note.text) for node in read(PAGED).text.walk() for note in node.footnotes}
    assert notes["1"][0] == "para_1"
    assert notes["1"][1].endswith("does not end on this page but on the next one.")
    assert notes["2"] == ("para_2", "Short.")


def test_heads_and_feet_of_pages_are_set_aside_and_told() -> None:
    got = read(PAGED)
    assert [item.line for item in got.furniture if item.code == "symbol"] == [1, 12, 22]
    assert [item.line for item in got.furniture if item.code == "page_number"] == [13, 23]
    assert text_of(got, "para_1").endswith("as happens in reports of this kind.")


def test_a_word_cut_at_the_line_end_is_put_together_as_the_text_writes_it() -> None:
    got = read(PAGED)
    assert text_of(got, "para_3") == "The third paragraph is a co-operation, for coordination and coordination."
    assert [item.line for item in got.furniture if item.code == "hyphen"] == [25]


def test_a_missing_number_is_placed_and_reported() -> None:
    got = read("1. First sentence.\n\n2. Second sentence.\n\n4. Fourth sentence.\n")
    assert ids(got) == ["para_1", "para_2", "para_4"]
    assert [(problem.line, problem.code) for problem in got.problems] == [(5, "missing_number")]


def test_a_number_that_stands_twice_gets_an_id_of_its_own_and_is_reported() -> None:
    got = read("1. First sentence.\n\n2. Second sentence.\n\n2. Again a second.\n")
    assert ids(got) == ["para_1", "para_2", "para_2_2"]
    assert "duplicate" in codes(got)


def test_a_numbering_that_starts_again_under_a_section_carries_the_section() -> None:
    got = read("I. One heading\n\n1. First sentence.\n\n2. Second sentence.\n\nII. Another heading\n\n1. First again.\n")
    assert ids(got) == ["sec_I", "para_1", "para_2", "sec_II", "sec_II__para_1"]
    assert codes(got) == {"restart"}


def test_the_letter_i_after_h_is_a_letter_and_after_a_colon_a_roman_one() -> None:
    letters = "\n\n".join(f"{letter}) some words;" for letter in "abcdefghij")
    assert ids(read(f"1. The list is:\n\n{letters}\n"))[-2:] == ["para_1__subpara_i", "para_1__subpara_j"]
    nested = "1. The list is:\n\na) some words:\n\ni) inner words;\n\nii) inner words;\n\nb) more words.\n"
    assert ids(read(nested)) == [
        "para_1",
        "para_1__subpara_a",
        "para_1__subpara_a__point_i",
        "para_1__subpara_a__point_ii",
        "para_1__subpara_b",
    ]


def test_a_year_or_a_reference_at_the_head_of_a_line_is_no_paragraph() -> None:
    source = wrapped("1. " + "The words go on and on until the very end of the line in the year of 1. ", 60)
    got = read(f"{source}\n\n2. Another sentence that says little but says it in full length here.\n")
    assert ids(got) == ["para_1", "para_2"]


def test_text_after_a_list_belongs_to_its_paragraph() -> None:
    listed = "1. The list is:\n\n(a) one thing;\n\n(b) another thing;\n\n"
    got = read(f"{listed}and nothing else shall be in it at all.\n\n2. Next sentence.\n")
    assert ids(got) == ["para_1", "para_1__subpara_a", "para_1__subpara_b", "para_1__al_1", "para_2"]


def test_a_note_without_its_mark_is_kept_and_reported() -> None:
    got = read("1. A sentence of some length which cites nothing at all.\n\n__________\n1  A note.\n")
    assert [(note.mark, note.text) for note in got.text.footnotes()] == [("1", "A note.")]
    assert "note_without_mark" in codes(got)


def test_notes_at_the_end_under_their_heading_are_joined() -> None:
    got = read("1. A sentence[1] and another one.[2]\n\n2. A sentence.\n\nNotes\n\n1  First note.\n\n2  Second note.\n")
    assert [(node.id, note.mark, note.at) for node in got.text.walk() for note in node.footnotes] == [
        ("para_1", "1", 10),
        ("para_1", "2", 27),
    ]


def test_lines_without_a_letter_cannot_be_placed_and_are_told() -> None:
    got = read("1. A sentence.\n\n* * *\n\n2. Another one.\n")
    assert [(problem.line, problem.text, problem.reason) for problem in got.unplaced] == [(3, "* * *", "no letter or figure in it")]


ARABIC = "أولا - مقدمة\n\n١. كلمة عن العمل معا.\n\n٢. كلمة أخرى:\n\n(أ) شيء؛\n\n(ب) شيء آخر.\n\nثانيا - خاتمة\n\n٣. كلمة أخيرة.\n"
FRENCH = (
    "I. Introduction\n\n1. Un mot sur l’action.\n\n2. Un autre mot:\n\na) Une chose;\n\nb) Une autre.\n\n"
    "II. Conclusion\n\n3. Un dernier mot.\n"
)
CHINESE = "一、导言\n\n1. 关于合作的话。\n\n2. 另一句话:\n\n(a) 一件事;\n\n(b) 另一件事。\n\n二、结论\n\n3. 最后的话。\n"
RUSSIAN = "I. Введение\n\n1. Слово о деле.\n\n2. Другое слово:\n\na) одно;\n\nb) другое.\n\nII. Заключение\n\n3. Последнее слово.\n"


@pytest.mark.parametrize(("language", "source"), [("ar", ARABIC), ("zh", CHINESE), ("ru", RUSSIAN)])
def test_the_same_text_has_the_same_ids_in_every_language(language: str, source: str) -> None:
    assert ids(read(source, language)) == ids(read(FRENCH, "fr"))


def test_headings_of_kind_follow_akoma_ntoso() -> None:
    kinds = [node.kind for node in read(FRENCH, "fr").text.walk()]
    assert kinds[:5] == [Kind.SECTION, Kind.PARAGRAPH, Kind.PARAGRAPH, Kind.SUBPARAGRAPH, Kind.SUBPARAGRAPH]
