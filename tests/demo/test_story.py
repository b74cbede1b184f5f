"""The demonstration's world, made: referrals at every stage, everything marked invented, the facts filed once."""

from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import F
from pytest_django import Settings

from entraide.demo import world
from entraide.demo.figures import make_figures
from entraide.demo.people import acting_for, keys_are_here, make_bodies_and_posts
from entraide.demo.story import make_story
from entraide.features.cases.models import Case, ErasureCertificate
from entraide.features.cases.texts import load_texts
from entraide.features.figures.models import Figure, Release, Table
from entraide.features.referrals.choices import State
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.kernel.access.context import acting_as
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.audit.queries import first_broken
from entraide.kernel.audit.services import seal
from entraide.kernel.audit.words import word
from entraide.kernel.bodies.choices import Form
from entraide.kernel.bodies.loading import load_facts
from entraide.kernel.bodies.models import Body, Seat
from entraide.kernel.vault import services as vault
from tests.steward import as_steward

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_world_has_cases_and_referrals_at_every_stage_and_says_that_it_is_invented(tmp_path: Path, settings: Settings) -> None:
    load_facts(using="default")
    load_texts(using="default")
    make_bodies_and_posts(using="default")
    with transaction.atomic():
        make_story()
        make_figures()
    with transaction.atomic(), as_steward():
        assert set(Release.objects.values_list("state", flat=True)) == {"published", "in_review", "withdrawn"}
        assert not Release.objects.filter(invented=False).exists() and not Table.objects.filter(invented=False).exists()
        assert Figure.objects.filter(release__sources__contains=[{"counted": True}]).exclude(low=F("high")).exists(), "withheld cells"
        assert Case.objects.count() >= 100 and not Case.objects.filter(invented=False).exists()
        assert set(OutgoingReferral.objects.values_list("state", flat=True)) == set(State.values)
        assert OutgoingReferral.objects.count() >= 30 and not IncomingReferral.objects.filter(invented=False).exists()
        assert ErasureCertificate.objects.count() == 2, "one person asked, one body answered a withdrawal by erasing"
        assert OutgoingReferral.objects.filter(withdrawn_at__isnull=False, withdrawal_answer="").exists()
        assert Case.objects.exclude(legal_hold="").count() == 1
        assert Body.objects.filter(invented=True).count() == len(world.bodies()) + len(world.policy_bodies())
        told = set(AuditEntry.objects.values_list("action", flat=True))
        assert len(told) > 20 and not {action for action in told if word(action) == action}, "the record speaks in words"
    for post in world.sign_ins():
        with transaction.atomic():
            by = acting_for(post.email)
            with acting_as(by):
                assert by.function == post.function
                if post.function == "intake":
                    assert IncomingReferral.objects.filter(state="sent").count() >= 2
    with transaction.atomic():
        seal(100_000)
        assert first_broken() is None
    assert keys_are_here()
    settings.ENTRAIDE_KEYS = str(tmp_path)
    vault.store().prepare()
    assert not keys_are_here(), "a world whose keys lie elsewhere is told, not shown broken"


def test_facts_are_filed_once_however_often_they_are_loaded() -> None:
    counts = []
    for _time in range(2):
        load_facts(using="default")
        with transaction.atomic(), as_steward():
            counts.append((Body.objects.count(), Seat.objects.count(), Body.objects.filter(form=Form.STATE).count()))
    assert counts[0] == counts[1] and counts[0][2] == 195
    with transaction.atomic(), as_steward():
        assert {"ar", "zh", "en", "fr", "ru", "es"} <= set(Body.objects.filter(form=Form.STATE)[0].names)
