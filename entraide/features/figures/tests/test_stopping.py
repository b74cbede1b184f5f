"""An estimate stopped from another connection in the middle of a family: nothing half done is kept, what was done stays."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, transaction
from django.urls import reverse

from entraide.engines import estimation as engine
from entraide.features.figures import estimating
from entraide.features.figures.choices import EstimateState
from entraide.features.figures.models import Estimate
from entraide.kernel.access.context import Acting, acting_as
from tests import world

pytestmark = pytest.mark.django_db(transaction=True)
LISTS = (
    b"a,b,c,d,e,n\n1,0,0,0,0,310\n0,1,0,0,0,280\n0,0,1,0,0,190\n0,0,0,1,0,160\n0,0,0,0,1,140\n1,1,0,0,0,61\n1,0,1,0,0,42\n0,1,1,0,0,35\n"
    b"1,0,0,1,0,30\n0,1,0,1,0,24\n0,0,1,1,0,18\n1,0,0,0,1,22\n0,1,0,0,1,19\n0,0,1,0,1,15\n0,0,0,1,1,12\n1,1,1,0,0,9\n1,1,0,1,0,7\n1,0,1,0,1,6\n"
)
PATIENCE = 120
"""Seconds that a busy machine may take; a family of these takes several seconds, most of them in one loop."""


@pytest.fixture
def analyst() -> Acting:
    with transaction.atomic():
        return world.post(world.body("rapporteur", country="PT"), "analyst")


@pytest.fixture(autouse=True)
def looking_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(estimating, "EVERY", 0.0)


def ordered(by: Acting, methods: list[str]) -> Estimate:
    with transaction.atomic(), acting_as(by):
        return estimating.order(
            by=by, histories=engine.read_bytes(LISTS), title="Lists", source="Test", area="PT", year=2025, methods=methods, resamples=1000
        )


def now(by: Acting, estimate: Estimate) -> Estimate:
    with transaction.atomic(), acting_as(by):
        return Estimate.objects.get(pk=estimate.pk)


def started(by: Acting, estimate: Estimate) -> threading.Thread:
    """The job, as a worker's thread runs it: on a connection of its own."""

    def run() -> None:
        try:
            estimating.Run(by, estimate.pk, estimate.attempt).work()
        finally:
            connection.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


def waited(by: Acting, estimate: Estimate, wanted: Callable[[Estimate], bool]) -> Estimate:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = now(by, estimate)
        if wanted(found):
            return found
        time.sleep(0.02)
    raise AssertionError(f"never seen; last {found.state}, {found.step} {found.share:.0%}")


@pytest.fixture(params=["lcmcr", "bic"])
def long(request: pytest.FixtureRequest) -> Iterator[str]:
    """A family that takes long: its chains, its resamples."""
    yield request.param


def test_stopped_in_the_middle_of_a_family_it_gives_way_and_begins_that_one_again(analyst: Acting, long: str) -> None:
    estimate = ordered(analyst, ["dga", long])
    job = started(analyst, estimate)
    midway = waited(analyst, estimate, lambda found: found.step == long and 0 < found.share < 1)
    assert [each["method"] for each in midway.families] == ["dga"]
    page = world.client_of(analyst).get(reverse("figures:estimate", args=[estimate.pk])).content.decode()
    assert "Now:" in page and "How far it is" in page
    with transaction.atomic(), acting_as(analyst):
        estimating.stop(by=analyst, estimate=estimate)
    job.join(PATIENCE)
    assert not job.is_alive(), "the job gives way in the middle"
    stopped = now(analyst, estimate)
    assert stopped.state == EstimateState.STOPPED and stopped.families == midway.families, "nothing half done is kept"
    page = world.client_of(analyst).get(reverse("figures:estimate", args=[estimate.pk])).content.decode()
    assert "one that was being worked on begins again" in page
    with transaction.atomic(), acting_as(analyst):
        estimating.resume(by=analyst, estimate=stopped)
    again = started(analyst, now(analyst, estimate))
    waited(analyst, estimate, lambda found: found.step == long and found.share < midway.share)
    again.join(PATIENCE)
    done = now(analyst, estimate)
    assert done.state == EstimateState.DONE and [each["method"] for each in done.families] == ["dga", long]
    assert done.families[0] == midway.families[0], "what was done is not done again"


def test_progress_is_told_while_resamples_of_the_stepwise_choice_are_worked_on() -> None:
    told: list[float] = []
    table = engine.read_bytes(LISTS)
    engine.stepwise(engine.draw(table, 20_000, 1), progress=told.append)
    assert len(told) > 2 and told == sorted(told) and told[-1] == 1.0
