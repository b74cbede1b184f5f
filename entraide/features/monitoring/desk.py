"""Monitoring on the desk: comments and replies due, what the team has to do, decisions and measures past their day."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from entraide.features.monitoring import queries, rules
from entraide.features.monitoring.choices import ANSWERS_FOR_STATE, WORKS_ON_IT, Stage
from entraide.features.monitoring.models import Comments, Decision, Evaluation, Measure, Milestone, Reviewer
from entraide.kernel.access.context import Acting
from entraide.kernel.accounts.choices import Function
from entraide.kernel.base import clock
from entraide.kernel.base.desk import Item, Pile, lays_on_the_desk

Items = dict[str, list[Item]]


@lays_on_the_desk
def monitoring(by: Acting, limit: int) -> dict[str, Pile]:
    """What awaits whoever speaks for a State, evaluates, or keeps a mechanism or its committee."""
    found: Items = {"awaiting": [], "waiting": [], "late": []}
    if by.function in ANSWERS_FOR_STATE:
        _state(by, found)
    if by.function in WORKS_ON_IT:
        _house(by, found)
    return {name: Pile(len(items), items[:limit]) for name, items in found.items() if items}


def _lay(found: Items, title: str, url: str, detail: str, due: date | None) -> None:
    late = due is not None and due < clock.today()
    item = Item(title, url, detail, due, "late" if late else "waiting")
    found["late" if late else "awaiting"].append(item)


def _state(by: Acting, found: Items) -> None:
    mine = queries.evaluations().filter(body=by.body)
    sent = set(Comments.objects.filter(submitted_at__isnull=False).values_list("edition__evaluation", flat=True))
    for each in mine.filter(stage=Stage.COMMENTING).exclude(pk__in=sent):
        _lay(found, _("Comments on the draft report"), each.get_absolute_url(), each.round.name, each.comments_due)
    for each in mine.filter(stage=Stage.COLLECTING):
        _lay(found, _("Replies to the mechanism"), each.get_absolute_url(), each.round.name, each.replies_due)
    for last in queries.last_programmes(by.body):
        _lay(found, _("Programme of the visit"), last.evaluation.get_absolute_url(), last.places, last.ends_on)
    for decision in Decision.objects.filter(evaluation__body=by.body, answered_on__isnull=True, due__isnull=False):
        _lay(found, _("Report back on a decision"), decision.get_absolute_url(), decision.reference, decision.due)
    for measure in Measure.objects.filter(holder=by.body, done_on__isnull=True, due__lt=clock.today()).select_related("plan"):
        _lay(found, measure.title, measure.get_absolute_url(), _("Measure past its day"), measure.due)
    for step in Milestone.objects.filter(holder=by.body, done_on__isnull=True, due__lt=clock.today()).select_related("measure"):
        _lay(found, step.title, step.measure.get_absolute_url(), _("Milestone past its day"), step.due)


def _mine(by: Acting) -> list[Evaluation]:
    rows = queries.running().filter(round__mechanism__body=by.body)
    if by.function == Function.EVALUATOR:
        seats: set[UUID] = set(Reviewer.objects.filter(post=by.post, ended_on__isnull=True).values_list("evaluation", flat=True))
        rows = rows.filter(pk__in=seats)
    return list(rows)


def _house(by: Acting, found: Items) -> None:
    for each in _mine(by):
        title = _("Evaluation: %(state)s") % {"state": each.state_name}
        if each.stage == Stage.COMMENTING and not rules.may_move(by, each, "take_comments"):
            found["waiting"].append(Item(title, each.get_absolute_url(), _("Waits for the State’s comments"), each.comments_due, "waiting"))
        else:
            _lay(found, title, each.get_absolute_url(), str(each.get_stage_display()), None)
    for decision in Decision.objects.filter(holder=by.body, answered_on__isnull=True, due__lt=clock.today()).select_related("evaluation"):
        title = _("No report yet on a decision: %(state)s") % {"state": decision.evaluation.state_name}
        found["late"].append(Item(title, decision.get_absolute_url(), decision.reference, decision.due, "late"))
