"""What is written is read back the same."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from entraide.engines.texts import Refused, Text, Work, read_akn, read_docx, read_plain, write_akn, write_docx, write_plain
from tests.engines.texts.akn import faults
from tests.engines.texts.help import seed
from tests.engines.texts.samples import CONVENTION, RESOLUTION
from tests.engines.texts.trees import reports, texts

SLOW = settings(max_examples=25)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(texts())
def test_any_tree_comes_back_from_akoma_ntoso_as_it_was(text: Text) -> None:
    got = read_akn(write_akn(text))
    assert got.text == text
    assert not got.problems


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(texts())
def test_any_tree_is_written_as_akoma_ntoso_allows(text: Text) -> None:
    assert faults(write_akn(text)) == []


@SLOW
@given(reports())
def test_a_report_comes_back_from_word_and_from_plain_text_as_it_was(report: tuple[str, list[str]]) -> None:
    text = read_plain(report[0].encode(), "en").text
    assert read_docx(write_docx(text), "en").text == text
    assert read_plain(write_plain(text).encode(), "en").text == text


@pytest.mark.parametrize("source", [CONVENTION, RESOLUTION])
def test_a_convention_and_a_resolution_come_back_from_every_format(source: str) -> None:
    text = read_plain(source.encode(), "en").text
    assert read_akn(write_akn(text)).text == text
    assert read_docx(write_docx(text), "en").text == text
    assert read_plain(write_plain(text).encode(), "en").text == text


def test_the_report_comes_back_from_every_format() -> None:
    text = seed().text
    assert read_akn(write_akn(text)).text == text
    assert read_docx(write_docx(text), "fr").text == text
    assert read_plain(write_plain(text).encode(), "fr").text == text


def test_the_same_tree_gives_the_same_bytes() -> None:
    text = read_plain(CONVENTION.encode(), "en").text
    assert write_akn(text) == write_akn(text)
    assert write_docx(text) == write_docx(text)


def test_the_work_is_described_as_it_is_told() -> None:
    text = read_plain(RESOLUTION.encode(), "en").text
    data = write_akn(text, Work(country="ie", date="2010-07-30", number="64-293"))
    assert b'value="/akn/ie/statement/2010-07-30/64-293"' in data


def test_our_files_are_valid_against_the_schema_of_oasis() -> None:
    path = os.environ.get("ENTRAIDE_AKN_XSD", "")
    if not path or not Path(path).is_file():
        pytest.skip("the OASIS schema is not here: ENTRAIDE_AKN_XSD names akomantoso30.xsd")
    from lxml import etree  # type: ignore[import-untyped]

    schema = etree.XMLSchema(etree.parse(path))

    @settings(max_examples=40, suppress_health_check=list(HealthCheck))
    @given(texts())
    def valid(text: Text) -> None:
        assert schema.validate(etree.fromstring(write_akn(text))), schema.error_log

    valid()


def test_what_is_no_akoma_ntoso_is_refused_with_a_sentence() -> None:
    with pytest.raises(Refused, match="The XML is not Akoma Ntoso"):
        read_akn(b"<html/>")
