"""Values however people write them; what is no answer says why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.engines.forms.values import BadValue, as_text, is_empty, read, table


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        ("integer", "1 234", 1234), ("integer", "1\u202f234", 1234), ("integer", "1,234", 1234), ("integer", "-7", -7),
        ("integer", "١٢", 12),
        ("integer", "3.0", 3), ("decimal", "1 234,5", "1234.5"), ("decimal", "1,234.5", "1234.5"), ("decimal", "1.234,5", "1234.5"),
        ("decimal", "0,25", "0.25"), ("decimal", "1,234,567", "1234567"), ("date", "2026-11-25", "2026-11-25"),
        ("date", "25/11/2026", "2026-11-25"), ("date", "25.11.2026", "2026-11-25"), ("text", "  a\x00b ", "ab"), ("long", "", None),
        ("many", "b, a", ["a", "b"]), ("one", "a", "a"), ("yes_no", "", None),
    ],
)  # fmt: skip
def test_what_people_write_becomes_a_value(kind: str, written: str, value: object) -> None:
    assert read(kind, written, ["a", "b"]) == value


@pytest.mark.parametrize(
    ("kind", "written", "code"),
    [
        ("integer", "3.5", "not_whole"), ("integer", "many", "not_a_number"), ("decimal", "1e9", "not_a_number"),
        ("decimal", "1,234", "ambiguous_number"), ("decimal", "9" * 30, "too_many_digits"), ("date", "31/02/2026", "not_a_date"),
        ("date", "soon", "not_a_date"), ("one", "c", "not_an_option"), ("many", "a c", "not_an_option"), ("text", "x" * 1_001, "too_long"),
        ("decimal", "nan", "not_a_number"), ("decimal", "--1", "not_a_number"), ("decimal", "1_000", "not_a_number"),
    ],
)  # fmt: skip
def test_what_is_no_answer_says_why(kind: str, written: str, code: str) -> None:
    with pytest.raises(BadValue) as wrong:
        read(kind, written, ["a", "b"])
    assert wrong.value.code == code


def test_a_table_keeps_its_figures_and_names_the_cell_that_is_none() -> None:
    assert table({"2024": {"women": "12", "men": " "}, "2025": {"women": ""}}) == {"2024": {"women": "12"}}
    with pytest.raises(BadValue) as wrong:
        table({"2024": {"women": "some"}})
    assert wrong.value.part == "2024 / women: some"
    assert is_empty({"2024": {}}) and as_text({"2024": {"women": "1"}}) == "1" and as_text(["a", "b"]) == "a b"


@given(st.sampled_from(["text", "long", "integer", "decimal", "date", "one", "many", "yes_no"]), st.text(max_size=60))
def test_anything_written_is_a_value_or_is_refused_and_reading_it_again_changes_nothing(kind: str, written: str) -> None:
    try:
        value = read(kind, written, ["a", "b"])
    except BadValue:
        return
    assert read(kind, as_text(value), ["a", "b"]) == value
