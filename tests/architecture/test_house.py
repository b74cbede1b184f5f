"""docs/house.md says of the rooms what the code does: every room once, and every import along an arrow of the picture."""

import re
import tomllib
from collections import Counter
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "entraide"
HOUSE = (ROOT / "docs" / "house.md").read_text()
PICTURE = HOUSE.split("```mermaid")[1].split("```")[0]
FLOORS = ("engines", "kernel", "features")
IMPORT = re.compile(r"^\s*(?:from|import) entraide\.(\w+)(?:\.(\w+)|\s+import\s+(\w+))?", re.MULTILINE)
NOT_OURS = {"tests", "migrations", "templates", "static", "locale"}


def rooms(floor: str) -> set[str]:
    return {path.name for path in (CODE / floor).iterdir() if (path / "__init__.py").exists() and path.name not in NOT_OURS}


def node(path: Path) -> str:
    """The room of the picture in which a file lies."""
    parts = path.relative_to(CODE).with_suffix("").parts
    return parts[1] if parts[0] in {"kernel", "features"} and len(parts) > 2 else parts[0]


def arrows() -> set[tuple[str, str]]:
    found = set()
    for line in PICTURE.splitlines():
        names = [
            [re.match(r"\w+", each.strip()).group() for each in part.split("&")]  # type: ignore[union-attr]  # every node has a name
            for part in re.sub(r"\[.*?\]", "", line).split("-->")
            if "-->" in line
        ]
        found |= {(upper, lower) for uppers, lowers in pairwise(names) for upper in uppers for lower in lowers}
    return found


def below(room: str, seen: frozenset[str] = frozenset()) -> set[str]:
    reached = {lower for upper, lower in arrows() if upper == room}
    return reached.union(*(below(lower, seen | {room}) for lower in reached - seen))


def imports() -> set[tuple[str, str]]:
    found = set()
    for path in CODE.rglob("*.py"):
        if NOT_OURS & set(path.relative_to(CODE).parts) or path.parent == CODE:
            continue
        for floor, room, named in IMPORT.findall(path.read_text()):
            lower = (room or named) if floor in {"kernel", "features"} else floor
            found.add((node(path), lower))
    return {(upper, lower) for upper, lower in found if upper != lower}


def test_every_room_stands_once_in_the_list_and_nothing_else_does() -> None:
    listed = Counter(re.findall(r"^\| `([\w/]+)` \|", HOUSE, re.MULTILINE))
    there = {f"{floor}/{room}" for floor in FLOORS for room in rooms(floor)} | {"config", "commands", "demo", "desk", "ui", "launch"}
    assert not [room for room, times in listed.items() if times > 1]
    assert there <= set(listed)
    assert not [room for room in listed if not ((CODE / room).is_dir() or (CODE / f"{room}.py").is_file())]


def test_every_room_stands_in_the_picture() -> None:
    drawn = {name for pair in arrows() for name in pair}
    assert rooms("kernel") | rooms("features") <= drawn
    engines = re.search(r'engines\["engines: ([^(]+) \(', PICTURE)
    assert engines and set(engines[1].split(" · ")) == rooms("engines")


def test_every_import_follows_an_arrow_of_the_picture() -> None:
    assert not {pair for pair in imports() if pair[1] not in below(pair[0])}


def test_every_arrow_between_rooms_is_an_import() -> None:
    within = rooms("features")
    assert not {pair for pair in arrows() if set(pair) <= within and pair not in imports()}


def test_the_contracts_name_the_same_rooms() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    for name, floor in (("rooms", "features"), ("ground", "kernel")):
        layers = next(each["layers"] for each in contracts if each["id"] == name)
        assert {room for layer in layers for room in re.split(r"\s*\|\s*", layer)} == rooms(floor)
