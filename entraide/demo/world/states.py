"""Five invented States with codes that ISO 3166-1 leaves to users, who answers for them, two organisations, and a mechanism that asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from entraide.demo.world.bodies import Body, Post, SignIn, posts
from entraide.demo.world.files import read

ORDER = (
    "case_worker", "coordinator", "intake", "investigator", "secretariat", "data_protection", "administrator", "analyst", "focal_point",
    "evaluator",
)  # fmt: skip
MECHANISM, COMMITTEE = "aldersund-mechanism", "aldersund-committee"


@dataclass(frozen=True, slots=True)
class State:
    """An invented State: `slug` is that of its body, `regional_group` one of the five of the United Nations."""

    code: str
    slug: str
    names: Mapping[str, str]
    regional_group: str


@cache
def states() -> tuple[State, ...]:
    """The five, by code."""
    return tuple(State(**{**entry, "names": MappingProxyType(entry["names"])}) for entry in read("states.json")["states"])


@cache
def policy_bodies() -> tuple[Body, ...]:
    """The States themselves, for each a coordination office with a focal point and two ministries; two organisations; the mechanism."""
    return tuple(
        Body(
            slug=entry["slug"], names=MappingProxyType(entry["names"]), form=entry["form"], level=entry["level"], kind=entry["kind"],
            country=entry["country"], place=None, parents=(), vetted=None, languages=("en", "fr"), services=(),
        )
        for entry in read("states.json")["bodies"]
    )  # fmt: skip


@cache
def policy_posts() -> tuple[Post, ...]:
    """Focal points, respondents of ministries, and the mechanism's secretariat."""
    rows = read("states.json")["posts"]
    return tuple(Post(**{**entry, "sign_in": SignIn(**entry["sign_in"]) if "sign_in" in entry else None}) for entry in rows)


def sign_ins() -> tuple[Post, ...]:
    """The posts that the demonstration offers: those who work with persons first, then those who work on promises."""
    offered = [
        sorted((post for post in of if post.sign_in), key=lambda post: ORDER.index(post.function)) for of in (posts(), policy_posts())
    ]
    return (*offered[0], *offered[1])
