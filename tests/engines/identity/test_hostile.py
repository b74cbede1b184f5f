"""Hostile text never raises, never hangs, and what cannot be seen does not count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.engines.identity import date_form, document_form, email_form, name_forms, phone_form, tokens
from tests.effort import little_work

KEY = bytes(32)
anything = st.text(alphabet=st.characters(), max_size=50)  # every code point, lone surrogates included
HOSTILE = [
    "\ud800\udfff",
    "\x00" * 50,
    "\u202e\u2066\u2069",
    "👩‍👩‍👧‍👦🏽",
    "ﷺ" * 10**5,
    "e" + "\u0301\u0323" * 10**5,
    "a" * 10**6,
    "ab" * 10**6,
    "9" * 10**6,
    "+" * 10**6,
    "1 " * 10**5,
    "a@" * 10**5,
    "a@" + "ü." * 10**5,
    "\u115f\u3164",
    "ß" * 10**5,
    "\U0010ffff",
]


@given(anything, anything, anything)
def test_any_text_at_all_is_survived(one: str, other: str, third: str) -> None:
    assert len(name_forms([one, other, third])) <= 4
    document_form(one, other)
    tokens(KEY, names=[one, other], born=third, phones=[one], documents=[other], emails=[third, f"{one}@{other}.org"], region=third)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_takes_no_time(text: str) -> None:
    with little_work(10):
        name_forms([text] * 100)
        date_form(text)
        phone_form(text, "FR")
        document_form(text, text)
        email_form(text)


def test_only_two_hundred_characters_of_a_part_and_of_a_document_count() -> None:
    assert name_forms(["ab" * 100 + "c"]) == name_forms(["ab" * 100])
    assert name_forms(["ab" * 99 + "c"]) != name_forms(["ab" * 99])
    assert document_form("12" * 100 + "3") == document_form("12" * 100)


def test_what_cannot_be_seen_does_not_count() -> None:
    assert name_forms(["A\x00n\u202en\u200ba\ud800", "Ko\ufe0fvac 🐍"]) == name_forms(["Anna", "Kovac"])
