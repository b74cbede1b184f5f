"""The identifiers that an audience is made of: a post, all posts of one function at a body, the body's own agent."""

from uuid import UUID, uuid5

_NAMESPACE = UUID("6d0f3a52-6f3c-5a5e-9d1c-2f6f2d9d5a10")  # drawn once; changing it closes every file
EVERYBODY = UUID("e7e7e7e7-0000-4000-8000-000000000000")
"""Every reader, signed in or not: an audience that holds it is public."""


def circle(body: UUID, function: str) -> UUID:
    """All present and future posts of one function at a body, e.g. its intake desk."""
    return uuid5(_NAMESPACE, f"{body}:circle:{function}")


def agent(body: UUID) -> UUID:
    """The machine that files arriving messages for a body; no person signs in as it."""
    return uuid5(_NAMESPACE, f"{body}:agent")


def audience(body: UUID, posts: list[UUID]) -> list[UUID]:
    """The audience of a record held by a team of posts: they and the body's agent, in a fixed order."""
    return sorted({*posts, agent(body)})
