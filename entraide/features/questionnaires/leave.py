"""Whose leave else the publication of a reply needs: a room above that asks through a circulation says here what it allows."""

from collections.abc import Callable

from entraide.features.questionnaires.models import Reply
from entraide.kernel.access.rules import ALLOWED, Verdict

Says = Callable[[Reply], Verdict]
_says: list[Says] = []


def on_publication(says: Says) -> Says:
    """Marks a function of a higher room that allows a reply to be published, or refuses in one sentence."""
    _says.append(says)
    return says


def verdict(reply: Reply) -> Verdict:
    """The first refusal, if anybody refuses."""
    return next((found for found in (says(reply) for says in _says) if not found), ALLOWED)
