"""A refusal: why there is no number, and what would help. Never a number that should not be believed."""

from typing import Any, Literal

from entraide.engines.sentence import ENGLISH, Sentence, Voice, again, kept, say
from entraide.engines.sentence import gettext_noop as _

Kind = Literal["input", "not-identifiable", "no-finite-estimate", "unstable", "too-large"]


WIDEST = 60  # upper limit over lower; two lists that share one single person come to about 50


class Refused(Exception):
    """No estimate, with its kind, the reason as one sentence and what would help as another.

    Both are templates marked with `gettext_noop`; `values` fill their places, so that a page can say them in its reader's language.
    """

    def __init__(self, kind: Kind, why: str, remedy: str = "", **values: object) -> None:
        self.kind: Kind = kind
        self._why, self._remedy = say(why, **values), say(remedy, **values)
        super().__init__(f"{self.why} {self.remedy}".strip())

    @property
    def sentence(self) -> Sentence:
        """The reason as a sentence that can be said in any language."""
        return self._why

    @property
    def why(self) -> str:
        """The reason, in English."""
        return str(self._why)

    @property
    def remedy(self) -> str:
        """What would help, in English; may be empty."""
        return str(self._remedy)

    def kept(self) -> dict[str, Any]:
        """As data from which it can be said again in another language."""
        return {"kind": self.kind, "why": kept(self._why), "remedy": self._remedy.template}

    @classmethod
    def again(cls, data: dict[str, Any]) -> "Refused":
        """What `kept` made data of."""
        why = again(data["why"])
        return cls(data["kind"], why.template, data["remedy"], **why.values)

    def told(self, voice: Voice = ENGLISH) -> dict[str, str]:
        """As data: kind, why, remedy, in that language."""
        remedy = self._remedy.said(voice) if self._remedy.template else ""
        return {"kind": self.kind, "why": self._why.said(voice), "remedy": remedy}

    def said(self, voice: Voice = ENGLISH) -> str:
        """Both sentences, in that language."""
        told = self.told(voice)
        return f"{told['why']} {told['remedy']}".strip()


def refuse_wide(low: float, high: float) -> None:
    """Refuses an answer whose 95 % interval is so wide that the table hardly limits it."""
    if not high <= WIDEST * low:
        raise Refused(
            "unstable",
            _("The answer lies anywhere between %(low)s and %(high)s: the table hardly limits it."),
            _("Merge the lists that overlap least, or drop one of them."),
            low=low,
            high=min(high, 1e15),
        )
