"""Public facts are whole and say what is unchecked; the invented world holds together and touches nobody real."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from entraide.demo import world
from entraide.demo.world.files import read
from entraide.demo.world.person import STATUS_OF
from entraide.engines import htcds
from entraide.features.cases import fields
from entraide.features.cases.choices import STEPS, Group, Identification, Purpose
from entraide.features.referrals.choices import DeclineReason, Need, Outcome
from entraide.kernel.access.sides import Kind
from entraide.kernel.accounts.choices import RECEIVES, Function
from entraide.kernel.bodies import facts
from entraide.kernel.bodies.choices import Form, Level, SeatRole

TODAY = date(2026, 11, 2)
PEOPLE = world.persons(seed=7, count=100)
STATES = {state.slug for state in facts.states()}
REAL = {body.slug for body in facts.bodies()}
INVENTED = {body.slug: body for body in world.bodies()}
POLICY = {body.slug: body for body in world.policy_bodies()}
IN_FICTION = re.compile(r"\+(447700900\d{3}|120255501\d\d|3363998\d{4}|467017406(0[5-9]|[1-9]\d))")


# Facts


def test_there_are_193_members_and_two_observers_each_once() -> None:
    assert Counter(state.status for state in facts.states()) == {"member": 193, "observer": 2}
    assert len({state.code for state in facts.states()}) == 195
    listed = read_states().split()
    assert len(listed) == len(set(listed)) == 192, "a code stands in two regional groups"


def read_states() -> str:
    return " ".join(" ".join(state.code for state in facts.states() if state.regional_group == group) for group in facts.REGIONAL_GROUPS)


def test_regional_groups_have_their_known_sizes_and_kiribati_is_left_open() -> None:
    sizes = Counter(state.regional_group for state in facts.states() if state.status == "member")
    assert sizes == {"African": 54, "Asia-Pacific": 53, "Eastern European": 23, "GRULAC": 33, "WEOG": 29, None: 1}
    assert [state.code for state in facts.states() if state.status == "member" and not state.regional_group] == ["KI"]


def test_every_state_has_a_name_in_each_language_of_the_united_nations() -> None:
    for state in facts.states():
        assert set(state.names) == set(facts.UN_LANGUAGES) and all(state.names.values()), state.code
    assert {state.code: state.names["fr"] for state in facts.states()}["VA"] == "Saint-Siège"


def test_bodies_have_permanent_slugs_names_and_known_codes() -> None:
    assert len(REAL) == len(facts.bodies()) and not REAL & (STATES | set(INVENTED))
    for body in facts.bodies():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", body.slug)
        assert {"en", "fr"} <= set(body.names) <= set(facts.UN_LANGUAGES), body.slug
        assert body.form in Form.values and body.level in Level.values and body.kind in Kind.values, body.slug
        assert body.source and body.as_of, body.slug
        assert not body.place or re.fullmatch("[A-Z]{2}", body.place.country)
        assert not body.note or set(body.note) == {"en", "fr"}, body.slug


def test_parents_and_successors_exist_and_parents_come_first() -> None:
    seen: set[str] = set()
    for body in facts.bodies():
        assert set(body.parents) <= seen, body.slug
        assert body.succeeded_by is None or (body.succeeded_by in REAL and body.ended), body.slug
        seen.add(body.slug)


def test_every_seat_is_of_a_known_body_in_a_known_group() -> None:
    for seat in facts.seats():
        assert seat.group in REAL and seat.holder in REAL | STATES and seat.group != seat.holder, seat
        assert seat.role in SeatRole.values
        assert not (seat.since and seat.until) or seat.since < seat.until
    assert len({(seat.group, seat.holder, seat.role) for seat in facts.seats()}) == len(facts.seats())


@pytest.mark.parametrize(
    ("group", "day", "count"),
    [
        ("osce", date(2012, 11, 20), 56),
        ("osce", date(2012, 11, 21), 57),
        ("coe", date(2022, 3, 15), 47),
        ("coe", date(2022, 3, 16), 46),
        ("asean", date(2025, 10, 25), 10),
        ("asean", date(2025, 10, 26), 11),
        ("commit", TODAY, 6),
        ("saarc", TODAY, 8),
        ("eu", TODAY, 27),
        ("frontex", TODAY, 30),
    ],
)
def test_a_group_had_so_many_members_on_a_day(group: str, day: date, count: int) -> None:
    assert len(facts.seats_on(group, day)) == count


def test_the_council_of_baltic_states_has_ten_states_and_the_union_and_unodc_coordinates_the_inter_agency_group() -> None:
    baltic = {seat.holder for seat in facts.seats_on("cbss", TODAY)}
    assert len(baltic & STATES) == 10 and baltic - STATES == {"eu"} and "state-ru" not in baltic
    assert [seat.holder for seat in facts.seats_on("icat", TODAY, "coordinator")] == ["unodc"]


@pytest.mark.parametrize("group", ["frontex", "eurojust", "aseanapol", "bstf"])
def test_membership_known_only_from_memory_is_marked_unconfirmed(group: str) -> None:
    assert not any(seat.confirmed for seat in facts.seats() if seat.group == group)


def test_what_was_not_checked_is_not_confirmed_and_the_other_way_round() -> None:
    told = [(body.confirmed, body.source) for body in facts.bodies()] + [(seat.confirmed, seat.source) for seat in facts.seats()]
    assert not [source for confirmed, source in told if confirmed and "not checked" in source]
    unsure = {seat.holder for seat in facts.seats_on("icat", TODAY) if not seat.confirmed}
    assert len(unsure) == 18 and {"ohchr", "interpol", "osce", "coe"} <= unsure
    assert all(not body.confirmed for body in facts.bodies() if body.source == "not checked")


# The invented world


def test_every_file_of_the_invented_world_says_that_it_is_invented() -> None:
    for name in ("bodies.json", "posts.json", "people.json", "questionnaire.json", "states.json", "texts.json", "lists.json"):
        assert "INVENTED" in read(name)["note"], name
    assert all(body.invented for body in world.bodies())


def test_invented_bodies_are_about_forty_in_twenty_seven_countries_with_names_in_english_and_french() -> None:
    assert 40 <= len(world.bodies()) == len(INVENTED) <= 46
    assert len({body.country for body in world.bodies() if body.country}) == 27
    for body in world.bodies():
        assert {"en", "fr"} <= set(body.names) and len(body.slug) <= 80, body.slug
        assert body.form in Form.values and body.level in Level.values and body.kind in Kind.values
        assert set(body.services) <= set(Need.values) and body.languages, body.slug
        assert set(body.parents) <= set(INVENTED)


def test_no_shelter_tells_where_it_is() -> None:
    ngos = [body for body in world.bodies() if body.form == "ngo" and "shelter" in body.services]
    assert len(ngos) >= 20 and all(body.place is None for body in ngos)


def test_five_bodies_are_unvetted_one_vetting_has_expired_and_one_is_revoked() -> None:
    vetted = {body.slug: body.vetted for body in world.bodies() if body.vetted}
    assert len(INVENTED) - len(vetted) == 5
    assert [slug for slug, given in vetted.items() if given.until <= 0] == ["vento-di-grecale-it"]
    assert [slug for slug, given in vetted.items() if given.revoked is not None] == ["neem-chhaya-in"]
    assert sum(given.in_force for given in vetted.values()) == len(vetted) - 2


def test_who_vets_is_another_coordination_body_of_the_same_country_or_above_countries() -> None:
    for body in world.bodies():
        if body.vetted:
            by = INVENTED[body.vetted.by]
            assert by.kind == Kind.COORDINATION and by.slug != body.slug
            assert by.level in {"global", "regional"} or by.country == body.country, body.slug
            assert body.vetted.on < body.vetted.until and (body.vetted.revoked is None or body.vetted.on < body.vetted.revoked)


def test_posts_are_at_known_bodies_and_every_vetted_body_has_somebody_who_can_receive() -> None:
    assert 90 <= len(world.posts()) <= 120
    assert len({post.email for post in world.posts()}) == len({post.holder for post in world.posts()}) == len(world.posts())
    for post in world.posts():
        assert post.body in INVENTED and post.function in Function.values and post.language in {"en", "fr"}
        assert post.email.isascii() and post.email.endswith(".invalid")
    receiving = {post.body for post in world.posts() if post.function in RECEIVES}
    assert {body.slug for body in world.bodies() if body.vetted} <= receiving


def test_posts_are_offered_each_with_a_line_on_what_to_try() -> None:
    offered = world.sign_ins()
    assert [post.email.split("@")[0] for post in offered] == [
        "case.worker", "coordinator", "intake", "investigator", "secretariat", "data.protection", "administrator",
        "analyst", "mechanism", "focal.point", "expert",
    ]  # fmt: skip
    assert {(INVENTED | POLICY)[post.body].country for post in offered} == {"PT", "TH", "XA", None}
    assert len({post.body for post in offered if post.function in {"case_worker", "data_protection", "administrator"}}) == 1
    for post in offered:
        assert post.sign_in and all((post.sign_in.title_en, post.sign_in.title_fr, post.sign_in.try_en, post.sign_in.try_fr))


def test_the_same_seed_makes_the_same_persons_and_another_seed_others() -> None:
    assert world.persons(7, 100) == PEOPLE != world.persons(8, 100)
    assert [person.number for person in PEOPLE] == list(range(1, 101))
    assert len({(person.given, person.family) for person in PEOPLE}) == 100


def years_on(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@pytest.mark.parametrize("day", [TODAY, date(2028, 2, 29), date(2027, 1, 31)])
def test_a_quarter_are_children_and_ages_are_true_on_the_day_asked_for(day: date) -> None:
    people = world.persons(3, 100, on=day)
    assert Counter(person.age for person in people) == {"adult": 69, "child": 25, "in_doubt": 6}
    for person in people:
        if person.born:
            assert (years_on(person.born, day) < 18) == (person.age == "child"), person.number
        assert bool(person.guardian) == (person.age != "adult")
        assert person.age != "in_doubt" or (person.born, person.birth_year) == (None, None)


@pytest.mark.parametrize("seed", range(5))
def test_every_value_of_a_person_is_a_code_of_the_standard(seed: int) -> None:
    for person in world.persons(seed, 100):
        for field, value in person.values().items():
            standard = fields.get(field).standard
            if standard and standard.codelist and standard.codelist != "iso3166":
                known = {choice.code for choice in htcds.choices(standard)}
                assert set(value if isinstance(value, list) else [value]) <= known, (field, value)
            assert isinstance(value, list) == (fields.get(field).type is htcds.Type.MULTISELECT), field


@pytest.mark.parametrize("seed", range(5))
def test_what_happened_to_a_person_is_consistent(seed: int) -> None:
    for person in world.persons(seed, 100):
        what = person.trafficking
        forms = set(what.exploitation)
        assert bool(what.industry) == bool(forms & {"ForcedLabour", "ChildLabour"})
        assert bool(what.sex) == ("SexualExploitation" in forms)
        assert "ChildLabour" not in forms or person.age != "adult"
        assert len(set(what.control)) == len(what.control) >= 3
        assert what.began < TODAY - timedelta(days=29)
        assert what.age_when is None or not person.born or what.age_when == pytest.approx(years_on(person.born, what.began), abs=1)
        assert what.age_when is None or what.age_when >= 5
        assert (person.decider is None) == (person.identification == "none")


def test_cases_lie_where_an_invented_body_can_hold_them() -> None:
    assert {person.country for person in PEOPLE} <= {body.country for body in world.bodies()}
    assert Counter(person.country for person in PEOPLE).most_common(1)[0][0] == "PT"


@pytest.mark.parametrize("seed", range(5))
def test_telephones_ring_nowhere_and_mail_reaches_nobody(seed: int) -> None:
    people = world.persons(seed, 100)
    phones = [person.phone for person in people if person.phone]
    assert len(phones) > 30 and all(IN_FICTION.fullmatch(phone) for phone in phones)
    assert all(person.email.endswith("@example.invalid") and person.email.isascii() for person in people if person.email)


def test_contact_rules_vary_and_nobody_without_a_telephone_is_to_be_rung() -> None:
    assert len({person.safe_contact for person in PEOPLE}) >= 18
    rung = {rule[language][1] for rule in read("people.json")["contact_rules"] if rule["needs"] == "phone" for language in ("en", "fr")}
    assert all(person.safe_contact.how not in rung for person in PEOPLE if not person.phone)
    assert all(all((person.safe_contact.when, person.safe_contact.how, person.safe_contact.never)) for person in PEOPLE)


def test_identification_leads_to_one_status_of_the_standard() -> None:
    assert set(STATUS_OF) == set(Identification.values)
    assert {person.identification for person in world.persons(1, 300)} == set(Identification.values)


# Words


def test_the_agreement_is_there_for_adults_in_eight_languages_and_for_children_in_two() -> None:
    texts = world.agreement_texts()
    assert {text.language for text in texts if not text.for_children} == {"en", "fr", "pt", "es", "ro", "uk", "th", "ar"}
    assert {text.language for text in texts if text.for_children} == {"en", "fr"}
    assert {text.language for text in texts if text.reviewed} == {"en", "fr"}
    for text in texts:
        assert len(text.sections) == (11 if text.for_children else 12) and len(text.title) <= 200
        assert all(heading and body for heading, body in text.sections)
        assert text.for_children or "35" in text.body, "how long copies last is not said"


PROMISES = (
    "You can say no; helping you just the same; take back your yes; may not come back; How long it is kept; get a copy; research; ask"
)


def test_the_english_text_says_what_must_be_said() -> None:
    text = next(text for text in world.agreement_texts() if text.language == "en" and not text.for_children)
    assert [promise for promise in PROMISES.split("; ") if promise not in text.body] == []


def test_lists_hold_every_code_of_the_product_in_english_and_french() -> None:
    mine = {name: {label.code for label in world.labels(name)} for name in world.LISTS}
    assert set(Purpose.values) <= mine["purposes"]
    assert set(DeclineReason.values) <= mine["decline_reasons"] and "no_capacity" not in mine["decline_reasons"]
    assert set(Outcome.values) == mine["outcomes"]
    assert set(Identification.values) == mine["identification_statuses"]
    assert set(Group.values) == mine["field_groups"] and set(Need.values) == mine["services"]
    assert all(label.en and label.fr for name in world.LISTS for label in world.labels(name))


def test_the_five_tracks_have_their_steps_and_say_that_the_steps_are_unchecked() -> None:
    assert {track.code: [step.code for step in track.steps] for track in world.tracks()} == {
        code: list(steps) for code, steps in STEPS.items()
    }
    assert all(track.confirmed and not track.steps_confirmed for track in world.tracks())
