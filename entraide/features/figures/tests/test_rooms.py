"""What treaties, questionnaires and monitoring can be counted by; nothing that is not public reaches a public table."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from entraide.features.figures import counting
from entraide.features.figures.definitions import DEFINITIONS
from entraide.features.figures.models import Cell, Table
from entraide.features.monitoring import services as monitoring
from entraide.features.monitoring.models import Evaluation
from entraide.features.monitoring.tests.scenes import STATES, UNTOC, WORK_PLAN, Scene
from entraide.features.questionnaires import services as questionnaires
from entraide.features.questionnaires.models import Answer, Reply
from entraide.features.questionnaires.tests import scenes as asking
from entraide.features.treaties import queries as treaties
from entraide.features.treaties import services
from entraide.features.treaties.loading import load_instruments
from entraide.features.treaties.models import Act, Instrument
from entraide.kernel.access.context import Acting, acting_as, agent_of
from entraide.kernel.access.sides import Side
from entraide.kernel.base import clock
from entraide.kernel.base.figures import Known, tallies
from entraide.kernel.bodies.models import Body
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db
THEN = datetime(2025, 5, 5, tzinfo=UTC)
Told = dict[tuple[str, str, int | None, str], tuple[int, int | None]]


def counted(by: Acting, tally: str, year: int = 2025) -> Told:
    """{(indicator, area, year, category): range} of a table counted now."""
    with acting_as(by):
        table = counting.count(by=by, tally=tally, year=year)
        cells = Cell.objects.filter(table=table)
        return {(c.indicator, c.area, c.year, c.category): (int(c.low), None if c.high is None else int(c.high)) for c in cells}


@pytest.fixture
def scene() -> Iterator[Scene]:
    with clock.at(THEN):
        yield Scene()


def analyst_of(body: Body) -> Acting:
    return world.post(body, "analyst")


def later(days: int = 300) -> datetime:
    return THEN + timedelta(days=days)


def test_every_room_that_can_be_counted_says_so() -> None:
    wanted = {"cases.persons", "referrals.sent", "treaties.bound", "questionnaires.asked", "monitoring.recommendations"}
    assert wanted | {"monitoring.measures"} <= set(tallies)


PROTOCOL = "TIP Protocol"


@pytest.fixture
def coordinator() -> Acting:
    with as_steward():
        load_instruments(using="default")
    return world.post(world.body("office", kind="coordination", country="PT"), "coordinator")


def test_states_bound_are_told_exactly_and_over_ten_years(coordinator: Acting) -> None:
    told = counted(analyst_of(world.body("rapporteur", country="PT")), "treaties.bound")
    assert {year for _indicator, _area, year, category in told if category == PROTOCOL} == set(range(2016, 2026))
    assert all(low == high for low, high in told.values())
    assert not [category for _i, _a, _y, category in told if category == "COMMIT"], "a memorandum binds nobody"
    stands = treaties.stands(treaties.instruments().get(slug="trafficking-protocol"), date(2025, 12, 31))
    bound = {state for state, stand in stands.items() if stand.standing in {"party", "party_unsure"}}
    assert "EU" in bound and told["entraide.bound", "", 2025, PROTOCOL] == (len(bound - {"EU"}), len(bound - {"EU"}))


def test_a_withdrawal_counts_from_the_year_in_which_it_takes_effect(coordinator: Acting) -> None:
    analyst = analyst_of(world.body("rapporteur", country="PT"))
    before = counted(analyst, "treaties.bound")
    with acting_as(coordinator):
        instrument = Instrument.objects.get(slug="trafficking-protocol")
        services.record_act(
            by=coordinator,
            state="PT",
            instrument=instrument,
            kind="withdrawal",
            on="2023-06-01",
            text="",
            source="Journal",
            as_of=date(2026, 1, 1),
        )
    with as_steward():
        Act.objects.filter(kind="withdrawal").update(invented=False)  # what an invented body records would count for nothing
    after = counted(analyst, "treaties.bound")
    changed = {key[2]: (before[key][0], after[key][0]) for key in before if before[key] != after[key]}
    assert set(changed) == {2024, 2025} and all(now == then - 1 for then, now in changed.values()), "twelve months after the notice"


def test_public_facts_may_be_counted_again(coordinator: Acting) -> None:
    analyst = analyst_of(world.body("rapporteur", country="PT"))
    assert counted(analyst, "treaties.bound") == counted(analyst, "treaties.bound")
    with acting_as(analyst):
        assert {table.already_public for table in Table.objects.all()} == {True}
        assert {table.smallest for table in Table.objects.all()} == {None}


def test_recommendations_of_a_public_report_are_counted_by_verb_theme_and_progress(scene: Scene) -> None:
    recommended = scene.published(scene.evaluation())
    with acting_as(scene.secretariat):
        monitoring.assess(by=scene.secretariat, recommendation=recommended, progress="partly", text="")
    with clock.at(later()):
        told = counted(analyst_of(scene.house), "monitoring.recommendations")
    assert told == {
        ("entraide.recommendations", "", 2025, "_T"): (1, 1), ("entraide.recommendations", "", 2025, "urges"): (1, 1),
        ("entraide.recommendations.theme", "", 2025, "identification"): (1, 1),
        ("entraide.recommendations.progress", "", 2025, "partly"): (1, 1),
    } | {("entraide.recommendations", "", year, "_T"): (0, 0) for year in range(2016, 2025)}  # fmt: skip


def test_what_is_not_published_is_in_no_table_even_of_the_house_that_wrote_it(scene: Scene) -> None:
    """The house's agent is on the team and sees every draft; a count runs as everybody and sees none."""
    scene.commented(scene.evaluation())
    scene.move(scene.evaluation(scene.round(scene.mechanism("untoc-like", **UNTOC))), "begin")
    with clock.at(later()):
        told = counted(analyst_of(scene.house), "monitoring.recommendations")
    assert set(told.values()) == {(0, 0)}


@pytest.mark.parametrize("agrees", [True, False])
def test_a_report_that_its_state_keeps_to_itself_is_not_counted(scene: Scene, agrees: bool) -> None:
    review = scene.round(scene.mechanism("untoc-like", **UNTOC), tuple(STATES))
    with acting_as(scene.secretariat):
        drawn = monitoring.fix_inputs(by=scene.secretariat, round=review, pool=list(STATES.items()), groups=STATES)
        monitoring.draw(by=scene.secretariat, drawn=drawn, seed="12 7 33", seed_source="Invented lottery of 3 March")
    kept = scene.evaluation(review, "XB")
    scene.commented(kept)
    scene.move(kept, "take_comments", "adopt")
    if agrees:
        with acting_as(scene.speakers["XB"]):
            monitoring.consent(by=scene.speakers["XB"], evaluation=Evaluation.objects.get(pk=kept.pk))
        scene.move(kept, "publish")
    with clock.at(later()):
        told = counted(analyst_of(scene.house), "monitoring.recommendations")
    assert told["entraide.recommendations", "", 2025, "_T"] == ((1, 1) if agrees else (0, 0))


def test_a_mechanism_that_bars_ranking_yields_no_table_by_state(scene: Scene) -> None:
    scene.published(scene.evaluation())
    with clock.at(later()):
        assert {area for _indicator, area, _year, _category in counted(analyst_of(scene.house), "monitoring.recommendations")} == {""}


def test_a_mechanism_that_allows_ranking_is_told_by_state(scene: Scene) -> None:
    plan = scene.mechanism("work-plan", **WORK_PLAN)
    evaluation = scene.evaluation(scene.round(plan))
    scene.draft(evaluation)
    scene.move(evaluation, "adopt", "publish")
    with clock.at(later()):
        told = counted(analyst_of(scene.house), "monitoring.recommendations")
    assert told["entraide.recommendations", "XA", 2025, "_T"] == (1, 1)


def test_a_national_body_counts_what_was_recommended_to_its_own_state_only(scene: Scene) -> None:
    scene.published(scene.evaluation())
    with clock.at(later()):
        ours, theirs = (counted(analyst_of(scene.ministries[code]), "monitoring.recommendations") for code in ("XA", "XB"))
    assert ours["entraide.recommendations", "XA", 2025, "_T"] == (1, 1) and {area for _i, area, _y, _c in ours} == {"XA"}
    assert set(theirs.values()) == {(0, 0)}


def measured(scene: Scene, *, publish: bool) -> None:
    by = scene.speakers["XA"]
    today = clock.today()
    with acting_as(by):
        plan = monitoring.begin_plan(
            by=by, titles={"en": "Plan"}, begins_on=today - timedelta(days=400), ends_on=today + timedelta(days=400)
        )
        for days in (-30, 30):
            monitoring.add_measure(
                by=by, plan=plan, titles={"en": "A measure"}, lead=scene.ministries["XA"], due=today + timedelta(days=days)
            )
        if publish:
            monitoring.publish_plan(by=by, plan=plan)


@pytest.mark.parametrize("publish", [True, False])
def test_measures_stand_as_they_stood_when_the_year_ended_and_drafts_are_nobodys(scene: Scene, publish: bool) -> None:
    with clock.at(datetime(2025, 1, 5, tzinfo=UTC)):
        measured(scene, publish=publish)
    with clock.at(later()):
        told = counted(analyst_of(scene.ministries["XA"]), "monitoring.measures")
    if not publish:
        assert told == {}
        return
    assert told["entraide.measures", "XA", 2025, "late"] == (2, 2)
    assert told["entraide.measures", "XA", 2024, "late"] == (1, 1) and told["entraide.measures", "XA", 2024, "not_begun"] == (1, 1)


@pytest.fixture
def circulated() -> asking.Scene:
    with clock.at(THEN):
        made = asking.asked()
        asking.sent(made, made.focal)
        return made


def test_of_few_bodies_asked_only_that_is_told(circulated: asking.Scene) -> None:
    told = counted(analyst_of(circulated.bodies["mechanism"]), "questionnaires.asked")
    assert told == {("entraide.asked", "", 2025, "_T"): (0, 4)}, "four were asked: less than the smallest number"


def test_many_bodies_asked_are_told_with_small_counts_withheld(circulated: asking.Scene) -> None:
    by = circulated.secretariat
    with clock.at(THEN), acting_as(by):
        assert circulated.circulation is not None
        more = [(world.body(f"ngo-{number}", country="XA"), "ngo") for number in range(9)]
        questionnaires.add_addressees(by=by, circulation=circulated.circulation, addressees=more)
    told = counted(analyst_of(circulated.bodies["mechanism"]), "questionnaires.asked")
    assert told["entraide.asked", "", 2025, "_T"] == (13, 13)
    low, high = told["entraide.asked", "", 2025, "state_answered"]
    assert high is not None and high - low >= 5, "one State answered: nobody learns that"


def test_other_bodies_circulations_are_in_no_count(circulated: asking.Scene) -> None:
    assert set(counted(analyst_of(circulated.bodies["office"]), "questionnaires.asked").values()) == {(0, 0)}


def test_the_agent_that_counts_reads_no_answer(circulated: asking.Scene) -> None:
    asking.begin(circulated.ngo)
    with acting_as(agent_of(circulated.secretariat.body, Side.ASSISTANCE)):
        assert Answer.objects.count() == 0 and Reply.objects.count() == 1, "what is not sent yet is not seen either"
    with as_steward():
        assert Reply.objects.count() == 2


def test_known_facts_are_marked_as_no_persons() -> None:
    assert {name for name, each in tallies.items() if isinstance(each, Known)} == {
        "treaties.bound", "monitoring.recommendations", "monitoring.measures",
    }  # fmt: skip
    tags = ("entraide.bound", "entraide.asked", "entraide.recommendations", "entraide.recommendations.theme", "entraide.measures")
    assert not any(DEFINITIONS[tag].persons for tag in (*tags, "entraide.recommendations.progress"))
