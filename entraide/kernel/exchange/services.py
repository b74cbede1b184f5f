"""Delivers a message to a body on this node: in the sender's transaction, filed by the recipient's agent.

Between nodes the same content will travel signed through an outbox; handlers will not notice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from entraide.kernel.access.context import acting_as, agent_of
from entraide.kernel.access.rules import refuse, require
from entraide.kernel.access.sides import Side
from entraide.kernel.bodies import queries as bodies

Content = dict[str, Any]
"""What a message says: plain JSON values, since it may leave this node."""


@dataclass(frozen=True)
class Message:
    """A message as its handler gets it."""

    kind: str
    sender: UUID
    recipient: UUID
    content: Content


Handler = Callable[[Message], None]
_handlers: dict[str, Handler] = {}


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Marks a room's handler for one kind of message, e.g. `referral.sent`."""

    def mark(handler: Handler) -> Handler:
        if kind in _handlers:
            raise ValueError(f"two handlers for {kind}")
        _handlers[kind] = handler
        return handler

    return mark


def deliver(kind: str, *, sender: UUID, recipient: UUID, content: Content, vetted: bool = True) -> None:
    """Files a message at the recipient. An unvetted body receives nothing.

    vetted=False is for answers to a body that wrote first: losing its vetting must not cut it off from a recall or an answer.
    """
    if vetted and not bodies.is_vetted(recipient):
        require(refuse("not_vetted", _("This body has not been vetted, or its vetting has ended: it cannot receive personal data.")))
    body = bodies.get(recipient)
    with acting_as(agent_of(recipient, Side(body.side))):
        _handlers[kind](Message(kind, sender, recipient, content))
