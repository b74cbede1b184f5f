"""Entry into force and standing: computed from each instrument's own rule, equal to what the sources say."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.features.treaties import facts, standing
from entraide.features.treaties.basis import legal_basis
from entraide.features.treaties.choices import CONDITIONS, CONSENTS, Force, Help, Offence
from entraide.features.treaties.dates import Span, add_months, first_of_month_after, span
from entraide.features.treaties.force import Delay, Rule

ACTS, INSTRUMENTS = facts.acts(), facts.instruments()
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 1, 1))


def known(slug: str) -> list[facts.Act]:
    return [act for act in ACTS if act.instrument == slug and act.kind in CONSENTS]


def test_every_recorded_entry_into_force_is_what_the_rule_computes() -> None:
    compared = 0
    for act in ACTS:
        if act.recorded_force and act.kind in CONSENTS:
            force = standing.force_of(INSTRUMENTS[act.instrument], [act])
            assert force is not None and force.earliest <= act.recorded_force <= force.latest, (act.instrument, act.state)
            compared += force.known
    assert compared > 550


@pytest.mark.parametrize(
    ("slug", "day"),
    [("untoc", "2003-09-29"), ("trafficking-protocol", "2003-12-25"), ("smuggling-protocol", "2004-01-28"), ("cets-197", "2008-02-01")],
)
def test_the_instruments_own_entry_into_force_follows_from_the_deposits(slug: str, day: str) -> None:
    rule = INSTRUMENTS[slug].rule
    assert str(rule.own_entry([act.days for act in known(slug)])) == day == str(rule.in_force)


@pytest.mark.parametrize("slug", ["actip", "saarc-2002", "p029"])
def test_where_days_are_not_known_the_entry_lies_between_two_days(slug: str) -> None:
    rule = INSTRUMENTS[slug].rule
    entry = rule.own_entry([act.days for act in known(slug)])
    assert entry is not None and rule.in_force is not None and entry.earliest <= rule.in_force <= entry.latest


@pytest.mark.parametrize(
    ("deposit", "months", "first"),
    [("2007-10-24", 3, "2008-02-01"), ("2011-11-30", 3, "2012-03-01"), ("2011-12-31", 3, "2012-04-01"), ("2010-01-01", 3, "2010-05-01")],
)
def test_the_first_of_the_month_after_three_months(deposit: str, months: int, first: str) -> None:
    assert first_of_month_after(date.fromisoformat(deposit), months) == date.fromisoformat(first)


@given(DAYS, st.integers(0, 40))
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@given(DAYS, DAYS, st.sampled_from([Delay(days=30), Delay(months=12), Delay(first_of_month_after_months=3)]))
def test_nobody_is_bound_before_the_instrument_nor_before_the_delay(deposit: date, own: date, delay: Delay) -> None:
    rule = Rule("1", delay, in_force=own)
    force = rule.for_deposit(Span(deposit, deposit))
    assert force is not None and force.known and force.earliest >= own and force.earliest >= deposit
    assert Rule("1", delay).for_deposit(Span(deposit, deposit)) is None, "not in force yet: nobody is bound"


@given(DAYS, DAYS, st.sampled_from([Delay(days=30), Delay(months=12), Delay(first_of_month_after_months=3)]))
def test_who_deposits_later_is_not_bound_earlier(one: date, two: date, delay: Delay) -> None:
    rule = Rule("1", delay, in_force=date(1990, 1, 1))
    spans = [rule.for_deposit(Span(day, day)) for day in sorted((one, two))]
    assert spans[0] is not None and spans[1] is not None and spans[0].earliest <= spans[1].earliest


@pytest.mark.parametrize("wrong", ["2014-13", "14", "2014-02-30", "soon"])
def test_a_day_that_is_none_is_an_error(wrong: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        span(wrong, within=Span(date.min, date.max))


def test_standing_changes_on_the_day_of_entry_into_force() -> None:
    instrument = INSTRUMENTS["trafficking-protocol"]
    own = [act for act in ACTS if (act.instrument, act.state) == ("trafficking-protocol", "TH")]
    force = standing.force_of(instrument, own)
    assert force is not None and force.known
    days = [force.earliest + timedelta(days=n) for n in (-1, 0)]
    assert [standing.stand(instrument, "TH", own, day).standing for day in days] == ["deposited", "party"]
    assert standing.stand(instrument, "TH", own, date(2000, 11, 16)).standing == "nothing"


def test_the_curve_ends_at_the_number_of_parties() -> None:
    for instrument in INSTRUMENTS.values():
        known = standing.stands(instrument, ACTS, date(2026, 11, 24)).values()
        points = standing.curve(instrument, known, date(2026, 11, 24))
        parties = [each for each in known if each.standing in {"party", "takes_part"}]
        assert points[-1][1] == len(parties)


@given(st.lists(st.tuples(st.dates(date(2004, 1, 1), date(2030, 1, 1)), st.sampled_from(["accession", "withdrawal"])), max_size=6))
def test_the_curve_counts_whoever_is_bound_that_day_also_when_they_leave_and_come_back(done: list[tuple[date, str]]) -> None:
    instrument = INSTRUMENTS["untoc"]
    acts = [facts.Act("untoc", "PT", kind, day.isoformat(), Span(day, day), True, "source", "2026") for day, kind in done]
    for on in (date(2010, 6, 1), date(2020, 6, 1), date(2032, 1, 1)):
        stand = standing.stand(instrument, "PT", acts, on)
        bound = stand.standing == "party"
        points = [number for day, number in standing.curve(instrument, [stand], on) if day <= on]
        assert (points[-1] if points else 0) == bound, (done, on)


def basis(a: str, b: str, help_: str = "mla", on: date = date(2026, 11, 23), offence: str = "trafficking") -> list[str]:
    return [each.instrument.slug for each in legal_basis(INSTRUMENTS, ACTS, states=(a, b), help_=help_, offence=offence, on=on).found]


@pytest.mark.parametrize(
    ("a", "b", "help_", "found"),
    [
        ("PT", "TH", "mla", ["trafficking-protocol", "untoc"]),
        ("TH", "VN", "mla", ["actip", "trafficking-protocol", "untoc", "commit-memorandum"]),
        ("FR", "MD", "return", ["cets-197", "trafficking-protocol"]),
        ("IN", "NP", "mla", ["saarc-2002", "untoc"]),
        ("JP", "SO", "mla", []),
    ],
)
def test_the_instruments_that_bind_both(a: str, b: str, help_: str, found: list[str]) -> None:
    got = basis(a, b, help_)
    assert [slug for slug in got if slug in found] == found if found else "untoc" not in got


def test_it_does_not_matter_who_asks() -> None:
    assert basis("PT", "TH") == basis("TH", "PT")


def test_before_both_were_bound_nothing_is_found() -> None:
    assert basis("PT", "TH", on=date(2013, 11, 15)) == []
    assert "untoc" in basis("PT", "TH", on=date(2013, 11, 16))


def test_a_protocol_counts_only_together_with_its_convention() -> None:
    without = [act for act in ACTS if (act.instrument, act.state) != ("untoc", "TH")]
    answer = legal_basis(INSTRUMENTS, without, states=("PT", "TH"), help_="mla", offence="trafficking", on=date(2026, 1, 1))
    assert not answer.found and {"untoc", "trafficking-protocol"} <= {each.instrument.slug for each in answer.missing}


def test_every_coverage_names_what_exists() -> None:
    for instrument in INSTRUMENTS.values():
        eids = {each.eid for each in instrument.provisions}
        for each in instrument.coverage:
            assert each.help in Help.values and set(each.offences) <= set(Offence.values) and each.force in Force.values
            assert set(each.conditions) <= set(CONDITIONS) and set(each.provisions) <= eids, (instrument.slug, each.help)


def test_unconfirmed_facts_say_so() -> None:
    assert not any(act.confirmed for act in ACTS if "memory" in act.source)
    assert all(act.source and act.as_of for act in ACTS) and sum(not act.confirmed for act in ACTS) > 90


def test_whatever_a_basis_can_cite_has_a_heading_and_a_summary_in_both_languages() -> None:
    for instrument in facts.instruments().values():
        for eid in {eid for coverage in instrument.coverage for eid in coverage.provisions}:
            cited = instrument.provision(eid)
            assert set(cited.headings) == {"en", "fr"}, (instrument.slug, eid)
            assert set(cited.summaries) == {"en", "fr"} or not instrument.binding, (instrument.slug, eid)
