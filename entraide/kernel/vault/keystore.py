"""The key store: outside the database and outside its backups, so that what is destroyed here is unreadable everywhere.

A person's key is wrapped by the key of the body that holds the file, a body's keys by the node's root key (AES key wrap, RFC 3394).
SQLite with secure_delete overwrites what is deleted; the store's own copies are dated and expire after 35 days.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap

KEY_BYTES = 32
COPIES_KEPT = timedelta(days=35)
SCHEMA = """
create table if not exists body_keys (body text primary key, wrapping blob not null, search blob not null, made_at text not null);
create table if not exists person_keys (id text primary key, body text not null references body_keys, version integer not null,
    wrapped blob not null, made_at text not null);
create table if not exists destroyed (id text primary key, body text not null, at text not null);
create table if not exists remembered (id text primary key, kind text not null, facts text not null, at text not null);
"""


class KeyGone(Exception):
    """The key was destroyed, or never was in this store: what it sealed cannot be read by anybody."""


class StoreUnavailable(Exception):
    """The store cannot be opened or written: its disk is full, read-only or gone. Nothing of what was asked is done."""


@dataclass(frozen=True)
class PersonKey:
    """A person's key, unwrapped; kept only while in use."""

    id: UUID
    body: UUID
    version: int
    secret: bytes

    def __repr__(self) -> str:
        return f"PersonKey({self.id})"


class KeyStore:
    """One folder: root.key, keys.sqlite3 and copies/."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.copies = folder / "copies"

    @property
    def path(self) -> Path:
        """The store's file."""
        return self.folder / "keys.sqlite3"

    def prepare(self) -> None:
        """Makes folder, root key and tables where missing; harmless when repeated."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.copies.mkdir(mode=0o700, exist_ok=True)
        if not (self.folder / "root.key").exists():
            self._make_root()
        with self._open() as store:
            store.executescript(SCHEMA)
        self.path.chmod(0o600)

    def _make_root(self) -> None:
        """The root key appears whole or not at all, and never replaces one that another process made meanwhile."""
        part = self.folder / f"root.key.{os.getpid()}.part"
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
                file.write(os.urandom(KEY_BYTES))
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(part, self.folder / "root.key")
        finally:
            part.unlink(missing_ok=True)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            store = sqlite3.connect(self.path, timeout=30)
        except sqlite3.OperationalError as problem:
            raise StoreUnavailable(str(problem)) from problem
        try:
            store.execute("pragma secure_delete = on")
            store.execute("pragma journal_mode = delete")
            store.execute("pragma synchronous = full")
            with store:
                yield store
        except sqlite3.OperationalError as problem:
            raise StoreUnavailable(str(problem)) from problem
        finally:
            store.close()

    def _root(self) -> bytes:
        return (self.folder / "root.key").read_bytes()

    def _body(self, store: sqlite3.Connection, body: UUID) -> tuple[bytes, bytes]:
        """(wrapping key, search key) of a body; made at first use."""
        root = self._root()
        row = store.execute("select wrapping, search from body_keys where body = ?", [str(body)]).fetchone()
        if row is None:
            wrapped = [aes_key_wrap(root, os.urandom(KEY_BYTES)) for _ in range(2)]
            store.execute("insert or ignore into body_keys values (?, ?, ?, ?)", [str(body), *wrapped, _stamp()])
            row = store.execute("select wrapping, search from body_keys where body = ?", [str(body)]).fetchone()
        return aes_key_unwrap(root, row[0]), aes_key_unwrap(root, row[1])

    def search_key(self, body: UUID) -> bytes:
        """The body's key for search tokens, 32 bytes."""
        with self._open() as store:
            return self._body(store, body)[1]

    def make(self, body: UUID, identifiers: list[UUID]) -> list[PersonKey]:
        """New keys for persons whose files this body holds; one write for all."""
        with self._open() as store:
            wrapping = self._body(store, body)[0]
            keys = [PersonKey(identifier, body, 1, os.urandom(KEY_BYTES)) for identifier in identifiers]
            rows = [(str(k.id), str(body), k.version, aes_key_wrap(wrapping, k.secret), _stamp()) for k in keys]
            store.executemany("insert into person_keys values (?, ?, ?, ?, ?)", rows)
        return keys

    def fetch(self, identifier: UUID) -> PersonKey:
        """A person's key; raises KeyGone after destruction."""
        with self._open() as store:
            row = store.execute("select body, version, wrapped from person_keys where id = ?", [str(identifier)]).fetchone()
            if row is None:
                raise KeyGone(str(identifier))
            body = UUID(row[0])
            return PersonKey(identifier, body, row[1], aes_key_unwrap(self._body(store, body)[0], row[2]))

    def living(self, identifiers: list[UUID]) -> set[UUID]:
        """Which of these keys still exist."""
        with self._open() as store:
            marks = ",".join("?" * len(identifiers))
            rows = store.execute(f"select id from person_keys where id in ({marks})", [str(i) for i in identifiers])  # noqa: S608 - marks only
            return {UUID(row[0]) for row in rows}

    def destroy(self, identifier: UUID) -> None:
        """Destroys a key and remembers that it is destroyed, so that no older copy of the store brings it back."""
        with self._open() as store:
            row = store.execute("select body from person_keys where id = ?", [str(identifier)]).fetchone()
            store.execute("delete from person_keys where id = ?", [str(identifier)])
            store.execute("insert or ignore into destroyed values (?, ?, ?)", [str(identifier), row[0] if row else "", _stamp()])

    def remember(self, kind: str, identifier: UUID, facts: str) -> None:
        """Keeps what no backup may undo: identifiers and codes, never anything that names somebody. What is there stays as it is."""
        with self._open() as store:
            store.execute("insert or ignore into remembered values (?, ?, ?, ?)", [str(identifier), kind, facts, _stamp()])

    def remembered(self, kind: str) -> list[tuple[UUID, str]]:
        """(identifier, facts) of this kind, in the order in which they were kept."""
        with self._open() as store:
            rows = store.execute("select id, facts from remembered where kind = ? order by at, rowid", [kind]).fetchall()
        return [(UUID(row[0]), row[1]) for row in rows]

    def copy(self, today: date) -> Path:
        """Writes the day's copy of the store and removes copies older than 35 days."""
        target = self.copies / f"{today.isoformat()}.sqlite3"
        part = target.with_suffix(".part")
        for unfinished in self.copies.glob("*.part"):  # of a copy that was interrupted; it holds keys too
            unfinished.unlink()
        try:
            with self._open() as store, closing(sqlite3.connect(part)) as copy:
                part.chmod(0o600)
                store.backup(copy)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        for old in self.dated_copies():
            if old < today - COPIES_KEPT:
                (self.copies / f"{old.isoformat()}.sqlite3").unlink()
        return target

    def dated_copies(self) -> list[date]:
        """The days of which a copy exists, oldest first."""
        return sorted(date.fromisoformat(file.stem) for file in self.copies.glob("*.sqlite3"))

    def forgotten_by(self, today: date) -> date:
        """The day on which the last copy that may hold a key destroyed today expires; today when there is no copy."""
        copies = self.dated_copies()
        return copies[-1] + COPIES_KEPT + timedelta(days=1) if copies else today

    def restore(self, copy: Path) -> None:
        """Puts an older copy in place of the store in one step; what was destroyed or remembered since stays so, cut off or not."""
        with self._open() as store, closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(":memory:")) as made:
            source.backup(made)
            made.executescript(SCHEMA)
            made.executemany("insert or ignore into destroyed values (?, ?, ?)", store.execute("select id, body, at from destroyed"))
            made.executemany(
                "insert or ignore into remembered values (?, ?, ?, ?)", store.execute("select * from remembered order by rowid")
            )
            made.execute("delete from person_keys where id in (select id from destroyed)")
            made.commit()
            made.backup(store)


def _stamp() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
