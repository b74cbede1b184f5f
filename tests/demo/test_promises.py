"""The demonstration's promises: every finding concerns an invented State; two rounds, a review by lots, a work plan; quickly made."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from entraide.demo.people import make_bodies_and_posts
from entraide.demo.promises import make_promises
from entraide.engines import lots
from entraide.features.monitoring.models import Draw, Edition, Evaluation, Evidence, Mechanism, Recommendation
from entraide.features.monitoring.queries import hardened
from entraide.features.treaties.loading import load_instruments
from entraide.kernel.bodies import facts
from tests.steward import as_steward

pytestmark = pytest.mark.django_db(transaction=True)


def test_promises_concern_invented_states_and_show_every_stage_and_an_escalation() -> None:
    load_instruments(using="default")
    make_bodies_and_posts(using="default")
    with transaction.atomic(), CaptureQueriesContext(connection) as seen:
        make_promises()
    assert len(seen) < 6_000
    with transaction.atomic(), as_steward():
        real = {state.code for state in facts.states()}
        assert not set(Evaluation.objects.values_list("state", flat=True)) & real
        assert Evaluation.objects.filter(invented=False).count() == 0 == Mechanism.objects.filter(invented=False).count()
        stages = set(Evaluation.objects.values_list("stage", flat=True))
        assert {"planned", "drafting", "commenting", "adopted", "published"} <= stages
        assert hardened().count() == 4 and Recommendation.objects.filter(edition__kind="final").count() > 12
        assert Evidence.objects.filter(origin="ngo").exists()
        assert not Evidence.objects.filter(origin__in=["ngo", "visit"]).exclude(edition__kind="draft").exists()
        drawn = Draw.objects.get()
        assert lots.draw(lots.read(drawn.inputs), drawn.seed) == drawn.result["reviewers"]
    assert set(Edition.objects.values_list("kind", flat=True)) == {"final"}, "the public sees final reports only"
