"""Pages are tried with the second factor off; that it is asked for is proved where accounts are."""

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def no_second_factor(settings: Settings) -> None:
    """Whoever is signed in may act."""
    settings.ENTRAIDE_SECOND_FACTOR = False
