"""What an estimate says, in words and as numbers to publish: all families together, what they assume, how it was done."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entraide.features.figures.codes import FAMILIES, word
from entraide.features.figures.models import Estimate, Figure
from entraide.features.figures.shown import interval, plain

REFUSALS: dict[str, str | Promise] = {
    "input": _("The table cannot be estimated from at all."),
    "not-identifiable": _("Two or more answers fit the lists equally well: the lists do not say which. Merge lists or leave one out."),
    "no-finite-estimate": _("The best answer would be infinite: too few persons are on several lists. Merge lists or leave one out."),
    "unstable": _("The answer jumps when a few persons are changed. A number would look firmer than it is."),
    "too-large": _("There are too many lists for this family. Merge lists or leave some out."),
}
SAID: dict[str, str | Promise] = {
    "stepwise": _(
        "sparse log-linear models, pairs chosen stepwise, with checks that an answer exists and is the only one "
        "(Chan, Silverman and Vincent 2021; Fienberg and Rinaldo 2012)"
    ),
    "bic": _("the hierarchical log-linear model with interactions of pairs and the least BIC"),
    "bic3": _("the hierarchical log-linear model with interactions of up to three lists and the least BIC"),
    "dga": _("averaging over decomposable graphs with a hyper-Dirichlet prior (Madigan and York 1997)"),
    "lcmcr": _("a Dirichlet process mixture of latent classes (Manrique-Vallier 2016)"),
}
KINDS: dict[str, str | Promise] = {"BCa": _("BCa bootstrap"), "Wald": _("Wald"), "posterior": _("posterior")}
TWO = _("With two lists their independence cannot be tested: if being on one makes the other likelier, the true number is greater.")
RECOGNISED = _("Every person is taken to be recognised on every list on which she is.")
CLOSED = _("The lists cover one population in one place and period: nobody comes or goes in between, and everybody could be on a list.")
THIN = _("Fewer than five persons are on both lists of a pair: %(pairs)s. The answer hangs on these few and on how they were matched.")
APART, FEW = 1.5, 5
Told = Mapping[str, Any]


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


def why(told: Told) -> str:
    """Why a family has no answer."""
    return str(REFUSALS.get((told["refusal"] or {}).get("kind", ""), "")) if told["refusal"] else ""


def persons(estimate: Estimate) -> int:
    """Persons on at least one list."""
    return int(sum(estimate.counts[1:]))


def notes(estimate: Estimate) -> list[str]:
    """The paragraph on methods, then each assumption."""
    return [methods(estimate), *assumptions(estimate)]


def methods(estimate: Estimate) -> str:
    """How it was done, for whoever wants to do it again."""
    parts = [
        gettext("%(whom)s: the number of persons on none of the lists %(lists)s was estimated from %(persons)s persons on at least one.")
        % {"whom": of_whom(estimate), "lists": ", ".join(estimate.names), "persons": plain(persons(estimate))},
        gettext("Families: %(families)s.") % {"families": "; ".join(str(SAID[each]) for each in estimate.methods)},
    ]
    if any(each["interval_kind"] == "BCa" for each in estimate.families):
        parts.append(
            gettext("Intervals of 95 %% from %(resamples)s resamples (seed %(seed)s), the whole choice of model repeated in each.")
            % {"resamples": plain(estimate.resamples), "seed": estimate.seed}
        )
    silent = [f"{FAMILIES[each['method']]}: {why(each)}" for each in estimate.families if each["estimate"] is None]
    if silent:
        parts.append(gettext("No figure is given by: %(families)s") % {"families": " ".join(silent)})
    return " ".join(parts)


def assumptions(estimate: Estimate) -> list[str]:
    """What the answer rests on, and what matters most on this table."""
    told = [*_apart(estimate), *_overlaps(estimate), *_checked(estimate)]
    if len(estimate.names) == 2:
        told.append(str(TWO))
    return [*told, str(RECOGNISED), str(CLOSED)]


def _apart(estimate: Estimate) -> Iterator[str]:
    found = sorted((each["estimate"], str(FAMILIES[each["method"]])) for each in estimate.answered)
    if len(found) > 1 and found[-1][0] > APART * found[0][0]:
        yield gettext("The choice of model matters most here: “%(low_name)s” gives %(low)s, “%(high_name)s” %(high)s.") % {
            "low_name": found[0][1], "low": plain(_whole(found[0][0])), "high_name": found[-1][1], "high": plain(_whole(found[-1][0])),
        }  # fmt: skip
    elif len(found) > 1:
        yield gettext("The families agree within a factor of %(factor)s; what they all assume stands below.") % {
            "factor": plain(Decimal(found[-1][0] / found[0][0]).quantize(Decimal("0.01")))
        }


def _overlaps(estimate: Estimate) -> Iterator[str]:
    lists = len(estimate.names)
    thin = []
    for one in range(lists):
        for two in range(one + 1, lists):
            both = 1 << one | 1 << two
            if sum(count for place, count in enumerate(estimate.counts) if place & both == both) < FEW:
                thin.append(gettext("%(one)s and %(two)s") % {"one": estimate.names[one], "two": estimate.names[two]})
    if thin:
        yield str(THIN) % {"pairs": ", ".join(thin)}


def _checked(estimate: Estimate) -> Iterator[str]:
    tried = [each for each in estimate.checks if each["estimate"] is not None]
    missed = [each["name"] for each in tried if not each["hit"]]
    if missed:
        yield gettext("Asked for the size of a list that is known, the method misses %(lists)s (%(missed)s of %(tried)s tried).") % {
            "lists": ", ".join(missed), "missed": len(missed), "tried": len(tried),
        }  # fmt: skip
    elif tried:
        yield gettext("Asked for the size of a list that is known, the method finds it for all %(tried)s lists tried.") % {
            "tried": len(tried)
        }
