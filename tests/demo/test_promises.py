"""The demonstration's promises: every finding concerns an invented State; two rounds, a review by lots, a work plan; quickly made."""

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from entraide.config.demo import demo_states
from entraide.demo.figures import make_promised_figures
from entraide.demo.people import make_bodies_and_posts
from entraide.demo.promises import make_promises
from entraide.engines import lots
from entraide.features.figures.models import Figure, Release
from entraide.features.monitoring.models import Draw, Edition, Evaluation, Evidence, Mechanism, Recommendation
from entraide.features.monitoring.queries import hardened
from entraide.features.treaties import queries as treaties
from entraide.features.treaties.loading import load_instruments
from entraide.features.treaties.models import Instrument
from entraide.kernel.bodies import facts
from tests.steward import as_steward

pytestmark = pytest.mark.django_db(transaction=True)


def test_promises_concern_invented_states_and_show_every_stage_and_an_escalation(settings: Any) -> None:
    settings.ENTRAIDE_INVENTED_STATES = demo_states()
    load_instruments(using="default")
    make_bodies_and_posts(using="default")
    before = treaties.counted(treaties.stands(Instrument.objects.get(slug="untoc"), date(2026, 11, 23)))["party"]
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
    with transaction.atomic():
        states = ("XA", "XB")
        answer = treaties.basis(states=states, help_="mla", offence="trafficking", on=date(2026, 11, 23))
        assert [each.instrument.slug for each in answer.found] == ["trafficking-protocol", "untoc"]
        assert all(treaties.authorities(state, help_="mla") for state in states) and len(treaties.laws(states)) == 11
        assert not treaties.laws(real) and not any(treaties.authorities(state) for state in real), "of real States nothing is invented"
        assert treaties.counted(treaties.stands(Instrument.objects.get(slug="untoc"), date(2026, 11, 23)))["party"] == before
    assert set(Edition.objects.values_list("kind", flat=True)) == {"final"}, "the public sees final reports only"
    with transaction.atomic():
        make_promised_figures()
    counted = set(Figure.objects.filter(low__gt=0).values_list("indicator", flat=True))
    assert Release.objects.get().invented and counted == {
        "entraide.recommendations",
        "entraide.recommendations.theme",
        "entraide.recommendations.progress",
    }
