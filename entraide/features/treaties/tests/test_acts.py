"""What a State did, recorded by its own bodies: it counts in standing and basis, and withdrawals by each instrument's own rule."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from entraide.features.treaties import facts, queries, services, standing
from entraide.features.treaties.dates import Span, add_months, first_of_month_after
from entraide.features.treaties.loading import load_instruments
from entraide.features.treaties.models import Act, Instrument
from entraide.features.treaties.tests.test_api import client_with_token
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.audit.models import AuditEntry
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db
INSTRUMENTS = facts.instruments()
SOURCE = {"source": "Official journal, invented", "as_of_day": "1", "as_of_month": "6", "as_of_year": "2026"}
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 1, 1))


@pytest.fixture
def coordinator() -> Acting:
    with as_steward():
        load_instruments(using="default")
    return world.post(world.body("office", kind="coordination", country="PT"), "coordinator")


def recorded(by: Acting, slug: str, kind: str, on: str, text: str = "", state: str = "PT") -> Act:
    with acting_as(by), transaction.atomic():
        return services.record_act(
            by=by, state=state, instrument=Instrument.objects.get(slug=slug), kind=kind, on=on, text=text, source="journal",
            as_of=date(2026, 6, 1),
        )  # fmt: skip


def stands(slug: str, on: date, state: str = "PT") -> str:
    return queries.stands(Instrument.objects.get(slug=slug), on)[state].standing


def acted(kind: str, day: date, slug: str = "trafficking-protocol") -> facts.Act:
    return facts.Act(slug, "PT", kind, day.isoformat(), Span(day, day), True, "source", "2026")


def test_a_withdrawal_takes_effect_by_the_instruments_own_rule(coordinator: Acting) -> None:
    recorded(coordinator, "trafficking-protocol", "withdrawal", "2025-03-10")
    assert [stands("trafficking-protocol", day) for day in (date(2025, 3, 10), date(2026, 3, 9), date(2026, 3, 10))] == [
        "party", "party", "withdrawn",
    ]  # fmt: skip
    recorded(coordinator, "cets-197", "withdrawal", "2025-03-10")
    assert [stands("cets-197", day) for day in (date(2025, 6, 30), date(2025, 7, 1))] == ["party", "withdrawn"]


def test_whoever_withdrew_no_longer_counts_as_basis(coordinator: Acting) -> None:
    def found(on: date) -> set[str]:
        answer = queries.basis(states=("PT", "TH"), help_="mla", offence="trafficking", on=on)
        return {each.instrument.slug for each in answer.found}

    recorded(coordinator, "untoc", "withdrawal", "2024-01-01")
    assert "untoc" in found(date(2024, 6, 1)) and not found(date(2025, 6, 1)), "the protocol falls with its convention"


@given(DAYS, DAYS, st.sampled_from(["trafficking-protocol", "cets-197", "untoc"]))
def test_nobody_leaves_before_the_notice_and_everybody_after_the_delay(joined: date, notice: date, slug: str) -> None:
    if notice <= joined:
        joined, notice = notice, joined + timedelta(days=1) if notice == joined else joined
    instrument = INSTRUMENTS[slug]
    acts = [acted("ratification", joined, slug), acted("withdrawal", notice, slug)]
    effect = first_of_month_after(notice, 3) if slug == "cets-197" else add_months(notice, 12)
    before, after = (standing.stand(instrument, "PT", acts, day).standing for day in (effect - timedelta(days=1), effect))
    assert before != "withdrawn" and after == "withdrawn"


@given(DAYS, st.integers(1, 4000), st.integers(1, 4000))
def test_who_comes_back_is_bound_again_by_the_same_rule(joined: date, later: int, again: int) -> None:
    instrument = replace(INSTRUMENTS["trafficking-protocol"])
    notice = joined + timedelta(days=later)
    back = notice + timedelta(days=again)
    acts = [acted("ratification", joined), acted("withdrawal", notice), acted("accession", back)]
    first, force = (instrument.rule.for_deposit(Span(day, day)) for day in (joined, back))
    assert first is not None and force is not None
    now = standing.stand(instrument, "PT", acts, force.earliest)
    free = add_months(notice, 12) < force.earliest and add_months(notice, 12) > first.earliest
    assert now.standing == "party" and (now.force == force if free else now.force in {first, force}), "never free: bound all the time"


def test_what_a_state_records_of_itself_stands_in_place_of_the_fact(coordinator: Acting) -> None:
    by = world.post(world.body("dhaka", kind="coordination", country="BD"), "coordinator")
    before = queries.stands(Instrument.objects.get(slug="saarc-2002"), date(2026, 1, 1))["BD"]
    assert before.force is not None and not all(act.days.known for act in before.acts)
    recorded(by, "saarc-2002", "consent", "2003-04-15", state="BD")
    after = queries.stands(Instrument.objects.get(slug="saarc-2002"), date(2026, 1, 1))["BD"]
    assert [act.on for act in after.acts if act.kind == "consent"] == ["2003-04-15"]


def test_a_reservation_stands_in_the_basis_with_its_words_and_the_rest_reads_not_examined(coordinator: Acting) -> None:
    recorded(coordinator, "untoc", "reservation", "2004-05-10", "Portugal, in this test, does not extradite for life.")
    page = Client().get(reverse("treaties:basis"), {"a": "PT", "b": "TH", "help": "extradition", "offence": "trafficking"})
    words = page.content.decode()
    assert "does not extradite for life" in words and "were not examined; what States recorded here themselves is shown" in words
    told = Client().get("/api/treaties/basis", {"a": "PT", "b": "TH", "help": "extradition"}).json()
    assert told["reservations"] == "not examined"
    assert any(each["text"].startswith("Portugal") for found in told["instruments"] for each in found["statements"])
    instrument = Client().get(reverse("treaties:instrument", args=["untoc"])).content.decode()
    assert instrument.count("Not examined") == 4 and "None" not in instrument


def test_recording_is_written_down_refused_to_others_and_said_once(coordinator: Acting) -> None:
    recorded(coordinator, "p029", "ratification", "2020-12-23")
    with as_steward():
        assert AuditEntry.objects.filter(action="treaties.record_act").count() == 1
    with pytest.raises(Refused, match="recorded"):
        recorded(coordinator, "p029", "ratification", "2020-12-23")
    with pytest.raises(Refused, match="other_state"):
        recorded(coordinator, "p029", "ratification", "2020-12-24", state="TH")
    worker = world.post(world.body("casa", country="PT"))
    with pytest.raises(Refused, match="function"):
        recorded(worker, "p029", "ratification", "2020-12-24")
    assert world.client_of(worker).get(reverse("treaties:record_act", args=["PT"])).status_code == 403


def test_without_the_entry_in_the_record_nothing_is_recorded(coordinator: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**_given: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(services, "record", fails)
    with pytest.raises(RuntimeError):
        recorded(coordinator, "p029", "ratification", "2020-12-23")
    assert not Act.objects.filter(holder__isnull=False).exists()


def test_the_facts_that_come_with_entraide_are_changed_by_nobody(coordinator: Acting) -> None:
    with acting_as(coordinator):
        assert Act.objects.update(on="1999-01-01") == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Act.objects.create(instrument=Instrument.objects.get(slug="untoc"), state="PT", kind="withdrawal", on="2020", source="x")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"on": "soon"}, "Give a day as 2026-06-01"),
        ({"on": "2990"}, "not one still to come"),
        ({"on": "1999"}, "not adopted yet"),
        ({"kind": "reservation"}, "Give the words"),
        ({"instrument": ""}, "govuk-error-summary"),
    ],
)
def test_a_wrong_entry_gets_a_sentence_and_keeps_what_was_typed(coordinator: Acting, given: dict[str, str], sentence: str) -> None:
    untoc = str(Instrument.objects.get(slug="untoc").pk)
    sent = {"instrument": untoc, "kind": "withdrawal", "on": "2020-01-01", "text": "", **SOURCE} | given
    page = world.client_of(coordinator).post(reverse("treaties:record_act", args=["PT"]), sent).content.decode()
    assert sentence in page and "Official journal, invented" in page
    assert not Act.objects.filter(holder__isnull=False).exists()


def test_on_the_page_an_act_is_recorded_shown_and_ended(coordinator: Acting) -> None:
    client, untoc = world.client_of(coordinator), str(Instrument.objects.get(slug="untoc").pk)
    sent = {"instrument": untoc, "kind": "withdrawal", "on": "2020-01-01", "text": "", **SOURCE}
    assert client.post(reverse("treaties:record_act", args=["PT"]), sent).status_code == 302
    assert "already" in client.post(reverse("treaties:record_act", args=["PT"]), sent).content.decode(), "sent twice, recorded once"
    assert stands("untoc", date(2026, 1, 1)) == "withdrawn"
    row = Act.objects.get(holder__isnull=False)
    address = reverse("treaties:end", args=["act", row.pk])
    assert address in client.get(reverse("treaties:state", args=["PT"])).content.decode()
    client.post(address)
    assert stands("untoc", date(2026, 1, 1)) == "party"


def test_a_memorandum_binds_nobody_and_says_so(coordinator: Acting) -> None:
    assert stands("commit-memorandum", date(2026, 1, 1), "TH") == "takes_part"
    answer = queries.basis(states=("VN", "TH"), help_="mla", offence="trafficking", on=date(2026, 1, 1))
    assert [each.coverage.force for each in answer.found if each.instrument.slug == "commit-memorandum"] == ["informal"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"on": "1999-12-31"}, "The instrument was not adopted yet."),
        ({"as_of": "2999-01-01"}, "A source is not of a day still to come."),
    ],
)
def test_a_program_records_no_act_that_the_page_refuses(wrong: dict[str, str], sentence: str, coordinator: Acting) -> None:
    given = {"instrument": "untoc", "kind": "withdrawal", "on": "2026-01-01", "source": "journal", "as_of": "2026-06-01"} | wrong
    answer = client_with_token(coordinator).post("/api/treaties/states/PT/acts", json.dumps(given), content_type="application/json")
    assert answer.status_code == 403 and sentence in answer.content.decode()
    assert not Act.objects.filter(holder__isnull=False).exists()


def test_a_cell_of_the_table_is_no_formula(coordinator: Acting) -> None:
    with acting_as(coordinator), transaction.atomic():
        services.record_act(
            by=coordinator, state="PT", instrument=Instrument.objects.get(slug="untoc"), kind="withdrawal", on="2026", text="",
            source='=HYPERLINK("http://example.invalid")', as_of=date(2026, 6, 1),
        )  # fmt: skip
    table = Client().get(reverse("treaties:status_csv", args=["untoc"])).content.decode()
    assert "HYPERLINK" in table and ",=HYPERLINK" not in table and ',"=HYPERLINK' not in table
