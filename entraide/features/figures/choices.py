"""Where a table is from, and the states of tables."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entraide.kernel.access.moves import Machine, Move
from entraide.kernel.accounts.choices import Function

READERS = frozenset({Function.ANALYST, Function.COORDINATOR, Function.SECRETARIAT, Function.DATA_PROTECTION})
"""Who reads what a body's analysts make, and may review it."""
WRITERS = frozenset({Function.ANALYST})


class Origin(models.TextChoices):
    """Where the numbers of a table come from."""

    COUNTED = "counted", _("Counted from our own files")
    IMPORTED = "imported", _("Imported from a file")


class TableState(models.TextChoices):
    """Where a table stands; one that is counted is filed at once."""

    TRIED = "tried", _("Tried, not filed")
    FILED = "filed", _("Filed")
    DISCARDED = "discarded", _("Thrown away")


def _table(name: str, target: str, label: str | Promise, by: str = "analyst") -> Move:
    functions = WRITERS if by == "analyst" else frozenset[str]()
    return Move(name=name, sources=frozenset({"tried"}), target=target, by=by, label=label, functions=functions)


TABLE_MACHINE = Machine(
    "table",
    TableState,
    (
        _table("file", "filed", _("File")),
        _table("discard", "discarded", _("Throw away")),
        _table("forget", "discarded", _("Nobody decided in time"), "clock"),
    ),
)


class EstimateState(models.TextChoices):
    """Where an estimate stands."""

    QUEUED = "queued", _("Waiting to be worked on")
    RUNNING = "running", _("Being worked on")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")
    FAILED = "failed", _("Broke off")


def _estimate(name: str, sources: str, target: str, by: str, label: str | Promise) -> Move:
    functions = WRITERS if by == "analyst" else frozenset[str]()
    return Move(name=name, sources=frozenset(sources.split()), target=target, by=by, label=label, functions=functions)


ESTIMATE_MACHINE = Machine(
    "estimate",
    EstimateState,
    (
        _estimate("start", "queued", "running", "worker", _("Begin")),
        _estimate("finish", "running", "done", "worker", _("Finish")),
        _estimate("break_off", "running", "failed", "worker", _("Break off")),
        _estimate("stop", "queued running", "stopped", "analyst", _("Stop")),
        _estimate("resume", "stopped failed", "queued", "analyst", _("Go on")),
    ),
)


class ReleaseState(models.TextChoices):
    """Where a release stands. What is published never changes: it is replaced by a newer version, or withdrawn with a reason."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    CLEARED = "cleared", _("Cleared by two reviewers")
    OBJECTED = "objected", _("Objected to")
    PUBLISHED = "published", _("Published")
    REPLACED = "replaced", _("Replaced by a newer version")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DISCARDED = "discarded", _("Thrown away")


SHOWN = frozenset({ReleaseState.PUBLISHED, ReleaseState.REPLACED, ReleaseState.WITHDRAWN})
"""States in which everybody sees that it is there; the numbers of a withdrawn one are shown no more."""
UNDER_WAY = frozenset({ReleaseState.DRAFT, ReleaseState.IN_REVIEW, ReleaseState.CLEARED, ReleaseState.OBJECTED})
"""States in which only the body sees it."""
REVIEWS_NEEDED = 2


def _release(name: str, sources: str, target: str, by: str, label: str | Promise) -> Move:
    functions = {"analyst": WRITERS, "reviewer": READERS, "reader": READERS}.get(by, frozenset[str]())
    return Move(name=name, sources=frozenset(sources.split()), target=target, by=by, label=label, functions=frozenset(functions))


RELEASE_MACHINE = Machine(
    "release",
    ReleaseState,
    (
        _release("submit", "draft", "in_review", "analyst", _("Send to review")),
        _release("clear", "in_review", "cleared", "second reviewer", _("Second agreement")),
        _release("object", "in_review cleared", "objected", "reviewer", _("Object")),
        _release("publish", "cleared", "published", "analyst", _("Publish")),
        _release("replace", "published", "replaced", "newer version", _("A newer version is published")),
        _release("withdraw", "published replaced", "withdrawn", "reader", _("Withdraw")),
        _release("discard", "draft in_review cleared objected", "discarded", "analyst", _("Throw away")),
    ),
)
