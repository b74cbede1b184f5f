"""A depositary records what any State did; objections answer reservations and may keep an instrument from standing between two."""

import subprocess
import sys
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from entraide.features.treaties import queries, services
from entraide.features.treaties.loading import load_instruments, name_depositary
from entraide.features.treaties.models import Act, Instrument
from entraide.features.treaties.precedence import Claim, counting
from entraide.features.treaties.tests.test_api import client_with_token
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.audit.models import AuditEntry
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db
SOURCE = {"source": "Notification 1, invented", "as_of_day": "1", "as_of_month": "6", "as_of_year": "2026"}
DONE = {"state": "TV", "kind": "accession", "on": "2026-03-01", "text": "", **SOURCE}


@pytest.fixture
def depositary() -> Acting:
    with as_steward():
        load_instruments(using="default")
    by = world.post(world.body("registry", kind="coordination", country=""), "secretariat")
    with as_steward():
        name_depositary(Instrument.objects.get(slug="untoc"), by.body, using="default")
    return by


@pytest.fixture
def coordinator(depositary: Acting) -> Acting:
    return world.post(world.body("office", kind="coordination", country="PT"), "coordinator")


def instrument(slug: str = "untoc") -> Instrument:
    return Instrument.objects.get(slug=slug)


def done(
    by: Acting, state: str, kind: str, on: str = "2026-03-01", *, text: str = "words", answers: Act | None = None, precludes: bool = False
) -> Act:
    verb = services.deposit if by.country != state else services.record_act
    with acting_as(by), transaction.atomic():
        return verb(
            by=by, state=state, instrument=instrument(), kind=kind, on=on, text=text, source="journal", as_of=date(2026, 6, 1),
            answers=answers, precludes=precludes,
        )  # fmt: skip


def found(help_: str = "mla", b: str = "TH") -> list[str]:
    return [
        each.instrument.slug for each in queries.basis(states=("PT", b), help_=help_, offence="trafficking", on=date(2026, 11, 23)).found
    ]


def test_the_depositary_records_for_any_state_and_it_counts_and_is_written_down(depositary: Acting) -> None:
    page = world.client_of(depositary).post(reverse("treaties:deposit", args=["untoc"]), DONE, follow=True).content.decode()
    assert "The act is recorded." in page and "You are the depositary" in page and "Tuvalu" in page
    assert queries.stands(instrument(), date(2026, 3, 31))["TV"].standing == "party"
    assert queries.stands(instrument(), date(2026, 3, 30))["TV"].standing == "deposited", "thirty days"
    assert "by the depositary" in Client().get(reverse("treaties:state", args=["TV"])).content.decode()
    with as_steward():
        assert AuditEntry.objects.filter(action="treaties.deposit").count() == 1
        assert AuditEntry.objects.filter(action="treaties.name_depositary").count() == 1


def test_nobody_else_records_for_another_state_and_the_depositary_only_for_its_instrument(depositary: Acting, coordinator: Acting) -> None:
    for by, slug in ((coordinator, "untoc"), (depositary, "cets-197")):
        answer = world.client_of(by).post(reverse("treaties:deposit", args=[slug]), DONE)
        assert answer.status_code == 403 and "Only the depositary" in answer.content.decode()
        with pytest.raises(Refused), acting_as(by), transaction.atomic():
            services.deposit(
                by=by, state="TV", instrument=instrument(slug), kind="accession", on="2026", text="", source="x", as_of=date(2026, 6, 1)
            )
    assert Client().get(reverse("treaties:deposit", args=["untoc"])).status_code in (302, 403)
    assert "You are the depositary" not in world.client_of(coordinator).get(reverse("treaties:instrument", args=["untoc"])).content.decode()


def test_the_depositarys_word_counts_before_the_states_and_it_ends_its_own_entries(depositary: Acting, coordinator: Acting) -> None:
    done(coordinator, "PT", "ratification", "2005-01-01")
    said = done(depositary, "PT", "ratification", "2004-05-10")
    assert queries.stands(instrument(), date(2026, 1, 1))["PT"].force is not None
    assert str(queries.stands(instrument(), date(2026, 1, 1))["PT"].force) == "2004-06-09"
    assert world.client_of(coordinator).post(reverse("treaties:end", args=["act", said.pk])).status_code == 403
    assert world.client_of(depositary).post(reverse("treaties:end", args=["act", said.pk])).status_code == 302
    assert str(queries.stands(instrument(), date(2026, 1, 1))["PT"].force) == "2005-01-31"


def test_who_was_bound_before_it_left_stays_so_when_its_return_is_recorded(depositary: Acting) -> None:
    done(depositary, "PT", "withdrawal", "2015-01-01")
    done(depositary, "PT", "ratification", "2020-01-01")
    stood = {year: queries.stands(instrument(), date(year, 6, 1))["PT"].standing for year in (2010, 2018, 2021)}
    assert stood == {2010: "party", 2018: "withdrawn", 2021: "party"}


def test_an_objection_that_precludes_keeps_the_instrument_and_its_protocols_from_standing(depositary: Acting, coordinator: Acting) -> None:
    reserved = done(depositary, "TH", "reservation", text="not bound by article 35, paragraph 2")
    assert found() == ["trafficking-protocol", "untoc"]
    objected = done(coordinator, "PT", "objection", text="contrary to its purpose", answers=reserved, precludes=True)
    assert found() == [] and found(b="ES") == ["trafficking-protocol", "untoc", "cets-197"], "between these two only"
    page = Client().get(reverse("treaties:basis"), {"a": "TH", "b": "PT", "help": "mla", "offence": "trafficking"}).content.decode()
    assert "An objection to a reservation keeps it from standing between the two." in page
    with acting_as(coordinator):
        services.end(by=coordinator, row=objected, state="PT")
    done(coordinator, "PT", "objection", text="regrets", answers=reserved)
    page = Client().get(reverse("treaties:basis"), {"a": "TH", "b": "PT", "help": "mla", "offence": "trafficking"}).content.decode()
    assert found() == ["trafficking-protocol", "untoc"] and "but for what the reservation touches" in page


def test_an_objection_falls_with_the_reservation(depositary: Acting, coordinator: Acting) -> None:
    reserved = done(depositary, "TH", "reservation")
    done(coordinator, "PT", "objection", answers=reserved, precludes=True)
    with acting_as(depositary):
        services.end(by=depositary, row=reserved, state="TH")
    assert found() == ["trafficking-protocol", "untoc"]


def test_an_objection_answers_another_states_reservation_and_nothing_else(depositary: Acting, coordinator: Acting) -> None:
    reserved, own = done(depositary, "TH", "reservation"), done(coordinator, "PT", "reservation")
    for kind, answers, precludes in (("declaration", reserved, False), ("objection", own, False), ("objection", None, True)):
        with pytest.raises(Refused):
            done(coordinator, "PT", kind, answers=answers, precludes=precludes)
    form = {"instrument": instrument("cets-197").pk, "kind": "objection", "on": "2026-03-02", "text": "x", "answers": reserved.pk, **SOURCE}
    page = world.client_of(coordinator).post(reverse("treaties:record_act", args=["PT"]), form).content.decode()
    assert "Choose a reservation that another State made to this instrument" in page
    with pytest.raises(IntegrityError), transaction.atomic(), as_steward():
        Act.objects.filter(pk=own.pk).update(precludes=True)


def test_programs_deposit_by_the_same_rule(depositary: Acting, coordinator: Acting) -> None:
    given = {"state": "TV", "kind": "accession", "on": "2026-03-01", "source": "Notification", "as_of": "2026-06-01"}
    for by, status in ((depositary, 201), (coordinator, 403)):
        answer = client_with_token(by).post("/api/treaties/instruments/untoc/acts", given, content_type="application/json")
        assert answer.status_code == status, answer.content


CLAIMS = st.lists(
    st.builds(
        Claim, st.just("untoc"), st.sampled_from(["PT", "TH"]), st.sampled_from(["ratification", "withdrawal", "reservation"]),
        st.dates(min_value=date(2000, 1, 1), max_value=date(2005, 1, 1)).map(str), st.integers(0, 2),
    )
)  # fmt: skip


@given(CLAIMS)
def test_what_counts_was_claimed_and_nothing_of_the_highest_rank_is_lost(claims: list[Claim]) -> None:
    counts = counting(claims)
    assert counts <= set(claims)
    assert {claim for claim in claims if claim.rank == 2 or claim.kind == "reservation"} <= counts
    assert {(each.state, each.kind) for each in counts} == {(each.state, each.kind) for each in claims}


def test_the_command_names_a_depositary_by_the_bodys_name_and_refuses_what_it_does_not_know() -> None:
    for arguments in (["no-such", "--body", "registry"], ["untoc", "--body", "nobody at all"]):
        assert subprocess.run([sys.executable, "-m", "entraide.cli", "treaties", "depositary", *arguments], check=False).returncode == 2
