"""Whatever is typed: a clear sentence, or stored and shown safely; nothing lost, nothing half done."""

from uuid import uuid4

import pytest

from entraide.features.cases.tests.browsing import day, page, send, words
from entraide.features.cases.tests.conftest import House

pytestmark = pytest.mark.django_db
REFUSED = {
    "right-to-left override": ("safe\u202egnp.exe", "hidden character"),
    "isolate": ("a\u2066b", "hidden character"),
    "NUL": ("a\x00b", "hidden character"),
    "bell": ("a\x07b", "hidden character"),
    "lost letter": ("a\ufffdb", "a letter was lost"),
    "100 kB": ("x" * 100_000, "at most"),
}
FINE = ["<script>alert(1)</script>", "😀 مرحبا עברית", "Ünïcode ‘quotes’ & <b>", "{{ 7*7 }} {% load x %}"]
FORMS: list[tuple[str, tuple[str, ...], str, dict[str, str]]] = [
    ("new_note", (), "text", {}),
    ("new_link", (), "text", {"relation": "sibling"}),
    ("age", (), "text", {"seen": "adult", "age": "adult"}),
    ("status", (), "reason", {"name": "close"}),
    ("identification", (), "decider_name", {"name": "presume", "decider": "NGO", **day("decided_on", "2026-01-02")}),
    ("hold", (), "order", {}),
    ("legal_bases", (), "provision", {"kind": "public_task"}),
    ("record", ("safe_contact",), "ent_SafeContactNever", {"seen_version": "1"}),
    ("record", ("identity",), "prs_SecondName", {"seen_version": "1"}),
    ("record", ("contact",), "prs_MailingStreet", {"seen_version": "1"}),
    ("record", ("perpetrator",), "per_RoleDetails", {"seen_version": "0"}),
]
IDS = [f"{name}-{field}" for name, _more, field, _rest in FORMS]


@pytest.mark.parametrize("what", REFUSED)
@pytest.mark.parametrize(("name", "more", "field", "rest"), FORMS, ids=IDS)
def test_what_hides_or_never_ends_is_refused_with_a_sentence(
    what: str, name: str, more: tuple[str, ...], field: str, rest: dict[str, str], house: House
) -> None:
    typed, sentence = REFUSED[what]
    answer = send(house.worker, name, house.case.pk, *more, **{"once": uuid4(), **rest, field: typed})
    assert answer.status_code == 200
    assert sentence in words(answer)


@pytest.mark.parametrize("typed", FINE)
@pytest.mark.parametrize(("name", "more", "field", "rest"), FORMS, ids=IDS)
def test_what_only_looks_dangerous_is_kept_and_shown_as_text(
    typed: str, name: str, more: tuple[str, ...], field: str, rest: dict[str, str], house: House
) -> None:
    assert send(house.worker, name, house.case.pk, *more, **{"once": uuid4(), **rest, field: typed}).status_code == 302
    for tab in ("case", "person", "situation", "agreements", "notes", "timeline", "team"):
        shown = words(page(house.worker, tab, house.case.pk))
        assert "<script>alert" not in shown
        assert "Ünïcode ‘quotes’ & <b>" not in shown


@pytest.mark.parametrize("typed", [value for value, _sentence in REFUSED.values()])
@pytest.mark.parametrize("field", ["first", "family", "phone", "document", "email"])
def test_the_search_takes_anything_without_breaking(field: str, typed: str, house: House) -> None:
    assert send(house.worker, "find", **{field: typed}).status_code == 200


@pytest.mark.parametrize("query", ["?page=-1", "?page=x", "?age=%00", "?status=<script>", "?country=%F0%9F%98%80", "?reference=%00"])
def test_the_list_takes_any_address(query: str, house: House) -> None:
    assert page(house.worker, "list", query=query).status_code == 200


@pytest.mark.parametrize("query", ["?text=%00", "?text=" + "x" * 5_000, "?country=XX", "?page=99"])
def test_looking_for_a_body_takes_any_address(query: str, house: House) -> None:
    assert page(house.worker, "recipients", house.case.pk, "agreement", query=query).status_code == 200


def test_a_mark_that_is_no_uuid_is_told_and_nothing_is_lost(house: House) -> None:
    answer = send(house.worker, "new_note", house.case.pk, once="nonsense", text="a note")
    assert answer.status_code == 200
    assert "a note" in words(answer)
