"""SDG 16.2.2 worked by hand: every expected number stands with its arithmetic."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from entraide.engines.tables import Asked
from entraide.features.figures import composing, importing
from entraide.features.figures.choices import EstimateState
from entraide.features.figures.models import Estimate, Figure, Release, Table
from entraide.kernel.access.context import Acting, acting_as
from tests import world

pytestmark = pytest.mark.django_db
VICTIMS = "Country,Year,Sex,Age,Value\nPT,2021,Total,Total,147\nPT,2021,Female,Total,98\nPT,2021,Total,0-17,21\nPT,2021,Female,0-17,14\n"
PEOPLE = (
    "Country,Year,Sex,Age,Value\nPT,2021,Total,Total,10344802\nPT,2021,Female,Total,5401305\n"
    "PT,2021,Total,0-17,1664190\nPT,2021,Female,0-17,812400\nPT,2020,Total,Total,10298252\n"
)
Answer = tuple[str, int, tuple[int, int] | None]
FAMILIES: list[Answer] = [("stepwise", 1234, (905, 1778)), ("dga", 1600, (1011, 2503))]
WOMEN: list[Answer] = [("stepwise", 700, (512, 1100)), ("dga", 801, None)]
Told = tuple[Decimal, Decimal | None, Decimal | None]


@pytest.fixture
def analyst() -> Acting:
    return world.post(world.body("rapporteur", country="PT", name="Rapporteur"), "analyst")


def filed(by: Acting, text: str, indicator: str, title: str) -> Table:
    tried = importing.try_file(
        by=by, data=text.encode(), name="t.csv", title=title, source="INE, 2022", already_public=True, asked=Asked(indicator=indicator)
    )
    return importing.file_table(by=by, table=tried, seen=True)


def estimate(by: Acting, families: Sequence[Answer], **whom: str) -> Estimate:
    """Done on 3 May 2022, from three lists of 363 persons."""
    told: list[dict[str, object]] = [
        {
            "method": method,
            "estimate": value,
            "interval": ends,
            "interval_kind": "BCa",
            "terms": [],
            "refusal": None,
            "notes": [],
            "resamples": 200,
        }
        for method, value, ends in families
    ]
    return Estimate.objects.create(
        holder=by.body, state=EstimateState.DONE, title="Three lists", source="Test", area="PT", year=2021, names=["a", "b", "c"],
        counts=[0, 120, 90, 30, 70, 25, 20, 8], methods=["stepwise", "dga"], resamples=200, seed=1, families=told, made_by=by.hand,
        finished_at=datetime(2022, 5, 3, tzinfo=UTC), **whom,
    )  # fmt: skip


def released(by: Acting) -> Release:
    tables = [filed(by, VICTIMS, "tip.victims", "Victims"), filed(by, PEOPLE, "population", "Residents")]
    estimates = [estimate(by, FAMILIES), estimate(by, WOMEN, sex="F")]
    return composing.draft(by=by, titles={"en": "x"}, summaries={"en": "x"}, tables=tables, estimates=estimates)


def rates(release: Release, indicator: str) -> dict[tuple[str, ...], Told]:
    return {
        (each.sex, each.age, each.category): (each.low, each.high, each.best)
        for each in Figure.objects.filter(release=release, indicator=indicator, area="PT", year=2021)
    }


def test_with_the_undetected_each_family_has_its_rate_and_its_interval(analyst: Acting) -> None:
    with acting_as(analyst):
        got = rates(released(analyst), "sdg.16.2.2.all")
    assert got == {
        # 100,000 × 905 / 10,344,802 = 8.7483…, down; × 1,778 = 17.1873…, up; × 1,234 = 11.9286…, to the nearest
        ("_T", "_T", "stepwise"): (Decimal("8.74"), Decimal("17.19"), Decimal("11.93")),
        # 100,000 × 1,011 / 10,344,802 = 9.7730…; × 2,503 = 24.1957…; × 1,600 = 15.4667…
        ("_T", "_T", "dga"): (Decimal("9.77"), Decimal("24.20"), Decimal("15.47")),
        # 100,000 × 512 / 5,401,305 = 9.4792…; × 1,100 = 20.3654…; × 700 = 12.9598…
        ("F", "_T", "stepwise"): (Decimal("9.47"), Decimal("20.37"), Decimal("12.96")),
        # no upper end is known: 100,000 × 801 / 5,401,305 = 14.8297…, down as the lower end, to the nearest as the middle
        ("F", "_T", "dga"): (Decimal("14.82"), None, Decimal("14.83")),
    }


def test_detected_only_by_sex_and_age_where_there_is_a_population(analyst: Acting) -> None:
    with acting_as(analyst):
        got = {who[:2]: ends[:2] for who, ends in rates(released(analyst), "sdg.16.2.2.detected").items()}
    assert got == {
        ("_T", "_T"): (Decimal("1.42"), Decimal("1.42")),  # 100,000 × 147 / 10,344,802 = 1.4210…
        ("F", "_T"): (Decimal("1.81"), Decimal("1.81")),  # 100,000 × 98 / 5,401,305 = 1.8143…
        ("_T", "Y0T17"): (Decimal("1.26"), Decimal("1.26")),  # 100,000 × 21 / 1,664,190 = 1.2618…
        ("F", "Y0T17"): (Decimal("1.72"), Decimal("1.72")),  # 100,000 × 14 / 812,400 = 1.7232…
    }


def test_the_page_says_on_which_estimate_and_which_population_the_rates_rest(analyst: Acting) -> None:
    with acting_as(analyst):
        release = released(analyst)
    page = world.client_of(analyst).get(reverse("figures:release", args=[release.pk])).content.decode()
    assert "SDG 16.2.2 divides by the resident population of 2021: “Residents” (INE, 2022)." in page, "not of 2020, which no rate needs"
    assert "from the estimate “Three lists” as finished on 3 May 2022. Detected are the 363 persons on its lists" in page
    assert any("population résidente de 2021" in each for each in release.notes["fr"])


def test_without_a_rate_nothing_is_said_of_populations(analyst: Acting) -> None:
    with acting_as(analyst):
        tables = [filed(analyst, PEOPLE, "population", "Residents")]
        release = composing.draft(by=analyst, titles={"en": "x"}, summaries={"en": "x"}, tables=tables, estimates=[])
    assert release.notes == {"en": [], "fr": []}
