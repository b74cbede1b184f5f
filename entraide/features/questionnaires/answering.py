"""Verbs of whoever answers: begin, assign, say that it is done, clear, open again, send, correct by a further edition."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entraide.features.questionnaires import queries, rules
from entraide.features.questionnaires.choices import FOCAL, OFFICIAL, OPEN, Capacity, ReplyState
from entraide.features.questionnaires.circulating import hands, readers_after_sending
from entraide.features.questionnaires.models import Addressee, Answer, Assignment, Attachment, Instance, Question, Reply, Section
from entraide.features.questionnaires.outline import Asked, outline
from entraide.features.questionnaires.replies import carried
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import refuse, require
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock
from entraide.kernel.base.ids import uuid7
from entraide.kernel.bodies import queries as bodies
from entraide.kernel.bodies.models import Body
from entraide.kernel.notices.services import notify

NO_COLLEAGUE = refuse("no_colleague", _("Choose somebody of your own body who answers questionnaires there."))
Row = TypeVar("Row", Answer, Instance, Attachment)


def _written(by: Acting, action: str, reply: Reply, **detail: str | int | bool) -> None:
    record(by=by, action=f"questionnaires.{action}", kind="reply", object_id=reply.pk, holder=reply.holder, detail=detail)


@transaction.atomic
def begin(*, by: Acting, addressee: Addressee) -> Reply:
    """Begins a reply, readable and writable by the answering body alone; after one was sent, its next edition with the same answers."""
    before = queries.official(addressee)
    require(rules.may_begin(by, addressee, queries.open_edition(addressee) is not None, before))
    circle_of = hands(by.body)
    reply = Reply.objects.create(
        addressee=addressee, circulation=addressee.circulation, holder=by.body, circulator=addressee.holder, readers=sorted(circle_of),
        writers=sorted(circle_of), capacity=addressee.capacity, country=addressee.country, names=addressee.names, due=addressee.due,
        edition=before.edition + 1 if before else 1, may_publish=before.may_publish if before else False, begun_by=by.post,
        invented=bodies.get(by.body).invented,
    )  # fmt: skip
    if before is not None:
        _carry_over(before, reply)
    _written(by, "begin", reply, edition=reply.edition)
    return reply


def _carry_over(before: Reply, reply: Reply) -> None:
    """The answers, instances and evidence of an edition as those of the next: constant in queries. Assignments begin anew."""
    Answer.objects.bulk_create([_anew(row, reply) for row in Answer.objects.filter(reply=before)])
    Instance.objects.bulk_create([_anew(row, reply) for row in Instance.objects.filter(reply=before)])
    Attachment.objects.bulk_create([_anew(row, reply) for row in Attachment.objects.filter(reply=before)])


def _anew(row: Row, reply: Reply) -> Row:
    row.pk, row.reply, row._state.adding = uuid7(), reply, True
    for name, value in carried(reply).items():
        setattr(row, name, value)
    return row


@transaction.atomic
def assign(
    *, by: Acting, reply: Reply, body: Body, section: Section | None = None, question: Question | None = None, post: UUID | None = None,
    due: date | None = None, note: str = "",
) -> Assignment:  # fmt: skip
    """Gives a section or a question to a body of the same State, or to one colleague: they read the reply and write what is theirs."""
    reply = Reply.objects.select_for_update().get(pk=reply.pk)
    require(rules.may_lead(by, reply))
    if body.pk != by.body and (reply.capacity != Capacity.STATE or body.country != reply.country):
        require(refuse("other_state", _("A reply is written by bodies of the same State; an organisation writes its own.")))
    if post is not None and (body.pk != by.body or post not in queries.colleagues(by)):
        require(NO_COLLEAGUE)
    if (section is None) == (question is None):
        raise ValueError("a section or a question")
    reply.readers = sorted({*reply.readers, *hands(body.pk)})
    reply.writers = sorted({*reply.writers, *hands(body.pk)})
    reply.save(update_fields=["readers", "writers"])
    row = Assignment.objects.create(
        reply=reply, body=body, section=section, question=question, post=post, due=due, note=note, made_by=by.post
    )
    _written(by, "assign", reply)
    notify([post] if post else hands(body.pk))
    return row


@transaction.atomic
def hand_on(*, by: Acting, assignment: Assignment, post: UUID | None) -> None:
    """Within the body that was given a part: says which colleague writes it, or that everybody may who answers there."""
    reply = Reply.objects.get(pk=assignment.reply_id)
    require(rules.may_hand_on(by, assignment, reply))
    if post is not None and post not in queries.colleagues(by):
        require(NO_COLLEAGUE)
    assignment.post = post
    assignment.save(update_fields=["post"])
    _written(by, "hand_on", reply)
    notify([post] if post else hands(assignment.body_id))


@transaction.atomic
def end_assignment(*, by: Acting, assignment: Assignment) -> None:
    """Takes an assignment back; a body that has no other under this reply reads and writes it no more."""
    reply = Reply.objects.select_for_update().get(pk=assignment.reply_id)
    require(rules.may_lead(by, reply))
    assignment.ended_at = clock.now()
    assignment.save(update_fields=["ended_at"])
    if not queries.assignments(reply).filter(body=assignment.body_id).exists() and assignment.body_id != reply.holder:
        gone = set(hands(assignment.body_id))
        reply.readers, reply.writers = sorted(set(reply.readers) - gone), sorted(set(reply.writers) - gone)
        reply.save(update_fields=["readers", "writers"])
    _written(by, "end_assignment", reply)


@transaction.atomic
def finish(*, by: Acting, assignment: Assignment, done: bool = True) -> None:
    """Says that what was assigned is written, or that it is not after all."""
    reply = Reply.objects.get(pk=assignment.reply_id)
    require(rules.may_finish(by, assignment, reply))
    assignment.done_at, assignment.done_by = (clock.now(), by.hand) if done else (None, None)
    assignment.save(update_fields=["done_at", "done_by"])
    _written(by, "finish", reply, done=done)
    if done:
        notify(hands(reply.holder)[:1])


def pending(reply: Reply) -> list[tuple[Question, int]]:
    """Required questions that are asked and neither answered nor explained: (question, instance)."""
    rows = {(row.question_id, row.instance): row for row in Answer.objects.filter(reply=reply)}
    whole = outline(reply.circulation.questionnaire)
    asked = Asked(whole, {place: row.value for place, row in rows.items()}, queries.instances(reply))
    return [
        (question, instance)
        for question, instance in asked.to_answer()
        if question.required and not ((row := rows.get((question.pk, instance))) and (row.value is not None or row.gap))
    ]


@transaction.atomic
def clear(*, by: Acting, reply: Reply) -> Reply:
    """Clears the reply: nobody writes in it any more."""
    reply = Reply.objects.select_for_update().get(pk=reply.pk)
    require(rules.may(by, reply, "clear", pending=len(pending(reply)), undecided=queries.undecided(reply).count()))
    reply.state, reply.cleared_at, reply.cleared_by, reply.writers = ReplyState.CLEARED, clock.now(), by.post, []
    reply.save(update_fields=["state", "cleared_at", "cleared_by", "writers"])
    _written(by, "clear", reply)
    return reply


@transaction.atomic
def reopen(*, by: Acting, reply: Reply) -> Reply:
    """Opens a cleared reply again to whoever wrote it."""
    reply = Reply.objects.select_for_update().get(pk=reply.pk)
    require(rules.may(by, reply, "reopen"))
    assigned = queries.assignments(reply).values_list("body", flat=True)
    reply.state, reply.cleared_at, reply.cleared_by = ReplyState.DRAFTING, None, None
    reply.writers = sorted({principal for body in (reply.holder, *assigned) for principal in hands(body)})
    reply.save(update_fields=["state", "cleared_at", "cleared_by", "writers"])
    _written(by, "reopen", reply)
    return reply


@transaction.atomic
def send(*, by: Acting, reply: Reply, may_publish: bool | None = None) -> Reply:
    """Sends the cleared reply: the one official reply; an edition before it is replaced. From now on the circulating body reads it."""
    reply = Reply.objects.select_for_update().get(pk=reply.pk)
    require(rules.may(by, reply, "send"))
    before = Reply.objects.filter(addressee=reply.addressee_id, state__in=OFFICIAL)
    reply.first_sent_on = before.values_list("first_sent_on", flat=True).first() or clock.today()
    before.update(state=ReplyState.SUPERSEDED)
    reply.state, reply.sent_at, reply.sent_by = ReplyState.SENT, clock.now(), by.post
    reply.readers = readers_after_sending(reply, reply.circulation)
    reply.may_publish = reply.may_publish if may_publish is None else may_publish
    reply.save(update_fields=["state", "sent_at", "sent_by", "first_sent_on", "readers", "may_publish"])
    _written(by, "send", reply, edition=reply.edition, days_late=reply.days_late)
    notify(list(reply.circulation.readers))
    return reply


@transaction.atomic
def allow_publication(*, by: Acting, reply: Reply, allowed: bool) -> None:
    """The answering body allows the circulating body to publish its reply, or takes that back before it happened."""
    require(rules.may_allow(by, reply))
    reply.may_publish = allowed
    reply.save(update_fields=["may_publish"])
    _written(by, "allow_publication", reply, allowed=allowed)


def is_open(reply: Reply) -> bool:
    """Whether it is still the answering body's own affair."""
    return reply.state in OPEN


def leads(by: Acting, reply: Reply) -> bool:
    """Whether the acting post is the focal point of the answering body."""
    return by.function in FOCAL and reply.holder == by.body


def bodies_of(assignments: Iterable[Assignment]) -> set[UUID]:
    """The bodies that write under a reply."""
    return {each.body_id for each in assignments}
