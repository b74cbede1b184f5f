"""Lots: valid, balanced, the same for everybody, and honest when there is no draw."""

import itertools
import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from entraide.commands.lots import lots as command
from entraide.engines.lots import ALGORITHM, Inputs, NoDraw, Unit, check, digest, draw, order, read

CODES = [f"{a}{b}" for a in "ABC" for b in "KLMNO"]
FIVE = (Unit("XA", "north"), Unit("XB", "north"), Unit("XC", "south"), Unit("XD", "south"), Unit("XE", "south"))
PUBLISHED = Inputs(FIVE, FIVE)


@st.composite
def inputs(draw_: st.DrawFn) -> Inputs:
    """Any States, groups, conflicts, numbers: also impossible ones."""
    codes = draw_(st.lists(st.sampled_from(CODES), min_size=1, max_size=12, unique=True))
    groups = {code: draw_(st.sampled_from(["", "north", "south"])) for code in CODES}
    pool = draw_(st.lists(st.sampled_from(CODES), max_size=15, unique=True))
    pairs = st.tuples(st.sampled_from(codes), st.sampled_from(CODES))
    excluded = frozenset(draw_(st.lists(pairs, max_size=8)))
    units = [tuple(Unit(code, groups[code]) for code in each) for each in (codes, pool)]
    return Inputs(units[0], units[1], draw_(st.integers(1, 4)), draw_(st.booleans()), excluded)


def groups_of(wanted: Inputs) -> dict[str, str]:
    return {unit.code: unit.group for unit in (*wanted.reviewed, *wanted.pool)}


@settings(max_examples=300, deadline=None)
@given(inputs(), st.text(min_size=1).filter(str.strip))
def test_every_draw_is_valid_or_there_is_none(wanted: Inputs, seed: str) -> None:
    try:
        check(wanted)
    except NoDraw:
        with pytest.raises(NoDraw):
            draw(wanted, seed)
        return
    result, group = draw(wanted, seed), groups_of(wanted)
    pool = {unit.code for unit in wanted.pool}
    assert set(result) == {unit.code for unit in wanted.reviewed}
    for code, reviewers in result.items():
        assert len(reviewers) == len(set(reviewers)) == wanted.reviewers and set(reviewers) <= pool - {code}
        assert not any((code, each) in wanted.excluded for each in reviewers)
        assert not wanted.same_group or any(group[each] and group[each] == group[code] for each in reviewers)


@settings(max_examples=150, deadline=None)
@given(inputs(), st.text(min_size=1).filter(str.strip), st.randoms())
def test_the_order_in_which_inputs_are_written_changes_nothing(wanted: Inputs, seed: str, dice: object) -> None:
    turned = Inputs(wanted.reviewed[::-1], wanted.pool[::-1], wanted.reviewers, wanted.same_group, wanted.excluded)
    assert digest(turned) == digest(wanted) and read(json.loads(json.dumps(wanted.as_json()))).as_json() == wanted.as_json()
    try:
        assert draw(turned, seed) == draw(wanted, seed)
    except NoDraw as why:
        with pytest.raises(NoDraw, match=why.args[0]):
            check(wanted)


def feasible(wanted: Inputs, most: int) -> bool:
    """By trying everything: is there a draw in which nobody reviews more than `most`?"""
    group, options = groups_of(wanted), []
    for unit in wanted.reviewed:
        able = [o.code for o in wanted.pool if o.code != unit.code and (unit.code, o.code) not in wanted.excluded]
        sets = itertools.combinations(able, wanted.reviewers)
        options.append([s for s in sets if not wanted.same_group or any(group[e] and group[e] == group[unit.code] for e in s)])
    return any(max(Counter(itertools.chain(*chosen)).values()) <= most for chosen in itertools.product(*options))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(CODES), min_size=2, max_size=4, unique=True),
    st.lists(st.sampled_from(CODES), min_size=3, max_size=5, unique=True), st.booleans(), st.integers(),
)  # fmt: skip
def test_nobody_carries_more_than_the_least_possible_load(reviewed: list[str], pool: list[str], same: bool, seed: int) -> None:
    group = {code: "north" if code[1] in "KLM" else "south" for code in CODES}
    wanted = Inputs(tuple(Unit(c, group[c]) for c in reviewed), tuple(Unit(c, group[c]) for c in pool), 2, same)
    try:
        result = draw(wanted, str(seed))
    except NoDraw:
        assert not feasible(wanted, 99)
        return
    most = max(Counter(itertools.chain(*result.values())).values())
    assert feasible(wanted, most) and not feasible(wanted, most - 1)


def test_every_possible_pair_comes_up_and_the_seed_decides() -> None:
    seen = {tuple(draw(PUBLISHED, str(seed))["XC"]) for seed in range(300)}
    assert len(seen) == 5, "every pair of which one is of the own group: XD or XE, with any other"
    assert len({tuple(order([unit.code for unit in FIVE], str(seed))) for seed in range(400)}) > 100


def test_this_draw_is_published_and_never_changes() -> None:
    """A draw once published must come out the same for ever: another result means another ALGORITHM."""
    assert ALGORITHM == "entraide-lots-1"
    assert digest(PUBLISHED) == PUBLISHED_DIGEST
    assert draw(PUBLISHED, "4 8 15 16 23 42") == PUBLISHED_RESULT
    assert order(PUBLISHED_RESULT, "4 8 15 16 23 42") == PUBLISHED_ORDER


PUBLISHED_DIGEST = "08c8158377efb68893011a6aa40af19b6ebedea472588b32326744c921d8cf85"
PUBLISHED_RESULT = {"XA": ["XB", "XD"], "XB": ["XA", "XC"], "XC": ["XA", "XE"], "XD": ["XC", "XE"], "XE": ["XB", "XD"]}
PUBLISHED_ORDER = ["XA", "XE", "XC", "XB", "XD"]


@pytest.mark.parametrize(
    ("wanted", "code", "words"),
    [
        (Inputs((), FIVE), "nobody", "nobody to review"),
        (Inputs((Unit("XA", "alone"),), FIVE), "group", "regional group can review XA"),
        (Inputs((Unit("XA"),), (Unit("XB"),), 2, same_group=False), "few", "XA has too few"),
        (Inputs((Unit("XA"), Unit("XA")), FIVE), "twice", "XA stands there twice"),
        (Inputs(FIVE, FIVE, 0), "reviewers", "At least one"),
        (Inputs(tuple(Unit(str(n)) for n in range(500)), FIVE), "many", "more States"),
        (Inputs(FIVE, FIVE, excluded=frozenset({("XA", "XB")})), "group", "XA"),
    ],
)
def test_where_there_is_no_draw_a_sentence_says_why(wanted: Inputs, code: str, words: str) -> None:
    with pytest.raises(NoDraw, match=words) as why:
        check(wanted)
    assert why.value.code == code
    with pytest.raises(NoDraw, match="seed"):
        draw(PUBLISHED, "  ")


@pytest.fixture
def published(tmp_path: Path) -> Path:
    file = tmp_path / "draw.json"
    told = {"inputs": PUBLISHED.as_json(), "digest": digest(PUBLISHED), "seed": "9", "reviewers": draw(PUBLISHED, "9")}
    file.write_text(json.dumps(told | {"order": order(told["reviewers"], "9")}))
    return file


def test_the_command_draws_again_and_agrees(published: Path) -> None:
    done = CliRunner().invoke(command, ["verify", str(published)])
    assert done.exit_code == 0 and "Verified: 5 States" in done.output
    drawn = json.loads(CliRunner().invoke(command, ["draw", str(published), "--seed", "9"]).output)
    assert drawn["reviewers"] == json.loads(published.read_text())["reviewers"]


@pytest.mark.parametrize("part", ["digest", "order", "reviewers", "seed"])
def test_the_command_finds_whatever_was_changed(part: str, published: Path) -> None:
    told = json.loads(published.read_text())
    told[part] = {"seed": "10", "digest": "0" * 64, "order": told["order"][::-1], "reviewers": told["reviewers"] | {"XA": ["XD", "XE"]}}[
        part
    ]
    published.write_text(json.dumps(told))
    done = CliRunner().invoke(command, ["verify", str(published)])
    assert done.exit_code == 1 and "not what these inputs and this seed give" in done.output


@pytest.mark.parametrize("text", [b"", b"[]", b"\xff\xfe", b'{"inputs": 3}', b'{"inputs": {}}', b'{"inputs": {"reviewed": [["A"]]}}'])
def test_a_damaged_file_gets_a_sentence(text: bytes, tmp_path: Path) -> None:
    file = tmp_path / "bad.json"
    file.write_bytes(text)
    done = CliRunner().invoke(command, ["verify", str(file)])
    assert done.exit_code in {1, 2} and "Error" in done.output and "Traceback" not in done.output
