"""The shapes in which treaties come from programs; they ask what the pages ask."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field, model_validator

from entraide.features.treaties.choices import STATEMENTS, ActKind, Answer, Channel, Help, Topic
from entraide.features.treaties.forms import partial_day


class SourceIn(Schema):
    """Where it is from and when it was true."""

    source: str = Field(min_length=1, max_length=300)
    as_of: date


class AuthorityIn(SourceIn):
    """An office, no person."""

    name: str = Field(min_length=1, max_length=200)
    instrument: str | None = None
    helps: list[Help] = Field(min_length=1)
    languages: list[str] = Field(min_length=1, max_length=20)
    channels: list[Channel] = Field(min_length=1)
    contact: str = Field("", max_length=300)


class DoneIn(SourceIn):
    """What was done; `on` is a day, a month or a year; a statement has its words; an objection may name the reservation it answers."""

    kind: ActKind
    on: str = Field(max_length=10)
    text: str = Field("", max_length=5000)
    answers: UUID | None = None
    precludes: bool = False

    @model_validator(mode="after")
    def whole(self) -> "DoneIn":
        """As the page asks."""
        if not partial_day(self.on):
            raise ValueError(_("Give a day as 2026-06-01, a month as 2026-06 or a year as 2026; not one still to come."))
        if self.kind in STATEMENTS and not self.text:
            raise ValueError(_("Give the words of the reservation, declaration or objection."))
        return self


class ActIn(DoneIn):
    """What one's own State did."""

    instrument: str


class DepositIn(DoneIn):
    """What any State did."""

    state: str = Field(min_length=2, max_length=2)


class LawIn(SourceIn):
    """What the law says."""

    topic: Topic
    answer: Answer
    text: str = Field(max_length=500)
    reference: str = Field(min_length=1, max_length=200)


class StepIn(SourceIn):
    """What is done."""

    title: str = Field(min_length=1, max_length=300)
    due: date | None = None
    done_on: date | None = None


class EvidenceIn(SourceIn):
    """A law, a report, a figure; no case and no person."""

    title: str = Field(min_length=1, max_length=300)
    on: date
