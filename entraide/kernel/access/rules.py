"""A rule answers with yes or with one sentence; the sentence guards, stands on the disabled button and answers every interface."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise


@dataclass(frozen=True)
class Verdict:
    """Whether something may be done; where not, a code for the record and one sentence for the person."""

    code: str = ""
    sentence: str | Promise = ""

    def __bool__(self) -> bool:
        return not self.code


ALLOWED = Verdict()


class Refused(Exception):
    """A rule said no; carries the verdict, and never anything personal."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.code)
        self.verdict = verdict


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Which personal data somebody was shown: what an audit entry says of it."""

    action: str
    case: UUID
    groups: tuple[str, ...]


class Stale(Exception):
    """Somebody else changed the record since the page was opened; carries both versions for the person who asked.

    reading: what showing the other version reveals of a person. Its entry was rolled back with the change, so whoever shows it records it.
    contact: {when, how, never} it is safe to reach the person, where the versions hold telephone or address: shown above them.
    """

    def __init__(
        self, *, mine: dict[str, str], theirs: dict[str, str], reading: Reading | None = None, contact: dict[str, str] | None = None
    ) -> None:
        super().__init__("stale")
        self.mine = mine
        self.theirs = theirs
        self.reading = reading
        self.contact = contact


def refuse(code: str, sentence: str | Promise) -> Verdict:
    """No, with the sentence that says why and what would help."""
    return Verdict(code, sentence)


def require(verdict: Verdict) -> None:
    """Goes on when allowed, raises `Refused` when not."""
    if not verdict:
        raise Refused(verdict)
