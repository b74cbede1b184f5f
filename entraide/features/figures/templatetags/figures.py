"""How states look, and a digest that can be read aloud."""

from django import template

from entraide.features.figures.models import Estimate, Release

register = template.Library()
KINDS = {
    "published": "done", "done": "done", "withdrawn": "late", "objected": "late", "failed": "late", "replaced": "neutral",
    "cleared": "active", "in_review": "waiting", "running": "active", "queued": "waiting",
}  # fmt: skip


@register.filter
def state_kind(row: Release | Estimate) -> str:
    """The look of its state."""
    return KINDS.get(row.state, "neutral")


@register.filter
def digest_groups(digest: str) -> str:
    """In groups of eight, which also lets it break on a narrow screen."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
