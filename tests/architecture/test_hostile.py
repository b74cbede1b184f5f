"""Every form of every room, filled with what breaks software: a sentence or a page, never an error, and nothing hidden is taken."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django import forms
from django.test import Client

from entraide.kernel.access.context import Acting
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.base import clock
from entraide.ui.forms import DateField, DateTimeField
from tests import world
from tests.architecture.test_doors import all_views
from tests.architecture.test_routes import address, objects, people
from tests.steward import as_steward

__all__ = ["objects", "people"]
pytestmark = pytest.mark.django_db
ROOMS = ("cases:", "referrals:", "bodies:", "accounts:", "record:")
HOSTILE = {
    "turned": "gnp.exe\u202egnp",
    "NUL": "a\x00b",
    "bell": "a\x07b",
    "lost": "a\ufffdb",
    "endless": "x" * 200_000,
    "digits": "9" * 5_000,
    "negative": "-1",
    "formula": "=1+1",
    "markup": "<script>alert(1)</script>{{ 7*7 }}",
    "other digits": "٣١",
    "quotes": "'; drop table cases_case; --",
}
HIDDEN = {"turned", "NUL", "bell", "lost"}


def routes() -> list[str]:
    return [name for name in all_views() if name.startswith(ROOMS)]


def opened(who: dict[str, Acting], url: str) -> Iterator[tuple[Client, forms.Form]]:
    """Whoever of these people gets a form at this address, with the form."""
    for role in ("worker", "intake", "coordinator", "administrator", "data_protection"):
        client = world.client_of(who[role])
        answer = client.get(url)
        form = answer.context.get("form") if answer.status_code == 200 and answer.context else None
        if isinstance(form, forms.Form):
            yield client, form
            return


def filled(form: forms.Form, value: str) -> dict[str, object]:
    """Every field holds the value; what the page itself brought stays as it was."""
    data: dict[str, object] = {}
    for name, field in form.fields.items():
        if isinstance(field, forms.FileField):
            continue
        hidden = field.widget.is_hidden
        names = [name, *(f"{name}_{part}" for part in ("day", "month", "year", "time"))]
        data |= dict.fromkeys(names, form[name].value() if hidden and form[name].value() is not None else value)
    return data


def otherwise_right(form: forms.Form, value: str) -> dict[str, object]:
    """Only what is written in words holds the value; everything else is filled in as it should be."""
    data: dict[str, object] = {}
    soon = clock.now() + timedelta(days=20)
    for name, field in form.fields.items():
        if field.widget.is_hidden:
            data[name] = form[name].value()
        elif isinstance(field, forms.ChoiceField):
            choices = [key for key, _label in field.choices if key and not isinstance(_label, (list, tuple))]  # type: ignore[misc, union-attr]  # stubs
            data[name] = choices[:1] if isinstance(field, forms.MultipleChoiceField) else choices[0] if choices else ""
        elif isinstance(field, forms.BooleanField):
            data[name] = "on"
        elif isinstance(field, (DateField, DateTimeField)):
            data |= {f"{name}_day": soon.day, f"{name}_month": soon.month, f"{name}_year": soon.year, f"{name}_time": "12:00"}
        elif isinstance(field, forms.EmailField):
            data[name] = "somebody@example.invalid"
        else:
            data[name] = value
    return data


@pytest.fixture
def everybody(people: dict[str, Acting]) -> dict[str, Acting]:
    return people | {"coordinator": world.post(world.body("nrm", kind="coordination", country="PT"), "coordinator")}


@pytest.mark.parametrize("route", routes())
def test_no_form_breaks_and_nothing_hidden_is_taken(route: str, everybody: dict[str, Acting], objects: dict[str, UUID]) -> None:
    pattern = all_views()[route]
    url = address(route, pattern, objects)
    for client, form in opened(everybody, url):
        for what, value in HOSTILE.items():
            before = changes()
            answer = client.post(url, filled(form, value))
            assert answer.status_code in {200, 302, 403, 404, 405, 409}, f"{what} at {url}"
            if what in HIDDEN and written_in_words(form):
                answer = client.post(url, otherwise_right(form, value))
                assert answer.status_code in {200, 302, 403} and changes() == before, f"{what} was taken at {url}"
        for raw in (b"\xff\xfe=\xff&text=%ff%fe%00", b"&" * 50, b"a=1&" * 3_000):
            answer = client.post(url, raw, content_type="application/x-www-form-urlencoded")
            assert answer.status_code in {200, 302, 400, 403, 404, 405, 409}
        broken = client.post(url, b"--x\r\nContent-Disposition: form-data", content_type="multipart/form-data; boundary=x")
        assert broken.status_code in {200, 302, 400, 403, 404, 405, 409}


def written_in_words(form: forms.Form) -> bool:
    """Whether the form asks for a text; what only narrows a list changes nothing anyway."""
    return any(
        isinstance(field, forms.CharField) and not isinstance(field, (forms.EmailField, forms.UUIDField)) and not field.widget.is_hidden
        for field in form.fields.values()
    )


def changes() -> int:
    """How many changes the record tells of."""
    with as_steward():
        return AuditEntry.objects.filter(outcome="done").count()


def test_most_forms_are_reached(everybody: dict[str, Acting], objects: dict[str, UUID]) -> None:
    reached = [route for route in routes() if list(opened(everybody, address(route, all_views()[route], objects)))]
    assert len(reached) > 25, reached
