"""Whole files: how they are written, what is wrong with them, and rows that are no cases."""

import codecs
from unittest.mock import patch

import pytest

from entraide.engines.htcds import read, reader, xlsxfile
from tests.engines.htcds.help import TODAY, altered, archive, codes, found, read_book, read_text, workbook

SMALL = "prs_FirstName;prs_SecondName\nZoë;Exemple\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SMALL.encode(), "utf-8"),
        (SMALL.encode("utf-8-sig"), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + SMALL.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + SMALL.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_the_encoding_is_known_by_its_mark_and_is_utf8_without(data: bytes, encoding: str) -> None:
    reading = read(data, "cases.csv", today=TODAY)
    assert reading.rows[0].values["prs_FirstName"] == "Zoë"
    assert (reading.dialect.encoding, reading.dialect.delimiter) == (encoding, ";")


def test_latin1_is_never_guessed_and_the_first_wrong_byte_is_named() -> None:
    reading = read(SMALL.encode("latin-1"), "cases.csv", today=TODAY)
    assert codes(reading) == ["file_not_utf8"]
    assert reading.problems[0].params == {"byte": 32, "line": 2}
    assert reading.rows == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_the_one_that_finds_the_headings(delimiter: str) -> None:
    text = delimiter.join(("prs_FirstName", "cco_CaseComment")) + "\n" + delimiter.join(("Ada", '"a, b; c\td"')) + "\n"
    reading = read_text(text)
    assert reading.dialect.delimiter == delimiter
    assert reading.rows[0].values["cco_CaseComment"] == "a, b; c\td"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.csv", "file_empty"),
        (b"\xef\xbb\xbf\r\n", "a.csv", "file_empty"),
        (b"a" * (10 * 1024 * 1024 + 1), "a.csv", "file_too_large"),
        (b"%PDF-1.7", "a.csv", "file_not_spreadsheet"),
        (b"prs_FirstName\nAda\n", "a.xlsx", "file_broken"),
        (b"PK\x03\x04 and then nothing", "a.xlsx", "file_broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", "file_old_excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "file_encrypted"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "a.ods", "file_open_document"),
        (archive(xl__workbook_bin=b"x"), "a.xlsb", "file_binary_excel"),
        (archive(word__document_xml=b"<x/>"), "a.docx", "file_not_spreadsheet"),
        (archive(xl__styles_xml=b" " * 5_000_000), "a.xlsx", "file_bomb"),
        (archive(xl__worksheets__a_xml=b" " * 30_000_000), "a.xlsx", "file_bomb"),
        ("prs_FirstName\nAda\n".encode("utf-16-le"), "a.csv", "file_utf16_unmarked"),
        (b"Dear all\nthis is a letter\n", "a.csv", "no_headings"),
        (b"prs_FirstName\n\n", "a.csv", "no_rows"),
        (("prs_FirstName," + ",".join(f"c{n}" for n in range(200)) + "\nA\n").encode(), "a.csv", "too_many_columns"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_in_one_sentence(data: bytes, name: str, code: str) -> None:
    reading = read(data, name, today=TODAY)
    assert codes(reading) == [code]
    assert reading.problems[0].sentence()


def test_a_workbook_of_many_parts_is_judged_by_their_sum() -> None:
    data = workbook(("prs_FirstName",), ("Ada",))
    with patch.object(xlsxfile, "MAX_UNPACKED", 1_000):
        assert codes(read_book(data)) == ["file_bomb"]
    assert read_book(data).ok


def test_the_delimiter_is_known_even_where_an_unknown_heading_is_full_of_commas() -> None:
    assert read_text("prs_FirstName;x, y, z\nAda;\n").dialect.delimiter == ";"


def test_a_bomb_of_entities_is_not_expanded() -> None:
    entities = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 9))
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "a">' + entities + b"]><x>&e8;</x>"
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"):
        data = altered(workbook(("prs_FirstName",), ("Ada",)), part, lambda _: bomb)
        assert codes(read_book(data)) == ["file_broken"], part


def test_the_sheet_with_the_headings_is_found_behind_a_sheet_of_notes() -> None:
    reading = read_book(workbook(("prs_FirstName",), ("Ada",), before=("Read me",)))
    assert reading.ok
    assert (reading.dialect.sheet, reading.rows[0].values) == ("Cases", {"prs_FirstName": "Ada"})


def test_rows_are_numbered_as_the_spreadsheet_numbers_them() -> None:
    reading = read_text('prs_FirstName,cco_CaseComment\nAda,"one\ntwo"\n\n   ,\t\nIda,x\n')
    assert [row.number for row in reading.rows] == [2, 5]
    book = read_book(workbook(("prs_FirstName",), ("Ada",), (None,), ("Ida",)))
    assert [row.number for row in book.rows] == [2, 4]


def test_an_open_quotation_mark_is_told_and_what_stands_before_is_still_judged() -> None:
    reading = read_text('prs_FirstName,prs_Gender\nAda,X\nIda,"Feminine\nEda,\n')
    assert found(reading) == [(2, "B", "not_in_list"), (3, "", "csv_broken")]


def test_a_cell_that_never_ends_is_told() -> None:
    assert found(read_text("prs_FirstName\nAda\n" + "a" * 200_000)) == [(3, "", "csv_cell_endless")]


def test_a_row_of_more_cells_than_a_sheet_may_have_is_told_unless_they_are_blank() -> None:
    assert found(read_text("prs_FirstName\nAda" + "," * 300 + "x\n")) == [(2, "", "too_many_columns")]
    assert read_text("prs_FirstName\nAda" + "," * 300 + "\n").ok


def test_a_row_longer_than_the_headings_is_told() -> None:
    assert found(read_text("prs_FirstName,prs_MailingStreet\nAda,1 Example Street, Back House\n")) == [(2, "C", "cells_beyond_headings")]


def test_a_row_that_describes_nobody_is_told() -> None:
    assert found(read_text("prs_FirstName,cas_Status\n,Active\n")) == [(2, "", "case_empty")]


def test_a_rejected_name_is_not_also_a_missing_name() -> None:
    assert codes(read_text("prs_FirstName,cas_Status\n=A1,Active\n")) == ["formula"]


def test_the_same_case_twice_is_told_with_the_row_of_the_first() -> None:
    reading = read_text("prs_FirstName,prs_Gender\nAda,Feminine\nIda,\n Ada,Female\n")
    assert found(reading) == [(4, "", "row_twice")]
    assert reading.problems[0].params == {"first": 2}
    assert found(read_text("CaseNumber,prs_FirstName\n1,Ada\n1,Ida\n2,Ada\n")) == [(3, "A", "source_twice")]


def test_the_whole_file_is_judged_and_not_only_the_first_error() -> None:
    reading = read_text("prs_FirstName,prs_Gender,prs_Birthdate\n" + "Ada,x,y\n" * 3)
    assert codes(reading).count("not_in_list") == codes(reading).count("date_not_iso") == 3


def test_the_list_of_problems_ends_at_a_thousand_and_says_how_many_are_missing() -> None:
    rows = "".join(f"Person {number},x,y\n" for number in range(600))
    reading = read_text("prs_FirstName,prs_Gender,prs_Birthdate\n" + rows)
    assert len(reading.problems) == 1001
    assert (reading.problems[-1].code, reading.problems[-1].params) == ("more_problems", {"count": 200})


def test_more_than_five_thousand_rows_are_refused() -> None:
    reading = read_text("prs_FirstName\n" + "".join(f"Person {number}\n" for number in range(5_001)))
    assert codes(reading) == ["too_many_rows"]
    assert len(reading.rows) == 5_000


def test_blank_rows_are_not_followed_for_ever() -> None:
    with patch.object(reader, "_LAST_ROW", 50):
        assert codes(read_text("prs_FirstName\nAda\n" + "\n" * 100 + "Ida\n")) == ["too_many_rows"]


def test_a_sheet_that_lies_about_its_size_is_read_whole() -> None:
    whole = workbook(("prs_FirstName", "prs_SecondName"), ("Ada", "A"), ("Ida", "B"))
    data = altered(whole, "xl/worksheets/sheet1.xml", lambda sheet: sheet.replace(b'ref="A1:B3"', b'ref="A1:A2"'))
    assert data != whole
    reading = read_book(data)
    assert [row.values for row in reading.rows] == [
        {"prs_FirstName": "Ada", "prs_SecondName": "A"},
        {"prs_FirstName": "Ida", "prs_SecondName": "B"},
    ]


def test_a_fingerprint_ignores_the_order_of_columns_and_the_spelling() -> None:
    first = read_text("prs_FirstName,prs_Gender,prs_Citizenship\nAda,Feminine,NG;FR\n").rows[0]
    second = read_text("prs_Nationality,prs_Gender,prs_First_Name\nFR NG,Female,Ada \n").rows[0]
    third = read_text("prs_FirstName,prs_Gender,prs_Citizenship\nAda,Feminine,NG\n").rows[0]
    assert first.fingerprint() == second.fingerprint() != third.fingerprint()
    assert len(first.fingerprint()) == 32
