"""What `entraide estimate --json` says: every key that there may be, and that the help and the docstring explain each of them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from entraide.cli import main
from entraide.engines.estimation import Family

ALWAYS = {"method", "estimate", "interval", "terms", "refusal", "draws", "interval_kind", "notes"}
"""In every family; the first six also where nothing could be read."""
SOMETIMES = {
    "interval_refusal", "draw_terms", "draw_refusals", "wald", "bca", "bias", "acceleration", "resamples", "resamples_refused",
    "resampling_seconds", "models", "search", "bic", "graphs", "rhat", "effective_sample_size", "posterior_draws",
}  # fmt: skip
ONCE = {"families", "persons", "lists", "consistency", "linkage", "assumptions", "methods", "seconds", "machine"}
"""Beside the first family's own."""
TABLE = "A,B,C,n\n1,0,0,120\n0,1,0,90\n0,0,1,70\n1,1,0,30\n1,0,1,25\n0,1,1,20\n1,1,1,8\n"
DRAWS = "100,010,001,110,101,011,111\n118,93,71,28,26,19,8\n122,88,69,31,24,21,8\n119,95,66,33,22,20,8\n130,80,70,0,0,0,0\n"


def told(tmp_path: Path, *more: str, text: str = TABLE) -> dict[str, Any]:
    path = tmp_path / "t.csv"
    path.write_text(text)
    out: dict[str, Any] = json.loads(CliRunner().invoke(main, ["estimate", str(path), "--json", *more]).stdout)
    return out


def test_every_key_is_named_here_and_nowhere_is_another(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text(DRAWS)
    runs = [
        told(tmp_path, "--method", "all", "--bootstrap", "40", "--links", "0.05", "0.02"),
        told(tmp_path, "--method", "all", "--draws", str(tmp_path / "d.csv")),
    ]
    families = [family for run in runs for family in run["families"]]
    assert len(families) == 10
    for family in families:
        assert ALWAYS <= set(family) <= ALWAYS | SOMETIMES, family["method"]
    for run in runs:
        first = run["families"][0]
        assert set(run) == ONCE | set(first) and {name: run[name] for name in first} == first
    seen = {name for family in families for name in family}
    assert seen == ALWAYS | SOMETIMES


def test_a_draw_without_an_answer_is_null_and_each_family_has_one_answer_per_draw(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text(DRAWS)
    for family in told(tmp_path, "--method", "bic", "--draws", str(tmp_path / "d.csv"))["families"]:
        assert len(family["draws"]) == len(family["draw_terms"]) == 4 and family["draws"][3] is None
    (tmp_path / "d.csv").write_text(DRAWS.splitlines()[0] + "\n" + DRAWS.splitlines()[1] + "\n")
    refused = told(tmp_path, "--draws", str(tmp_path / "d.csv"))
    assert refused["estimate"] is not None and refused["interval_refusal"]["why"], "one draw makes no interval"


@pytest.mark.parametrize("text", ["", "A,n\n1,5\n"])
def test_where_nothing_can_be_read_the_six_keys_stand_alone(tmp_path: Path, text: str) -> None:
    assert set(told(tmp_path, text=text)) == {"method", "estimate", "interval", "terms", "refusal", "draws"}


@pytest.mark.parametrize("name", sorted(ALWAYS | SOMETIMES | ONCE))
def test_help_and_docstring_explain_every_key(name: str) -> None:
    shown = CliRunner().invoke(main, ["estimate", "--help"]).output
    assert f"{name}:" in shown or f"{name}," in shown
    assert f"`{name}`" in Path("docs/estimate-and-release.md").read_text()
    if name not in ONCE:
        assert f"{name}:" in (Family.told.__doc__ or "")
