"""How often different names meet: measured on a list, so that whoever widens the skeleton sees the price."""

from collections import Counter
from itertools import combinations
from random import Random

from entraide.engines.identity import name_forms

from .given_names import GIVEN_NAMES

SINGLE_PAIRS = len(GIVEN_NAMES) * (len(GIVEN_NAMES) - 1) // 2


def test_different_given_names_rarely_share_a_skeleton() -> None:
    shared = sum(1 for one, other in combinations(_forms_of(GIVEN_NAMES), 2) if one & other)
    assert 0 < shared / SINGLE_PAIRS < 1 / 600  # measured: 99 of 78,210, one in 790


def test_different_given_names_share_no_other_form() -> None:
    plain = [{form for form in forms if form[0] != "k"} for forms in _forms_of(GIVEN_NAMES)]
    assert not any(one & other for one, other in combinations(plain, 2))


def test_different_full_names_hardly_ever_meet() -> None:
    random = Random(20260101)
    people = sorted({tuple(sorted(random.sample(GIVEN_NAMES, 2))) for _ in range(3000)})
    skeletons = Counter(form for person in people for form in name_forms(person) if form[0] == "k")
    shared = sum(count * (count - 1) // 2 for count in skeletons.values())
    pairs = len(people) * (len(people) - 1) // 2
    assert shared / pairs < 1 / 30_000  # measured: about one in 60,000


def test_rotations_of_a_single_short_name_are_the_known_false_hit() -> None:
    assert name_forms(["Amin"]) & name_forms(["Mina"])
    assert not name_forms(["Amin", "Karim"]) & name_forms(["Mina", "Karim"]) - {"k:amn krm"}


def _forms_of(names: tuple[str, ...]) -> list[frozenset[str]]:
    return [name_forms([name]) for name in names]
