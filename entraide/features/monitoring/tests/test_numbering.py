"""Numbers of a report: paragraphs run through, headings count within each other, whatever the order of lines."""

from hypothesis import given
from hypothesis import strategies as st

from entraide.features.monitoring.numbering import letter, numbers, roman

LINES = st.lists(st.tuples(st.booleans(), st.integers(-1, 5)), max_size=60)


@given(LINES)
def test_paragraphs_are_numbered_one_by_one_through_the_whole(lines: list[tuple[bool, int]]) -> None:
    given_numbers = list(numbers(lines))
    assert len(given_numbers) == len(lines)
    paragraphs = [number for (heading, _level), number in zip(lines, given_numbers, strict=True) if not heading]
    assert paragraphs == [str(number) for number in range(1, len(paragraphs) + 1)]


@given(LINES)
def test_headings_of_the_first_level_count_through_and_lower_ones_begin_again(lines: list[tuple[bool, int]]) -> None:
    tops, below, expected = 0, 0, []
    for heading, level in lines:
        if heading and level <= 1:
            tops, below = tops + 1, 0
            expected.append(roman(tops))
        elif heading and level == 2:
            below += 1
            expected.append(letter(below))
    found = [number for (heading, level), number in zip(lines, numbers(lines), strict=True) if heading and level <= 2]
    assert found == expected


@given(LINES, st.integers(0, 60))
def test_a_paragraph_put_in_moves_later_numbers_by_one_and_no_heading(lines: list[tuple[bool, int]], at: int) -> None:
    at = min(at, len(lines))
    before, after = list(numbers(lines)), list(numbers([*lines[:at], (False, 1), *lines[at:]]))
    assert after[:at] == before[:at]
    for (heading, _level), old, new in zip(lines[at:], before[at:], after[at + 1 :], strict=True):
        assert new == old if heading else int(new) == int(old) + 1


def test_numerals() -> None:
    assert [roman(number) for number in (1, 4, 9, 14, 39)] == ["I", "IV", "IX", "XIV", "XXXIX"]
    assert [letter(number) for number in (1, 26, 27, 52, 53)] == ["A", "Z", "AA", "AZ", "BA"]
