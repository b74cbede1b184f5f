"""For every body: what we promised, and what is asked of us."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.features.monitoring import queries, telling
from entraide.features.monitoring.choices import EditionKind, Stage
from entraide.features.monitoring.models import Decision, Edition, Measure, Partner
from entraide.features.monitoring.shown import replied
from entraide.features.questionnaires.queries import asked_of, official
from entraide.features.treaties.choices import BINDING
from entraide.features.treaties.queries import acts, instruments, reckoned
from entraide.features.treaties.standing import stands
from entraide.kernel.access.context import Acting
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.base import clock


@dataclass(frozen=True)
class Line:
    """One thing: what it is, its page, where it stands."""

    title: str
    url: str
    words: str = ""
    kind: str = "neutral"
    detail: str = ""


@acting()
def ours(request: ActingRequest) -> HttpResponse:
    """What the acting body, and its State, promised; what is asked of them."""
    by = request.acting
    context = {
        "promised": [(_("Instruments that bind our State"), _bound(by)), (_("Measures that we lead or help with"), _measures(by))],
        "asked": [
            (_("Questionnaires"), _questions(by)), (_("Draft reports to comment on"), _drafts(by)),
            (_("Recommendations to our State"), _recommendations(by)), (_("Decisions to report back on"), _decisions(by)),
        ],
        "back_url": reverse("monitoring:index"),
    }  # fmt: skip
    return render(request, "monitoring/ours.html", context)


def _bound(by: Acting) -> list[Line]:
    if not by.country:
        return []
    rows, done, today = list(instruments()), acts(states=[by.country]), clock.today()
    known = reckoned(rows)
    out = []
    for row in rows:
        stand = stands(known[row.slug], [act for act in done if act.instrument == row.slug], today).get(by.country)
        if stand is not None and stand.standing in BINDING:
            out.append(Line(row.name, row.get_absolute_url()))
    return out


def _due(day: date | None, done: bool) -> tuple[str, str]:
    return (_("Done") if done else telling.days_left(day) if day else _("No date set")), telling.kind_of_due(day, done)


def _measures(by: Acting) -> list[Line]:
    helped = Partner.objects.filter(body=by.body).values_list("measure", flat=True)
    rows = (Measure.objects.filter(lead=by.body) | Measure.objects.filter(pk__in=helped)).select_related("plan").order_by("due", "number")
    return [Line(row.title, row.get_absolute_url(), *_due(row.due, row.done_on is not None), row.plan.title) for row in rows]


def _questions(by: Acting) -> list[Line]:
    rows = asked_of(by.body)
    return [Line(row.circulation.title, reverse("questionnaires:asked"), *_due(row.due, official(row) is not None)) for row in rows]


def _drafts(by: Acting) -> list[Line]:
    rows = Edition.objects.filter(kind=EditionKind.SENT, evaluation__body=by.body, evaluation__stage=Stage.COMMENTING)
    return [Line(row.title, row.get_absolute_url(), *_due(row.evaluation.comments_due, False)) for row in rows.select_related("evaluation")]


def _recommendations(by: Acting) -> list[Line]:
    rows = list(queries.final_recommendations(state=by.country)[:200]) if by.country else []
    answered = replied(rows)
    out = []
    for row in rows:
        done = row.pk in answered
        words, kind = (_("Replied"), "done") if done else (_("No reply visible to you"), "waiting")
        title = f"{telling.verb_label(row.mechanism, row.verb)} {row.paragraph.text}"
        out.append(Line(title[:200], row.get_absolute_url(), words, kind, row.edition.evaluation.round.name))
    return out


def _decisions(by: Acting) -> list[Line]:
    rows = Decision.objects.filter(evaluation__state=by.country).order_by("due") if by.country else Decision.objects.none()
    return [Line(row.text[:200], row.get_absolute_url(), *_due(row.due, row.answered_on is not None), row.reference) for row in rows]
