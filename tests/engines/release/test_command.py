"""`entraide release`: rows and tables of nobody, a budget that is spent before anything is told, refusals in a sentence."""

import csv
import json
import random
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from entraide.commands.release import release

COLUMNS = ["sex", "age", "form", "origin"]


@pytest.fixture
def persons(tmp_path: Path) -> Path:
    """1,500 invented persons; the form depends on the sex, and some values are missing."""
    draw = random.Random(5)
    file = tmp_path / "persons.csv"
    with file.open("w", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(COLUMNS)
        for _ in range(1_500):
            sex = draw.choice(["F", "F", "M", ""])
            form = draw.choice(["sexual", "sexual", "labour"] if sex == "F" else ["labour", "other"])
            writer.writerow([sex, draw.choice(["child", "adult"]), form, draw.choice("ABCD")])
    return file


def run(data: Path, out: Path, *more: str, epsilon: str = "4") -> Result:
    return CliRunner().invoke(release, [str(data), "--epsilon", epsilon, "--k", "5", "--out", str(out), "--json", *more])


def rows(out: Path, unsafe: bool = True) -> list[dict[str, str]]:
    with (out / f"{'UNSAFE-TEST-' if unsafe else ''}synthetic.csv").open() as opened:
        return list(csv.DictReader(opened))


def test_the_same_seed_makes_the_same_files_and_they_say_that_they_are_not_for_release(persons: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        done = run(persons, tmp_path / name, "--seed", "7", "--ledger", str(tmp_path / f"{name}.jsonl"))
        assert done.exit_code == 0, done.output
        assert json.loads(done.stdout)["unsafe_test_mode"] is True and "Not for release" in done.stderr
    assert rows(tmp_path / "a") == rows(tmp_path / "b")
    assert all(path.name.startswith("UNSAFE-TEST-") for path in (tmp_path / "a").iterdir())


def test_without_a_seed_two_editions_differ_and_nothing_is_marked_unsafe(persons: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        done = run(persons, tmp_path / name, "--ledger", str(tmp_path / f"{name}.jsonl"))
        assert done.exit_code == 0 and json.loads(done.stdout)["unsafe_test_mode"] is False
    assert rows(tmp_path / "a", unsafe=False) != rows(tmp_path / "b", unsafe=False)


def test_what_hangs_together_stays_together_and_missing_stays_missing(persons: Path, tmp_path: Path) -> None:
    run(persons, tmp_path / "out", "--seed", "1", epsilon="8")
    made = rows(tmp_path / "out")
    assert abs(len(made) - 1_500) < 60
    women = [row for row in made if row["sex"] == "F"]
    assert sum(row["form"] == "sexual" for row in women) / len(women) == pytest.approx(2 / 3, abs=0.08)
    assert sum(row["sex"] == "" for row in made) / len(made) == pytest.approx(1 / 4, abs=0.06)


def test_the_budget_adds_up_over_editions_and_refuses_when_it_is_spent(persons: Path, tmp_path: Path) -> None:
    ledger = str(tmp_path / "ledger.jsonl")
    first = run(persons, tmp_path / "one", "--ledger", ledger, "--budget", "2", epsilon="1")
    assert first.exit_code == 0 and json.loads(first.stdout)["ledger"]["budget"] == 2
    second = run(persons, tmp_path / "two", "--ledger", ledger, epsilon="1.9")
    assert second.exit_code == 2 and "refusal" in json.loads(second.stdout) and not (tmp_path / "two").exists()


def test_a_ledger_that_was_changed_by_hand_is_refused(persons: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.jsonl"
    run(persons, tmp_path / "one", "--ledger", str(ledger), "--budget", "9", epsilon="1")
    lines = ledger.read_text().splitlines()
    ledger.write_text("\n".join([*lines[:-1], lines[-1].replace("one", "eno"), ""]))
    assert run(persons, tmp_path / "two", "--ledger", str(ledger), epsilon="1").exit_code == 2


def test_the_budget_is_spent_even_when_the_work_fails_afterwards(persons: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from entraide.engines.release import edition

    def fails(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError

    ledger = tmp_path / "ledger.jsonl"
    with monkeypatch.context() as broken:
        broken.setattr(edition, "synthesize", fails)
        run(persons, tmp_path / "one", "--ledger", str(ledger), "--budget", "2", epsilon="1.5")
    assert not (tmp_path / "one").exists(), "no half output"
    assert run(persons, tmp_path / "two", "--ledger", str(ledger), epsilon="1.5").exit_code == 2


def test_the_comparison_is_internal_and_only_its_owner_reads_it(persons: Path, tmp_path: Path) -> None:
    told = json.loads(run(persons, tmp_path / "out", "--seed", "1").stdout)
    internal = Path(told["internal"])
    assert stat.S_IMODE(internal.stat().st_mode) == 0o600 and internal.parent != tmp_path / "out"
    assert "sensitive" in internal.read_text().lower()


@pytest.mark.parametrize(
    ("content", "more"),
    [
        (b"", []),
        (b"sex\n", []),
        (b"\xff\xfe\x00a,b\n1,2\n", []),
        (b"a,b\n1\n", []),
        (b"a,a\n1,2\n", []),
        (b"a,b\n1,2\n", ["--epsilon", "0"]),
        (b"a,b\n1,2\n", ["--epsilon", "nan"]),
        (b"a,b\n1,2\n", ["--k", "0"]),
        (b"a,b\n1,2\n", ["--delta", "1"]),
        (b"a,b\n1,2\n", ["--table", "a,zzz", "--tables", "suppressed"]),
    ],
)
def test_bad_input_gets_a_sentence_and_leaves_nothing(content: bytes, more: list[str], tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(content)
    done = run(file, tmp_path / "out", *more)
    assert done.exit_code == 2 and not (tmp_path / "out").exists()
    assert json.loads(done.stdout)["refusal"]


def test_a_folder_that_is_there_is_not_overwritten(persons: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("keep")
    assert run(persons, tmp_path / "out", "--seed", "1").exit_code == 2 and (tmp_path / "out" / "mine.txt").read_text() == "keep"
