"""The invented bodies and the posts at them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import ClassVar

from entraide.demo.world.files import read


@dataclass(frozen=True, slots=True)
class Vetted:
    """Who vetted a body. `on`, `until` and `revoked` are days from today (negative: past); on the day `until` it no longer holds."""

    by: str
    on: int
    until: int
    agreement: str
    revoked: int | None = None

    @property
    def in_force(self) -> bool:
        """Whether it holds today."""
        return self.on <= 0 < self.until and (self.revoked is None or self.revoked > 0)


@dataclass(frozen=True, slots=True)
class Body:
    """An invented body. `place` None: confidential. A mission's `country` is the State it represents, its `place` where it sits."""

    slug: str
    names: Mapping[str, str]
    form: str
    level: str
    kind: str
    country: str | None
    place: str | None
    parents: tuple[str, ...]
    vetted: Vetted | None
    languages: tuple[str, ...]
    services: tuple[str, ...]
    invented: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class SignIn:
    """What the demonstration says of a post that it offers: its title and one line on what to try."""

    title_en: str
    title_fr: str
    try_en: str
    try_fr: str


@dataclass(frozen=True, slots=True)
class Post:
    """A function at a body and its invented holder; `sign_in` for those that the demonstration offers."""

    body: str
    function: str
    holder: str
    language: str
    email: str
    sign_in: SignIn | None = None


@cache
def bodies() -> tuple[Body, ...]:
    """All invented bodies, from the global ones down."""
    return tuple(
        Body(
            slug=entry["slug"],
            names=MappingProxyType(entry["names"]),
            form=entry["form"],
            level=entry["level"],
            kind=entry["kind"],
            country=entry["country"],
            place=entry["place"],
            parents=tuple(entry["parents"]),
            vetted=Vetted(**entry["vetted"]) if entry["vetted"] else None,
            languages=tuple(entry["languages"]),
            services=tuple(entry["services"]),
        )
        for entry in read("bodies.json")["bodies"]
    )


@cache
def posts() -> tuple[Post, ...]:
    """All posts, in the order of their bodies."""
    rows = read("posts.json")["posts"]
    return tuple(Post(**{**entry, "sign_in": SignIn(**entry["sign_in"]) if "sign_in" in entry else None}) for entry in rows)
