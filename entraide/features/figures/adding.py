"""What adds up to what among numbers, as whoever reads them would take it: totals and their parts, the world and its States."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from entraide.engines.release.linked import Sums
from entraide.features.figures.codes import DIMENSIONS, TOTAL
from entraide.features.figures.models import Figure

SINGLE = frozenset({"sex", "age", "area"})
"""What a person has one of: parts that exceed their total overlap (ages 0 to 11 beside under 18). Forms of exploitation may be several."""
Places = frozenset[int]
Sum = tuple[int, Places]
Rest = tuple[str, ...]


@dataclass
class Web:
    """Numbers that could be worked out from each other: of each sum the places of the total and of its parts."""

    numbers: list[Figure]
    sums: list[Sum] = field(default_factory=list)
    overlapping: bool = False

    @property
    def matrix(self) -> Sums:
        """A row for each sum: 1 for a part, -1 for the total."""
        made = sparse.lil_matrix((len(self.sums), len(self.numbers)))
        for row, (total, parts) in enumerate(self.sums):
            made[row, total] = -1
            made[row, sorted(parts)] = 1
        return sparse.csr_matrix(made)

    @property
    def named(self) -> set[tuple[int, Places]]:
        """The sums by the identity of their numbers: the same whichever web they are in."""
        return {(id(self.numbers[total]), frozenset(id(self.numbers[part]) for part in parts)) for total, parts in self.sums}

    @property
    def roots(self) -> set[int]:
        """The places of numbers that are part of nothing."""
        return set(range(len(self.numbers))) - {part for _total, parts in self.sums for part in parts}


def webs(numbers: Iterable[Figure]) -> Iterator[Web]:
    """The numbers in groups that have nothing to do with each other."""
    families: dict[tuple[str, int | None], list[Figure]] = defaultdict(list)
    for each in numbers:
        families[each.indicator, each.year].append(each)
    for family in families.values():
        yield from _parted(family)


def _parted(family: list[Figure]) -> Iterator[Web]:
    sums, overlaps = _sums(family)
    links = [(total, part) for total, parts in [*sums, *overlaps] for part in parts]
    ends = np.array(links, dtype=np.int64).reshape(-1, 2)
    graph = sparse.coo_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(len(family), len(family)))
    count, label = connected_components(graph, directed=False)
    members: list[list[int]] = [[] for _each in range(count)]
    for at, web in enumerate(label):
        members[web].append(at)
    place = {at: where for group in members for where, at in enumerate(group)}
    made = [Web([family[at] for at in group]) for group in members]
    for total, parts in sums:
        made[label[total]].sums.append((place[total], frozenset(place[part] for part in parts)))
    for total, _parts in overlaps:
        made[label[total]].overlapping = True
    return iter(made)


def _sums(family: Sequence[Figure]) -> tuple[list[Sum], list[Sum]]:
    """Each total with the parts that add up to it, where they can; and those whose parts overlap, so that nobody knows what adds up."""
    found: list[Sum] = []
    overlaps = list(_mixed(family))
    for name, total, parts in _candidates(family):
        if _reach(family, total, parts):
            found.append((total, parts))
        elif name in SINGLE and _exceed(family, total, parts):
            overlaps.append((total, parts))
    return found, overlaps


def _candidates(family: Sequence[Figure]) -> Iterator[tuple[str, int, Places]]:
    for name in DIMENSIONS:
        for codes in _by(family, name).values():
            if TOTAL in codes and len(codes) > 1:
                yield name, codes[TOTAL], frozenset(at for code, at in codes.items() if code != TOTAL)
    alone = len({each.area for each in family if _is_state(each.area)}) == 1
    for total, states, regions in _areas(family):
        if total is not None and _whole(family, total, states, regions):
            yield "area", total, states | regions
        elif total is not None:
            yield from (("area", total, parts) for parts in (states, regions) if parts)
        if alone and regions:
            yield from (("area", at, regions) for at in states)


def _mixed(family: Sequence[Figure]) -> Iterator[Sum]:
    """States beside regions: which State is in which region is not known here."""
    for total, states, regions in _areas(family):
        if len(states) > 1 and regions and (total is None or not _whole(family, total, states, regions)):
            yield from ((at, states) for at in regions)


def _areas(family: Sequence[Figure]) -> Iterator[tuple[int | None, Places, Places]]:
    """Of numbers that differ by the area alone: the place of the whole world, those of States, those of other areas."""
    for codes in _by(family, "area").values():
        states = frozenset(at for code, at in codes.items() if _is_state(code))
        yield codes.get(TOTAL), states, frozenset(codes.values()) - states - {codes.get(TOTAL, -1)}


def _whole(family: Sequence[Figure], total: int, states: Places, regions: Places) -> bool:
    """Whether States and other areas together are the world (`Not known` is such an area)."""
    return bool(states and regions) and _reach(family, total, states | regions)


def _is_state(area: str) -> bool:
    return len(area) == 2 and area.isalpha() and area.isupper()


def _by(family: Sequence[Figure], name: str) -> dict[Rest, dict[str, int]]:
    """The places of numbers that differ by this alone, by their code of it."""
    found: dict[Rest, dict[str, int]] = defaultdict(dict)
    for at, each in enumerate(family):
        rest = tuple(str(getattr(each, other)) for other in (*DIMENSIONS, "area") if other != name)
        found[rest][getattr(each, name)] = at
    return found


def _reach(family: Sequence[Figure], total: int, parts: Iterable[int]) -> bool:
    highs = [family[at].high for at in parts]
    most = None if any(high is None for high in highs) else sum(high for high in highs if high is not None)
    return not _exceed(family, total, parts) and (most is None or most >= family[total].low)


def _exceed(family: Sequence[Figure], total: int, parts: Iterable[int]) -> bool:
    top = family[total].high
    return top is not None and sum(family[at].low for at in parts) > top
