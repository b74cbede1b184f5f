"""The public facts about instruments, from the files beside this module; what was not compared with a source says so."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType

from entraide.features.treaties.dates import Span, span
from entraide.features.treaties.force import Rule, from_json
from entraide.kernel.base.names import localised


@dataclass(frozen=True)
class Coverage:
    """Which provisions of an instrument carry a kind of help for which offences, how strongly, on which conditions."""

    help: str
    offences: tuple[str, ...]
    provisions: tuple[str, ...]
    conditions: tuple[str, ...]
    force: str


@dataclass(frozen=True)
class ProvisionFact:
    """Number, heading and our own summary of a provision, by language; the official wording is not in Entraide."""

    eid: str
    number: str
    headings: Mapping[str, str]
    summaries: Mapping[str, str] = field(default_factory=dict)

    @property
    def heading(self) -> str:
        """In the reader's language."""
        return localised(self.headings)

    @property
    def summary(self) -> str:
        """In the reader's language; empty where there is none."""
        return localised(self.summaries)


@dataclass(frozen=True)
class Instrument:
    """A treaty or memorandum."""

    slug: str
    acronym: str
    names: Mapping[str, str]
    binding: bool
    adopted_on: date
    place: str
    depositary: str
    reach: str
    parent: str
    rule: Rule
    rule_json: Mapping[str, object]
    provisions: tuple[ProvisionFact, ...]
    coverage: tuple[Coverage, ...]
    source: str
    as_of: str
    confirmed: bool
    official: str = ""
    """Where the official wording is published."""
    official_url: str = ""

    def provision(self, eid: str) -> ProvisionFact:
        """The provision of this id."""
        return next(each for each in self.provisions if each.eid == eid)


@dataclass(frozen=True)
class Act:
    """What a State did: on which day as far as known, from which source as of when. `recorded_force` is what the source says."""

    instrument: str
    state: str
    kind: str
    on: str
    days: Span
    confirmed: bool
    source: str
    as_of: str
    note: str = ""
    recorded_force: date | None = None
    text: str = ""
    invented: bool = False
    by_depositary: bool = False
    to: str = ""
    """Of an objection: the State whose reservation it answers, as long as that stands."""
    precludes: bool = False
    """Of an objection: the instrument does not stand between the two (Vienna Convention on the Law of Treaties, article 21, 3)."""


def _file(name: str) -> str:
    return resources.files("entraide.features.treaties").joinpath("facts", name).read_text(encoding="utf-8")


@cache
def instruments() -> Mapping[str, Instrument]:
    """{slug: instrument}."""
    return MappingProxyType({each["slug"]: _instrument(each) for each in json.loads(_file("instruments.json"))})


def coverage_from_json(kept: dict[str, list[str] | str]) -> Coverage:
    """A coverage as it stands in the facts."""
    return Coverage(
        help=str(kept["help"]),
        offences=tuple(kept["offences"]),
        provisions=tuple(kept["provisions"]),
        conditions=tuple(kept["conditions"]),
        force=str(kept["force"]),
    )


def _instrument(kept: dict[str, object]) -> Instrument:
    given = dict(kept)
    rule, coverage, provisions = given.pop("rule"), given.pop("coverage"), given.pop("provisions")
    assert isinstance(rule, dict) and isinstance(coverage, list) and isinstance(provisions, list)
    given |= {"parent": given["parent"] or "", "adopted_on": date.fromisoformat(str(given["adopted_on"]))}
    return Instrument(
        rule=from_json(rule),
        rule_json=MappingProxyType(rule),
        coverage=tuple(coverage_from_json(each) for each in coverage),
        provisions=tuple(ProvisionFact(**each) for each in provisions),
        **given,  # type: ignore[arg-type]  # the file has the fields of the class
    )


@cache
def acts() -> tuple[Act, ...]:
    """Every act, by instrument and State."""
    sources = json.loads(_file("sources.json"))
    return tuple(_act(row, sources) for row in csv.DictReader(_file("acts.csv").splitlines()))


def _act(row: dict[str, str], sources: dict[str, str]) -> Act:
    return Act(
        instrument=row["instrument"], state=row["state"], kind=row["kind"], on=row["on"], confirmed=row["confirmed"] == "1",
        days=days_of(row["on"], adopted=instruments()[row["instrument"]].adopted_on, as_of=row["as_of"]),
        source=sources[row["source"]], as_of=row["as_of"], note=row["note"],
        recorded_force=date.fromisoformat(row["recorded_force"]) if row["recorded_force"] else None,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def days_of(on: str, *, adopted: date, as_of: str) -> Span:
    """The days on which an act may have been done: as written, else some day between the adoption and the day of the source."""
    last = span(as_of, within=Span(date.max, date.max)).latest
    return span(on, within=Span(adopted, max(adopted, last)))
