"""Versions compared, quotations found again, languages in step."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entraide.engines.texts import (
    Anchor,
    Change,
    DocumentKind,
    Footnote,
    Kind,
    Lost,
    Node,
    Op,
    Refused,
    Span,
    Text,
    anchor,
    diff,
    diff_words,
    find,
    in_step,
    locate,
    read_plain,
)
from entraide.engines.texts.diffing import increasing
from entraide.engines.texts.words import tokens
from tests.effort import little_work
from tests.engines.texts.help import seed

SIGNS = st.lists(st.sampled_from(["a", "b", "c", "États", "l’un", " ", " ", " ", ",", ".", "字", "e\u0301", "1"]), max_size=30).map("".join)


def paragraph(number: int, text: str) -> Node:
    return Node(f"para_{number}", Kind.PARAGRAPH, str(number), text=text)


def text(*nodes: Node, language: str = "en") -> Text:
    return Text("", language, DocumentKind.DOC, nodes)


ONE, TWO, THREE = paragraph(1, "States act together."), paragraph(2, "Victims are protected."), paragraph(3, "Nobody is sold.")


@settings(max_examples=300)
@given(SIGNS, SIGNS)
def test_runs_hold_both_versions_word_for_word(old: str, new: str) -> None:
    runs = diff_words(old, new)
    assert "".join(run.text for run in runs if run.op is not Op.INSERT) == old
    assert "".join(run.text for run in runs if run.op is not Op.DELETE) == new
    assert all(here.op is not after.op for here, after in pairwise(runs))


@given(SIGNS)
def test_words_joined_are_the_text(written: str) -> None:
    assert "".join(tokens(written)) == written


def test_a_word_put_in_is_a_word_and_not_letters() -> None:
    runs = [(run.op.value, run.text) for run in diff_words("States shall act together.", "States should act together.")]
    assert runs == [("equal", "States "), ("delete", "shall"), ("insert", "should"), ("equal", " act together.")]


def test_ten_thousand_words_are_compared_quickly() -> None:
    chance = random.Random(1)
    old = [chance.choice(["of", "the", "States", "and", "act", "victims", f"word{chance.randrange(3000)}"]) for _ in range(10_000)]
    new = [word if chance.random() > 0.1 else "changed" for word in old if chance.random() > 0.05]
    with little_work():
        runs = diff_words(" ".join(old), " ".join(new))
    assert sum(len(run.text) for run in runs if run.op is Op.EQUAL) > 20_000


@pytest.mark.parametrize("words", [("a",), ("a", "b")])
def test_the_same_few_words_ten_thousand_times_are_compared_in_time(words: tuple[str, ...]) -> None:
    old = " ".join(words * (10_000 // len(words)))
    with little_work():
        runs = diff_words(f"x {old} y", f"{old} z {old}")
    assert "".join(run.text for run in runs if run.op is not Op.INSERT) == f"x {old} y"


def test_added_removed_changed_and_moved_are_told_apart() -> None:
    old = text(ONE, TWO, THREE, paragraph(4, "Something falls away."))
    new = text(THREE, ONE, replace(TWO, text="Victims are well protected."), paragraph(5, "Something new."))
    found = [(difference.change, difference.id) for difference in diff(old, new)]
    assert found == [
        (Change.MOVED, "para_3"), (Change.REMOVED, "para_4"), (Change.CHANGED, "para_2"), (Change.ADDED, "para_5"),
    ]  # fmt: skip


def test_the_same_text_has_no_differences() -> None:
    assert diff(seed().text, seed().text) == ()


def test_a_paragraph_under_another_heading_has_moved() -> None:
    first, second = Node("sec_I", Kind.SECTION, "I"), Node("sec_II", Kind.SECTION, "II")
    old = text(replace(first, children=(ONE, TWO)), replace(second, children=(THREE,)))
    new = text(replace(first, children=(ONE,)), replace(second, children=(TWO, THREE)))
    assert [(difference.change, difference.id) for difference in diff(old, new)] == [(Change.MOVED, "para_2")]


def test_a_note_that_changes_changes_its_paragraph() -> None:
    old, new = (replace(ONE, footnotes=(Footnote("fn_1", "1", words, 3),)) for words in ("See page 3.", "See page 4."))
    (difference,) = diff(text(old), text(new))
    assert [name for name, _ in difference.changes] == ["note:fn_1"]


def test_a_note_that_moves_within_its_paragraph_changes_it() -> None:
    old, new = (replace(ONE, footnotes=(Footnote("fn_1", "1", "See page 3.", at),)) for at in (3, 6))
    assert [difference.id for difference in diff(text(old), text(new))] == ["para_1"]


@given(st.permutations(range(8)))
def test_the_longest_increasing_sequence_is_increasing_and_longest(values: list[int]) -> None:
    kept = [values[place] for place in increasing(values)]
    assert kept == sorted(kept)
    best: list[int] = []
    for place, value in enumerate(values):
        best.append(1 + max((best[before] for before in range(place) if values[before] < value), default=0))
    assert len(kept) == max(best)


QUOTED = paragraph(7, "The group said: “act together – now”, and the l’État did so.")


@pytest.mark.parametrize(
    "later",
    [
        QUOTED.text,
        'The group said: "act together - now", and the l\'État did so.',
        "The group said: «\u00a0act together — now\u00a0», and the l’État did so.",
        "The group said: “act  \u00a0together\u202f– now”, and the l’E\u0301tat did so.",
        "The group said: “act to\u00adgether – now”, and the l’État did so.",
    ],
)
def test_a_quotation_is_found_whatever_its_spacing_and_quotation_marks(later: str) -> None:
    link = anchor(QUOTED, "“act together – now”, and the l’État")
    later = " ".join(later.split(" ")).replace("  ", " ")
    found = find(replace(QUOTED, text=later), Anchor.parse(link.fragment))
    assert isinstance(found, Span) and not found.elsewhere
    assert later[found.start : found.end].endswith("tat")


def test_a_quotation_whose_words_change_is_told_to_have_changed() -> None:
    link = anchor(QUOTED, "act together")
    assert find(replace(QUOTED, text="The group said: “work together – now”."), link) is Lost.CHANGED
    assert find(replace(QUOTED, text="The group said: “Act together – now”."), link) is Lost.CHANGED


def test_a_quotation_whose_provision_is_gone_or_empty_is_told_to_be_gone() -> None:
    link = anchor(QUOTED, "act together")
    assert find(None, link) is Lost.GONE
    assert find(replace(QUOTED, text=""), link) is Lost.GONE
    assert locate(text(ONE), link.fragment) is Lost.GONE


def test_a_quotation_that_moved_within_its_provision_is_found_nearest_to_where_it_was() -> None:
    node = paragraph(1, "act now, then act now again, and act now.")
    link = anchor(node, "act now", at=10)
    assert find(node, link) == Span(14, 21)
    assert find(replace(node, text="Please " + node.text), link) == Span(21, 28, elsewhere=True)


def test_words_that_do_not_stand_there_cannot_be_linked() -> None:
    with pytest.raises(Refused, match="These words do not stand"):
        anchor(QUOTED, "acting together")
    with pytest.raises(Refused):
        anchor(QUOTED, " ")


@pytest.mark.parametrize("fragment", ["", "para_1", "para_1~1+0~" + "0" * 20, "para_1~1+2~xyz", "a b~1+2~" + "0" * 20])
def test_what_is_no_link_is_refused(fragment: str) -> None:
    with pytest.raises(Refused, match="This is not a link"):
        Anchor.parse(fragment)


def test_a_link_does_not_carry_the_words() -> None:
    assert "together" not in anchor(QUOTED, "act together").fragment


def test_every_paragraph_of_the_report_can_be_quoted_and_found() -> None:
    for node in seed().text.walk():
        if node.text:
            words = node.text.split(" ")
            quote = " ".join(words[: len(words) // 2 + 1])
            assert isinstance(locate(seed().text, anchor(node, quote).fragment), Span)


def test_languages_in_step_have_nothing_to_report() -> None:
    assert in_step({"en": text(ONE, TWO), "fr": text(ONE, TWO, language="fr")}).ok
    assert in_step({}).ok


def test_what_one_language_lacks_is_missing_there() -> None:
    step = in_step({"en": text(ONE, TWO), "fr": text(ONE, TWO), "es": text(ONE)})
    assert step.missing("es") == ("para_2",)
    assert step.missing("en") == step.extra("en") == ()


def test_what_only_one_language_has_is_extra_there() -> None:
    step = in_step({"en": text(ONE), "fr": text(ONE), "es": text(ONE, TWO)})
    assert (step.extra("es"), step.missing("en")) == (("para_2",), ())


def test_a_note_missing_in_one_language_is_told() -> None:
    noted = replace(ONE, footnotes=(Footnote("fn_1", "1", "See page 3.", 3),))
    assert in_step({"en": text(noted), "fr": text(ONE)}).missing("fr") == ("fn_1",)


def test_a_provision_that_stands_elsewhere_or_without_words_is_told() -> None:
    step = in_step({"en": text(ONE, TWO, THREE), "fr": text(ONE, THREE, replace(TWO, text=""))})
    assert set(step.misplaced) == {"para_2", "para_3"}
    assert step.empty == (("fr", "para_2"),)


def test_the_report_keeps_its_step_with_itself_when_a_paragraph_is_put_in() -> None:
    source = "1. A sentence in full.\n\n2. Another sentence in full.\n"
    french = read_plain(source.encode(), "fr").text
    longer = read_plain(f"{source}\n3. A third sentence.\n".encode(), "en").text
    assert in_step({"fr": french, "en": longer}).missing("fr") == ("para_3",)
