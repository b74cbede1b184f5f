"""The vault's front door: keys of persons, sealed maps of fields, search keys, destruction."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings

from entraide.kernel.base import clock
from entraide.kernel.base.ids import uuid7
from entraide.kernel.vault.keystore import KeyGone, KeyStore, PersonKey
from entraide.kernel.vault.sealing import Place, seal, unseal

Sealed = dict[str, str]
"""{permanent field id: sealed text in base64}, as kept in a JSON column."""

Facts = dict[str, str | list[str]]
"""What is remembered of a record, as no backup may undo it: identifiers and codes."""

__all__ = [
    "Facts",
    "KeyGone",
    "Sealed",
    "destroy",
    "forgotten_on",
    "living",
    "new_key",
    "new_keys",
    "open_fields",
    "remember",
    "remembered",
    "seal_fields",
    "search_key",
    "store",
]


def store() -> KeyStore:
    """This node's key store."""
    return KeyStore(Path(settings.ENTRAIDE_KEYS))


def new_key(body: UUID) -> PersonKey:
    """A key for one person whose file this body holds."""
    return new_keys(body, 1)[0]


def new_keys(body: UUID, count: int) -> list[PersonKey]:
    """Keys for several persons; one write to the store."""
    return store().make(body, [uuid7() for _ in range(count)])


def seal_fields(key: PersonKey, *, case: UUID, record: UUID, values: Mapping[str, str]) -> Sealed:
    """Seals each value for its own place."""
    return {field: b64encode(seal(key, Place(field, key.body, case, record), text)).decode() for field, text in values.items()}


def open_fields(key: PersonKey, *, case: UUID, record: UUID, sealed: Mapping[str, str]) -> dict[str, str]:
    """Opens a sealed map. Whoever calls writes the audit entry of the reading."""
    return {field: unseal(key, Place(field, key.body, case, record), b64decode(text)) for field, text in sealed.items()}


def search_key(body: UUID) -> bytes:
    """The body's key for search tokens."""
    return store().search_key(body)


def living(keys: list[UUID]) -> set[UUID]:
    """Which of these keys still exist."""
    return store().living(keys) if keys else set()


def destroy(key: UUID) -> None:
    """Destroys a person's key: nothing that it sealed opens any more."""
    store().destroy(key)


def remember(kind: str, identifier: UUID, facts: Facts) -> None:
    """Keeps beside the keys, outside the database and its backups, what became of a record."""
    store().remember(kind, identifier, json.dumps(facts))


def remembered(kind: str) -> list[tuple[UUID, Facts]]:
    """What became of records of this kind, oldest first."""
    return [(identifier, json.loads(facts)) for identifier, facts in store().remembered(kind)]


def forgotten_on() -> date:
    """The day on which the store's last copy has forgotten a key that is destroyed today."""
    return store().forgotten_by(clock.today())
