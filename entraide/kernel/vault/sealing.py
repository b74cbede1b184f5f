"""Sealing one field: AES-256-GCM-SIV (RFC 8452), bound to the place it belongs to."""

import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from entraide.kernel.vault.keystore import PersonKey

_FORMAT = b"\x01"
_NONCE = 12


class Damaged(Exception):
    """The sealed text was changed, or moved to a place it does not belong to."""


@dataclass(frozen=True)
class Place:
    """Where a sealed field belongs: a text moved to another field, body, case or record does not open."""

    field: str
    body: UUID
    case: UUID
    record: UUID

    def bound_to(self, key: PersonKey) -> bytes:
        """The associated data: permanent field id, body, case, record, key version; the field id last, as it has no fixed length."""
        return b"\x1f".join(
            (b"entraide-seal-1", self.body.bytes, self.case.bytes, self.record.bytes, str(key.version).encode(), self.field.encode())
        )


def seal(key: PersonKey, place: Place, text: str) -> bytes:
    """Format byte, nonce (12 bytes), ciphertext with tag."""
    nonce = os.urandom(_NONCE)
    return _FORMAT + nonce + AESGCMSIV(key.secret).encrypt(nonce, text.encode("utf-8", "surrogatepass"), place.bound_to(key))


def unseal(key: PersonKey, place: Place, sealed: bytes) -> str:
    """The text; raises Damaged when it was changed or moved."""
    nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    if sealed[:1] != _FORMAT:
        raise Damaged(place.field)
    try:
        return AESGCMSIV(key.secret).decrypt(nonce, body, place.bound_to(key)).decode("utf-8", "surrogatepass")
    except InvalidTag:
        raise Damaged(place.field) from None
