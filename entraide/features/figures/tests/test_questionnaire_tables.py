"""A small invented world counted by hand: every number of every table, what is withheld of it, and the tables that come in files."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from entraide.engines.tables import Asked
from entraide.features.cases.models import Case
from entraide.features.cases.services import set_step, settle_age
from entraide.features.cases.values import Values
from entraide.features.figures import composing, counting, importing
from entraide.features.figures.models import Cell, Figure, Table
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.base import clock
from entraide.kernel.bodies.models import Body
from tests import world

pytestmark = pytest.mark.django_db
K = 5
Person = tuple[str, str, tuple[str, ...], tuple[str, ...]]
"""Gender, age, forms of exploitation, citizenships, as the file says them."""
WOMEN: Person = ("Feminine", "adult", ("SexualExploitation",), ("NG",))
MEN: Person = ("Masculine", "adult", ("ForcedLabour",), ("RO",))
GIRLS: Person = ("Feminine", "child", ("SexualExploitation",), ("NG",))
TWO_FORMS: Person = ("Feminine", "adult", ("SexualExploitation", "ForcedLabour"), ("RO",))
UNKNOWN: Person = ("", "in_doubt", (), ())
Codes = Mapping[str, str]
Ends = tuple[int, int]


@pytest.fixture
def home() -> Body:
    return world.body("casa", country="PT")


def filed(worker: Acting, year: int, person: Person, times: int) -> list[Case]:
    gender, age, forms, citizenships = person
    identity: Values = {"prs_FirstName": "Invented", "prs_Gender": gender, "prs_Citizenship": list(citizenships)}
    facts: Values = {"vic_TypeOfExploitation": list(forms)}
    with clock.at(datetime(year, 6, 1, tzinfo=UTC)):
        return [world.case(worker, age=age, person={"identity": identity, "trafficking": facts}) for _one in range(times)]


def hand_over(worker: Acting, *cases: Case) -> None:
    with acting_as(worker):
        for case in cases:
            set_step(by=worker, case=case, track="T4", code="handover", state="done")


def counted(home: Body, year: int) -> dict[str, dict[tuple[str, ...], Ends]]:
    """{what it is by: {codes: ends}} of every number that is told, totals under ""."""
    analyst = world.post(home, "analyst")
    out: dict[str, dict[tuple[str, ...], Ends]] = {}
    with acting_as(analyst):
        for cell in Cell.objects.filter(table=counting.count(by=analyst, tally="cases.persons", year=year)):
            codes = {name: getattr(cell, name) for name in ("sex", "age", "form", "citizenship", "category")}
            by = {name: code for name, code in codes.items() if code != "_T"}
            assert cell.high is not None
            name = "+".join(by) + (":returned" if cell.indicator == "entraide.returned" else "")
            out.setdefault(name, {})[tuple(by.values())] = (int(cell.low), int(cell.high))
    return out


def some(told: Mapping[tuple[str, ...], Ends]) -> dict[tuple[str, ...], int]:
    """The numbers that are not nought, each of which must be one number."""
    assert all(low == high for low, high in told.values())
    return {codes: low for codes, (low, _high) in told.items() if low}


def test_every_number_of_a_world_in_which_nobody_is_rare(home: Body) -> None:
    """10 women and 8 girls sexually exploited, 6 men in forced labour, 5 women in both, 5 of whom nothing is known: 34."""
    worker = world.post(home)
    women, girls = filed(worker, 2025, WOMEN, 10), filed(worker, 2025, GIRLS, 8)
    for person, times in ((MEN, 6), (TWO_FORMS, 5), (UNKNOWN, 5)):
        filed(worker, 2025, person, times)
    hand_over(worker, *women[:4], *girls[:3])
    told = counted(home, 2025)
    assert told.pop("") == {(): (34, 34)}
    assert {name: some(numbers) for name, numbers in told.items()} == {
        "sex": {("F",): 10 + 8 + 5, ("M",): 6, ("_U",): 5},
        "age": {("Y_GE18",): 10 + 6 + 5, ("Y0T17",): 8, ("_U",): 5},
        "form": {("SEX",): 10 + 8, ("LAB",): 6, ("MIX",): 5, ("_U",): 5},  # both forms: one person, counted once
        "sex+age": {("F", "Y_GE18"): 10 + 5, ("F", "Y0T17"): 8, ("M", "Y_GE18"): 6, ("_U", "_U"): 5},
        "sex+form": {("F", "SEX"): 10 + 8, ("F", "MIX"): 5, ("M", "LAB"): 6, ("_U", "_U"): 5},
        "age+form": {("Y_GE18", "SEX"): 10, ("Y0T17", "SEX"): 8, ("Y_GE18", "LAB"): 6, ("Y_GE18", "MIX"): 5, ("_U", "_U"): 5},
        "citizenship": {("NG",): 10 + 8, ("RO",): 6 + 5, ("_U",): 5},
        "category": {("none",): 34},
        "category:returned": {("returned",): 4 + 3, ("not_returned",): 34 - 7},
    }


HAND: dict[str, dict[tuple[str, ...], int]] = {
    "": {(): 25},
    "sex": {("F",): 9 + 6 + 1, ("M",): 7, ("_U",): 2},
    "age": {("Y_GE18",): 9 + 7 + 1, ("Y0T17",): 6, ("_U",): 2},
    "form": {("SEX",): 15, ("LAB",): 7, ("MIX",): 1, ("_U",): 2},
    "sex+age": {("F", "Y_GE18"): 10, ("F", "Y0T17"): 6, ("M", "Y_GE18"): 7, ("_U", "_U"): 2},
    "sex+form": {("F", "SEX"): 15, ("F", "MIX"): 1, ("M", "LAB"): 7, ("_U", "_U"): 2},
    "age+form": {("Y_GE18", "SEX"): 9, ("Y0T17", "SEX"): 6, ("Y_GE18", "LAB"): 7, ("Y_GE18", "MIX"): 1, ("_U", "_U"): 2},
    "citizenship": {("NG",): 15, ("RO",): 8, ("_O",): 2},  # not known stands with the rare ones
    "category": {("none",): 25},
    "category:returned": {("returned",): 1, ("not_returned",): 24},
}


def test_of_a_world_with_rare_persons_no_number_between_nought_and_five_is_told(home: Body) -> None:
    """9 women, 7 men, 6 girls; one woman in two forms, two persons of whom nothing is known, one returned: 25."""
    worker = world.post(home)
    women = filed(worker, 2025, WOMEN, 9)
    for person, times in ((MEN, 7), (GIRLS, 6), (TWO_FORMS, 1), (UNKNOWN, 2)):
        filed(worker, 2025, person, times)
    hand_over(worker, women[0])
    told = counted(home, 2025)
    assert set(told) == set(HAND), "every table is there"
    for name, numbers in told.items():
        for codes, (low, high) in numbers.items():
            true = HAND[name].get(codes, 0)
            assert low <= true <= high, (name, codes)
            assert low == high or high - low >= K, f"{name} {codes}: a range of fewer than five tells too much"
            assert not (0 < true < K and low == high), (name, codes)
        assert set(HAND[name]) <= set(numbers), f"{name}: nothing that there is is left out"
    assert told[""] == {(): (25, 25)}


def test_a_child_is_a_child_as_she_was_found_and_doubt_as_it_was_settled(home: Body) -> None:
    worker = world.post(home)
    girls, doubtful = filed(worker, 2020, GIRLS, 6), filed(worker, 2020, ("Feminine", "in_doubt", ("ForcedLabour",), ("NG",)), 5)
    filed(worker, 2021, WOMEN, 7)
    with acting_as(worker):
        for case in doubtful:
            settle_age(by=worker, case=case, age="adult", seen="in_doubt")
    assert girls, "all of age by now"
    assert some(counted(home, 2020)["age"]) == {("Y0T17",): 6, ("Y_GE18",): 5}
    assert some(counted(home, 2021)["age"]) == {("Y_GE18",): 7}


JUSTICE = (
    "Country,Year,Sex,Citizenship,Value\nPT,2024,Total,Total,{0}\nPT,2024,Female,Total,{1}\nPT,2024,Male,Total,{2}\nPT,2024,Total,ROU,{3}\n"
)
PEOPLE = ("tip.contact", "tip.prosecuted", "tip.convicted", "tip.repatriated")


def brought(by: Acting, text: str, indicator: str) -> Table:
    tried = importing.try_file(
        by=by, data=text.encode(), name="t.csv", title=indicator, source="Test", already_public=False, asked=Asked(indicator=indicator)
    )
    return importing.file_table(by=by, table=tried, seen=True)


def released(by: Acting, table: Table) -> dict[tuple[str, ...], tuple[int, int | None]]:
    release = composing.draft(by=by, titles={"en": "x"}, summaries={"en": "x"}, tables=[table], estimates=[])
    return {
        (str(each.year), each.sex, each.citizenship): (int(each.low), None if each.high is None else int(each.high))
        for each in Figure.objects.filter(release=release)
    }


@pytest.mark.parametrize("indicator", PEOPLE)
def test_tables_of_persons_from_files_keep_every_unit_and_withhold_small_counts(home: Body, indicator: str) -> None:
    """31 persons: 19 women, 12 men; 3 of them from Romania."""
    analyst = world.post(home, "analyst")
    with acting_as(analyst):
        told = released(analyst, brought(analyst, JUSTICE.format(31, 19, 12, 3), indicator))
    assert told == {
        ("2024", "_T", "_T"): (31, 31), ("2024", "F", "_T"): (19, 19), ("2024", "M", "_T"): (12, 12), ("2024", "_T", "RO"): (1, 4),
    }  # fmt: skip


def test_offences_are_no_persons_and_told_as_they_are(home: Body) -> None:
    analyst = world.post(home, "analyst")
    with acting_as(analyst):
        told = released(analyst, brought(analyst, "Country,Year,Value\nPT,2024,3\nPT,2023,11\n", "tip.offences"))
    assert told == {("2024", "_T", "_T"): (3, 3), ("2023", "_T", "_T"): (11, 11)}
