"""Who acts in the demonstration's promises, and the words they say."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from entraide.demo import world
from entraide.demo.people import acting_for, post_at
from entraide.demo.world.states import COMMITTEE, MECHANISM
from entraide.features.texts.models import Provision
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.base import clock
from entraide.kernel.bodies.models import Body


@cache
def words() -> dict[str, Any]:  # what JSON holds
    """Everything that is said, in English and French."""
    import json
    from importlib import resources

    parsed: dict[str, Any] = json.loads(resources.files(__package__).joinpath("words.json").read_text("utf-8"))
    return parsed


def at(body: str, *functions: str) -> Acting:
    """Whoever holds such a post at a body."""
    email = post_at(body, *functions)
    assert email is not None, (body, functions)
    return acting_for(email)


def secretariat() -> Acting:
    """The mechanism's secretariat."""
    return at(MECHANISM, "secretariat")


def committee() -> Acting:
    """The committee's secretariat."""
    return at(COMMITTEE, "secretariat")


def speaker(state: str) -> Acting:
    """Who speaks for an invented State."""
    return at(f"coordination-{state.lower()}", "focal_point")


def experts() -> list[Acting]:
    """The mechanism's experts."""
    return [acting_for(post.email) for post in world.policy_posts() if (post.body, post.function) == (MECHANISM, "evaluator")]


def bodies(*slugs: str) -> list[Body]:
    """Bodies in this order. Only while somebody acts."""
    found = {body.slug: body for body in Body.objects.filter(slug__in=slugs)}
    return [found[slug] for slug in slugs]


def provisions(document: str, *eids: str) -> dict[str, Provision]:
    """{eid: provision} of a text."""
    found = {row.eid: row for row in Provision.objects.filter(document__slug=document, eid__in=eids).select_related("document")}
    return {eid: found[eid] for eid in eids}


@contextmanager
def on(days: int, by: Acting) -> Iterator[Acting]:
    """Somebody acts some days from today (negative: past)."""
    with clock.at(_start() + timedelta(days=days)), acting_as(by):
        yield by


@cache
def _start() -> datetime:
    return clock.now()
