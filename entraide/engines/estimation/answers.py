"""What a study is asked and what it answers: one family of models beside the other, each with a figure or with the reason for none."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from entraide.engines.estimation.checks import Found, Relinked
from entraide.engines.estimation.histories import Histories
from entraide.engines.estimation.refusal import Refused
from entraide.engines.estimation.stepwise import THRESHOLD
from entraide.engines.estimation.subsets import Floats
from entraide.engines.sentence import ENGLISH, Sentence, Voice, again, kept
from entraide.engines.sentence import gettext_noop as _

METHODS = ("stepwise", "bic", "bic3", "dga", "lcmcr")
TITLES = {
    "stepwise": _("Sparse log-linear, stepwise"),
    "bic": _("Log-linear by BIC, pairs"),
    "bic3": _("Log-linear by BIC, up to triples"),
    "dga": _("Decomposable graphs, averaged"),
    "lcmcr": _("Latent classes"),
}


@dataclass(frozen=True)
class Order:
    """What is asked.

    methods: of METHODS, in the order in which they shall stand. bootstrap: resamples for the intervals, 0 for none (Wald intervals).
    seed: of the resamples and the chains. threshold: of the stepwise choice. original: the published behaviour, whose start is not
    checked. draws: (B, 2**t) resamples to use instead of our own, see `read_draws`. links: shares of missed and of false links.
    """

    methods: Sequence[str] = METHODS
    bootstrap: int = 1000
    seed: int = 1
    threshold: float = THRESHOLD
    original: bool = False
    threads: int = 1
    draws: Floats | None = None
    links: tuple[float, float] | None = None


@dataclass
class Family:
    """One family's answer: estimate of all persons, 95 % interval with its kind, terms as A:B; or a refusal. draws: one estimate each."""

    method: str
    estimate: float | None = None
    interval: tuple[float, float] | None = None
    interval_kind: str = ""
    terms: list[str] = field(default_factory=list)
    refusal: Refused | None = None
    draws: list[float | None] | None = None
    draw_terms: list[list[str]] | None = None
    interval_refusal: Refused | None = None
    notes: list[Sentence] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    def told(self, voice: Voice = ENGLISH) -> dict[str, Any]:
        """As data; what is not known is None. In every family:

        method: of METHODS. estimate: of all persons. interval: 95 %, [low, high]. terms: as A:B. refusal: kind, why, remedy.
        draws: one estimate for each draw that was given. interval_kind: BCa, Wald, posterior. notes: sentences.

        Where there is such a thing:

        interval_refusal: why an estimate has no interval. draw_terms: terms for each draw. draw_refusals: how many draws by kind.
        wald: the Wald interval. bca: limit by level. bias: z0. acceleration: a. resamples: how many. resamples_refused: how many of
        them have no answer. resampling_seconds: for all. models: how many were compared. search: whether not all were. bic: the least.
        graphs: the likeliest, with probability, edges, median. rhat: of the chains. effective_sample_size: of them.
        posterior_draws: how many.
        """
        out = {
            "method": self.method,
            "estimate": self.estimate,
            "interval": list(self.interval) if self.interval else None,
            "interval_kind": self.interval_kind,
            "terms": self.terms,
            "refusal": self.refusal.told(voice) if self.refusal else None,
            "draws": self.draws,
            "notes": self.noted(voice),
            **self.facts,
        }
        if self.interval_refusal is not None:
            out["interval_refusal"] = self.interval_refusal.told(voice)
        if self.draw_terms is not None:
            out["draw_terms"] = self.draw_terms
        return out

    def kept(self) -> dict[str, Any]:
        """As data from which it can be told again in another language; without draws and facts but the number of resamples."""
        limits = list(self.interval) if self.interval and all(map(math.isfinite, self.interval)) else None
        notes = [*self.notes, *([self.interval_refusal.sentence] if self.interval_refusal else [])]
        return {
            "method": self.method,
            "estimate": self.estimate,
            "interval": limits,
            "interval_kind": self.interval_kind,
            "terms": self.terms,
            "refusal": self.refusal.kept() if self.refusal else None,
            "notes": [kept(note) for note in notes],
            "resamples": self.facts.get("resamples", 0),
        }

    @classmethod
    def again(cls, data: dict[str, Any]) -> "Family":
        """What `kept` made data of."""
        return cls(
            data["method"],
            data["estimate"],
            tuple(data["interval"]) if data["interval"] else None,
            data["interval_kind"],
            data["terms"],
            Refused.again(data["refusal"]) if data["refusal"] else None,
            notes=[again(note) for note in data["notes"]],
            facts={"resamples": data["resamples"]},
        )

    def noted(self, voice: Voice = ENGLISH) -> list[str]:
        """What a reader must know about this figure."""
        refused = [self.interval_refusal.said(voice)] if self.interval_refusal else []
        return [note.said(voice) for note in self.notes] + refused


@dataclass(frozen=True)
class Study:
    """The families; the checks; what the answer rests on here; how it was done.

    consistency: each list taken as a population of known size. relinked: the effect of wrong links, or the refusal of it, if asked.
    """

    table: Histories
    families: list[Family]
    consistency: list[Found]
    relinked: Relinked | Refused | None
    rests_on: list[Sentence]
    done: list[Sentence]

    @property
    def answered(self) -> list[Family]:
        """The families with an estimate."""
        return [family for family in self.families if family.estimate is not None]

    def assumptions(self, voice: Voice = ENGLISH) -> list[str]:
        """What the answer rests on with these data, one sentence each, what matters most first."""
        return [sentence.said(voice) for sentence in self.rests_on]

    def methods(self, voice: Voice = ENGLISH) -> str:
        """A paragraph for the section on methods."""
        return " ".join(sentence.said(voice) for sentence in self.done)
