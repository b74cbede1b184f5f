"""What wrong links would make of an estimate: a picture, its table, and both as a file."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from entraide.engines import estimation as engine
from entraide.features.figures.estimates_told import voice
from entraide.features.figures.models import Estimate
from entraide.features.figures.shown import interval, plain
from entraide.ui.parts import Cell, Column
from entraide.ui.pictures import Span, Spans, spans

HEAD = ("missed_links", "false_links", "low", "middle", "high", "refusal")


def told(estimate: Estimate) -> list[dict[str, Any]]:
    """The lines, once two families have answered: never one number alone."""
    return estimate.links if len(estimate.answered) > 1 else []


def assumed(estimate: Estimate) -> str:
    """What is assumed, in one sentence."""
    return _(
        "Assumed: %(missed)s %% of the persons who are on two lists were not recognised, and %(false)s %% of the links that were made join "
        "two different persons; tables corrected for this at random are estimated stepwise, and nine in ten of their answers lie in the "
        "range."
    ) % {"missed": _percent(estimate.missed_links), "false": _percent(estimate.false_links)}


def _percent(share: float) -> str:
    return plain(round(share * 100, 2))


def _label(line: dict[str, Any]) -> str:
    values = {"missed": _percent(line["missed"]), "false": _percent(line["false"])}
    if line["missed"] and line["false"]:
        return _("Both")
    if line["missed"]:
        return _("%(missed)s %% of links missed") % values
    return _("%(false)s %% of links false") % values if line["false"] else _("As matched")


def _range(line: dict[str, Any]) -> str:
    return _("No answer") if "refusal" in line else interval(round(line["low"]), round(line["high"]))


def picture(estimate: Estimate) -> Spans | None:
    """A line for each kind of wrong link; the point is the middle answer."""
    given = [Span(_label(each), each["low"], each["high"], _range(each), each["median"]) for each in told(estimate) if "low" in each]
    return spans(given, title=_("%(title)s: if links were wrong") % {"title": estimate.title}, pointed=True)


def columns() -> list[Column]:
    """Of the table."""
    return [Column(_("Links")), Column(_("Range (90 %)"), numeric=True), Column(_("Middle"), numeric=True)]


def boxes(estimate: Estimate) -> list[list[Cell]]:
    """The table beside the picture."""
    return [
        [Cell(_label(each)), Cell(_range(each), ref=True), Cell("–" if "refusal" in each else plain(round(each["median"])))]
        for each in told(estimate)
    ]


def reasons(estimate: Estimate) -> list[str]:
    """Why a line has no answer."""
    return list(dict.fromkeys(_reason(each) for each in told(estimate) if "refusal" in each))


def _reason(line: dict[str, Any]) -> str:
    return engine.Refused.again(line["refusal"]).said(voice()) if "refusal" in line else ""


def lines(estimate: Estimate) -> Iterator[list[object]]:
    """For a file."""
    for each in told(estimate):
        numbers = [None] * 3 if "refusal" in each else [round(each[name], 1) for name in ("low", "median", "high")]
        yield [each["missed"], each["false"], *numbers, _reason(each)]
