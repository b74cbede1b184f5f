"""Whatever file comes, both engines end in a sentence or in the right answer, as a library and by command."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from entraide.cli import main
from entraide.engines.estimation import Order, Refused, read, read_bytes, study
from entraide.engines.release import microdata
from entraide.engines.release.refusal import Refused as NotReleased

GOOD = "A,B,n\n1,0,60\n0,1,40\n1,1,20\n"
COUNTS = [0.0, 60.0, 40.0, 20.0]
FORTY = ",".join(f"L{at}" for at in range(40)) + ",n\n" + "1," * 40 + "3\n"
NOT_TEXT = "not UTF-8"


@dataclass(frozen=True)
class Bad:
    """A file, what estimating says of it and what releasing says of it; "" where it is fine as a table of persons."""

    name: str
    data: bytes
    estimating: str
    releasing: str = ""


BAD = [
    Bad("negative", b"A,B,n\n1,0,-3\n", "Line 2: “n” is negative"),
    Bad("fraction", b"A,B,n\n1,0,1.5\n", "Line 2: “n” is a fraction"),
    Bad("decimal comma", b'A,B,n\n1,0,"1,5"\n', "Line 2: “n” is not a whole number"),
    Bad("thousands", b"A,B,n\n1,0,1 000\n", "Line 2: “n” is not a whole number"),
    Bad("nan", b"A,B,n\n1,0,nan\n", "Line 2: “n” is not a whole number"),
    Bad("four hundred digits", b"A,B,n\n1,0," + b"9" * 400 + b"\n", "Line 2: “n” is not a whole number"),
    Bad("ten to the thirteenth", b"A,B,n\n1,0,10000000000000\n1,1,1\n", "counts more than 1,000,000,000,000 persons"),
    Bad("histories twice, count unnamed", b"A,B,x\n1,0,2\n1,0,2\n1,1,2\n", "may count persons or tell them apart"),
    Bad("all zero", b"A,B,n\n1,0,0\n0,1,0\n1,1,0\n", "counts no one"),
    Bad("persons on no list", b"A,B,n\n0,0,5\n1,1,3\n", "Line 2 counts persons who are on no list"),
    Bad("one list", b"A,n\n1,4\n", "One list alone"),
    Bad("one column", b"A\n1\n", "One list alone", "only one column"),
    Bad("40 lists", FORTY.encode(), "40 lists are more than 10"),
    Bad("100,000 columns", ",".join(f"c{at}" for at in range(100_000)).encode() + b"\n" + b"1," * 99_999 + b"1\n", "100,000 lists",
        "100,000 columns"),
    Bad("a list with no one", b"A,B,n\n1,0,4\n", "No one is on the list B"),
    Bad("two columns of a name", b"A,A,n\n1,0,4\n", "Two columns are called “A”", "a name of its own"),
    Bad("neither 0 nor 1", b"A,B,n\n2,0,4\n", "other things than 0 and 1"),
    Bad("too many cells", b"A,B,n\n" + b"1,0,4," * 200_000 + b"\n", "Line 2 has 600,001 cells", "600,001 cells"),
    Bad("open quotation", b'A,B,n\n1,0,"4\n0,1,3\n', "Line 2 cannot be read as CSV", "cannot be read as CSV"),
    Bad("huge cell", b"A,B,n\n1,0," + b"x" * 10_000_000 + b"\n", "Line 2 cannot be read as CSV", "cannot be read as CSV"),
    Bad("huge name", b"A" * 10_000_000 + b",B,n\n1,0,4\n", "Line 1 cannot be read as CSV", "cannot be read as CSV"),
    Bad("UTF-16", GOOD.encode("utf-16"), NOT_TEXT, NOT_TEXT),
    Bad("UTF-16 without a mark", GOOD.encode("utf-16-be"), NOT_TEXT, NOT_TEXT),
    Bad("UTF-32", GOOD.encode("utf-32"), NOT_TEXT, NOT_TEXT),
    Bad("Latin-1", "é,B,n\n1,0,4\n".encode("latin-1"), NOT_TEXT, NOT_TEXT),
    Bad("a zero byte", b"A,B,n\n1,0,4\0\n", NOT_TEXT, NOT_TEXT),
    Bad("a workbook", b"PK\x03\x04" + b"\0" * 50, NOT_TEXT, NOT_TEXT),
    Bad("a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, NOT_TEXT, NOT_TEXT),
    Bad("empty", b"", "The file is empty", "The file is empty"),
    Bad("blank lines", b"\n\n", "The file is empty", "The file is empty"),
    Bad("a mark alone", b"\xef\xbb\xbf", "The file is empty", "The file is empty"),
    Bad("head alone", b"A,B,n\n", "counts no one", "no rows"),
]  # fmt: skip
GOOD_ONES = {
    "as it is": GOOD.encode(),
    "mark": b"\xef\xbb\xbf" + GOOD.encode(),
    "CRLF": GOOD.replace("\n", "\r\n").encode(),
    "CR": GOOD.replace("\n", "\r").encode(),
    "semicolons": GOOD.replace(",", ";").encode(),
    "tabs": GOOD.replace(",", "\t").encode(),
    "mark, semicolons, CRLF": b"\xef\xbb\xbf" + GOOD.replace(",", ";").replace("\n", "\r\n").encode(),
    "quoted head": b'"A","B","n"\n1,0,60\n0,1,40\n1,1,20\n',
    "all quoted": b'"A","B","n"\n"1","0","60"\n"0","1","40"\n"1","1","20"\n',
    "no last end of line": GOOD.rstrip().encode(),
}


def at(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_estimating_from_a_bad_file_is_a_sentence_from_path_bytes_and_command(bad: Bad, tmp_path: Path) -> None:
    path = at(tmp_path, bad.data)
    with pytest.raises(Refused, match=bad.estimating):
        read(path)
    with pytest.raises(Refused, match=bad.estimating):
        read_bytes(bad.data)
    run = CliRunner().invoke(main, ["estimate", str(path), "--json"])
    assert run.exit_code == 2 and bad.estimating in json.loads(run.stdout)["refusal"]["why"]
    run = CliRunner().invoke(main, ["estimate", str(path)])
    assert run.exit_code == 2 and bad.estimating in run.stderr and "Traceback" not in run.output and len(run.stderr) < 400


@pytest.mark.parametrize("bad", [bad for bad in BAD if bad.releasing], ids=lambda bad: bad.name)
def test_releasing_from_a_bad_file_is_a_sentence_and_leaves_nothing(bad: Bad, tmp_path: Path) -> None:
    path = at(tmp_path, bad.data)
    with pytest.raises(NotReleased, match=bad.releasing):
        microdata.read(path)
    run = CliRunner().invoke(main, ["release", str(path), "--epsilon", "1", "--k", "5", "--out", str(tmp_path / "out")])
    assert run.exit_code == 2 and bad.releasing in run.stderr and "Traceback" not in run.output and len(run.stderr) < 400
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", GOOD_ONES)
def test_however_a_good_file_is_written_the_answer_is_the_same(name: str, tmp_path: Path) -> None:
    path = at(tmp_path, GOOD_ONES[name])
    assert list(read(path).counts) == list(read_bytes(GOOD_ONES[name]).counts) == COUNTS
    got = microdata.read(path)
    assert (got.names, got.rows, got.values) == (["A", "B", "n"], 3, [["", "1", "0"], ["", "0", "1"], ["", "60", "40", "20"]])


def test_histories_that_come_again_are_added_up_where_the_count_has_its_name() -> None:
    assert list(read_bytes(b"A,B,n\n1,0,30\n0,1,40\n1,0,30\n1,1,20\n").counts) == COUNTS


def test_counts_of_a_thousand_million_are_answered() -> None:
    table = read_bytes(b"A,B,n\n1,0,1000000000\n0,1,1e9\n1,1,1000000000\n")
    family = study(table, Order(methods=["stepwise"], bootstrap=50)).families[0]
    assert family.estimate == pytest.approx(2e9 * 2e9 / 1e9) and family.interval is not None


ANSWERED = {
    "negative": b"A,B,n\n1,0,-3\n",
    "fractional": b"A,B,n\n1,0,1.5\n",
    "duplicate": b"A,B,n\n1,0,60\n1,0,1\n0,1,40\n1,1,20\n",
    "all zero": b"A,B,n\n1,0,0\n0,1,0\n1,1,0\n",
    "one list": b"A,n\n1,4\n",
    "40 lists": FORTY.encode(),
    "10^9": b"A,B,n\n1,0,1000000000\n0,1,1000000000\n1,1,1000000000\n",
}


@pytest.mark.parametrize("name", ANSWERED)
def test_to_a_release_these_are_values_like_others_and_the_command_answers(name: str, tmp_path: Path) -> None:
    told = ["release", str(at(tmp_path, ANSWERED[name])), "--epsilon", "1", "--k", "5", "--out", str(tmp_path / "out"), "--json"]
    run = CliRunner().invoke(main, told)
    assert run.exit_code == 0, run.output
    assert json.loads(run.stdout)["ledger"] and (tmp_path / "out").is_dir()


@pytest.mark.parametrize(("name", "persons"), [("duplicate", 121), ("10^9", 3_000_000_000)])
def test_by_command_the_same_history_twice_is_added_up_and_thousands_of_millions_are_answered(
    name: str, persons: int, tmp_path: Path
) -> None:
    run = CliRunner().invoke(main, ["estimate", str(at(tmp_path, ANSWERED[name])), "--bootstrap", "50", "--json"])
    told = json.loads(run.stdout)
    assert run.exit_code == 0 and told["persons"] == persons and told["estimate"] >= persons


MILLIONS = 10_000_000


@pytest.mark.soak
def test_ten_million_rows_are_estimated_and_released_by_command(tmp_path: Path) -> None:
    path = tmp_path / "persons.csv"
    block = b"".join(b"%d,%d,%d\n" % (number & 1, number >> 1 & 1, number >> 2 & 1) for number in range(1, 8)) + b"1,0,0\n0,1,0\n0,0,1\n"
    with path.open("wb") as out:
        out.write(b"A,B,C\n")
        for _block in range(MILLIONS // 10 // 1000):
            out.write(block * 1000)
    run = CliRunner().invoke(main, ["estimate", str(path), "--bootstrap", "50", "--json"])
    assert run.exit_code == 0 and json.loads(run.stdout)["persons"] == MILLIONS
    run = CliRunner().invoke(main, ["release", str(path), "--epsilon", "1", "--k", "5", "--out", str(tmp_path / "out"), "--json"])
    assert run.exit_code == 0 and (tmp_path / "out").is_dir(), run.output[:500]
    with path.open("ab") as out:
        out.write(b"1,1,1\n")
    run = CliRunner().invoke(main, ["release", str(path), "--epsilon", "1", "--k", "5", "--out", str(tmp_path / "more"), "--budget", "9"])
    assert run.exit_code == 2 and "10,000,000 rows" in run.stderr and not (tmp_path / "more").exists()


@pytest.mark.parametrize("person", [None, "who"])
def test_more_rows_than_are_read_at_once_are_refused_before_they_are_kept(
    person: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(microdata, "MOST_PERSONS" if person else "MOST_ROWS", 10)
    path = at(tmp_path, b"who,a,b\n" + b"".join(b"%d,x,y\n" % number for number in range(11)))
    with pytest.raises(NotReleased, match="more than 10 rows"):
        microdata.read(path, person=person)
    path = at(tmp_path, b"who,a,b\n" + b"".join(b"%d,x,y\n" % number for number in range(10)))
    assert microdata.read(path, person=person).rows == 10
