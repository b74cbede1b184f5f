"""Conditions: what they mean, what they refuse, and that nothing written in one can do harm."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.engines.forms.expressions import FUNCTIONS, BadExpression, holds, names, parse
from entraide.engines.forms.values import Value

ANSWERS: dict[str, Value] = {"q": "x", "y": ["a", "b"], "n": 5, "d": "2026-01-02", "none": None, "text": "12"}


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("", True),
        ("${q} = 'x' and selected(${y},'a')", True),
        ("${q} = 'x' and selected(${y}, 'c')", False),
        ("${q} != \"x\" or ${n} >= 5", True),
        ("not(${q} = 'x')", False),
        ("${n} * 2 + 1 = 11 and ${n} div 2 = 2.5 and ${n} mod 2 = 1", True),
        ("1 + 2 * 3 = 7 and (1 + 2) * 3 = 9 and -2 + 3 = 1", True),
        ("${d} > '2025-12-31' and ${d} <= '2026-01-02'", True),
        ("${text} > 9", True),
        ("${none} = '' and not(${none} > 0) and not(${none} < 0)", True),
        ("${none}", False),
        ("count-selected(${y}) = 2", True),
        (". > 3 and . < 5", True),
        ("if(${n} > 3, 'yes', 'no') = 'yes' and coalesce(${none}, 'z') = 'z'", True),
        ("${d} < today()", True),
        ("regex(${q}, '[a-z]') and not(regex(${q}, '[0-9]+'))", True),
        ("1 div 0 > 1000 and not(0 div 0 = 0 div 0)", True),
        ("string-length(concat(${q}, 'yz')) = 3 and starts-with(concat(${q}, 'y'), 'x')", True),
        ("max(1, ${n}, '') = 5 and sum(1, 2) = 3 and round(2.345, 2) = 2.35 or true()", True),
    ],
)  # fmt: skip
def test_a_condition_means_what_xpath_says(text: str, true: bool) -> None:
    assert holds(text, ANSWERS.get, own=4, today=date(2026, 11, 25)) is true


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("${q} = ", "incomplete", 7), ("foo(1)", "function", 0), ("1 + + 2", "unexpected", 4), ("${q} == 'x'", "unexpected", 6),
        ("selected(${y})", "arguments", 0), ("'a", "character", 0), ("(1", "expected", 2), ("1 2", "left_over", 2),
        ("__import__('os')", "function", 0), ("${q}.real", "left_over", 4), ("position(..)", "function", 0),
        ("1" * 2_001, "too_long", 2_000),
        ("(" * 50 + "1" + ")" * 50, "too_deep", 40), ("1" + "+1" * 300, "too_long", 400),
    ],
)  # fmt: skip
def test_what_is_not_understood_says_where(text: str, code: str, at: int) -> None:
    with pytest.raises(BadExpression) as wrong:
        parse(text)
    assert (wrong.value.code, wrong.value.at) == (code, at)


def test_a_condition_says_which_questions_it_names() -> None:
    assert names("${a} = 1 and (selected(${b_2}, 'x') or not(${ a }))") == {"a", "b_2"}


def test_a_pattern_that_could_run_without_end_matches_nothing() -> None:
    assert not holds("regex(${q}, '(a+)+$')", {"q": "a" * 3_000 + "!"}.get)
    assert not holds("regex(${q}, '(a|a)*')", {"q": "a" * 40}.get)


pieces = st.sampled_from([*FUNCTIONS, "${q}", "${n}", "'x'", "1", "(", ")", ",", "=", "<", "and", "or", "-", ".", " ", "div", "}"])


@given(st.lists(pieces, max_size=120).map("".join) | st.text(max_size=200))
def test_whatever_is_written_is_a_truth_or_is_refused_and_nothing_else(text: str) -> None:
    try:
        assert holds(text, ANSWERS.get, own=1) in {True, False}
    except BadExpression as wrong:
        assert 0 <= wrong.at <= len(text)


@given(st.integers(-10_000, 10_000), st.integers(-10_000, 10_000))
def test_numbers_compare_as_numbers(left: int, right: int) -> None:
    assert holds("${a} < ${b} or number(${a}) < number(${b})", {"a": left, "b": right}.get) is (left < right)
