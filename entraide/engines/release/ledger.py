"""The ledger: what was already told about these persons, and whether more may be told.

A file of JSON lines, each holding the hash of the line before. The first line names the budget; each further line is an edition, written
under a lock, beside and then renamed, and synced before anything is measured: a crash afterwards has cost the budget and told nothing,
never the other way round. The file of the lock keeps the last hash, so that an older copy put in the ledger's place is noticed.
ρ adds up over editions (zCDP composition, Bun and Steinke 2016), and so do the parts of δ that let values in.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

from entraide.engines.release.budget import epsilon_of
from entraide.engines.release.refusal import Refused
from entraide.engines.release.synthesis import Price
from entraide.engines.sentence import Decimals
from entraide.engines.sentence import gettext_noop as _

DAMAGED = _("The ledger was changed or damaged: what was already told is no longer known, so nothing more is released.")
UNREADABLE = _("The ledger cannot be opened: %(problem)s.")
OLDER = _(
    "The ledger is missing or an older copy: what was told since is no longer known, so nothing more is released. Bring back the one that "
    "was here last."
)
SUBTRACTION = _(
    "An earlier edition already holds tables made from the persons themselves; subtracting one from the other would show who came "
    "or left. Make the tables from the synthetic rows (--tables synthetic)."
)
EXACT = ("suppressed", "rounded", "cell-key")  # tables from the persons themselves, which ε does not cover


@dataclass(frozen=True)
class Entry:
    """One edition to be written: its name, date (ISO, given by the caller), price, and how its tables are protected."""

    edition: str
    on: str
    price: Price
    tables: str
    unsafe: bool


@dataclass(frozen=True)
class Standing:
    """Where the ledger stands: editions so far, their ε together at the ledger's δ, and the budget."""

    editions: int
    epsilon: float
    budget: float
    delta: float


def spend(path: Path, entry: Entry, budget: float | None) -> Standing:
    """Writes `entry` when the budget allows it; otherwise raises Refused and writes nothing. Safe against other processes.

    `budget` is the ε (at the δ of the first edition) for all editions together; it is set with the first and cannot be raised here.
    Without one, the first edition's own ε is the whole budget.
    """
    with _locked(path) as mark:
        lines, last = _read(path)
        _refuse_older(mark, last)
        head, editions = (lines[0], lines[1:]) if lines else (_head(entry, budget), [])
        _same_budget(head, budget)
        standing = _standing(head, [*editions, _line(entry)])
        _refuse_subtraction(entry, editions)
        _marked(mark, _write(path, [head, *editions, _line(entry)]))
        return standing


def _head(entry: Entry, budget: float | None) -> dict[str, object]:
    return {"ledger": 1, "unit": "person", "budget_epsilon": entry.price.epsilon if budget is None else budget, "delta": entry.price.delta}


def _line(entry: Entry) -> dict[str, object]:
    cost = entry.price
    return {
        "edition": entry.edition, "on": entry.on, "epsilon": cost.epsilon, "delta": cost.delta, "domain_delta": cost.domain_delta,
        "rho": str(cost.rho), "tables": entry.tables, "unsafe_test_mode": entry.unsafe,
    }  # fmt: skip


def _same_budget(head: dict[str, object], budget: float | None) -> None:
    if budget is not None and budget != head["budget_epsilon"]:
        why = _("The ledger’s budget is ε = %(budget)s for all editions together; --budget cannot change it.")
        raise Refused(why, budget=str(head["budget_epsilon"]))


def _standing(head: dict[str, object], editions: list[dict[str, object]]) -> Standing:
    """Refuses when all editions together cost more than the budget."""
    budget, delta = float(str(head["budget_epsilon"])), float(str(head["delta"]))
    rho = sum((Fraction(str(one["rho"])) for one in editions), Fraction(0))
    left = delta - sum(float(str(one["domain_delta"])) for one in editions)
    epsilon = epsilon_of(rho, left)
    if epsilon > budget:
        before = _standing(head, editions[:-1]).epsilon if editions[:-1] else 0.0
        why = _(
            "The budget is spent: %(editions)s editions have used ε = %(used)s of %(budget)s, and this one would exceed it "
            "(at δ = %(delta)s). Nothing was released."
        )
        raise Refused(why, editions=len(editions) - 1, used=Decimals(before, 3), budget=f"{budget:g}", delta=f"{delta:g}")
    return Standing(len(editions), epsilon, budget, delta)


def _refuse_subtraction(entry: Entry, editions: list[dict[str, object]]) -> None:
    if entry.tables in EXACT and any(one["tables"] in EXACT for one in editions):
        raise Refused(SUBTRACTION)


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """One process at a time; the lock lies beside the ledger, because the ledger itself is replaced. Gives its open file."""
    try:
        handle = os.open(path.with_name(path.name + ".lock"), os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as problem:
        raise Refused(UNREADABLE, problem=problem.strerror or "") from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)


def _refuse_older(mark: int, last: tuple[str, str]) -> None:
    """Refuses a ledger that does not end where it ended last; written but not yet marked is where a crash may leave it."""
    known = os.pread(mark, len(_hash("")), 0).decode("ascii", "replace")
    if known and known not in last:
        raise Refused(OLDER)


def _marked(mark: int, last: str) -> None:
    os.pwrite(mark, last.encode(), 0)
    os.fsync(mark)


def _read(path: Path) -> tuple[list[dict[str, object]], tuple[str, str]]:
    """The lines, and the hashes of the last and of the one before."""
    if not path.exists():
        return [], ("", "")
    found: list[dict[str, object]] = []
    before, ends = "", ("", "")
    for line in _lines(path):
        try:
            one = json.loads(line)
            own = one.pop("hash")
            sound = (
                own == _hash(json.dumps(one, ensure_ascii=False))
                and one.pop("before") == before
                and ("rho" in one or (not found and "budget_epsilon" in one))
            )
        except (ValueError, KeyError, AttributeError, TypeError):
            sound = False
        if not sound:
            raise Refused(DAMAGED)
        found.append(one)
        before, ends = own, (own, before)
    return found, ends


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise Refused(DAMAGED) from None
    except OSError as problem:
        raise Refused(UNREADABLE, problem=problem.strerror or "") from None


def _write(path: Path, lines: list[dict[str, object]]) -> str:
    """Writes all lines anew; the hash of the last."""
    text, before = "", ""
    for one in lines:
        linked = {**one, "before": before}
        before = _hash(json.dumps(linked, ensure_ascii=False))
        text += json.dumps({**linked, "hash": before}, ensure_ascii=False) + "\n"
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return before


def _hash(line: str) -> str:
    return sha256(line.encode()).hexdigest()
