"""Identifiers: UUID version 7 (RFC 9562 §5.7), sorted by time and saying nothing of what they name."""

import secrets
from uuid import UUID

from entraide.kernel.base import clock

URN = "urn:entraide"


def uuid7() -> UUID:
    """A new identifier: 48 bits of milliseconds, then 74 random bits."""
    milliseconds = int(clock.now().timestamp() * 1000) & (1 << 48) - 1
    value = milliseconds << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return UUID(int=value)


def urn(kind: str, identifier: UUID) -> str:
    """The address of a record that holds on every node, e.g. `urn:entraide:referral:0192…`."""
    return f"{URN}:{kind}:{identifier}"
