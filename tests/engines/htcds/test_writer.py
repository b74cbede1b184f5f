"""What goes out equals what came in; what changed, and only that, is written anew."""

import codecs
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entraide.engines.htcds import FIELDS, Dialect, Field, Reading, Record, Type, Value, choices, read, write_csv, write_xlsx
from tests.engines.htcds.help import TODAY, Stored, read_book, read_text, workbook

MESSY = """\
CaseNumber,prs_FirstName,Prs_Birthdate,prs_Citizenship,prs_MobilePhone,con_Consent,vic_MethodsOfControl,cco_CaseComment
7,  Ada ,1999-05-31,RO; md,+33 6.39.98.01.02,oui,Debt bondage; Threats,"She said ""no"", twice.
Then left."
8,Ида,,,,,,
"""


def cells_of(data: bytes) -> list[list[tuple[Stored, str]]]:
    """Value and type of every cell of a workbook's first sheet."""
    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    return [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()]  # type: ignore[misc]


@pytest.mark.parametrize(
    "data",
    [
        MESSY.encode(),
        MESSY.removesuffix("\n").encode(),
        MESSY.replace("\n", "\r\n").encode("utf-8-sig"),
        codecs.BOM_UTF16_LE + MESSY.encode("utf-16-le"),
        b'"prs_FirstName";"prs_Gender"\n"Ada";"female"\n"Ida";""\n',
        b"g/prs_First_Name\tvic_Methods_of_Control\tvic_Methods_of_Control/DebtBondage\nAda\tDebtBondage\t1\nIda\tOther\t\n",
    ],
)
def test_a_csv_goes_out_byte_for_byte_as_it_came_in(data: bytes) -> None:
    reading = read(data, "cases.csv", today=TODAY)
    assert reading.ok, reading.problems
    assert write_csv(reading.rows, reading.dialect) == data
    assert write_csv(reading.rows, Dialect.from_json(reading.dialect.to_json())) == data


def test_a_workbook_goes_out_cell_for_cell_as_it_came_in() -> None:
    data = workbook(
        ("Id", "prs_FirstName", "prs_Birthdate", "vic_AgeWhenTrafficked", "con_Consent", "hte_Latitude", "prs_MobilePhone"),
        (7, "Ada", date(1999, 5, 31), 17, True, 48.5, "+33639980102"),
        ("8", "Ида", "1999-05-31", "17", "TRUE", None, None),
    )
    reading = read_book(data)
    assert reading.ok, reading.problems
    assert cells_of(write_xlsx(reading.rows, reading.dialect)) == cells_of(data)


def test_the_same_records_make_the_same_workbook() -> None:
    rows = read_text(MESSY).rows
    assert write_xlsx(rows) == write_xlsx(rows)
    assert b"1980-01-01T00:00:00Z" in _core(write_xlsx(rows))


def _core(data: bytes) -> bytes:
    from zipfile import ZipFile

    return ZipFile(BytesIO(data)).read("docProps/core.xml")


def test_only_the_cell_that_changed_is_written_anew() -> None:
    reading = read_text(MESSY)
    reading.rows[0].values["prs_Birthdate"] = date(1999, 6, 1)
    reading.rows[0].values["vic_MethodsOfControl"] = ("DebtBondage",)
    del reading.rows[0].values["con_Consent"]
    expected = MESSY.replace("1999-05-31", "1999-06-01").replace("Debt bondage; Threats", "DebtBondage").replace("oui", "")
    assert write_csv(reading.rows, reading.dialect).decode() == expected


def test_a_changed_value_reaches_its_single_columns_too() -> None:
    reading = read_text("_id,vic_Methods_of_Control,vic_Methods_of_Control/DebtBondage,vic_Methods_of_Control/Other\n7,DebtBondage,1,0\n")
    reading.rows[0].values["vic_MethodsOfControl"] = ("TakesEarnings", "Other")
    assert write_csv(reading.rows, reading.dialect).decode().splitlines()[1] == "7,TakesEarnings Other,0,1"


def test_a_field_added_since_gets_a_column_of_its_own() -> None:
    reading = read_text("prs_First_Name\nAda\n")
    reading.rows[0].values["prs_SecondName"] = "Example"
    assert write_csv(reading.rows, reading.dialect).decode() == "prs_First_Name,prs_Second_Name\nAda,Example\n"


def test_columns_left_out_are_not_exported() -> None:
    reading = read_text("prs_FirstName,_submission_time\nAda,2025-01-01\n")
    assert write_csv(reading.rows, reading.dialect) == b"prs_FirstName\nAda\n"


def test_a_case_that_came_from_no_file_is_written_plainly() -> None:
    record = Record({"prs_FirstName": "Ada", "prs_Birthdate": date(1999, 5, 31), "prs_Citizenship": ("MD", "RO"), "con_Consent": False})
    record.source_id = "E-1"
    assert write_csv([record]).decode() == (
        "CaseNumber,prs_FirstName,prs_Birthdate,prs_Citizenship,con_Consent\r\nE-1,Ada,1999-05-31,MD;RO,FALSE\r\n"
    )


def test_a_formula_is_text_in_a_workbook_and_guarded_in_a_csv_on_request() -> None:
    record = Record({"prs_FirstName": "=1+1", "prs_SecondName": "@SUM(A1)", "prs_MobilePhone": "+33639980102"})
    assert cells_of(write_xlsx([record]))[1] == [("=1+1", "s"), ("@SUM(A1)", "s"), ("+33639980102", "s")]
    assert write_csv([record], guard=True).decode().splitlines()[1] == "'=1+1,'@SUM(A1),+33639980102"
    assert write_csv([record]).decode().splitlines()[1] == "=1+1,@SUM(A1),+33639980102"


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Cn"]), min_size=1, max_size=12).filter(
    lambda text: bool(text.strip()) and text == text.strip() and not text.startswith("=") and "\ufffd" not in text
)
_DAYS = st.dates(date(1900, 1, 1), TODAY)


def _values(field: Field) -> st.SearchStrategy[Value]:
    codes = [choice.code for choice in choices(field)]
    kinds: dict[Type, st.SearchStrategy[Value]] = {
        Type.TEXT: _WORDS,
        Type.LONG_TEXT: st.lists(_WORDS, min_size=1, max_size=3).map("\n".join).filter(lambda text: text == text.strip()),
        Type.DATE: _DAYS,
        Type.NUMBER: st.integers(0, field.maximum),
        Type.CHECKBOX: st.booleans(),
        Type.GEOLOCATION: st.decimals(-90, 90, places=5).map(lambda degrees: degrees + Decimal(0)),
        Type.PHONE: st.integers(10, 10**15 - 1).map(lambda number: f"+{number}"),
        Type.EMAIL: st.sampled_from(["ada@example.org", "ида@example.org"]),
    }
    if field.type is Type.MULTISELECT:
        return st.lists(st.sampled_from(codes), min_size=1, max_size=3, unique=True).map(lambda some: tuple(c for c in codes if c in some))
    return kinds[field.type] if field.type in kinds else st.sampled_from(codes)


_RECORDS = st.lists(
    st.fixed_dictionaries(
        {"prs_FirstName": _WORDS}, optional={name: _values(field) for name, field in FIELDS.items() if name != "prs_FirstName"}
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda values: str(values["prs_FirstName"]),
).map(lambda cases: [Record(dict(values)) for values in cases])
_DIALECTS = st.builds(
    Dialect,
    spelling=st.sampled_from(["ods", "xlsform"]),
    delimiter=st.sampled_from([",", ";", "\t"]),
    separator=st.sampled_from([";", "|", " "]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"]),
    newline=st.sampled_from(["\n", "\r\n"]),
    quote_all=st.booleans(),
)


def _same(first: Reading, second: Reading) -> bool:
    return first.rows == second.rows and first.dialect == second.dialect and first.problems == second.problems


@settings(max_examples=60)
@given(records=_RECORDS, dialect=_DIALECTS)
def test_whatever_is_written_as_csv_is_read_back_the_same(records: list[Record], dialect: Dialect) -> None:
    data = write_csv(records, dialect)
    reading = read(data, "cases.csv", today=date(2099, 1, 1))
    assert reading.ok, reading.problems
    assert [row.values for row in reading.rows] == [record.values for record in records]
    again = write_csv(reading.rows, reading.dialect)
    assert again == data
    assert _same(read(again, "cases.csv", today=date(2099, 1, 1)), reading)


@settings(max_examples=25)
@given(records=_RECORDS)
def test_whatever_is_written_as_a_workbook_is_read_back_the_same(records: list[Record]) -> None:
    reading = read_book(write_xlsx(records))
    assert reading.ok, reading.problems
    assert [row.values for row in reading.rows] == [record.values for record in records]
    assert _same(read_book(write_xlsx(reading.rows, reading.dialect)), reading)
