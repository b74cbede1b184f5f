"""The diagrams of states are what the tables say, and the tables are sound."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from entraide.commands import states
from entraide.features.cases.choices import CASE_MACHINE, IDENTIFICATION_MACHINE, IMPORT_MACHINE
from entraide.features.figures.choices import ESTIMATE_MACHINE, RELEASE_MACHINE, TABLE_MACHINE
from entraide.features.monitoring.choices import MACHINE as EVALUATION_MACHINE
from entraide.features.questionnaires.choices import MACHINE as REPLY_MACHINE
from entraide.features.referrals.choices import MACHINE
from entraide.kernel.access.moves import Machine

MACHINES = [
    CASE_MACHINE,
    IDENTIFICATION_MACHINE,
    IMPORT_MACHINE,
    MACHINE,
    TABLE_MACHINE,
    ESTIMATE_MACHINE,
    RELEASE_MACHINE,
    EVALUATION_MACHINE,
    REPLY_MACHINE,
]
named = pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder of this test alone."""
    return tmp_path / "states"


def test_every_machine_has_its_page() -> None:
    assert {machine.name for machine in MACHINES} == {machine.name for machine, _where in states.machines().values()}


def test_the_diagrams_are_up_to_date() -> None:
    assert states.stale() == [], "run: entraide states"


def test_writing_twice_changes_nothing(folder: Path) -> None:
    states.write(folder)
    before = {path.name: (path.read_text(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    states.write(folder)
    assert {path.name: (path.read_text(), path.stat().st_mtime_ns) for path in folder.iterdir()} == before


def test_a_changed_a_missing_and_a_foreign_file_are_stale(folder: Path) -> None:
    states.write(folder)
    (folder / "case.md").write_text("no")
    (folder / "referral.md").unlink()
    (folder / "old.md").write_text("gone")
    assert states.stale(folder) == ["case.md", "old.md", "referral.md"]
    states.write(folder)
    assert states.stale(folder) == [] and not (folder / "old.md").exists()


def test_the_check_fails_when_a_file_is_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "stale", lambda: ["case.md"])
    answer = CliRunner().invoke(states.states, ["--check"])
    assert answer.exit_code == 1 and "docs/states/case.md" in answer.output


@named
def test_every_state_can_be_reached(machine: Machine) -> None:
    reached = {machine.initial}
    while more := {move.target for move in machine.moves if move.sources & reached} - reached:
        reached |= more
    assert reached == set(machine.states.values)


@named
def test_no_two_moves_share_a_name_and_no_move_leads_nowhere(machine: Machine) -> None:
    names = [move.name for move in machine.moves]
    assert len(names) == len(set(names))
    states = set(machine.states.values)
    assert all(move.target in states and move.sources and move.sources <= states for move in machine.moves)


def test_every_referral_can_end() -> None:
    ending = set(MACHINE.final)
    while more := {source for move in MACHINE.moves if move.target in ending for source in move.sources} - ending:
        ending |= more
    assert ending == set(MACHINE.states.values)
