"""Questionnaires on the desk: what we are asked, what is mine to write, who has not answered."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entraide.features.questionnaires import queries
from entraide.features.questionnaires.choices import ASKERS, FOCAL, OFFICIAL, OPEN, WRITERS, ReplyState
from entraide.features.questionnaires.models import Addressee, Assignment, Circulation, Reply
from entraide.kernel.access.context import Acting
from entraide.kernel.base import clock
from entraide.kernel.base.desk import Item, Pile, lays_on_the_desk

Piles = dict[str, Pile]


@lays_on_the_desk
def questionnaires(by: Acting, limit: int) -> Piles:
    """The piles of whoever answers, or of whoever asks."""
    if by.function in WRITERS:
        items = [*(_asked(by) if by.function in FOCAL else []), *[_assigned(each) for each in queries.assigned_to(by) if not each.done_at]]
        return _piled(items, limit)
    return _overdue(by, limit) if by.function in ASKERS else {}


def _piled(items: list[Item], limit: int) -> Piles:
    late = [item for item in items if item.kind == "late"]
    rest = [item for item in items if item.kind != "late"]
    return {"late": Pile(len(late), late[:limit]), "awaiting": Pile(len(rest), rest[:limit])}


def _asked(by: Acting) -> list[Item]:
    """What the body was asked and has not sent, or was asked to complete."""
    found = list(queries.asked_of(by.body)[:200])
    replies: dict[object, list[Reply]] = {}
    for reply in Reply.objects.filter(addressee__in=[each.pk for each in found]):
        replies.setdefault(reply.addressee_id, []).append(reply)
    items = (_asked_item(each, replies.get(each.pk, [])) for each in found)
    return [item for item in items if item]


def _asked_item(addressee: Addressee, replies: list[Reply]) -> Item | None:
    writing = next((reply for reply in replies if reply.state in OPEN), None)
    sent = next((reply for reply in replies if reply.state in OFFICIAL), None)
    if sent is not None and sent.state == ReplyState.SENT and writing is None:
        return None
    url = writing.get_absolute_url() if writing else reverse("questionnaires:begin", args=[addressee.pk])
    detail = writing.get_state_display() if writing else _("Returned for completion") if sent else _("Not begun")
    late = clock.today() > addressee.due and sent is None
    return Item(addressee.circulation.title, url, detail, addressee.due, "late" if late else "waiting")


def _assigned(each: Assignment) -> Item:
    part = each.section.title if each.section else each.question.label if each.question else ""
    section = each.section_id or (each.question.section_id if each.question else None)
    due = each.due or each.reply.due
    title = _("%(part)s, for %(round)s") % {"part": part[:80], "round": each.reply.circulation.title}
    url = reverse("questionnaires:section", args=[each.reply_id, section])
    return Item(title, url, _("To be written"), due, "late" if due < clock.today() else "waiting")


def _overdue(by: Acting, limit: int) -> Piles:
    """For each round of one's own: how many are late, and how many are still awaited."""
    late, waiting = [], []
    for circulation in Circulation.objects.filter(holder=by.body).select_related("questionnaire").order_by("-due")[:20]:
        stands = [each for each in queries.standing(circulation) if each.reply is None]
        overdue = sum(each.late for each in stands)
        if overdue:
            words = ngettext("%(count)d has not answered", "%(count)d have not answered", overdue) % {"count": overdue}
            late.append(Item(circulation.title, circulation.get_absolute_url(), words, circulation.due, "late"))
        if len(stands) > overdue:
            count = len(stands) - overdue
            words = ngettext("%(count)d answer is awaited", "%(count)d answers are awaited", count) % {"count": count}
            waiting.append(Item(circulation.title, circulation.get_absolute_url(), words, circulation.due, "waiting"))
    return {"late": Pile(len(late), late[:limit]), "waiting": Pile(len(waiting), waiting[:limit])}
