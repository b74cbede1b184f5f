"""Tables read back to the same units, however they are written; what has no place is listed."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

import openpyxl
import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from entraide.engines.tables import REASONS, Asked, Reading, Unreadable, read
from entraide.engines.tables.numbers import Style, Value, parse
from entraide.engines.tables.reader import differences

Key = tuple[str, int, str, str]
Known = dict[Key, tuple[int, int | None]]
AREAS = ("PT", "CI", "TR", "GB", "VN", "BO")
SEX = {"_T": ("Total", "Total", "Ensemble"), "F": ("Female", "Females", "Féminin"), "M": ("Male", "M", "Masculin")}
AGE = {"_T": ("Total", "All", "Total"), "Y0T17": ("0 to 17 years", "Children", "Mineurs"), "Y_GE18": ("18 years or over", "18+", "Adultes")}
HEADS = (
    ("Country", "Year", "Sex", "Age", "Value"), ("Iso3_code", "Time period", "Gender", "Age group", "txtVALUE"),
    ("Pays", "Année", "Sexe", "Âge", "Nombre"),
)  # fmt: skip
counts = st.integers(0, 4_000_000).map(lambda number: (number, number))
ranges = st.one_of(
    st.integers(2, 20).map(lambda number: (1, number - 1)), st.tuples(st.integers(0, 50), st.integers(51, 99)), st.just((10, None))
)
known_tables = st.dictionaries(
    st.tuples(st.sampled_from(AREAS), st.sampled_from([2019, 2020, 2021]), st.sampled_from(list(SEX)), st.sampled_from(list(AGE))),
    st.one_of(counts, ranges), min_size=2, max_size=14,
)  # fmt: skip


@dataclass
class Manner:
    """How a table is written."""

    language: int
    separator: str
    encoding: str
    thousands: str
    mark: str
    damaged: bool
    title: bool
    workbook: bool


manners = st.builds(
    Manner,
    language=st.integers(0, 2), separator=st.sampled_from(",;\t|"), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    thousands=st.sampled_from(["", ",", " ", "\u00a0", "\u202f", "."]), mark=st.sampled_from(["", "*", " (a)", "¹", " [2]", " e"]),
    damaged=st.booleans(), title=st.booleans(), workbook=st.booleans(),
)  # fmt: skip


def number(count: int, manner: Manner) -> str:
    if not manner.thousands or (manner.encoding == "cp1252" and manner.thousands == "\u202f"):
        return str(count)
    return f"{count:,}".replace(",", manner.thousands)


def cell(low: int, high: int | None, manner: Manner) -> str:
    if high is None:
        return f"≥{low}" if manner.encoding != "cp1252" else f">={low}"
    if low == high:
        return number(low, manner) + manner.mark
    return f"<{high + 1}" if low == 1 else f"{low}-{high}"


def area(code: str, manner: Manner) -> str:
    name = code if manner.language == 1 else str(Locale(("en", "en", "fr")[manner.language]).territories[code])
    if manner.damaged and manner.encoding != "cp1252":
        return name.encode().decode("cp1252", errors="ignore") if "’" not in name else name
    return name


def written(known: Known, manner: Manner) -> bytes:
    rows = [list(HEADS[manner.language])]
    for (code, year, sex, age), (low, high) in known.items():
        rows.append([area(code, manner), str(year), SEX[sex][manner.language], AGE[age][manner.language], cell(low, high, manner)])
    if manner.title:
        rows = [["Detected victims of trafficking", "", "", "", ""], ["", "", "", "", ""], *rows, ["Source: ministry", "", "", "", ""]]
    return packed(rows, manner)


def packed(rows: list[list[str]], manner: Manner) -> bytes:
    if manner.workbook:
        book = openpyxl.Workbook()
        sheet = book.create_sheet("Data", 0)
        for row in rows:
            sheet.append(row)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()
    text = io.StringIO()
    csv.writer(text, delimiter=manner.separator).writerows(rows)
    return text.getvalue().encode(manner.encoding, errors="replace")


def as_known(reading: Reading) -> Known:
    return {
        (each.area, each.year, each.codes.get("sex", "_T"), each.codes.get("age", "_T")): (each.low, each.high) for each in reading.cells
    }


def clear(known: Known, manner: Manner) -> bool:
    """Whether the file leaves no doubt what parts thousands: a single 1.234 could be a fraction."""
    if manner.thousands != "." or (manner.separator == ";" and not manner.workbook):
        return True
    return all((high is not None and low == high and low >= 1_000_000) or (high or 0) < 1000 for low, high in known.values())


@settings(max_examples=300, deadline=None)
@given(known_tables, manners)
def test_whatever_way_a_table_is_written_the_same_units_come_back(known: Known, manner: Manner) -> None:
    reading = read(written(known, manner), "t")
    assert reading.reconciles
    if clear(known, manner):
        assert reading.unplaced == [] and as_known(reading) == known
    else:
        listed = [each for each in reading.unplaced if each.reason in {"ambiguous", "fraction"}]
        assert as_known(reading).items() <= known.items() and len(reading.cells) + len(listed) == len(known)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.tuples(st.sampled_from(AREAS), st.sampled_from([2019, 2020, 2021])), counts, min_size=3, max_size=12), manners)
def test_years_across_the_page_are_read_as_years(known: Mapping[tuple[str, int], tuple[int, int]], manner: Manner) -> None:
    manner.thousands, manner.mark = "", ""
    areas = sorted({code for code, _year in known})
    rows = [[HEADS[manner.language][0], "2019", "2020*", "2021"]]
    for code in areas:
        rows.append([area(code, manner), *(str(known[code, year][0]) if (code, year) in known else ".." for year in (2019, 2020, 2021))])
    reading = read(packed(rows, manner), "t")
    assert reading.reconciles and not reading.unplaced
    assert {(each.area, each.year): (each.low, each.high) for each in reading.cells} == known
    assert reading.not_known == 3 * len(areas) - len(known)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), max_size=7), max_size=12), st.sampled_from(",;\t"))
def test_any_rubbish_is_refused_in_a_sentence_or_read_with_every_unit_accounted_for(rows: list[list[str]], separator: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([["Country", "Year", "Value"], *rows])
    try:
        reading = read(text.getvalue().encode("utf-8", errors="surrogatepass"), "t")
    except Unreadable as problem:
        assert str(problem).endswith(".")
        return
    assert reading.reconciles and all(each.reason in REASONS for each in reading.unplaced)


@given(st.binary(max_size=400))
def test_any_bytes_end_in_a_sentence_or_a_reading(data: bytes) -> None:
    try:
        assert read(data, "t").reconciles
    except Unreadable as problem:
        assert str(problem).endswith(".")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("<5", Value(1, 4)), ("< 5*", Value(1, 4)), ("≤5", Value(0, 5)), ("5+", Value(5, None)), (">10", Value(11, None)),
        ("1 to 4", Value(1, 4)), ("12–15", Value(12, 15)), ("1,234 (b)", Value(1234, 1234)), ("1 234 567", Value(1234567, 1234567)),
        ("1.234.567", Value(1234567, 1234567)), ("12.0", Value(12, 12)), ("0", Value(0, 0)), ("٣٤", Value(34, 34)),
        ("123¹", Value(123, 123)),
        ("<1", Value(0, 0)), ("1,234.00", Value(1234, 1234)),
    ],
)  # fmt: skip
def test_a_number_is_read_as_tables_mean_it(text: str, value: Value) -> None:
    assert parse(text, Style()) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-3", "negative"), ("(12)", "negative"), ("3.5", "fraction"), ("1.234", "ambiguous"), ("1.2E+05", "scientific"),
        ("45 %", "percent"), ("9" * 15, "huge"), ("9" * 400, "huge"), ("15-12", "backwards"), ("many", "not_a_number"),
        ("1,23", "fraction"), ("1,2345", "fraction"),
    ],
)  # fmt: skip
def test_what_is_no_count_is_refused_with_its_reason(text: str, reason: str) -> None:
    got = parse(text, Style())
    assert not isinstance(got, Value) and got is not None and got.reason == reason


@pytest.mark.parametrize("text", ["", "-", "–", "..", "…", "n/a", "N.A.", ":", "*", "null"])
def test_what_says_that_nothing_is_known_is_not_zero(text: str) -> None:
    assert parse(text, Style()) is None


def test_a_thousands_comma_without_quotes_loses_no_row_in_silence() -> None:
    reading = read(b"Country,Year,Value\nPT,2021,1,234\nTH,2021,12\n", "t")
    assert [each.low for each in reading.cells] == [12]
    assert {each.reason for each in reading.unplaced} == {"too_many_cells"} and {each.row for each in reading.unplaced} == {2}


def test_the_same_cell_twice_is_listed_once_as_repeated_once_as_contradicted() -> None:
    reading = read(b"Country,Year,Value\nPT,2021,7\nPortugal,2021,7\nPRT,2021,9\n", "t")
    assert [(each.row, each.reason) for each in reading.unplaced] == [(3, "twice"), (4, "contradicts")]
    assert reading.reconciles and reading.placed_low == 7


def test_rates_are_not_taken_for_counts() -> None:
    reading = read(b'Country,Year,Unit,Value\nPT,2021,Counts,7\nPT,2020,"Rate per 100,000",3\n', "t")
    assert [each.low for each in reading.cells] == [7] and [each.reason for each in reading.unplaced] == ["rate"]


def test_the_columns_of_the_global_report_s_data_say_what_a_number_is() -> None:
    head = b"Iso3_code,Country,Region,Subregion,Indicator,Dimension,Category,Sex,Age,Year,Unit of measurement,txtVALUE,Source\n"
    reading = read(
        head
        + b"PRT,Portugal,Europe,S,Detected trafficking victims,by form of exploitation,Sexual exploitation,Female,0 to 17 years,"
        + b"2021,Counts,<5,X\n"
        + b'PRT,Portugal,Europe,S,Persons prosecuted,by citizenship,Nigeria,Total,Total,2021,Counts,"1,012",X\n',
        "t",
    )
    one, two = reading.cells
    assert (one.indicator, one.area, dict(one.codes), one.low, one.high) == (
        "tip.victims", "PT", {"form": "SEX", "sex": "F", "age": "Y0T17"}, 1, 4,
    )  # fmt: skip
    assert (two.indicator, dict(two.codes), two.low) == ("tip.prosecuted", {"citizenship": "NG"}, 1012)


def test_a_total_that_its_parts_do_not_reach_is_named() -> None:
    reading = read(b"Country,Year,Sex,Value\nPT,2021,Total,20\nPT,2021,Female,7\nPT,2021,Male,<5\n", "t")
    assert [(total.low, name, low, high) for total, name, low, high in differences(reading)] == [(20, "sex", 8, 11)]


def test_numbers_above_the_head_and_in_columns_that_say_nothing_are_listed() -> None:
    reading = read(b"Total victims: see below,42,\nCountry,Year,Value,Zyx\nPT,2021,7,3\n", "t")
    assert [(each.row, each.reason, each.low) for each in reading.unplaced] == [(1, "before_head", 42), (3, "unknown_column", 3)]
    assert reading.reconciles


def test_where_the_file_does_not_say_it_who_brings_it_does() -> None:
    reading = read(b"Sex,Number\nFemale,7\n", "t", Asked(indicator="tip.convicted", area="PT", year=2020))
    assert [(each.indicator, each.area, each.year, each.low) for each in reading.cells] == [("tip.convicted", "PT", 2020, 7)]
    assert [each.reason for each in read(b"Sex,Number\nFemale,7\n", "t").unplaced] == ["no_area"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"hello", "no_head"),
        (b"PK\x03\x04broken", "no_workbook"),
        (b"a" * 10_500_000, "too_large"),
        (b"Country,Year,Value\n", "only_head"),
        (b"Country,Year,Value\n,,\n", "only_head"),
        (b"Country,Year,Value\nPT,2020,\n", "no_cells"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_a_sentence(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(data, "t")
    assert refusal.value.code == code
