"""Published figures for programs: releases, their numbers with definition tags, the definitions."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy
from ninja import Query, Schema
from pydantic import Field

from entraide.features.figures import queries
from entraide.features.figures.choices import SHOWN
from entraide.features.figures.definitions import DEFINITIONS, Definition
from entraide.features.figures.models import Figure, Release
from entraide.kernel.api.doors import public
from entraide.kernel.api.paging import Page, Paged, paged
from entraide.kernel.api.rooms import ApiRequest, Room

PUBLIC = "published figures are for everybody"
room = Room("figures", gettext_lazy("Figures"))


class ReleaseOut(Schema):
    """A published release; a withdrawn one keeps its reason and has no numbers."""

    id: UUID
    urn: str
    series: UUID
    version: int
    state: str
    titles: dict[str, str]
    summaries: dict[str, str]
    body: dict[str, str]
    published_at: datetime | None
    withdrawn_at: datetime | None
    reason: str
    smallest: int
    digest: str
    invented: bool


class ReleaseDetail(ReleaseOut):
    """With its sources and how estimates were made."""

    sources: list[dict[str, Any]]
    notes: dict[str, list[str]]


class FigureOut(Schema):
    """One number: `value` only where it is one number, otherwise the range from `low` to `high` (none: no upper end known)."""

    definition: str
    area: str
    year: int | None
    sex: str
    age: str
    form: str
    citizenship: str
    category: str
    value: Decimal | None
    low: Decimal
    high: Decimal | None
    best: Decimal | None


class DefinitionOut(Schema):
    """What a tag means."""

    tag: str
    label: str
    text: str
    source: str
    confirmed: bool


class Narrow(Page):
    """Which numbers: of one definition, State or year."""

    definition: str = Field("", max_length=40)
    area: str = Field("", max_length=80)
    year: int | None = Field(None, ge=1900, le=2100)


def _release(row: Release) -> dict[str, object]:
    return {
        "id": row.pk, "urn": row.urn, "series": row.series, "version": row.number, "state": row.state, "titles": row.titles,
        "summaries": row.summaries, "body": row.body_names, "published_at": row.published_at, "withdrawn_at": row.withdrawn_at,
        "reason": row.reason, "smallest": row.smallest, "digest": row.digest, "invented": row.invented,
    }  # fmt: skip


def _figure(row: Figure) -> dict[str, object]:
    return {
        "definition": row.indicator, "area": row.area, "year": row.year, "sex": row.sex, "age": row.age, "form": row.form,
        "citizenship": row.citizenship, "category": row.category, "value": row.low if row.exact else None, "low": row.low, "high": row.high,
        "best": row.best,
    }  # fmt: skip


def _definition(row: Definition) -> dict[str, object]:
    return {"tag": row.tag, "label": str(row.label), "text": str(row.text), "source": row.source, "confirmed": row.confirmed}


def _published(identifier: UUID) -> Release:
    found = queries.release(identifier)
    if not found.public or found.state not in SHOWN:
        raise Http404
    return found


@room.get("definitions", door=public(PUBLIC), response=list[DefinitionOut])
def definitions(request: ApiRequest) -> list[dict[str, object]]:
    """What each definition tag counts."""
    return [_definition(each) for each in DEFINITIONS.values()]


@room.get("releases", door=public(PUBLIC), response=Paged[ReleaseOut])
def releases(request: ApiRequest, wanted: Query[Page]) -> dict[str, object]:
    """Everything that is published, newest first; withdrawn releases with their reason."""
    return paged(request, queries.releases(), wanted, _release)


@room.get("releases/{uuid:release}", door=public(PUBLIC), response=ReleaseDetail)
def release(request: ApiRequest, release: UUID) -> dict[str, object]:
    """One release with sources and methods."""
    found = _published(release)
    return _release(found) | {"sources": found.sources, "notes": found.notes}


@room.get("releases/{uuid:release}/numbers", door=public(PUBLIC), response=Paged[FigureOut])
def numbers(request: ApiRequest, release: UUID, wanted: Query[Narrow]) -> dict[str, object]:
    """The numbers of a release; of a withdrawn one none."""
    rows = queries.figures(_published(release)).filter(public=True)
    for name, value in (("indicator", wanted.definition), ("area", wanted.area), ("year", wanted.year)):
        if value:
            rows = rows.filter(**{name: value})
    return paged(request, rows, wanted, _figure)
