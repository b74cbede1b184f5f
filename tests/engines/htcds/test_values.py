"""Each type of value: what is taken, and what is refused with which reason."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from entraide.engines.htcds import SENTENCES, Value
from tests.engines.htcds.help import Stored, codes, found, read_book, read_one, read_text, workbook


@pytest.mark.parametrize(
    ("heading", "cell", "value"),
    [
        ("prs_Birthdate", " 2000-02-29 ", date(2000, 2, 29)),
        ("spl_PlannedEndDate", "2030-01-01", date(2030, 1, 1)),
        ("prs_NumberOfChildren", "0", 0),
        ("con_Consent", "Oui", True),
        ("con_Consent", "0", False),
        ("prs_Gender", "feminine", "Feminine"),
        ("prs_Gender", "Male", "Masculine"),
        ("prs_Gender", "Transgender/NonConforming", "Transgender/NonConforming"),
        ("prs_HighestLevelOfEducation", "Bachelor's or Equivalent Level", "BachelorsOrEquivalentLevel"),
        ("vic_ForcedLabourIndustry", "Water supply; sewerage, waste management and remediation", "E_WaterSupplySewerageWasteManagement"),
        ("prs_Citizenship", "RO; md", ("MD", "RO")),
        ("prs_Citizenship", "MD|RO", ("MD", "RO")),
        ("prs_Citizenship", "Burkina Faso", ("BF",)),
        ("vic_MethodsOfControl", "RestrictsMovement DebtBondage DebtBondage", ("DebtBondage", "RestrictsMovement")),
        ("vic_MethodsOfControl", "Debt bondage; Takes earnings", ("DebtBondage", "TakesEarnings")),
        ("vic_RecruitmentWebsitesAndApps", "Telegram;Discord", ("Telegram", "Discord")),
        ("prs_MobilePhone", "+33 (6) 39.98-01 02", "+33639980102"),
        ("prs_Email", "ada@example.org", "ada@example.org"),
        ("hte_Latitude", "-89.5", Decimal("-89.5")),
        ("prs_FirstName", "Ñandú \u200fعلي", "Ñandú \u200fعلي"),
        ("prs_FirstName", "-", "-"),
        ("cco_CaseComment", "one\r\ntwo\tthree", "one\ntwo\tthree"),
    ],
)
def test_a_value_is_taken(heading: str, cell: str, value: Value) -> None:
    reading = read_one(heading, cell)
    assert reading.ok, codes(reading)
    assert list(reading.rows[0].values.values()) == [value]
    assert reading.rows[0].raw[heading] == cell


@pytest.mark.parametrize(
    ("heading", "cell", "code"),
    [
        ("prs_Birthdate", "3/4/98", "date_ambiguous"),
        ("prs_Birthdate", "13/04/1998", "date_not_iso"),
        ("prs_Birthdate", "4 May 1998", "date_not_iso"),
        ("prs_Birthdate", "١٩٩٨-٠٥-٠٤", "date_not_iso"),
        ("prs_Birthdate", "19980504", "date_not_iso"),
        ("prs_Birthdate", "2001-02-29", "date_impossible"),
        ("prs_Birthdate", "1899-12-31", "date_before_1900"),
        ("prs_Birthdate", "2026-01-16", "date_future"),
        ("hte_Date", "2026-01-16", "date_future"),
        ("spl_PlannedEndDate", "2101-01-01", "date_too_far"),
        ("prs_Birthdate", "36526", "date_serial"),
        ("prs_Birthdate", "1998", "date_year_only"),
        ("prs_Birthdate", "1998-05-04 10:00", "date_with_time"),
        ("prs_NumberOfChildren", "-1", "number_range"),
        ("prs_NumberOfChildren", "1.5", "number_not_whole"),
        ("vic_AgeWhenTrafficked", "121", "number_range"),
        ("con_Consent", "maybe", "checkbox"),
        ("prs_Gender", "F", "not_in_list"),
        ("prs_Citizenship", "NG, FR", "countries"),
        ("prs_MailingCountry", "UK", "country"),
        ("prs_PrimaryLanguage", "french-ish", "language"),
        ("vic_TypeOfExploitation", "ForcedLabour;Slavery", "multiselect_not_in_list"),
        ("vic_RecruitmentWebsitesAndApps", "Telegram;<b>", "multiselect_not_in_list"),
        ("prs_MobilePhone", "0639980102", "phone"),
        ("prs_MobilePhone", "+1234567890123456", "phone"),
        ("prs_Email", "ada@@example.org", "email"),
        ("prs_Email", "ada@example", "email"),
        ("hte_Latitude", "90.1", "latitude"),
        ("hte_Longitude", "-181", "longitude"),
        ("hte_Latitude", "48,8", "decimal_comma"),
        ("hte_Latitude", "48°51'N", "coordinate"),
        ("prs_FirstName", "Ada\u2066", "direction_control"),
        ("prs_FirstName", "Ada\u202d", "direction_control"),
        ("prs_FirstName", "Ada\x07", "control_character"),
        ("prs_FirstName", "Ada\x85Ida", "line_break"),
        ("cco_CaseComment", "one\x1btwo", "control_character"),
        ("prs_FirstName", "Ada\nIda", "line_break"),
        ("prs_FirstName", "Ad\ufffd", "letter_lost"),
        ("prs_FirstName", "=1+1", "formula"),
        ("prs_FirstName", "A" * 10_001, "too_long"),
    ],
)
def test_a_value_is_refused_with_its_reason_and_place(heading: str, cell: str, code: str) -> None:
    reading = read_one(heading, cell)
    assert found(reading) == [(2, "B", code)]
    assert reading.problems[0].field == heading
    assert reading.problems[0].sentence()


def test_a_hidden_character_is_named() -> None:
    assert "U+202E" in read_one("prs_FirstName", "Ada\u202e").problems[0].sentence()


def test_a_refused_value_is_shown_to_the_uploader_and_to_no_log() -> None:
    problem = read_one("prs_Birthdate", "4 May 1998\u202e").problems[0]
    assert problem.shown == "4 May 1998[U+202E]"
    reading = read_one("prs_Birthdate", "4 May 1998")
    for text in (repr(reading), str(reading.problems[0]), repr(reading.problems[0]), repr(dict(reading.problems[0].params))):
        assert "May" not in text


def test_no_row_shows_its_values_in_its_repr() -> None:
    reading = read_one("prs_FirstName", "Zenobia")
    assert "Zenobia" not in repr(reading)
    assert "Zenobia" not in repr(reading.rows[0])


def test_a_long_value_is_shown_cut() -> None:
    assert len(read_one("prs_FirstName", "A" * 10_001).problems[0].shown) == 41


@pytest.mark.parametrize(
    ("heading", "cell", "value"),
    [
        ("prs_Birthdate", date(1998, 5, 4), date(1998, 5, 4)),
        ("prs_Birthdate", datetime(1998, 5, 4), date(1998, 5, 4)),
        ("prs_Birthdate", "1998-05-04", date(1998, 5, 4)),
        ("vic_AgeWhenTrafficked", 17, 17),
        ("vic_AgeWhenTrafficked", 17.0, 17),
        ("con_Consent", True, True),
        ("prs_MailingPostalCode", 75011, "75011"),
        ("prs_MobilePhone", 33639980102, "33639980102"),
        ("hte_Latitude", 48.8566, Decimal("48.8566")),
    ],
)
def test_a_workbooks_own_types_are_taken(heading: str, cell: Stored, value: Value) -> None:
    reading = read_book(workbook(("CaseNumber", heading), ("1", cell)))
    assert reading.ok, codes(reading)
    assert list(reading.rows[0].values.values()) == [value]


@pytest.mark.parametrize(
    ("heading", "cell", "code"),
    [
        ("prs_Birthdate", 36526, "date_serial"),
        ("prs_Birthdate", datetime(1998, 5, 4, 10, 30), "date_with_time"),
        ("prs_FirstName", "=A1", "formula"),
        ("prs_FirstName", "#N/A", "cell_error"),
        ("prs_IdentityNumber", date(1998, 5, 4), "date_in_text"),
        ("prs_IdentityNumber", 1234567890123456, "number_rounded"),
        ("vic_AgeWhenTrafficked", 17.5, "number_not_whole"),
    ],
)
def test_what_a_workbook_did_to_a_value_is_told(heading: str, cell: Stored, code: str) -> None:
    assert found(read_book(workbook(("CaseNumber", heading), ("1", cell)))) == [(2, "B", code)]


def test_every_sentence_can_be_filled_in_from_its_problem() -> None:
    reading = read_text("prs_FirstName,prs_Gender,vic_MethodsOfControl,x\nA,B,C,y,z\n")
    assert {problem.code for problem in reading.problems} <= set(SENTENCES)
    assert all("%" not in problem.sentence() for problem in reading.problems)
