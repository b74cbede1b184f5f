"""Two colleagues, their case, and whoever else there is."""

from dataclasses import dataclass

import pytest
from django.conf import LazySettings

from entraide.features.cases import texts
from entraide.features.cases.models import Case
from entraide.kernel.access.context import Acting
from entraide.kernel.access.sides import Kind
from entraide.kernel.bodies.models import Body
from tests import world


@dataclass
class House:
    """A shelter with its people, other bodies, and a case of the worker's."""

    worker: Acting
    colleague: Acting
    dpo: Acting
    administrator: Acting
    stranger: Acting
    police: Acting
    partner: Body
    police_body: Body
    case: Case


@pytest.fixture
def house(db: None, settings: LazySettings) -> House:
    """The world of these tests; the texts on agreement are loaded."""
    settings.ENTRAIDE_SECOND_FACTOR = False
    texts.load_texts(using="default")
    casa, police = world.body("casa", country="PT"), world.body("police", kind=Kind.LAW_ENFORCEMENT)
    worker = world.post(casa, name="Ines Worker")
    return House(
        worker=worker,
        colleague=world.post(casa, "coordinator", name="Rui Colleague"),
        dpo=world.post(casa, "data_protection"),
        administrator=world.post(casa, "administrator"),
        stranger=world.post(world.body("elsewhere", country="FR")),
        police=world.post(police, "investigator"),
        partner=world.body("ban", country="TH", name="Ban Rak"),
        police_body=police,
        case=world.case(worker),
    )
