"""Tokens depend on the key, the kind and the form, on nothing else; records of one person share some."""

import hmac
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.engines.identity import Token, token, tokens

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))


def kinds(shared: frozenset[Token]) -> set[str]:
    return {one.kind for one in shared}


def test_a_token_is_the_documented_hmac() -> None:
    message = b"\0\0\0\x17entraide.identity.token" + b"\0\0\0\x011" + b"\0\0\0\x04name" + b"\0\0\0\x06s:anna"
    assert token(KEY, "name", "s:anna") == hmac.new(KEY, message, "sha256").digest()[:16]


@pytest.mark.parametrize("key", [b"", b"x" * 31])
def test_a_short_key_is_refused_even_with_nothing_to_search(key: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        token(key, "name", "s:anna")
    with pytest.raises(ValueError, match="32 bytes"):
        tokens(key)


@given(st.lists(st.tuples(st.text(max_size=6), st.text(max_size=6)), unique=True, max_size=6))
def test_no_two_inputs_collide_by_concatenation(inputs: list[tuple[str, str]]) -> None:
    assert len({token(KEY, kind, form) for kind, form in inputs}) == len(inputs)


def test_moving_the_border_between_kind_and_form_changes_the_token() -> None:
    assert token(KEY, "name", "xy") != token(KEY, "namex", "y")


def test_another_key_gives_wholly_other_tokens() -> None:
    anna = {"names": ["Anna", "Kovac"], "born": "1990-05-03"}
    assert not tokens(KEY, **anna) & tokens(OTHER_KEY, **anna)  # type: ignore[arg-type]


def test_all_values_of_a_record_become_tokens_of_their_kind() -> None:
    found = tokens(
        KEY,
        names=["Anna", "Kovac"],
        born=date(1990, 5, 3),
        phones=["0612345678"],
        documents=["AB123456"],
        emails=["a@example.org"],
        region="FR",
    )
    assert kinds(found) == {"name", "name_born", "name_born_year", "phone", "document", "email"}
    assert Token("phone", token(KEY, "phone", "+33612345678")) in found
    assert Token("name_born", token(KEY, "name_born", "s:annakovac|1990-05-03")) in found
    assert all(len(one.value) == 16 for one in found)


def test_the_same_person_in_another_script_meets_by_name_and_birth_date() -> None:
    one = tokens(KEY, names=["Mohammed", "Karim"], born="1990-05-03")
    other = tokens(KEY, names=["كريم", "محمد"], born="03.05.1990")
    assert kinds(one & other) == {"name", "name_born", "name_born_year"}


def test_another_day_of_the_same_year_is_no_confident_hit() -> None:
    one, other = (tokens(KEY, names=["Anna", "Kovac"], born=born) for born in ("1990-05-03", "1990-05-04"))
    assert kinds(one & other) == {"name", "name_born_year"}


@pytest.mark.parametrize("partial", ["1990", "1990-05"])
def test_a_partial_date_still_narrows_but_gives_no_confident_hit(partial: str) -> None:
    whole = tokens(KEY, names=["Anna", "Kovac"], born="1990-05-03")
    in_part = tokens(KEY, names=["Kovac", "Anna"], born=partial)
    assert kinds(in_part) == kinds(whole & in_part) == {"name", "name_born_year"}


def test_a_birth_date_alone_is_not_searchable() -> None:
    assert tokens(KEY, born="1990-05-03") == frozenset()


def test_the_same_text_as_document_and_as_address_does_not_meet() -> None:
    all_kinds = [token(KEY, kind, "12345678") for kind in ("phone", "document", "email", "name")]
    assert all(one != other for one, other in combinations(all_kinds, 2))


def test_a_plain_string_is_one_value() -> None:
    assert tokens(KEY, documents="AB123456", phones="+33612345678") == tokens(KEY, documents=["AB123456"], phones=["+33612345678"])
