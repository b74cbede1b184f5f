"""The invented States: codes that nobody has, people who answer for each, names known in the demonstration alone."""

from typing import Any

from entraide.config.demo import demo_states
from entraide.demo import world
from entraide.kernel.access.sides import Kind
from entraide.kernel.base.countries import country_choices, country_name
from entraide.kernel.bodies import facts
from entraide.kernel.bodies.choices import Form
from tests.demo.test_facts import INVENTED, POLICY, REAL, STATES


def test_five_states_are_invented_with_codes_that_no_state_has_and_people_who_answer_for_each() -> None:
    assert [state.code for state in world.states()] == ["XA", "XB", "XC", "XD", "XE"]
    assert {state.regional_group for state in world.states()} == set(facts.REGIONAL_GROUPS)
    assert not {state.code for state in world.states()} & {state.code for state in facts.states()}
    assert not set(POLICY) & (set(INVENTED) | REAL | STATES)
    held = {(POLICY[post.body].country, post.function) for post in world.policy_posts()}
    for state in world.states():
        assert {"en", "fr", "ar"} <= set(state.names) and POLICY[state.slug].form == Form.STATE
        assert {(state.code, "focal_point"), (state.code, "respondent")} <= held
    sides = {body.kind for body in POLICY.values() if body.country == "XA"}
    assert {Kind.ASSISTANCE, Kind.LAW_ENFORCEMENT} <= sides, "ministries of both sides write in one reply"
    emails = [post.email for post in (*world.posts(), *world.policy_posts())]
    assert len(emails) == len(set(emails)) and all(email.endswith(".invalid") for email in emails)


def test_the_names_of_invented_states_are_known_in_the_demonstration_alone(settings: Any) -> None:
    assert country_name("XA", "en") == "XA", "not the test locale that CLDR keeps under this code"
    settings.ENTRAIDE_INVENTED_STATES = demo_states()
    assert (country_name("XA", "fr"), country_name("XB", "ar"), country_name("XK", "en")) == ("Ardévie", "بلمورا", "Kosovo")
    assert [name for _code, name in country_choices(("XB", "BE", "XA", "BZ"))] == ["Ardevia", "Belgium", "Belize", "Belmora"]
