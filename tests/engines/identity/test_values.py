"""Canonical forms of dates, telephone numbers, documents and e-mail addresses."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.engines.identity import date_form, document_form, email_form, phone_form


@pytest.mark.parametrize(
    "text",
    [
        "1990-05-03",
        "1990/5/3",
        "1990.05.03",
        "19900503",
        "3.5.1990",
        "03.05.1990",
        " 1990-05-03 ",
        "١٩٩٠-٠٥-٠٣",
        "๑๙๙๐-๐๕-๐๓",
        "1990-05-03T10:00:00Z",
    ],
)
def test_ways_to_write_a_date_meet(text: str) -> None:
    assert date_form(text) == date_form(date(1990, 5, 3)) == date_form(datetime(1990, 5, 3, 23, tzinfo=UTC)) == "1990-05-03"


@pytest.mark.parametrize(("text", "form"), [("1990", "1990"), ("1990-05", "1990-05"), ("1990/5", "1990-05"), ("13/05/1990", "1990-05-13")])
def test_what_is_known_of_a_date_is_kept(text: str, form: str) -> None:
    assert date_form(text) == form


def test_a_date_is_read_month_first_only_when_it_must_be() -> None:
    assert date_form("05/13/1990") == "1990-05-13"
    assert date_form("05/05/1990") == "1990-05-05"
    assert date_form("03/05/1990") is None
    assert date_form("05.13.1990") is None


@pytest.mark.parametrize(
    "text", ["1990-02-30", "1990-13", "1990-00", "1990-05-00", "1849-12-31", "2400", "0000-01-01", "90-05-03", "", "unknown", "1990-05-"]
)
def test_what_is_no_date_gives_nothing(text: str) -> None:
    assert date_form(text) is None


@pytest.mark.parametrize("text", ["2533-05-03", "๒๕๓๓", "03.05.2533", "1369-02-13", "1410"])
def test_years_of_other_calendars_are_never_converted_silently(text: str) -> None:
    assert date_form(text) is None


@given(st.dates(min_value=date(1850, 1, 1), max_value=date(2399, 12, 31)))
def test_every_date_has_its_iso_form(day: date) -> None:
    assert date_form(day) == date_form(day.isoformat()) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("06 12 34 56 78", "FR"),
        ("06.12.34.56.78", "fr"),
        ("+33 (0)6 12 34 56 78", None),
        ("0033612345678", None),
        ("0033 6 12 34 56 78", "BE"),
        ("٠٦١٢٣٤٥٦٧٨", "FR"),
        ("\u202a+33 6 12 34 56 78\u202c", None),
        ("＋３３６１２３４５６７８", "ZZ"),
        ("+33612345678 ext. 5", None),
    ],
)
def test_ways_to_write_a_number_meet(text: str, region: str | None) -> None:
    assert phone_form(text, region) == "+33612345678"


def test_the_abolished_mexican_mobile_digit_is_dropped() -> None:
    assert phone_form("+52 1 55 1234 5678", None) == phone_form("+525512345678", None) == "+525512345678"


@pytest.mark.parametrize(
    ("text", "region"), [("06 12 34 56 78", None), ("112", "FR"), ("", "FR"), ("none", "FR"), ("+1", None), ("000000000", "DE")]
)
def test_what_is_no_international_number_gives_nothing(text: str, region: str | None) -> None:
    assert phone_form(text, region) is None


@pytest.mark.parametrize("text", ["AB-123 456", "ab123456", "ＡＢ１２３４５６", "AB№123456", "АВ 123456", "AB\u200b١٢٣٤٥٦", "A.B/123–456"])
def test_ways_to_write_a_document_number_meet(text: str) -> None:
    assert document_form(text) == "AB123456"


def test_confusable_characters_that_tell_documents_apart_stay() -> None:
    assert document_form("AO123456") != document_form("A0123456")
    assert document_form("AI123456") != document_form("A1123456")


def test_a_document_carries_its_country_when_one_is_given() -> None:
    assert document_form("AB123456", "fr") == "FR:AB123456"
    assert document_form("AB123456", " ") == "AB123456"


@pytest.mark.parametrize("text", ["", "N/A", "none", "unknown", "0000000", "XXXXXX", "123", "----"])
def test_a_placeholder_is_no_document(text: str) -> None:
    assert document_form(text) is None


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (" Anna@Example.ORG ", "anna@example.org"),
        ("anna＠example.org", "anna@example.org"),
        ("anna@bücher.example", "anna@xn--bcher-kva.example"),
        ("anna@XN--BCHER-KVA.example.", "anna@xn--bcher-kva.example"),
        ("a.n.na+shelter@example.org", "a.n.na+shelter@example.org"),
        ("ан\u200bна@example.org", "анна@example.org"),
    ],
)
def test_ways_to_write_an_address_meet(text: str, form: str) -> None:
    assert email_form(text) == form


@pytest.mark.parametrize(
    "text", ["", "anna", "@example.org", "anna@", "anna@localhost", "Anna <anna@example.org>", "a@b.c, d@e.f", "a@..org", "a@" + "b" * 400]
)
def test_what_is_no_address_gives_nothing(text: str) -> None:
    assert email_form(text) is None


@given(st.text(max_size=60))
def test_the_form_of_a_form_is_itself(text: str) -> None:
    document, day = document_form(text), date_form(text)
    assert document is None or document_form(document) == document
    assert day is None or date_form(day) == day


@given(st.text(alphabet="0123456789+-() ٣٤", max_size=20), st.sampled_from(["FR", "US", "MX", "TH", "AR", "IT", None]))
def test_a_number_in_e164_is_its_own_form(text: str, region: str | None) -> None:
    number = phone_form(text, region)
    assert number is None or phone_form(number, None) == number


@given(st.text(max_size=20), st.text(alphabet="abcxyzéßΣ。.-", max_size=20))
def test_an_address_in_its_form_stays(local: str, domain: str) -> None:
    address = email_form(f"{local}@{domain}.org")
    assert address is None or email_form(address) == address
