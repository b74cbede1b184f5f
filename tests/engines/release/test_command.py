"""`entraide release`: rows and tables of nobody, a budget that is spent before anything is told, refusals in a sentence."""

import csv
import json
import random
import signal
import stat
import subprocess
import sys
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


def run(data: Path, out: Path, *more: str, epsilon: str = "4", as_json: bool = True) -> Result:
    told = ["--json", *more] if as_json else more
    return CliRunner().invoke(release, [str(data), "--epsilon", epsilon, "--k", "5", "--out", str(out), *told])


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
    assert "sensitive" in internal.read_text().lower() and "INTERNAL" in internal.name


def test_wherever_the_internal_report_is_named_it_is_said_to_be_as_sensitive_as_the_data(persons: Path, tmp_path: Path) -> None:
    for language, word in (("en", "as sensitive as the data"), ("fr", "aussi sensible que les données")):
        told = run(persons, tmp_path / f"json-{language}", "--seed", "1", "--lang", language, "--budget", "20")
        assert word in json.loads(told.stdout)["internal_warning"]
        shown = run(persons, tmp_path / f"words-{language}", "--seed", "1", "--lang", language, "--budget", "20", as_json=False)
        assert [word in line for line in shown.output.splitlines() if "INTERNAL" in line] == [True]


@pytest.mark.parametrize(
    ("content", "more"),
    [
        (b"", []),
        (b"sex\n", []),
        (b"\xff\xfe\x00a,b\n1,2\n", []),
        (b"a,b\n1\n", []),
        (b"a,a\n1,2\n", []),
        (",".join(f"c{at}" for at in range(500)).encode() + b"\n" + b"1," * 499 + b"1\n", []),
        (b"id,b\n" + b"".join(b"%d,x\n" % at for at in range(6_000)), []),
        (b"a,b\n", []),
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


def test_the_command_speaks_french_in_its_refusals_and_in_what_it_writes(persons: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(release, [str(persons), "--epsilon", "4", "--lang", "fr", "--seed", "1", "--out", str(tmp_path / "out")])
    assert done.exit_code == 0 and "lignes écrites" in done.stdout and "Pas pour la publication" in done.stderr
    facts = json.loads((tmp_path / "out" / "UNSAFE-TEST-release.json").read_text())
    assert "Bruit gaussien discret" in facts["mechanism"] and "la personne" in facts["unit"] and "Compté" in facts["about_tables"]
    assert "manquant" in (tmp_path / "out" / "UNSAFE-TEST-dictionary.csv").read_text()
    assert "personnes elles-mêmes" in json.loads((tmp_path / "out.INTERNAL.json").read_text())["warning"]
    again = run(persons, tmp_path / "two", "--lang", "fr", "--ledger", str(tmp_path / "release-ledger.jsonl"))
    assert "Le budget est épuisé" in json.loads(again.stdout)["refusal"]


def test_a_person_with_several_rows_counts_once_however_her_number_is_spaced(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("who,a,b\n" + "".join(f"{number},x,y\n {number} ,x,y\n{number},z,y\n" for number in range(300)))
    done = CliRunner().invoke(release, [str(file), "--epsilon", "20", "--person", "who", "--out", str(tmp_path / "out")])
    assert "left out: 600 " in done.stdout
    made = rows(tmp_path / "out", unsafe=False)
    assert abs(len(made) - 300) < 20 and set(made[0]) == {"a", "b"}
    assert "600" not in (tmp_path / "out" / "release.json").read_text(), "how many rows a person has is not public"


@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_leaves_no_half_output_and_a_ledger_that_has_counted_it(signal_: int, tmp_path: Path) -> None:
    file, ledger = tmp_path / "persons.csv", tmp_path / "ledger.jsonl"
    draw = random.Random(1)
    file.write_text("a,b,c,d,e,f\n" + "".join(",".join(draw.choice("uvwxyz") for _ in range(6)) + "\n" for _ in range(60_000)))
    told = [sys.executable, "-m", "entraide.cli", "release", str(file), "--epsilon", "1", "--budget", "9", "--out", str(tmp_path / "out")]
    heard = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)  # noqa: E731  # whoever runs the tests in the background ignores it
    with subprocess.Popen([*told, "--ledger", str(ledger)], stderr=subprocess.PIPE, text=True, preexec_fn=heard) as running:
        while not list(tmp_path.glob(".out.*.partial")):
            assert running.poll() is None
        running.send_signal(signal_)
        said = running.communicate()[1]
    assert running.returncode == 130 and "no output is left" in said and "budget is spent" in said
    left = {path.name for path in tmp_path.iterdir() if path.is_file() or path.name.startswith((".out", "out"))}
    assert left == {"ledger.jsonl", "ledger.jsonl.lock", "persons.csv"}
    assert len(ledger.read_text().splitlines()) == 2, "the budget is spent"


def test_two_at_once_do_not_both_spend_what_is_left(persons: Path, tmp_path: Path) -> None:
    ledger = str(tmp_path / "ledger.jsonl")
    told = [sys.executable, "-m", "entraide.cli", "release", str(persons), "--epsilon", "1", "--budget", "1", "--ledger", ledger, "--json"]
    running = [subprocess.Popen([*told, "--out", str(tmp_path / name)], stdout=subprocess.PIPE) for name in ("one", "two")]
    for each in running:
        each.communicate()
    assert sorted(each.returncode for each in running) == [0, 2]
    assert sum((tmp_path / name).exists() for name in ("one", "two")) == 1
