"""Small counts in tables from files that are not public yet: protected with what would give them away, or refused with what would help."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from entraide.engines.release import linked
from entraide.features.figures import publishing, withholding
from entraide.features.figures.models import Figure, Release
from entraide.features.figures.tests.releasing import VICTIMS, cleared, drafted, filed, published
from entraide.features.figures.withholding import protect
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.rules import Refused
from tests.effort import little_work

pytestmark = pytest.mark.django_db
K = 5
HEAD = "Country,Year,Sex,Age,Value\n"
Range = tuple[int, int | None]
Counts = dict[tuple[str, ...], int]


def told(by: Acting, release: Release, *names: str) -> dict[tuple[str, ...], Range]:
    with acting_as(by):
        return {
            tuple(str(getattr(each, name)) for name in names): (int(each.low), None if each.high is None else int(each.high))
            for each in Figure.objects.filter(release=release)
        }


def test_a_small_count_with_nothing_to_add_up_is_a_range_below_k(analyst: Acting) -> None:
    release = drafted(analyst, filed(analyst, "Country,Year,Form,Value\nPT,2021,Forced labour,3\nPT,2021,Begging,9\n", public=False))
    assert told(analyst, release, "form") == {("LAB",): (1, 4), ("BEG",): (9, 9)}


def test_what_a_total_would_give_away_is_protected_reviewed_by_two_and_published(analyst: Acting, reviewers: list[Acting]) -> None:
    table = filed(analyst, "Country,Year,Sex,Value\nPT,2021,Total,12\nPT,2021,Female,9\nPT,2021,Male,3\n", public=False)
    release = cleared(analyst, reviewers, table)
    with acting_as(analyst):
        publishing.publish(by=analyst, release=release)
    assert {each.sex: (int(each.low), int(each.high or 0)) for each in Figure.objects.filter(public=True)} == {
        "_T": (12, 12), "F": (0, 12), "M": (0, 12),
    }  # fmt: skip


def test_the_world_its_states_and_their_sexes_are_one_table_to_an_attacker(analyst: Acting) -> None:
    text = HEAD + "Total,2021,Total,Total,53\nPT,2021,Total,Total,3\nES,2021,Total,Total,20\nFR,2021,Total,Total,30\n"
    found = told(analyst, drafted(analyst, filed(analyst, text, public=False)), "area")
    assert found["_T",] == (53, 53) and found["PT",] == (0, 23) == found["ES",] and found["FR",] == (30, 30)


def test_a_state_alone_is_the_sum_of_its_regions(analyst: Acting) -> None:
    text = HEAD + "PT,2021,Total,Total,33\nNorte,2021,Total,Total,3\nSul,2021,Total,Total,10\nIlhas,2021,Total,Total,20\n"
    found = told(analyst, drafted(analyst, filed(analyst, text, public=False)), "area")
    assert found["PT",] == (33, 33) and found["Norte",] == (0, 13) == found["Sul",]


def test_a_range_of_the_source_that_totals_give_away_is_widened(analyst: Acting) -> None:
    text = HEAD + "PT,2021,Total,Total,30\nPT,2021,Female,Total,28\nPT,2021,Male,Total,<5\n"
    assert told(analyst, drafted(analyst, filed(analyst, text, public=False)), "sex") == {
        ("_T",): (30, 30), ("F",): (0, 30), ("M",): (0, 30),
    }  # fmt: skip


def test_a_range_of_the_source_that_nothing_narrows_stays_as_it_is(analyst: Acting) -> None:
    text = HEAD + "PT,2021,Total,Total,5\nPT,2021,Female,Total,<5\nPT,2021,Male,Total,<5\n"
    found = told(analyst, drafted(analyst, filed(analyst, text, public=False)), "sex")
    assert found == {("_T",): (5, 5), ("F",): (1, 4), ("M",): (1, 4)}


def test_a_total_that_is_small_itself_is_told_below_twice_k(analyst: Acting) -> None:
    text = HEAD + "PT,2021,Total,Total,4\nPT,2021,Female,Total,3\nPT,2021,Male,Total,1\n"
    found = told(analyst, drafted(analyst, filed(analyst, text, public=False)), "sex")
    assert set(found.values()) == {(0, 2 * K - 1)}


def test_parts_that_miss_somebody_are_refused_with_what_to_do(analyst: Acting) -> None:
    text = HEAD + "PT,2021,Total,Total,12\nPT,2021,Female,Total,9\nPT,2021,Male,Total,2\n"
    with pytest.raises(Refused, match="uneven") as refusal:
        drafted(analyst, filed(analyst, text, public=False))
    said = str(refusal.value.verdict.sentence)
    assert "Victims detected, Portugal, 2021, Male" in said and "not known" in said


@pytest.mark.parametrize(
    "rows",
    [
        "PT,2021,Total,Total,30\nPT,2021,Total,Children,12\nPT,2021,Total,Adults,18\nPT,2021,Total,0-11,9\nPT,2021,Total,12-17,3\n",
        "Europe,2021,Total,Total,23\nPT,2021,Total,Total,3\nES,2021,Total,Total,20\n",
    ],
    ids=["ages within ages", "States beside a region"],
)
def test_parts_within_parts_are_refused_with_what_to_do(analyst: Acting, rows: str) -> None:
    with pytest.raises(Refused, match="overlaps") as refusal:
        drafted(analyst, filed(analyst, HEAD + rows, public=False))
    assert "not both" in str(refusal.value.verdict.sentence)


def test_without_small_counts_parts_may_overlap_or_miss_somebody(analyst: Acting) -> None:
    text = HEAD + "Europe,2021,Total,Total,90\nPT,2021,Total,Total,30\nES,2021,Total,Total,20\n"
    assert told(analyst, drafted(analyst, filed(analyst, text, public=False)), "area")["PT",] == (30, 30)


PARTS, WHOLE = "Country,Year,Sex,Value\nPT,2021,Female,28\nPT,2021,Male,2\n", "Country,Year,Sex,Value\nPT,2021,Total,30\n"


def test_a_small_count_is_not_given_away_by_a_total_that_stands_in_another_table(analyst: Acting) -> None:
    parts, whole = filed(analyst, PARTS, public=False), filed(analyst, WHOLE, public=False)
    assert told(analyst, drafted(analyst, parts, whole), "sex") == {("_T",): (30, 30), ("F",): (0, 30), ("M",): (0, 30)}


def test_nor_by_one_that_comes_later(analyst: Acting, reviewers: list[Acting]) -> None:
    published(analyst, reviewers, filed(analyst, PARTS, public=False))
    with pytest.raises(Refused, match="worked_out"):
        drafted(analyst, filed(analyst, WHOLE, public=False))


def test_beside_a_total_that_was_published_before_another_part_is_withheld(analyst: Acting, reviewers: list[Acting]) -> None:
    published(analyst, reviewers, filed(analyst, WHOLE, public=False))
    assert told(analyst, drafted(analyst, filed(analyst, PARTS, public=False)), "sex") == {("F",): (0, 30), ("M",): (0, 30)}


def test_where_all_else_is_public_it_is_refused_and_says_so(analyst: Acting) -> None:
    public = filed(analyst, "Country,Year,Sex,Value\nPT,2021,Total,30\nPT,2021,Female,28\n")
    with pytest.raises(Refused, match="exposed") as refusal:
        drafted(analyst, public, filed(analyst, "Country,Year,Sex,Value\nPT,2021,Male,2\n", public=False))
    assert "Victims detected, Portugal, 2021, Male" in str(refusal.value.verdict.sentence)


def test_a_withheld_number_is_not_told_by_a_second_table(analyst: Acting) -> None:
    same = "Country,Year,Form,Value\nPT,2021,Forced labour,3\nPT,2021,Begging,9\n"
    with pytest.raises(Refused, match="contradiction"):
        drafted(analyst, filed(analyst, same, public=False), filed(analyst, same.replace("Begging,9", "Organ removal,8")))


def test_the_next_edition_withholds_the_same_numbers_in_the_same_ranges(analyst: Acting, reviewers: list[Acting]) -> None:
    text = "Country,Year,Sex,Value\nPT,2021,Total,12\nPT,2021,Female,9\nPT,2021,Male,3\n"
    first = published(analyst, reviewers, filed(analyst, text, public=False))
    second = drafted(analyst, filed(analyst, text + "PT,2022,Total,50\nPT,2022,Female,40\nPT,2022,Male,10\n", public=False), previous=first)
    before, after = told(analyst, first, "year", "sex"), told(analyst, second, "year", "sex")
    assert {key: after[key] for key in before} == before and after["2022", "M"] == (10, 10)


def test_a_revision_that_moves_by_a_few_is_still_refused(analyst: Acting, reviewers: list[Acting]) -> None:
    first = published(analyst, reviewers, filed(analyst, VICTIMS, public=False))
    with pytest.raises(Refused, match="moved"):
        drafted(analyst, filed(analyst, VICTIMS.replace("30\n", "31\n", 1).replace("40", "41"), public=False), previous=first)


MANY = "Country,Year,Sex,Value\n" + "".join(f"Place {at},2021,{sex},{1 + at % 6}\n" for at in range(150) for sex in ("Female", "Male"))
MANY += "".join(f"Place {at},2021,Total,{2 * (1 + at % 6)}\n" for at in range(150))


def test_hundreds_of_small_counts_are_protected_within_the_time_of_a_page(analyst: Acting) -> None:
    table = filed(analyst, MANY, public=False)
    with little_work(20):
        release = drafted(analyst, table)
    small = {place: each for place, each in told(analyst, release, "area", "sex").items() if place[1] != "_T"}
    assert len(small) == 300 and all(high is None or low == high >= K or high - low >= 3 for low, high in small.values())


def test_what_takes_longer_than_a_page_may_take_is_a_sentence_and_makes_nothing(analyst: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    table = filed(analyst, MANY, public=False)
    monkeypatch.setattr(withholding, "PATIENCE", 0.0)
    with pytest.raises(Refused, match="too_long") as refusal:
        drafted(analyst, table)
    assert "smaller tables" in str(refusal.value.verdict.sentence)
    with acting_as(analyst):
        assert not Release.objects.exists()


def test_one_program_that_takes_too_long_is_never_taken_for_safe(analyst: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    table = filed(analyst, MANY, public=False)
    monkeypatch.setattr(linked, "OUT_OF_TIME", 0)  # every answer counts as one that came too late
    with pytest.raises(Refused, match="too_long"):
        drafted(analyst, table)


AREAS, SEXES, AGES = ("PT", "ES", "FR"), ("F", "M"), ("Y0T17", "Y_GE18")
counts = st.one_of(st.integers(0, 14), st.sampled_from([0, 1, 2, 3, 4, 40]))


def margins(inner: Counts) -> Counts:
    """All totals of a table by area, sex and age."""
    found: Counts = {}
    for codes, count in inner.items():
        for hidden in np.ndindex(2, 2, 2):
            key = tuple("_T" if gone else code for gone, code in zip(hidden, codes, strict=True))
            found[key] = found.get(key, 0) + count
    return found


def figures(table: Counts) -> list[Figure]:
    return [
        Figure(indicator="tip.victims", area=area, year=2021, sex=sex, age=age, low=count, high=count, protected=True)
        for (area, sex, age), count in table.items()
    ]


def attacked(lines: list[Figure]) -> Iterator[tuple[Figure, float, float]]:
    """What somebody derives who takes all persons by area, sex and age as unknown, and knows that they are whole."""
    inner = [(area, sex, age) for area in AREAS for sex in SEXES for age in AGES]
    seen = np.array(
        [[each.area in {"_T", a} and each.sex in {"_T", s} and each.age in {"_T", g} for a, s, g in inner] for each in lines], dtype=float
    )
    low, high = [float(each.low) for each in lines], [np.inf if each.high is None else float(each.high) for each in lines]
    for place, each in enumerate(lines):
        if not each.exact:
            found = [
                milp(
                    sign * seen[place],
                    integrality=np.ones(len(inner), dtype=np.int64),
                    bounds=Bounds(0, np.inf),
                    constraints=LinearConstraint(seen, low, high),
                )
                for sign in (1, -1)
            ]
            least, most = (one.fun for one in found)
            yield each, least or 0.0, np.inf if most is None else -most


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(counts, min_size=12, max_size=12), st.booleans())
def test_nobody_narrows_a_range_of_a_table_with_all_its_totals(row: list[int], world: bool) -> None:
    inner: Counts = dict(zip(((area, sex, age) for area in AREAS for sex in SEXES for age in AGES), row, strict=True))
    truth = {codes: count for codes, count in margins(inner).items() if world or codes[0] != "_T"}
    lines = figures(truth)
    protect(lines, {}, K)
    for each in lines:
        true = truth[each.area, each.sex, each.age]
        assert not each.exact or not 0 < true < K, "a small count is told"
        assert each.low <= true and (each.high is None or true <= each.high), "the range holds the truth"
    for each, least, most in attacked(lines):
        small = 0 < truth[each.area, each.sex, each.age] < K
        promised = 3 if each.low == 1 and each.high == K - 1 else K if small else 1
        assert most - least >= promised - 1e-6, (each.area, each.sex, each.age, least, most)
