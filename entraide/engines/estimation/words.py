"""In sentences: what the answer rests on with these data, and how it was done."""

import math
from collections.abc import Sequence

from entraide.engines.estimation.answers import TITLES, Family, Order
from entraide.engines.estimation.checks import Found, Relinked
from entraide.engines.estimation.histories import Histories
from entraide.engines.estimation.refusal import Refused
from entraide.engines.estimation.subsets import above
from entraide.engines.sentence import Decimals, Sentence, say
from entraide.engines.sentence import gettext_noop as _

APART = 1.5  # families further apart than this factor disagree
FEW = 5  # persons on both lists of a pair
NAMED = 4  # pairs that are named one by one


def assumptions(table: Histories, families: Sequence[Family], found: list[Found], relinked: Relinked | Refused | None) -> list[Sentence]:
    """What matters most for these data comes first; what every such estimate assumes comes last."""
    return [
        *_choice_of_model(families),
        *_thin_overlaps(table),
        *_known_lists(found),
        *_independence(table),
        _links(relinked),
        say(
            _(
                "The lists cover one population in one place and period: nobody enters or leaves it in between, and every person could "
                "be listed."
            )
        ),
    ]


def _choice_of_model(families: Sequence[Family]) -> list[Sentence]:
    answers = sorted((family.estimate, TITLES[family.method]) for family in families if family.estimate is not None)
    if len(answers) < 2:
        return []
    (low, least), (high, most) = answers[0], answers[-1]
    if high > APART * low:
        template = _(
            "The choice of model matters most here: “%(least)s” gives %(low)s, “%(most)s” %(high)s. Do not publish one of them alone."
        )
        return [say(template, least=say(least), low=low, most=say(most), high=high)]
    template = _("The families agree within a factor of %(factor)s; what they all assume stands below.")
    return [say(template, factor=Decimals(high / low, 2))]


def _thin_overlaps(table: Histories) -> list[Sentence]:
    own, lists = above(table.counts), len(table.names)
    overlaps = sorted((own[1 << i | 1 << j], table.names[i], table.names[j]) for i in range(lists) for j in range(i + 1, lists))
    thin = [say(_("%(one)s and %(other)s"), one=a, other=b) for number, a, b in overlaps if number < FEW]  # never how few: it is published
    if not thin:
        return []
    if len(thin) > NAMED:
        template = _(
            "Fewer than five persons are on both lists of a pair: %(pairs)s and %(more)s more. The answer hangs on these few and on how "
            "they were matched."
        )
        return [say(template, pairs=thin[:NAMED], more=len(thin) - NAMED)]
    template = _(
        "Fewer than five persons are on both lists of a pair: %(pairs)s. The answer hangs on these few and on how they were matched."
    )
    return [say(template, pairs=thin)]


def _known_lists(found: list[Found]) -> list[Sentence]:
    tried = [each for each in found if not math.isnan(each.estimate)]
    missed = [each.name for each in tried if not each.hit]
    if missed:
        template = _(
            "Asked for the size of a list that is known, the stepwise method misses %(lists)s (%(missed)s of %(tried)s tried): the lists "
            "depend on each other in ways it does not see."
        )
        return [say(template, lists=missed, missed=len(missed), tried=len(tried))]
    if tried:
        template = _("Asked for the size of a list that is known, the stepwise method finds it for all lists tried (%(tried)s).")
        return [say(template, tried=len(tried))]
    return []


def _independence(table: Histories) -> list[Sentence]:
    if len(table.names) > 2:
        return []
    return [
        say(_("With two lists their independence cannot be tested: if being on one makes the other likelier, the true number is greater."))
    ]


def _links(relinked: Relinked | Refused | None) -> Sentence:
    if relinked is None:
        return say(
            _("Every person is taken to be recognised on every list; give rates of missed and false links to see what that changes.")
        )
    if isinstance(relinked, Refused):
        return relinked.sentence
    template = _(
        "If %(missed)s %% of true links were missed and %(false)s %% of those made are false, the stepwise answer lies between %(low)s and "
        "%(high)s."
    )
    return say(template, missed=_percent(relinked.missed), false=_percent(relinked.false), low=relinked.low, high=relinked.high)


def _percent(share: float) -> Decimals:
    whole = abs(share * 100 - round(share * 100)) < 1e-9
    return Decimals(share * 100, 0 if whole else 1)


DONE = {
    "stepwise": _(
        "sparse log-linear models, pairs chosen stepwise at p < %(threshold)s (Chan, Silverman and Vincent 2021), existence and "
        "identifiability checked (Fienberg and Rinaldo 2012)"
    ),
    "original": _(
        "sparse log-linear models, pairs chosen stepwise at p < %(threshold)s (Chan, Silverman and Vincent 2021), as published, without "
        "checking the model of main effects"
    ),
    "bic": _("the hierarchical log-linear model with interactions of pairs of least BIC"),
    "bic3": _("the hierarchical log-linear model with interactions of up to three lists of least BIC"),
    "dga": _("averaging over decomposable graphs with a hyper-Dirichlet prior (Madigan and York 1997)"),
    "lcmcr": _("a Dirichlet process mixture of latent classes (Manrique-Vallier 2016)"),
}


def methods(table: Histories, families: Sequence[Family], order: Order) -> list[Sentence]:
    """The paragraph on methods, sentence by sentence."""
    template = _(
        "The number of persons on none of the lists %(lists)s was estimated by multiple systems estimation from %(persons)s persons on at "
        "least one list."
    )
    out = [say(template, lists=list(table.names), persons=table.total)]
    if table.left_out:
        out.append(say(_("Left out were %(persons)s persons of the file who are on none of these lists."), persons=table.left_out))
    for place, family in enumerate(families, start=1):
        used = DONE["original" if family.method == "stepwise" and order.original else family.method]
        values: dict[str, object] = {"threshold": Decimals(order.threshold, 2)} if family.method == "stepwise" else {}
        out.append(say(_("Method %(place)s: %(used)s."), place=place, used=say(used, **values)))
    drawn = next((each.facts["resamples"] for each in families if each.interval_kind == "BCa"), None)
    if drawn and order.draws is not None:
        template = _("Intervals are 95 %% BCa from %(drawn)s resamples that were given, the whole choice of model repeated in each.")
        out.append(say(template, drawn=drawn))
    elif drawn:
        template = _(
            "Intervals are 95 %% BCa from %(drawn)s resamples (multinomial, seed %(seed)s), the whole choice of model repeated in each."
        )
        out.append(say(template, drawn=drawn, seed=str(order.seed)))
    without = [say(TITLES[family.method]) for family in families if family.refusal]
    if without:
        out.append(say(_("No figure is given for: %(families)s, for the reasons stated."), families=without))
    return out
