"""Status, identification and a file on its way in walk their tables at random: moved as the table says, or refused and unchanged."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entraide.features.cases import runs, services
from entraide.features.cases.choices import CASE_MACHINE, IDENTIFICATION_MACHINE, IMPORT_MACHINE, Decider
from entraide.features.cases.models import Case, IdentificationDecision, ImportRun
from entraide.features.cases.tests.browsing import written
from entraide.kernel.access.context import acting_as
from entraide.kernel.access.moves import Machine
from entraide.kernel.access.rules import Refused
from entraide.kernel.base import clock
from tests import world

pytestmark = pytest.mark.django_db
SLOW = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
Walk = list[tuple[str, bool]]


def walks(machine: Machine) -> st.SearchStrategy[Walk]:
    """Moves of the table, each with what it needs or without."""
    return st.lists(st.tuples(st.sampled_from([move.name for move in machine.moves]), st.booleans()), min_size=2, max_size=12)


@SLOW
@given(walks(CASE_MACHINE))
def test_whatever_is_tried_the_status_goes_as_the_table_says(walk: Walk) -> None:
    with transaction.atomic():
        worker = world.post(world.body())
        case = world.case(worker, person={})
        with acting_as(worker):
            for name, reasoned in walk:
                before, move = Case.objects.get(pk=case.pk).status, CASE_MACHINE.move(name)
                allowed = before in move.sources and (reasoned or name not in services.CLOSING)
                told = written(f"cases.{name}", case=case.pk)
                try:
                    with transaction.atomic():
                        services.move(by=worker, case=case, name=name, reason="A reason" if reasoned else "")
                except Refused:
                    assert not allowed
                else:
                    assert allowed
                assert Case.objects.get(pk=case.pk).status == (move.target if allowed else before)
                assert written(f"cases.{name}", case=case.pk) == told + allowed
        transaction.set_rollback(True)


@SLOW
@given(walks(IDENTIFICATION_MACHINE))
def test_whatever_is_tried_identification_goes_as_the_table_says_with_who_decided(walk: Walk) -> None:
    with transaction.atomic():
        worker = world.post(world.body())
        case = world.case(worker, person={})
        with acting_as(worker):
            for name, in_time in walk:
                before, move = Case.objects.get(pk=case.pk).identification, IDENTIFICATION_MACHINE.move(name)
                allowed = before in move.sources and in_time
                decisions = IdentificationDecision.objects.filter(case=case).count()
                decided_on = clock.today() + timedelta(days=0 if in_time else 2)
                try:
                    with transaction.atomic():
                        services.decide_identification(
                            by=worker, case=case, name=name, decider=Decider.POLICE, decider_name="", decided_on=decided_on
                        )
                except Refused:
                    assert not allowed
                else:
                    assert allowed
                assert Case.objects.get(pk=case.pk).identification == (move.target if allowed else before)
                assert IdentificationDecision.objects.filter(case=case).count() == decisions + allowed
        transaction.set_rollback(True)


@SLOW
@given(st.lists(st.sampled_from(["read", "file", "put_back", "discard", "forget"]), min_size=2, max_size=10))
def test_whatever_is_tried_a_file_goes_as_the_table_says(walk: list[str]) -> None:
    with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "READ_AT_ONCE", 0)
        patch.setattr(runs, "FILE_AT_ONCE", 0)
        worker = world.post(world.body())
        with acting_as(worker):
            kept = runs.keep(by=worker, data=b"CaseNumber,prs_FirstName\r\nX-1,Amara\r\n", name="cases.csv", leave_out=False)
            verbs = {"read": runs.read, "file": runs.ask_to_file, "discard": runs.discard, "forget": runs.forget}
            for name in walk:
                run, move = ImportRun.objects.get(pk=kept.pk), IMPORT_MACHINE.move(name)
                before = run.state
                try:
                    with transaction.atomic():
                        if name == "put_back":
                            runs._put_back(worker, run.pk)
                        else:
                            verbs[name](by=worker, run=run)
                except Refused:
                    assert before not in move.sources
                assert ImportRun.objects.get(pk=kept.pk).state == (move.target if before in move.sources else before)
        transaction.set_rollback(True)
