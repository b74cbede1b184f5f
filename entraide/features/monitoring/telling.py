"""Monitoring in words: verbs, escalation, clocks."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entraide.features.monitoring.models import Evaluation, Mechanism, Recommendation
from entraide.features.monitoring.paper import Line
from entraide.kernel.base import clock
from entraide.kernel.base.countries import language_name
from entraide.kernel.base.names import localised


def verb_label(mechanism: Mechanism, verb: str) -> str:
    """The verb in the reader's language."""
    return next((localised(each["names"]) for each in mechanism.verbs if each["code"] == verb), verb)


def escalation(recommendation: Recommendation) -> str:
    """Whether the verb hardened since the round before: "hardened", "softened", "same", or "" where there was none."""
    if recommendation.earlier is None:
        return ""
    before = recommendation.earlier.strength
    return "hardened" if recommendation.strength > before else "softened" if recommendation.strength < before else "same"


def escalation_words(recommendation: Recommendation) -> str:
    """The same in a sentence."""
    if recommendation.earlier is None:
        return ""
    earlier = recommendation.earlier
    told = {
        "hardened": _("Harder than before: “%(verb)s” in round %(round)s."),
        "softened": _("Softer than before: “%(verb)s” in round %(round)s."),
        "same": _("As before: “%(verb)s” in round %(round)s."),
    }[escalation(recommendation)]
    before = earlier.edition.evaluation.round
    return told % {"verb": verb_label(before.mechanism, earlier.verb), "round": before.number}


def languages_behind(lines: Iterable[Line]) -> list[str]:
    """A sentence for each language in which lines of a report have not followed."""
    count = Counter(code for line in lines for code in line.row.behind)
    return [_behind(number) % {"language": language_name(code), "count": number} for code, number in sorted(count.items())]


def _behind(number: int) -> str:
    return ngettext(
        "In %(language)s %(count)s line has not followed a change.",
        "In %(language)s %(count)s lines have not followed a change.",
        number,
    )


def days_left(due: date) -> str:
    """How long there is still time, or for how long it has been late."""
    days = (due - clock.today()).days
    if days < 0:
        return ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def kind_of_due(due: date | None, done: bool) -> str:
    """The colour of a clock: done, late, waiting, or neutral where there is none."""
    if done:
        return "done"
    return "neutral" if due is None else "late" if due < clock.today() else "waiting"


def stage_kind(evaluation: Evaluation) -> str:
    """The colour of a stage."""
    late = evaluation.stage == "commenting" and evaluation.comments_due is not None and evaluation.comments_due < clock.today()
    if late:
        return "late"
    return {"planned": "neutral", "published": "done", "closed": "done", "commenting": "waiting"}.get(evaluation.stage, "active")
