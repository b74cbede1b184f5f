"""Seeing is decided by the database: everything is asked for, with no filter, and only one's own comes back."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from entraide.features.cases import consent, erasure, queries, services
from entraide.features.cases.models import Case, ImportRun, Note
from entraide.features.referrals import services as referrals
from entraide.features.referrals.models import IncomingReferral
from entraide.kernel.access import principals
from entraide.kernel.access.context import Acting, NoTransaction, acting_as
from entraide.kernel.access.models import Protected
from entraide.kernel.access.rules import Refused
from entraide.kernel.access.sides import Kind
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.bodies import queries as bodies
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db
PROTECTED = [model for model in apps.get_models() if issubclass(model, Protected)]


def everything(worker: Acting, intake: Acting) -> Case:
    """A row in every protected table, on the worker's side (and an arrived referral on the other)."""
    case = world.case(worker)
    with acting_as(worker):
        recipient = bodies.get(intake.body)
        services.write_note(by=worker, case=case, text="a note")
        services.link_person(by=worker, case=case, relation="sibling", text="a sister")
        services.set_step(by=worker, case=case, track="T1", code="screening", state="done")
        services.decide_identification(by=worker, case=case, name="presume", decider="NGO", decider_name="", decided_on=case.opened_on)
        ImportRun.objects.create(
            holder=worker.body,
            side=worker.side,
            audience=principals.audience(worker.body, [worker.hand]),
            key=case.key,
            state="checked",
            by_post=worker.hand,
        )
    world.agree(worker, case, recipient)
    with acting_as(worker):
        sent = referrals.draft(
            by=worker,
            case=case,
            recipient=recipient,
            purpose="assistance_and_shelter",
            urgency="routine",
            needs=["shelter"],
            chosen=world.ALL_GROUPS,
        )
        referrals.send(by=worker, referral=sent)
        other = world.case(worker)
        erasure.erase(by=worker, case=other, requested_by_person=True)
    return case


@pytest.fixture
def sides() -> tuple[Acting, Acting]:
    return world.post(world.body("casa", country="PT")), world.post(world.body("ban", country="TH"), "intake")


def test_the_world_of_this_test_fills_every_protected_table(sides: tuple[Acting, Acting]) -> None:
    everything(*sides)
    with as_steward():
        assert [model.__name__ for model in PROTECTED if not model._default_manager.exists()] == []


@pytest.mark.parametrize("model", PROTECTED, ids=lambda model: model.__name__)
def test_without_an_acting_post_there_are_no_rows(model: type[Protected], sides: tuple[Acting, Acting]) -> None:
    everything(*sides)
    assert model._default_manager.count() == 0


@pytest.mark.parametrize("model", PROTECTED, ids=lambda model: model.__name__)
@pytest.mark.parametrize("who", ["colleague", "administrator", "data_protection", "stranger", "police"])
def test_whoever_is_not_in_the_team_sees_nothing(model: type[Protected], who: str, sides: tuple[Acting, Acting]) -> None:
    worker, intake = sides
    everything(worker, intake)
    with acting_as(worker):
        home = bodies.get(worker.body)
    reader = {
        "colleague": lambda: world.post(home),
        "administrator": lambda: world.post(home, "administrator"),
        "data_protection": lambda: world.post(home, "data_protection"),
        "stranger": lambda: world.post(world.body("elsewhere", country="FR")),
        "police": lambda: world.post(world.body("police", kind=Kind.LAW_ENFORCEMENT), "investigator"),
    }[who]()
    with acting_as(reader):
        assert model._default_manager.count() == 0
        with connection.cursor() as cursor:
            cursor.execute(f"select count(*) from {model._meta.db_table}")
            assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("model", PROTECTED, ids=lambda model: model.__name__)
def test_a_stranger_can_neither_change_nor_delete(model: type[Protected], sides: tuple[Acting, Acting]) -> None:
    everything(*sides)
    with as_steward():
        before = model._default_manager.count()
    with acting_as(world.post(world.body("elsewhere", country="FR"))), connection.cursor() as cursor:
        cursor.execute(f"update {model._meta.db_table} set created_at = now()")
        assert cursor.rowcount == 0
        cursor.execute(f"delete from {model._meta.db_table}")
        assert cursor.rowcount == 0
    with as_steward():
        assert model._default_manager.count() == before


def test_nobody_writes_into_another_body_s_file(sides: tuple[Acting, Acting]) -> None:
    worker, _intake = sides
    case = world.case(worker)
    stranger = world.post(world.body("elsewhere", country="FR"))
    with acting_as(stranger), pytest.raises(DatabaseError), transaction.atomic():
        Note.objects.create(case=case, sealed={}, written_by=stranger.hand)


def test_a_row_cannot_claim_an_audience_that_its_parent_does_not_have(sides: tuple[Acting, Acting]) -> None:
    worker, intake = sides
    case = world.case(worker)
    with acting_as(worker), pytest.raises(DatabaseError), transaction.atomic():
        Note.objects.create(
            case=case, holder=case.holder, side=case.side, audience=[worker.hand, intake.hand], sealed={}, written_by=worker.hand
        )
        connection.check_constraints()


def test_even_the_team_deletes_no_facts(sides: tuple[Acting, Acting]) -> None:
    worker, _intake = sides
    world.case(worker)
    with acting_as(worker), connection.cursor() as cursor:
        cursor.execute("delete from cases_case")
        assert cursor.rowcount == 0


def test_a_new_colleague_sees_the_whole_case_and_a_removed_one_nothing(sides: tuple[Acting, Acting]) -> None:
    worker, intake = sides
    case = everything(worker, intake)
    with acting_as(worker):
        home = bodies.get(worker.body)
    colleague = world.post(home)
    with acting_as(worker):
        services.add_to_team(by=worker, case=case, post=colleague.hand, post_side=colleague.side)
    with acting_as(colleague):
        assert queries.read(by=colleague, case=queries.get(case.pk), groups=["identity"])["identity"] == world.IDENTITY
        assert len(queries.notes(by=colleague, case=queries.get(case.pk))) == 1
    with acting_as(worker):
        services.remove_from_team(by=worker, case=queries.get(case.pk), post=colleague.hand)
    with acting_as(colleague):
        assert sum(model._default_manager.count() for model in PROTECTED) == 0


def test_the_firewall_holds_even_when_a_policing_post_is_put_into_the_audience(sides: tuple[Acting, Acting]) -> None:
    worker, _intake = sides
    case = world.case(worker)
    officer = world.post(world.body("police", kind=Kind.LAW_ENFORCEMENT), "investigator")
    with as_steward():
        Case.objects.filter(pk=case.pk).update(audience=[*case.audience, officer.hand])
    with acting_as(officer):
        assert sum(model._default_manager.count() for model in PROTECTED) == 0
    with acting_as(worker):
        assert Case.objects.get().audience[-1] == officer.hand
        with pytest.raises(Refused, match="firewall"):
            services.add_to_team(by=worker, case=queries.get(case.pk), post=officer.hand, post_side=officer.side)


def test_a_record_cannot_stand_on_the_other_side_than_its_holder(sides: tuple[Acting, Acting]) -> None:
    worker, _intake = sides
    case = world.case(worker)
    with pytest.raises(DatabaseError), as_steward():
        Case.objects.filter(pk=case.pk).update(side="law_enforcement")


def test_acting_ends_with_its_block_and_needs_a_transaction(sides: tuple[Acting, Acting]) -> None:
    worker, _intake = sides
    world.case(worker)
    with acting_as(worker):
        assert Case.objects.count() == 1
    assert Case.objects.count() == 0


def test_acting_survives_a_rolled_back_savepoint(sides: tuple[Acting, Acting]) -> None:
    worker, _intake = sides
    world.case(worker)
    with acting_as(worker):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select 1/0")
        assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_acting_outside_a_transaction_is_refused() -> None:
    worker = world.post(world.body("casa"))
    with pytest.raises(NoTransaction), acting_as(worker):
        pass


def test_the_recipient_s_rows_are_copies_and_never_the_sender_s(sides: tuple[Acting, Acting]) -> None:
    worker, intake = sides
    everything(worker, intake)
    with acting_as(intake):
        arrived = IncomingReferral.objects.get()
        assert sum(model._default_manager.count() for model in PROTECTED) == 1
        assert arrived.holder == intake.body and worker.hand not in arrived.audience


def test_a_refusal_blocks_no_help(sides: tuple[Acting, Acting]) -> None:
    worker, intake = sides
    case = world.case(worker)
    with acting_as(worker):
        consent.record_refusal(
            by=worker, case=case, recipient=bodies.get(intake.body), purpose="assistance_and_shelter", text=world.text(), manner="spoken"
        )
        services.write_note(by=worker, case=case, text="went on helping")
        services.move(by=worker, case=case, name="follow_up")
    third = world.body("third", country="PT")
    world.post(third, "intake")
    world.agree(worker, case, third)
    with acting_as(worker):
        sent = referrals.draft(
            by=worker, case=case, recipient=third, purpose="assistance_and_shelter", urgency="routine", needs=[], chosen=["identity"]
        )
        assert referrals.send(by=worker, referral=sent).state == "sent"


def test_only_the_holder_s_data_protection_post_reads_the_record(sides: tuple[Acting, Acting]) -> None:
    worker, intake = sides
    everything(worker, intake)
    with acting_as(worker):
        assert AuditEntry.objects.count() == 0
        home = bodies.get(worker.body)
    officer = world.post(home, "data_protection")
    with acting_as(officer):
        assert AuditEntry.objects.filter(outcome="read", action="referrals.preview", post=worker.hand).exists()
        assert set(AuditEntry.objects.values_list("holder", flat=True)) == {worker.body}
