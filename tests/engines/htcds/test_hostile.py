"""Whatever is uploaded, reading ends with a reading."""

from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from entraide.engines.htcds import FIELDS, SENTENCES, Reading, read, write_csv
from entraide.engines.htcds.reading import MAX_PROBLEMS
from tests.engines.htcds.help import Stored, read_book, workbook

TODAY = date(2026, 1, 15)
_HEADS = st.lists(st.sampled_from([*list(FIELDS), "vic_Methods_of_Control/Other", "_id", "Nonsense", ""]), min_size=1, max_size=6)
_CELLS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=20),
    st.sampled_from(
        ["1999-05-31", "NG;FR", ";", "|", "=A1", "1e999", "-", "+", "٣", "\u202e", "\x00", "0", "TRUE", "a@b.c", '"', "9" * 5000]
    ),
)


def _sane(reading: Reading) -> None:
    assert len(reading.problems) <= MAX_PROBLEMS + 1
    for problem in reading.problems:
        assert problem.code in SENTENCES
        assert problem.sentence()
        assert all(sign.isprintable() for sign in problem.shown)
    write_csv(reading.rows, reading.dialect)


@settings(max_examples=200)
@given(data=st.binary(max_size=400))
@example(data=b"PK\x03\x04")
@example(data=b"\xff\xfe\x00")
def test_any_bytes(data: bytes) -> None:
    _sane(read(data, "x", today=TODAY))


@settings(max_examples=150)
@given(text=st.text(st.sampled_from('prs_FirstName,;\t"\r\n\x00 =é'), max_size=120))
def test_any_text_that_looks_like_csv(text: str) -> None:
    _sane(read(("prs_FirstName,prs_Birthdate\n" + text).encode(), "x.csv", today=TODAY))


@settings(max_examples=200)
@given(headings=_HEADS, rows=st.lists(st.lists(_CELLS, max_size=8), max_size=4))
def test_any_cells_of_a_csv(headings: list[str], rows: list[list[str]]) -> None:
    lines = [headings, *rows]
    text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    _sane(read(text.encode(), "x.csv", today=TODAY))


_STORED = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=12),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2200, 1, 1)),
    st.datetimes(),
    st.none(),
)


@settings(max_examples=60)
@given(headings=_HEADS, rows=st.lists(st.lists(_STORED, max_size=6), max_size=3))
def test_any_cells_of_a_workbook(headings: list[str], rows: list[list[Stored]]) -> None:
    _sane(read_book(workbook(tuple(headings), *(tuple(row) for row in rows))))


@settings(max_examples=100)
@given(place=st.integers(0, 6000), byte=st.integers(0, 255))
def test_a_workbook_with_a_broken_byte(place: int, byte: int) -> None:
    data = bytearray(workbook(("prs_FirstName", "prs_Birthdate"), ("Ada", date(1999, 5, 31))))
    data[place % len(data)] = byte
    _sane(read_book(bytes(data)))


def test_workbooks_from_strangers_are_parsed_by_defusedxml() -> None:
    from openpyxl.xml import DEFUSEDXML, LXML

    assert DEFUSEDXML and not LXML
