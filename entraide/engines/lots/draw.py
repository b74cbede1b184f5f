"""Who reviews whom, drawn by lot.

The algorithm, version `entraide-lots-1`:

1.  The *rank* of a word under a seed is SHA-256 of `seed + "|" + word` in UTF-8, read as hexadecimal. Smaller comes first.
2.  States to be reviewed are taken in the order of the rank of `"state|" + code`: this is also the order of countries.
3.  Each takes its reviewers one by one from the pool in the order of the rank of `"pair|" + reviewed + "|" + reviewer`. Itself and those
    excluded for it are not in its pool. Where one reviewer must be of its own regional group, the first is taken from that group.
4.  Nobody reviews more than L States. L begins at the smallest number that could suffice: States × reviewers ÷ size of the pool, rounded
    up. Where everybody whom a State may take is at L, others move to the next in their own order along the shortest chain of moves
    (augmenting paths, Berge 1957), so that a draw is found under L whenever there is one; else L grows by one and step 3 begins again.

Result: {reviewed: [reviewers, sorted]}. Whether there is a draw at all does not depend on the seed.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

ALGORITHM = "entraide-lots-1"
MOST = 400


class NoDraw(ValueError):
    """There is no valid draw: `code` says why, `unit` for whom. The message is a sentence in English; pages say it in their own words."""

    SENTENCES = {
        "nobody": "There is nobody to review.",
        "twice": "%s stands there twice.",
        "many": "There are more States than the draw takes.",
        "seed": "A seed is missing.",
        "shape": "The file does not hold the inputs of a draw.",
        "reviewers": "At least one reviewer for each State is needed.",
        "few": "%s has too few possible reviewers: itself and those with a conflict of interest do not count.",
        "group": "Nobody else of its regional group can review %s.",
    }

    def __init__(self, code: str, unit: str = "") -> None:
        sentence = self.SENTENCES[code]
        super().__init__(sentence % unit if "%s" in sentence else sentence)
        self.code, self.unit = code, unit


@dataclass(frozen=True)
class Unit:
    """A State: its code, and its regional group ("" where none)."""

    code: str
    group: str = ""


@dataclass(frozen=True)
class Inputs:
    """What is published before there is a seed. `excluded` are pairs (reviewed, reviewer) with a conflict of interest."""

    reviewed: tuple[Unit, ...]
    pool: tuple[Unit, ...]
    reviewers: int = 2
    same_group: bool = True
    excluded: frozenset[tuple[str, str]] = frozenset()

    def as_json(self) -> dict[str, object]:
        """Plain values, in one order only."""
        return {
            "algorithm": ALGORITHM,
            "reviewed": [[unit.code, unit.group] for unit in sorted(self.reviewed, key=lambda unit: unit.code)],
            "pool": [[unit.code, unit.group] for unit in sorted(self.pool, key=lambda unit: unit.code)],
            "reviewers": self.reviewers,
            "same_group": self.same_group,
            "excluded": sorted([list(pair) for pair in self.excluded]),
        }


def read(given: Mapping[str, object]) -> Inputs:
    """Inputs from plain values; `NoDraw("shape")` where they are not."""
    try:
        units = [[Unit(str(code), str(group)) for code, group in _rows(given[name])] for name in ("reviewed", "pool")]
        excluded = frozenset((str(a), str(b)) for a, b in _rows(given.get("excluded", [])))
        reviewers, same = given["reviewers"], given["same_group"]
    except (KeyError, TypeError, ValueError):
        raise NoDraw("shape") from None
    if given.get("algorithm") != ALGORITHM or not isinstance(reviewers, int) or not isinstance(same, bool):
        raise NoDraw("shape")
    return Inputs(tuple(units[0]), tuple(units[1]), reviewers, same, excluded)


def _rows(value: object) -> list[list[object]]:
    if not isinstance(value, list) or not all(isinstance(row, list) and len(row) == 2 for row in value):
        raise ValueError
    return value


def digest(inputs: Inputs) -> str:
    """SHA-256 of the inputs as compact JSON with sorted keys: fixes them before there is a seed."""
    return hashlib.sha256(json.dumps(inputs.as_json(), sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _rank(seed: str, word: str) -> str:
    return hashlib.sha256(f"{seed}|{word}".encode()).hexdigest()


def order(codes: Iterable[str], seed: str) -> list[str]:
    """States in an order drawn by lot."""
    return sorted(codes, key=lambda code: _rank(seed, f"state|{code}"))


def check(inputs: Inputs) -> None:
    """`NoDraw` with the reason where no seed can give a valid draw."""
    if not inputs.reviewed:
        raise NoDraw("nobody")
    if inputs.reviewers < 1:
        raise NoDraw("reviewers")
    if max(len(inputs.reviewed), len(inputs.pool)) > MOST:
        raise NoDraw("many")
    for units in (inputs.reviewed, inputs.pool):
        codes = [unit.code for unit in units]
        for code in codes:
            if codes.count(code) > 1:
                raise NoDraw("twice", code)
    for unit in sorted(inputs.reviewed, key=lambda unit: unit.code):
        possible = _possible(inputs, unit)
        if inputs.same_group and not any(other.group and other.group == unit.group for other in possible):
            raise NoDraw("group", unit.code)
        if len(possible) < inputs.reviewers:
            raise NoDraw("few", unit.code)


def _possible(inputs: Inputs, unit: Unit) -> list[Unit]:
    return [other for other in inputs.pool if other.code != unit.code and (unit.code, other.code) not in inputs.excluded]


def draw(inputs: Inputs, seed: str) -> dict[str, list[str]]:
    """{reviewed: reviewers}; `NoDraw` where there is no valid draw or no seed."""
    check(inputs)
    if not seed.strip():
        raise NoDraw("seed")
    units = {unit.code: unit for unit in inputs.reviewed}
    turns = order(units, seed)
    wishes = {code: _wishes(inputs, units[code], seed) for code in turns}
    most = max(1, ceil(len(turns) * inputs.reviewers / len(inputs.pool)))
    while True:
        found = _Matching(inputs.reviewers, most).fill(turns, wishes)
        if found is not None:
            return {code: sorted(found[code]) for code in sorted(found)}
        most += 1


def _wishes(inputs: Inputs, unit: Unit, seed: str) -> tuple[list[str], list[str]]:
    """(whom the first seat takes, whom the others take), each in the order of the lots."""
    ranked = sorted(_possible(inputs, unit), key=lambda other: _rank(seed, f"pair|{unit.code}|{other.code}"))
    everybody = [other.code for other in ranked]
    own = [other.code for other in ranked if other.group and other.group == unit.group]
    return (own if inputs.same_group else everybody), everybody


class _Matching:
    """Seats of States and the reviewers on them, under a load that nobody exceeds."""

    def __init__(self, seats: int, most: int) -> None:
        self.seats, self.most = seats, most
        self.on: dict[tuple[str, int], str] = {}

    def fill(self, turns: list[str], wishes: dict[str, tuple[list[str], list[str]]]) -> dict[str, set[str]] | None:
        """Everybody's reviewers, or None where this load does not suffice."""
        self.wishes = wishes
        for number in range(self.seats):
            for code in turns:
                if not self._place((code, number)):
                    return None
        return {code: {self.on[code, number] for number in range(self.seats)} for code in turns}

    def _place(self, start: tuple[str, int]) -> bool:
        """Seats somebody, moving others along the shortest chain of displacements; False where there is none."""
        came: dict[tuple[str, int], tuple[tuple[str, int], str] | None] = {start: None}
        queue, pairs, full = [start], set[tuple[str, str]](), set[str]()
        for seat in queue:
            code, number = seat
            for reviewer in self.wishes[code][min(number, 1)]:
                if (code, reviewer) in pairs or self.on.get(seat) == reviewer:
                    continue
                pairs.add((code, reviewer))
                holders = [other for other, who in self.on.items() if who == reviewer]
                twins = [other for other in holders if other[0] == code]
                if not twins and len(holders) < self.most:
                    self._settle(came, seat, reviewer)
                    return True
                if not twins and reviewer in full:
                    continue
                full |= set() if twins else {reviewer}
                for other in twins or holders:
                    if other not in came:
                        came[other] = (seat, reviewer)
                        queue.append(other)
        return False

    def _settle(self, came: dict[tuple[str, int], tuple[tuple[str, int], str] | None], seat: tuple[str, int], reviewer: str) -> None:
        while True:
            self.on[seat] = reviewer
            before = came[seat]
            if before is None:
                return
            seat, reviewer = before
