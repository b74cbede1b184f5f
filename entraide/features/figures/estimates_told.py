"""What an estimate says, in words and as numbers to publish; its methods and assumptions the engine says, in the reader's language."""

import math
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import numpy as np
from django.utils.formats import get_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entraide.engines import estimation as engine
from entraide.features.figures.codes import word
from entraide.features.figures.models import Estimate, Figure
from entraide.features.figures.shown import interval

KINDS: dict[str, str | Promise] = {"BCa": _("BCa bootstrap"), "Wald": _("Wald"), "posterior": _("posterior")}
NUMBERS = ("size", "seen", "estimate", "low", "high")
Told = Mapping[str, Any]


def voice() -> engine.Voice:
    """The engine speaks the reader's language."""
    return engine.Voice(gettext, thousands=str(get_format("THOUSAND_SEPARATOR")), point=str(get_format("DECIMAL_SEPARATOR")))


def table_of(estimate: Estimate) -> engine.Histories:
    """Its lists as the engine takes them."""
    return engine.Histories(tuple(estimate.names), np.array(estimate.counts, dtype=np.float64))


def study(estimate: Estimate) -> engine.Study:
    """The engine's study of the families that are done."""
    families = [engine.Family.again(each) for each in estimate.families]
    order = engine.Order(methods=estimate.methods, bootstrap=estimate.resamples, seed=estimate.seed)
    checks = [engine.Found(each["name"], *(math.nan if each[name] is None else each[name] for name in NUMBERS)) for each in estimate.checks]
    return engine.compiled(table_of(estimate), order, families, checks, _relinked(estimate))


def _relinked(estimate: Estimate) -> engine.Relinked | engine.Refused | None:
    """The answer with all wrong links that were assumed; not while it would be the only number."""
    if not estimate.links or len(estimate.answered) < 2:
        return None
    last = estimate.links[-1]
    return engine.Refused.again(last["refusal"]) if "refusal" in last else engine.Relinked(**last)


def figures(estimate: Estimate) -> Iterator[Figure]:
    """One number a family, as its interval; families without an answer give none and stand in the notes."""
    for each in estimate.families:
        if each["estimate"] is None:
            continue
        low, high = each["interval"] or (each["estimate"], None)
        yield Figure(
            indicator="estimate.all", area=estimate.area, year=estimate.year, sex=estimate.sex, age=estimate.age, form=estimate.form,
            category=each["method"], low=_whole(low), high=None if high is None else _whole(high), best=_whole(each["estimate"]),
        )  # fmt: skip


def _whole(value: float) -> Decimal:
    return Decimal(round(value))


def of_whom(estimate: Estimate) -> str:
    """State, year and group in words."""
    told = [word("area", estimate.area), str(estimate.year)]
    return ", ".join(told + [word(name, code) for name in ("sex", "age", "form") if (code := getattr(estimate, name)) != "_T"])


def answer(told: Told) -> str:
    """A family's answer in words: an interval, never one number alone; or that there is none."""
    if told["estimate"] is None:
        return gettext("No answer")
    if not told["interval"]:
        return gettext("No upper end")
    return interval(_whole(told["interval"][0]), _whole(told["interval"][1]))


def persons(estimate: Estimate) -> int:
    """Persons on at least one list."""
    return int(sum(estimate.counts[1:]))


def notes(estimate: Estimate) -> list[str]:
    """Of whom and how, then why families have no answer, then each assumption."""
    got = study(estimate)
    return [f"{of_whom(estimate)}. {got.methods(voice())}", *remarks(got), *got.assumptions(voice())]


def remarks(of: engine.Study) -> list[str]:
    """Why a family has no answer, and what must be known of the answer of another."""
    speaking = voice()
    told = [(each, [each.refusal.said(speaking)] if each.refusal else each.noted(speaking)) for each in of.families]
    return [
        gettext("%(family)s: %(why)s") % {"family": gettext(engine.TITLES[each.method]), "why": " ".join(why)} for each, why in told if why
    ]
