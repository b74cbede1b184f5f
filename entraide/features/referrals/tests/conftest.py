"""What most tests of referrals begin with. The second factor is off: that it is asked for is proved where accounts are."""

import pytest
from django.test import Client
from pytest_django import Settings

from entraide.features.referrals.tests.scenes import Scene, scene
from tests.world import client_of


@pytest.fixture(autouse=True)
def no_second_factor(settings: Settings) -> None:
    """Whoever is signed in may act."""
    settings.ENTRAIDE_SECOND_FACTOR = False


@pytest.fixture
def told() -> Scene:
    """A case whose person agreed to a body that may receive it; nothing sent yet."""
    return scene()


@pytest.fixture
def page(told: Scene) -> Client:
    """The sender's case worker, signed in."""
    return client_of(told.worker)
