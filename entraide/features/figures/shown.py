"""Numbers as blocks for a page, a file or a report: one block for each indicator and each combination of what it is told by."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from entraide.features.figures.codes import DIMENSIONS, NAMES, TOTAL, word
from entraide.features.figures.definitions import Definition, definition
from entraide.features.figures.models import Number
from entraide.ui.narrowing import Facet, RowsFilter
from entraide.ui.parts import Column

N = TypeVar("N", bound=Number)
Key = tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A line of a block: what it is of, and a number for each year of the block (None where there is none)."""

    codes: Key
    labels: list[str]
    numbers: list[Number | None]

    @property
    def told(self) -> list[str]:
        """The numbers for reading."""
        return [told(each) for each in self.numbers]


@dataclass(frozen=True)
class Block:
    """All numbers of one indicator by the same dimensions: `area` counts as one where there are several."""

    definition: Definition
    dimensions: tuple[str, ...]
    years: list[int | None]
    rows: list[Row] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What it is, by what."""
        by = [str(NAMES[each]) if each == "area" else str(NAMES[each]).lower() for each in self.dimensions]
        name = str(self.definition.label)
        return _("%(name)s by %(dimensions)s") % {"name": name, "dimensions": _(" and ").join(by)} if by else name

    @property
    def name(self) -> str:
        """A name for addresses and files."""
        return "-".join([self.definition.tag.replace(".", "-"), *self.dimensions])

    @property
    def clear_url(self) -> str:
        """Its address on the page of its table, with nothing narrowed."""
        return f"?part={self.name}"

    @property
    def columns(self) -> list[Column]:
        """Dimensions, then years."""
        years = [Column(str(year) if year else _("Year not given"), numeric=True) for year in self.years]
        return [*(Column(NAMES[each]) for each in self.dimensions), *years]


def told(number: Number | None) -> str:
    """A number for reading: an interval as such, never as one number; nothing where there is none."""
    if number is None:
        return "–"
    return interval(number.low, number.high)


def interval(low: Decimal | float, high: Decimal | float | None) -> str:
    """Low and high for reading."""
    if high is None:
        return _("%(low)s or more") % {"low": plain(low)}
    return plain(low) if low == high else _("%(low)s to %(high)s") % {"low": plain(low), "high": plain(high)}


def plain(value: Decimal | float) -> str:
    """Whole where it is whole, otherwise two places; in the reader's notation."""
    whole = Decimal(value) == Decimal(value).to_integral_value()
    return number_format(Decimal(value), 0 if whole else 2, use_l10n=True, force_grouping=True)


def blocks(numbers: Iterable[Number]) -> list[Block]:
    """The blocks in the order of their first number; rows keep the order in which they come."""
    listed = list(numbers)
    areas: dict[str, set[str]] = {}
    for each in listed:
        areas.setdefault(each.indicator, set()).add(each.area)
    found: dict[tuple[str, Key], dict[Key, dict[int | None, Number]]] = {}
    for each in listed:
        several = ("area",) if len(areas[each.indicator]) > 1 else ()
        dimensions = (*several, *(name for name in DIMENSIONS if getattr(each, name) != TOTAL))
        key = tuple(str(getattr(each, name)) for name in dimensions)
        found.setdefault((each.indicator, dimensions), {}).setdefault(key, {})[each.year] = each
    return [_block(indicator, dimensions, rows) for (indicator, dimensions), rows in found.items()]


def _block(indicator: str, dimensions: Key, rows: dict[Key, dict[int | None, Number]]) -> Block:
    years = sorted({year for row in rows.values() for year in row}, key=lambda year: (year is None, year))
    made = [
        Row(codes, [word(name, code) for name, code in zip(dimensions, codes, strict=True)], [row.get(year) for year in years])
        for codes, row in rows.items()
    ]
    return Block(definition(indicator), dimensions, years, made)


def part_of(made: list[Block], name: str) -> Block | None:
    """The block asked for; otherwise the first that is told by something, the first of all where none is."""
    wanted = [each for each in made if each.name == name] or [each for each in made if each.dimensions] or made
    return wanted[0] if wanted else None


def narrowing(part: Block | None, asked: QueryDict) -> RowsFilter[Row]:
    """The lines of a block, narrowed by what it is told by."""
    facets = [_facet(name, place) for place, name in enumerate(part.dimensions if part else ())]
    return RowsFilter(asked, part.rows if part else [], *facets, keep=("part",))


def _facet(name: str, place: int) -> Facet:
    return Facet(name, NAMES[name], lambda row: row.codes[place], lambda row: row.labels[place])
