"""What the tests of pages share: somebody at a browser, and what was written down."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from entraide.kernel.access.context import Acting
from entraide.kernel.accounts.models import Account
from entraide.kernel.audit.models import AuditEntry
from tests.steward import as_steward

Answer = Any
"""What Django's test client gives back: a response with `context`, of a class that has no name."""


def browser(who: Acting) -> Client:
    """A browser in which somebody with one post has signed in."""
    assert who.account
    client = Client()
    client.force_login(Account.objects.get(pk=who.account))
    return client


def page(who: Acting, name: str, /, *args: object, query: str = "") -> Answer:
    """A page of this room, opened."""
    return browser(who).get(reverse(f"cases:{name}", args=args) + query)


def send(who: Acting, name: str, /, *args: object, **data: Any) -> Answer:  # what a form may hold
    """A form of this room, sent; `query` is the end of its address."""
    query = data.pop("query", "")
    return browser(who).post(reverse(f"cases:{name}", args=args) + query, data)


def words(answer: HttpResponse) -> str:
    """The page as text."""
    return answer.content.decode()


def written(action: str, *, case: UUID | None = None, outcome: str = "") -> int:
    """How many entries of the record tell of an action."""
    with as_steward():
        entries = AuditEntry.objects.filter(action=action)
        entries = entries.filter(case=case) if case else entries
        return entries.filter(outcome=outcome).count() if outcome else entries.count()


def day(name: str, iso: str) -> dict[str, str]:
    """A date as its three boxes post it."""
    year, month, date = iso.split("-")
    return {f"{name}_day": date, f"{name}_month": month, f"{name}_year": year}
