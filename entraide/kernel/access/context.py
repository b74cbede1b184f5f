"""For whom a transaction acts: told to PostgreSQL for the length of the transaction, and no longer."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from entraide.kernel.access import principals
from entraide.kernel.access.sides import Side

AGENT = "agent"


@dataclass(frozen=True, kw_only=True)
class Acting:
    """A post at work (or a body's agent): what the row policies are told and what rules ask."""

    body: UUID
    side: Side
    function: str
    account: UUID | None = None
    post: UUID | None = None
    token: UUID | None = None
    """The token by which a program acts for the post; named in the record."""
    principals: tuple[UUID, ...] = ()
    label: str = ""
    body_label: str = ""
    country: str = ""
    language: str = "en"

    @property
    def hand(self) -> UUID:
        """The post that writes; an agent has none and may not do what a person must answer for."""
        if self.post is None:
            raise PermissionError("an agent cannot do this")
        return self.post

    @property
    def person(self) -> UUID:
        """The account of whoever acts; an agent is nobody."""
        if self.account is None:
            raise PermissionError("an agent cannot do this")
        return self.account


_current: ContextVar[Acting | None] = ContextVar("acting", default=None)


class NoTransaction(RuntimeError):
    """Raised when somebody would act outside a transaction, where the setting would leak to the next borrower of the connection."""


def current() -> Acting | None:
    """Whoever acts now, if anybody."""
    return _current.get()


def agent_of(body: UUID, side: Side) -> Acting:
    """The body's agent: files what arrives for it, and nothing else."""
    return Acting(body=body, side=side, function=AGENT, principals=(principals.agent(body),))


@contextmanager
def acting_as(acting: Acting) -> Iterator[Acting]:
    """Within the block the current transaction sees and writes as `acting`; afterwards as before."""
    if not connection.in_atomic_block:
        raise NoTransaction("acting_as() needs a transaction")
    before = _current.get()
    _tell(acting)
    token = _current.set(acting)
    try:
        yield acting
    finally:
        _current.reset(token)
        if not connection.needs_rollback and connection.connection is not None and not connection.connection.closed:
            _tell_unless_failed(before)


@contextmanager
def as_everybody() -> Iterator[None]:
    """Within the block the current transaction sees what everybody sees and nothing else."""
    if not connection.in_atomic_block:
        raise NoTransaction("as_everybody() needs a transaction")
    before = _current.get()
    _tell(None)
    token = _current.set(None)
    try:
        yield
    finally:
        _current.reset(token)
        if not connection.needs_rollback and connection.connection is not None and not connection.connection.closed:
            _tell_unless_failed(before)


def _tell_unless_failed(acting: Acting | None) -> None:
    """A failed transaction takes no commands, and its settings vanish with it."""
    from psycopg.pq import TransactionStatus

    if connection.connection.info.transaction_status != TransactionStatus.INERROR:
        _tell(acting)


def _tell(acting: Acting | None) -> None:
    values = {
        "app.account": str(acting.account or "") if acting else "",
        "app.post": str(acting.post or "") if acting else "",
        "app.body": str(acting.body) if acting else "",
        "app.side": str(acting.side) if acting else "",
        "app.function": acting.function if acting else "",
        "app.principals": "{" + ",".join(map(str, acting.principals)) + "}" if acting else "",
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "select " + ", ".join(["set_config(%s, %s, true)"] * len(values)),
            [part for pair in values.items() for part in pair],
        )
