"""A release is composed of tables and estimates: copies of their numbers, protected, with the rates that follow from them."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from entraide.features.figures import estimates_told, rules, safety, withholding
from entraide.features.figures.choices import EstimateState, Origin, ReleaseState, TableState
from entraide.features.figures.counting import digest, smallest
from entraide.features.figures.definitions import definition
from entraide.features.figures.models import Cell, Estimate, Figure, Key, Number, Release, Table, key_of
from entraide.features.figures.rates import rates, rests_on
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import Verdict, refuse, require
from entraide.kernel.audit.services import record
from entraide.kernel.base.ids import uuid7
from entraide.kernel.bodies.queries import get

MOST = 20_000
COPIED = ("indicator", "area", "year", "sex", "age", "form", "citizenship", "category", "low", "high", "best")
WRITTEN = ("en", "fr")
NOTHING = refuse("nothing", _("Choose at least one table or estimate."))
TOO_LARGE = refuse("too_large", _("A release holds at most 20,000 numbers. Choose fewer tables."))
CONTRADICTION = refuse("contradiction", _("Two of the chosen tables tell different numbers for the same thing. Choose one of them."))
ALONE = refuse(
    "alone",
    _("An estimate is published only from enough persons and when two families of models have answered: never one number alone."),
)
UNFINISHED = refuse("unfinished", _("Only filed tables and finished estimates can be published."))
RUNNING = refuse("running", _("A newer version of this release is being prepared already. Publish it or throw it away first."))


@transaction.atomic
def draft(
    *, by: Acting, titles: Mapping[str, str], summaries: Mapping[str, str], tables: Sequence[Table], estimates: Sequence[Estimate],
    previous: Release | None = None,
) -> Release:  # fmt: skip
    """Drafts a release; its numbers are copied now and stay as they are from here on."""
    require(rules.may_write(by))
    if previous is not None:
        previous = Release.objects.select_for_update().get(pk=previous.pk)
    _require_ready(tables, estimates, previous)
    numbers = _numbers(by, tables, estimates)
    body = get(by.body)
    release = Release(
        holder=by.body, series=previous.series if previous else uuid7(), number=_next(previous),
        titles=dict(titles), summaries=dict(summaries), body_names=dict(body.names), smallest=smallest(),
        sources=_sources(tables, estimates), notes=_notes(numbers, tables, estimates), drafted_by=by.hand, drafter=by.person,
        digest=digest(numbers), invented=body.invented,
    )  # fmt: skip
    release.save(force_insert=True)
    for place, each in enumerate(numbers):
        each.holder, each.release, each.place = by.body, release, place
    Figure.objects.bulk_create(numbers, batch_size=2000)
    record(by=by, action="figures.draft_release", kind="release", object_id=release.pk, detail={"numbers": len(numbers)})
    return release


def _next(previous: Release | None) -> int:
    """The number of the version; one that was thrown away keeps its own."""
    last = Release.objects.filter(series=previous.series).order_by("-number").first() if previous else None
    return last.number + 1 if last else 1


def _require_ready(tables: Sequence[Table], estimates: Sequence[Estimate], previous: Release | None) -> None:
    if not tables and not estimates:
        require(NOTHING)
    if any(each.state != TableState.FILED for each in tables) or any(each.state != EstimateState.DONE for each in estimates):
        require(UNFINISHED)
    if any(len(each.answered) < 2 or estimates_told.persons(each) < smallest() for each in estimates):
        require(ALONE)
    if previous is not None:
        begun = Release.objects.filter(series=previous.series, number__gt=previous.number).exclude(state=ReleaseState.DISCARDED)
        if begun.exists() or previous.state not in {ReleaseState.PUBLISHED, ReleaseState.WITHDRAWN}:
            require(RUNNING)


def _numbers(by: Acting, tables: Sequence[Table], estimates: Sequence[Estimate]) -> list[Figure]:
    found: dict[Key, Figure] = {}
    for each in [*_of_tables(by, tables), *(line for one in estimates for line in estimates_told.figures(one))]:
        other = found.setdefault(key_of(each), each)
        if (other.low, other.high) != (each.low, each.high) or (other.protected != each.protected and each.low < smallest()):
            require(CONTRADICTION)
        other.protected = other.protected and each.protected
    numbers, before = list(found.values()), list(_before(by.body))
    with withholding.watched() as watch:
        withholding.protect(numbers, {key_of(each): each for each in before}, smallest(), watch)
        require(safety.may_tell(numbers, before, smallest(), watch))
    numbers += rates(numbers)
    if len(numbers) > MOST:
        require(TOO_LARGE)
    return numbers


def _of_tables(by: Acting, tables: Sequence[Table]) -> Iterator[Figure]:
    for table in tables:
        brought = table.origin == Origin.IMPORTED and not table.already_public
        for cell in Cell.objects.filter(table=table).order_by("place")[: MOST + 1]:
            number = _copy(cell)
            number.protected = brought and definition(number.indicator).persons
            yield number


def _copy(cell: Number) -> Figure:
    return Figure(**{name: getattr(cell, name) for name in COPIED})


def may_tell(body: UUID, numbers: Sequence[Figure]) -> Verdict:
    """Asked when a release is drafted, and again when it is published: another one may have been published meanwhile."""
    with withholding.watched() as watch:
        return safety.may_tell(numbers, _before(body), smallest(), watch)


def _before(body: UUID) -> QuerySet[Figure]:
    """Whatever this body has ever shown, in the order in which it did: withdrawing makes nobody forget."""
    return Figure.objects.filter(holder=body, release__published_at__isnull=False).order_by("release__published_at", "place")


def _sources(tables: Sequence[Table], estimates: Sequence[Estimate]) -> list[dict[str, object]]:
    told: list[dict[str, object]] = [
        {"title": each.name, "source": each.source, "counted": each.origin == Origin.COUNTED, "tally": each.tally, "year": each.year}
        for each in tables
    ]
    return told + [{"title": each.title, "source": each.source, "counted": False} for each in estimates]


def _notes(numbers: Sequence[Figure], tables: Sequence[Table], estimates: Sequence[Estimate]) -> dict[str, list[str]]:
    """How estimates and rates were made and what they rest on, in each language in which releases are written."""
    held = set(Cell.objects.filter(table__in=tables, indicator="population").values_list("table", flat=True))
    populations = [each for each in tables if each.pk in held]
    notes: dict[str, list[str]] = {}
    for language in WRITTEN:
        with translation.override(language):
            told = [line for each in estimates for line in estimates_told.notes(each)]
            notes[language] = [*rests_on(numbers, populations, estimates), *told]
    return notes
