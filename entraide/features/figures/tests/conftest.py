"""A body with an analyst and two who may review."""

import pytest

from entraide.kernel.access.context import Acting
from entraide.kernel.bodies.models import Body
from tests import world


@pytest.fixture
def home() -> Body:
    return world.body("rapporteur", country="PT", name="Rapporteur")


@pytest.fixture
def analyst(home: Body) -> Acting:
    return world.post(home, "analyst")


@pytest.fixture
def reviewers(home: Body) -> list[Acting]:
    return [world.post(home, "coordinator"), world.post(home, "data_protection")]
