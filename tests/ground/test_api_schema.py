"""The API keeps its own description, whatever is sent to it: every operation against its schema, with fitting and unfitting input."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from entraide.config.wsgi import application
from entraide.features.treaties.loading import load_instruments
from entraide.kernel.access.context import acting_as
from entraide.kernel.api.services import make_token
from entraide.kernel.api.site import schema
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db
KEPT = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
REAL = {"slug": "commit-memorandum", "number": 1, "eid": "art_1", "state": "PT"}
"""What there is, so that operations get further than “not found”."""


def operations() -> Iterator[Any]:
    """Every operation of the description."""
    told = schemathesis.openapi.from_dict(schema())
    told.app = application
    return (found.ok() for found in told.get_all_operations() if isinstance(found, Ok))


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """The site answers in the transaction of the test, as it does behind Django's own test client."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def headers() -> dict[str, str]:
    with as_steward():
        load_instruments(using="default")
    by = world.post(world.body("office", kind="coordination", country="PT"), "secretariat")
    with acting_as(by):
        _token, text = make_token(by=by, name="x", days=1, second_factor_shown=True)
    return {"Authorization": f"Bearer {text}"}


@pytest.mark.soak
@pytest.mark.parametrize("operation", list(operations()), ids=lambda operation: operation.label)
def test_an_operation_answers_as_it_is_described(operation: Any, headers: dict[str, str]) -> None:
    cases = st.one_of([operation.as_strategy(generation_mode=mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)])

    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(cases, st.booleans())
    def answers(case: Any, real: bool) -> None:
        if real:
            case.path_parameters = {name: REAL.get(name, value) for name, value in (case.path_parameters or {}).items()}
        case.call_and_validate(headers=headers, checks=KEPT)

    answers()
