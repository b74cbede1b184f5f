"""`entraide texts import` at the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from entraide.commands.texts import texts
from entraide.engines.texts import read_plain, write_akn, write_docx
from tests.engines.texts.help import seed_file
from tests.engines.texts.samples import CONVENTION, PAGED


def run(file: Path, *options: str) -> Result:
    return CliRunner().invoke(texts, ["import", str(file), "--lang", "en", *options])


def test_it_prints_the_tree_as_json(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"{PAGED}\n***\n", encoding="utf-8")
    result = run(file, "--json")
    told = json.loads(result.output)
    assert result.exit_code == 0
    assert {"title", "language", "kind", "nodes", "unplaced", "doubts", "furniture"} <= set(told)
    assert set(told["nodes"][0]) == {"id", "kind", "number", "heading", "text", "footnotes", "children"}
    assert [set(item) for item in told["unplaced"]] == [{"line", "text", "reason"}]
    assert told["nodes"][0]["children"][0]["footnotes"][0]["mark"] == "1"


def test_it_prints_an_outline_for_reading(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(CONVENTION, encoding="utf-8")
    result = run(file)
    assert result.exit_code == 0
    assert "art_3__para_2__subpara_b" in result.output
    assert "1 footnotes" in result.output


@pytest.mark.parametrize("ending", ["docx", "xml"])
def test_it_reads_word_and_akoma_ntoso(tmp_path: Path, ending: str) -> None:
    text = read_plain(CONVENTION.encode(), "en").text
    file = tmp_path / f"a.{ending}"
    file.write_bytes(write_docx(text) if ending == "docx" else write_akn(text))
    told = json.loads(run(file, "--json").output)
    assert told["title"] == text.title
    assert [node["id"] for node in told["nodes"]] == [node.id for node in text.nodes]


@pytest.mark.parametrize(("name", "data"), [("a.txt", b"a\0b"), ("a.docx", b"PK"), ("a.xml", b"<a>"), ("a.pdf", b"%PDF")])
def test_a_bad_file_ends_with_code_2_and_a_sentence(tmp_path: Path, name: str, data: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    result = run(file)
    assert result.exit_code == 2
    assert result.output.strip().endswith(".")
    assert "Traceback" not in result.output


def test_the_report_has_48_paragraphs_at_the_command_line_too() -> None:
    result = CliRunner().invoke(texts, ["import", str(seed_file()), "--lang", "fr", "--json"])
    told = json.loads(result.output)

    def numbers(nodes: list[dict[str, object]]) -> list[object]:
        found: list[object] = []
        for node in nodes:
            found += [node["number"]] if node["kind"] == "paragraph" else []
            children = node["children"]
            assert isinstance(children, list)
            found += numbers(children)
        return found

    assert numbers(told["nodes"]) == [str(number) for number in range(1, 49)]
    assert told["unplaced"] == []
