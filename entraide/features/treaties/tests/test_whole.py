"""The facts are those of the table they were taken from, row by row; skipped where that table is not at hand."""

import csv
import os
from collections import defaultdict
from pathlib import Path

import pytest

from entraide.features.treaties import facts
from entraide.features.treaties.choices import CONSENTS

SLUGS = {
    "UNTOC": "untoc", "TIP_PROTOCOL": "trafficking-protocol", "SOM_PROTOCOL": "smuggling-protocol", "ILO_P029": "p029",
    "CETS197": "cets-197", "ACTIP": "actip", "SAARC2002": "saarc-2002",
}  # fmt: skip
KINDS = {"party_date_unknown": "consent"}


def rows() -> list[dict[str, str]]:
    beside = Path(__file__).resolve().parents[5] / "shared" / "data"
    table = Path(os.environ.get("ENTRAIDE_FACTS") or beside) / "ratifications.csv"
    if not table.is_file():
        pytest.skip("the table of ratifications is not here: set ENTRAIDE_FACTS to its folder")
    return list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))


def test_every_row_is_in_with_its_days_its_source_its_day_and_whether_it_was_confirmed() -> None:
    acts = defaultdict(list)
    for act in facts.acts():
        acts[act.instrument, act.state].append(act)
    for row in rows():
        state = row["iso2"] or "EU"
        own = acts.pop((SLUGS[row["treaty_code"]], state))
        assert [act.on for act in own if act.kind == "signature"] == ([row["signature_date"]] if row["signature_date"] else []), row
        consents = [(act.kind, act.on) for act in own if act.kind in CONSENTS]
        action = KINDS.get(row["action"], row["action"])
        assert consents == ([(action, row["deposit_date"])] if row["status"] == "party" else []), row
        assert all(act.source and act.as_of == row["as_of"] and act.confirmed == (row["confidence"] == "seen") for act in own), row
        if len(row["entry_into_force"]) == len("2004-01-01"):
            assert [str(act.recorded_force) for act in own if act.kind in CONSENTS] == [row["entry_into_force"]], row
    assert {instrument for instrument, _state in acts} == {"commit-memorandum"}, "nothing was added to the table but the memorandum"


def test_nothing_is_said_of_what_was_not_examined() -> None:
    kinds = {act.kind for act in facts.acts()}
    assert not kinds & {"reservation", "declaration", "objection", "withdrawal"}
