"""Estimates in the background: family by family, stopped and gone on with, never one number alone."""

import json
from collections.abc import Callable

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import reverse

from entraide.engines import estimation as engine
from entraide.engines.estimation import Refused as Refusal
from entraide.features.figures import composing, estimating, tasks
from entraide.features.figures.choices import EstimateState
from entraide.features.figures.models import Estimate, Figure
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.bodies.models import Body
from tests import world

pytestmark = pytest.mark.django_db(transaction=True)
FILE = b"a,b,c,count\n1,0,0,120\n0,1,0,90\n0,0,1,70\n1,1,0,30\n1,0,1,25\n0,1,1,20\n1,1,1,8\n"
THIN = b"a,b,count\n1,0,40\n0,1,30\n"
METHODS = ["stepwise", "dga"]


@pytest.fixture
def home() -> Body:
    with transaction.atomic():
        return world.body("rapporteur", country="PT")


@pytest.fixture
def analyst(home: Body) -> Acting:
    with transaction.atomic():
        return world.post(home, "analyst")


def ordered(by: Acting, data: bytes = FILE, methods: list[str] | None = None) -> Estimate:
    with transaction.atomic(), acting_as(by):
        return estimating.order(
            by=by,
            histories=engine.read_bytes(data),
            title="Lists",
            source="Test",
            area="PT",
            year=2025,
            methods=methods or METHODS,
            resamples=0,
        )


def now(by: Acting, estimate: Estimate) -> Estimate:
    with transaction.atomic(), acting_as(by):
        return Estimate.objects.get(pk=estimate.pk)


def work() -> list[dict[str, object]]:
    """Runs the queued jobs, as the worker does, and returns what they carried."""
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs where task_name = 'figures.estimate' returning args::text")
        carried = [json.loads(args) for (args,) in cursor.fetchall()]
    for args in carried:
        tasks.estimate(**args)
    return carried


def test_every_family_is_run_and_kept(analyst: Acting) -> None:
    estimate = ordered(analyst)
    carried = work()
    assert set(carried[0]) == {"account", "post", "estimate", "attempt"}, "a job carries ids, never content"
    done = now(analyst, estimate)
    assert done.state == EstimateState.DONE and [each["method"] for each in done.families] == METHODS
    assert all(each["estimate"] > 363 for each in done.answered) and len(done.answered) == 2


def stopping(by: Acting, estimate: Estimate) -> Callable[[], None]:
    def stop() -> None:
        with transaction.atomic(), acting_as(by):
            estimating.stop(by=by, estimate=estimate)

    return stop


def test_stopped_between_two_families_it_goes_on_with_the_second(analyst: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    estimate = ordered(analyst)
    kept, runs = estimating.Run._keep, []

    def keep_and_stop(run: estimating.Run, family: dict[str, object], checks: list[dict[str, object]]) -> None:
        kept(run, family, checks)
        runs.append(family["method"])
        if len(runs) == 1:
            stopping(analyst, estimate)()

    monkeypatch.setattr(estimating.Run, "_keep", keep_and_stop)
    work()
    stopped = now(analyst, estimate)
    assert (stopped.state, [each["method"] for each in stopped.families]) == (EstimateState.STOPPED, ["stepwise"])
    with transaction.atomic(), acting_as(analyst):
        estimating.resume(by=analyst, estimate=stopped)
    work()
    assert now(analyst, estimate).state == EstimateState.DONE and runs == METHODS, "what was done is not done again"


def test_stopped_before_it_began_the_job_does_nothing(analyst: Acting) -> None:
    estimate = ordered(analyst)
    stopping(analyst, estimate)()
    work()
    assert now(analyst, estimate).families == []


def test_an_old_job_gives_way_to_the_one_that_goes_on(analyst: Acting) -> None:
    estimate = ordered(analyst)
    stopping(analyst, estimate)()
    with transaction.atomic(), acting_as(analyst):
        estimating.resume(by=analyst, estimate=estimate)
    estimating.Run(analyst, estimate.pk, attempt=0).work()
    assert now(analyst, estimate).state == EstimateState.QUEUED


def test_a_fault_breaks_it_off_and_it_can_be_gone_on_with(analyst: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    estimate = ordered(analyst)

    def broken(*_facts: object) -> None:
        raise RuntimeError("memory")

    with monkeypatch.context() as patch:
        patch.setattr(engine, "study", broken)
        with pytest.raises(RuntimeError):
            work()
    assert now(analyst, estimate).state == EstimateState.FAILED
    with transaction.atomic(), acting_as(analyst):
        estimating.resume(by=analyst, estimate=estimate)
    work()
    assert now(analyst, estimate).state == EstimateState.DONE


def test_a_refusal_is_a_sentence_and_no_number(analyst: Acting) -> None:
    estimate = ordered(analyst, THIN)
    work()
    done = now(analyst, estimate)
    page = world.client_of(analyst).get(reverse("figures:estimate", args=[done.pk])).content.decode()
    refused = [each for each in done.families if each["refusal"]]
    assert refused and "No one on the list a is on another list" in page and "Drop a, or merge it" in page
    assert not [each for each in refused if each["estimate"] is not None]


def test_one_answer_alone_is_neither_shown_nor_published(analyst: Acting) -> None:
    estimate = ordered(analyst)
    work()
    with transaction.atomic(), acting_as(analyst):
        done = Estimate.objects.get(pk=estimate.pk)
        done.families[1] |= {"estimate": None, "interval": None, "refusal": Refusal("unstable", "It jumps.").kept()}
        done.save(update_fields=["families"])
    page = world.client_of(analyst).get(reverse("figures:estimate", args=[done.pk])).content.decode()
    alone = round(done.families[0]["estimate"])
    assert "Shown beside a second answer" in page and f"{alone:,}" not in page and '<svg class="ui-curve"' not in page
    with transaction.atomic(), acting_as(analyst), pytest.raises(Refused, match="alone"):
        composing.draft(by=analyst, titles={"en": "x"}, summaries={"en": "x"}, tables=[], estimates=[done])


def test_all_families_are_published_together_with_what_they_assume(analyst: Acting) -> None:
    estimate = ordered(analyst)
    work()
    with transaction.atomic(), acting_as(analyst):
        release = composing.draft(by=analyst, titles={"en": "x"}, summaries={"en": "x"}, tables=[], estimates=[now(analyst, estimate)])
        told = {each.category: each for each in Figure.objects.filter(release=release)}
        assert set(told) == set(METHODS) and all(not each.exact and each.best is not None for each in told.values())
        assert any("nobody enters or leaves it" in note for note in release.notes["en"])
        assert any("personne n’y entre ni n’en sort" in note for note in release.notes["fr"])


def test_fewer_than_two_families_are_not_ordered(analyst: Acting) -> None:
    with pytest.raises(Refused, match="one_family"):
        ordered(analyst, methods=["dga", "dga"])


GIVEN = {"title": "Lists", "source": "Test", "area": "PT", "year": "2025", "methods": METHODS, "resamples": "0"}


def test_from_a_file_on_the_page(analyst: Acting) -> None:
    client = world.client_of(analyst)
    answer = client.post(reverse("figures:order_estimate"), GIVEN | {"file": SimpleUploadedFile("x.csv", FILE)}, follow=True)
    assert "Waiting to be worked on" in answer.content.decode()
    with transaction.atomic(), acting_as(analyst):
        estimate = Estimate.objects.get()
    assert client.post(reverse("figures:stop_estimate", args=[estimate.pk]), follow=True).status_code == 200
    assert "Stopped" in client.post(reverse("figures:stop_estimate", args=[estimate.pk]), follow=True).content.decode()
    client.post(reverse("figures:resume_estimate", args=[estimate.pk]))
    work()
    assert "Families side by side" in client.get(reverse("figures:estimate", args=[estimate.pk])).content.decode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"), (b"a,b,count\n1,0,-3\n", "negative"), (b"a,b,count\n1,0,1.5\n", "fraction"), (b"a,count\n1,3\n", "One list alone"),
        (b"a,b,count\n1,0,0\n0,1,0\n1,1,0\n", "counts no one"), (b"a,b,count\n1,0,9999999999999\n", "more than"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (",".join(f"l{each}" for each in range(40)).encode() + b"\n" + b",".join([b"1"] * 40) + b"\n", "40 lists"),
        (b"name,b,count\nAmara,0,1\n", "other things than 0 and 1"),
    ],
)  # fmt: skip
def test_bad_files_are_refused_in_a_sentence(analyst: Acting, data: bytes, sentence: str) -> None:
    answer = world.client_of(analyst).post(reverse("figures:order_estimate"), GIVEN | {"file": SimpleUploadedFile("x.csv", data)})
    assert answer.status_code == 200 and sentence in answer.content.decode()


def test_typed_in_box_by_box(analyst: Acting) -> None:
    client = world.client_of(analyst)
    url = reverse("figures:compose_estimate")
    assert "two to four" in client.get(url, {"names": "one"}).content.decode()
    assert "On police, shelters and on no other" in client.get(url, {"names": "police, shelters"}).content.decode()
    answer = client.post(f"{url}?names=police,shelters", GIVEN | {"cell_1": "60", "cell_2": "50", "cell_3": "20"}, follow=True)
    assert answer.status_code == 200
    with transaction.atomic(), acting_as(analyst):
        assert (Estimate.objects.get().names, Estimate.objects.get().counts) == (["police", "shelters"], [0, 60, 50, 20])
    zeros = client.post(f"{url}?names=police,shelters", GIVEN | {"cell_1": "0", "cell_2": "0", "cell_3": "0"})
    assert "counts no one" in zeros.content.decode()


def test_what_is_worked_on_is_what_was_given() -> None:
    table = engine.read_bytes(FILE)
    assert table.names == ("a", "b", "c") and np.array_equal(table.counts, [0, 120, 90, 30, 70, 25, 20, 8])


def test_strangers_find_no_estimate(analyst: Acting, home: Body) -> None:
    estimate = ordered(analyst)
    with transaction.atomic():
        stranger, worker = world.post(world.body(), "analyst"), world.post(home)
    url = reverse("figures:estimate", args=[estimate.pk])
    assert world.client_of(stranger).get(url).status_code == 404
    assert world.client_of(worker).get(url).status_code == 403
