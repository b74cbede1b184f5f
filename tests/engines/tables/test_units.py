"""No unit is lost: what a known table holds is what is placed and what is listed, in whatever file it comes."""

import io
import re
from itertools import groupby

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entraide.engines.tables import Asked, Reading, read
from tests.engines.tables.test_reader import Known, Manner, as_known, cell, counts, known_tables, manners, written

PLAIN = Manner(1, ",", "utf-8", ",", "", False, False, False)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1")


def units(known: Known) -> int:
    """Persons in the table, a range at its lower end."""
    return sum(low for low, _high in known.values())


def accounted(reading: Reading) -> int:
    """Persons placed and persons listed; where a number is in doubt, the digits that stand there."""
    in_doubt = (int(re.sub(r"\D", "", re.sub(r"[¹]|\[2\]|\(a\)", "", each.text))) for each in reading.unplaced if each.low is None)
    return reading.placed_low + reading.unplaced_low + sum(in_doubt)


@settings(max_examples=200, deadline=None)
@given(known_tables, manners, st.sampled_from(ENCODINGS))
def test_persons_in_the_file_are_persons_placed_and_persons_listed(known: Known, manner: Manner, encoding: str) -> None:
    manner.encoding = encoding if not encoding.startswith("latin") else "cp1252"
    reading = read(written(known, manner), "t")
    assert accounted(reading) == units(known) and len(reading.cells) + len(reading.unplaced) == len(known)


@settings(max_examples=60, deadline=None)
@given(known_tables, st.data())
def test_rows_without_a_place_are_listed_with_their_persons(known: Known, data: st.DataObject) -> None:
    """Some rows lose their State or their year, or are repeated: their persons are listed, no other's."""
    lines, lost = [["Country", "Year", "Sex", "Age", "Value"]], 0
    for (area, year, sex, age), (low, high) in known.items():
        harm = data.draw(st.sampled_from(["", "", "area", "year", "twice"]))
        row = ["" if harm == "area" else area, "20x1" if harm == "year" else str(year), sex, age, cell(low, high, PLAIN)]
        lines += [row, row] if harm == "twice" else [row]
        lost += low if harm else 0
    text = "\n".join(",".join(f'"{each}"' for each in line) for line in lines)
    reading = read(text.encode("utf-16"), "t")
    assert reading.unplaced_low == lost and reading.reconciles
    assert reading.placed_low + lost == units(known) + sum(each.low or 0 for each in reading.unplaced if each.reason == "twice")


@settings(max_examples=60, deadline=None)
@given(known_tables)
def test_cells_merged_over_their_rows_say_the_same_of_each(known: Known) -> None:
    """As people make tables: the State, the year and the sex stand once, merged down over the rows that they head."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Country", "Year", "Sex", "Age", "Value"])
    rows = sorted(known)
    for area, year, sex, age in rows:
        low, high = known[area, year, sex, age]
        words = {"_T": "Total", "F": "Female", "M": "Male"}[sex], {"_T": "Total", "Y0T17": "Under 18", "Y_GE18": "18+"}[age]
        sheet.append(
            [area, year, *words, low if low == high else f"<{high + 1}" if low == 1 and high else f"{low}-{high}" if high else f"≥{low}"]
        )
    for column in range(3):
        at = 2
        for _key, group in groupby(rows, key=lambda row: row[: column + 1]):
            length = len(list(group))
            if length > 1:
                sheet.merge_cells(start_row=at, end_row=at + length - 1, start_column=column + 1, end_column=column + 1)
            at += length
    out = io.BytesIO()
    book.save(out)
    reading = read(out.getvalue(), "t.xlsx")
    assert not reading.unplaced and as_known(reading) == known


@given(counts, st.integers(2, 5))
@settings(max_examples=20, deadline=None)
def test_a_count_that_is_merged_over_several_rows_is_counted_once(count: tuple[int, int], length: int) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Country", "Year", "Age", "Value"])
    for place in range(length):
        sheet.append(["PT", 2021, f"group {place}", count[0]])
    sheet.merge_cells(start_row=2, end_row=length + 1, start_column=4, end_column=4)
    out = io.BytesIO()
    book.save(out)
    reading = read(out.getvalue(), "t.xlsx")
    assert reading.placed_low + reading.unplaced_low == count[0]


@pytest.mark.parametrize("text", ["1\u00a0234", "1\u202f234", "1 234", "1,234", "1’234", " 1234 ", "\u00a01234\u00a0"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_blanks_and_commas_in_a_number_cost_no_unit(text: str, encoding: str) -> None:
    data = f'Country;Year;Value\nPT;2021;"{text}"\nES;2021;<5\n'.encode(encoding)
    assert [(each.low, each.high) for each in read(data, "t", Asked()).cells] == [(1234, 1234), (1, 4)]
