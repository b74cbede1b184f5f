"""A file at rest: sealed under a key of its own, bound to the body that keeps it and to the place it belongs to."""

from base64 import b64decode, b64encode
from uuid import UUID

from entraide.kernel.vault import services as vault

FIELD = "file"


def seal_file(body: UUID, *, belongs_to: UUID, data: bytes) -> tuple[UUID, bytes]:
    """(key, sealed bytes) of a file that a body keeps under a record."""
    key = vault.new_key(body)
    sealed = vault.seal_fields(key, case=belongs_to, record=key.id, values={FIELD: b64encode(data).decode()})
    return key.id, b64decode(sealed[FIELD])


def open_file(key: UUID, *, belongs_to: UUID, sealed: bytes) -> bytes:
    """The file's bytes. Whoever calls writes the audit entry of the opening."""
    opened = vault.open_fields(vault.store().fetch(key), case=belongs_to, record=key, sealed={FIELD: b64encode(bytes(sealed)).decode()})
    return b64decode(opened[FIELD])
