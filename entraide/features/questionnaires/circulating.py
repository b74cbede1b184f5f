"""Verbs of whoever circulates: send round, give more time, remind, return, publish, admit readers."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entraide.features.questionnaires import rules
from entraide.features.questionnaires.choices import Capacity, ReplyState
from entraide.features.questionnaires.models import Addressee, Circulation, Questionnaire, Reply
from entraide.kernel.access.context import Acting
from entraide.kernel.access.principals import EVERYBODY, circle
from entraide.kernel.access.rules import refuse, require
from entraide.kernel.accounts.choices import Function
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock
from entraide.kernel.bodies import queries as bodies
from entraide.kernel.bodies.models import Body
from entraide.kernel.notices.services import notify


def hands(body: UUID) -> list[UUID]:
    """Who answers at a body: its focal point and its respondents."""
    return [circle(body, Function.FOCAL_POINT), circle(body, Function.RESPONDENT)]


@transaction.atomic
def circulate(
    *, by: Acting, questionnaire: Questionnaire, titles: Mapping[str, str], due: date, addressees: Iterable[tuple[Body, str]],
    previous: Circulation | None = None, readers: Iterable[UUID] = (),
) -> Circulation:  # fmt: skip
    """Sends a published questionnaire round to (body, capacity) pairs.

    `readers`: principals beside the own secretariat who read what is sent, e.g. `circle(body, function)` or the posts of a team.
    """
    require(rules.may_circulate(by, questionnaire))
    asked = list(addressees)
    _check(asked, due, by)
    own = bodies.get(by.body)
    made = Circulation.objects.create(
        holder=by.body, questionnaire=questionnaire, titles=dict(titles), names=own.names, opened_on=clock.today(), due=due,
        previous=previous, readers=sorted({circle(by.body, Function.SECRETARIAT), *readers}), made_by=by.post, invented=own.invented,
    )  # fmt: skip
    _address(made, asked)
    record(by=by, action="questionnaires.circulate", kind="circulation", object_id=made.pk, detail={"addressees": len(asked)})
    return made


def _check(asked: list[tuple[Body, str]], due: date, by: Acting) -> None:
    if due < clock.today():
        require(refuse("past", _("The last day to answer must not lie in the past.")))
    if not asked:
        require(refuse("nobody", _("Choose at least one body to ask.")))
    if any(body.pk == by.body for body, _capacity in asked):
        require(refuse("itself", _("A body does not ask itself.")))
    states = [body.country for body, capacity in asked if capacity == Capacity.STATE]
    if "" in states:
        require(refuse("no_state", _("Whoever answers for a State must belong to one.")))
    if len(states) != len(set(states)) or len({body.pk for body, _capacity in asked}) != len(asked):
        require(refuse("twice", _("A State gives one official reply: choose one body for each State, and no body twice.")))


def _address(circulation: Circulation, asked: Iterable[tuple[Body, str]]) -> None:
    rows = [
        Addressee(
            circulation=circulation, holder=circulation.holder, readers=[*circulation.readers, *hands(body.pk)], body=body,
            capacity=capacity, country=body.country, names=body.names, due=circulation.due,
        )
        for body, capacity in asked
    ]  # fmt: skip
    Addressee.objects.bulk_create(rows)
    notify([principal for row in rows for principal in hands(row.body_id)[:1]])


@transaction.atomic
def add_addressees(*, by: Acting, circulation: Circulation, addressees: Iterable[tuple[Body, str]]) -> None:
    """Asks further bodies under the same circulation, until the same day."""
    if circulation.holder != by.body or by.function != Function.SECRETARIAT:
        require(refuse("not_circulator", _("Another body circulated this questionnaire.")))
    there = [(row.body, row.capacity) for row in Addressee.objects.filter(circulation=circulation).select_related("body")]
    asked = list(addressees)
    _check([*there, *asked], max(circulation.due, clock.today()), by)
    _address(circulation, asked)
    record(by=by, action="questionnaires.add_addressees", kind="circulation", object_id=circulation.pk, detail={"addressees": len(asked)})


@transaction.atomic
def extend(*, by: Acting, addressee: Addressee, due: date) -> None:
    """Gives an addressee a later day of its own; its reply carries it at once."""
    require(rules.may_oversee(by, addressee))
    if due <= addressee.due or due < clock.today():
        require(refuse("not_later", _("An extension ends later than the day that stands, and not in the past.")))
    addressee.due, addressee.extended_at, addressee.extended_by = due, clock.now(), by.hand
    addressee.save(update_fields=["due", "extended_at", "extended_by"])
    record(by=by, action="questionnaires.extend", kind="addressee", object_id=addressee.pk, detail={"due": due.isoformat()})
    notify(hands(addressee.body_id)[:1])


@transaction.atomic
def remind(*, by: Acting, addressee: Addressee) -> None:
    """Tells the focal point once more that something awaits it."""
    require(rules.may_oversee(by, addressee))
    addressee.reminded_at = clock.now()
    addressee.save(update_fields=["reminded_at"])
    record(by=by, action="questionnaires.remind", kind="addressee", object_id=addressee.pk)
    notify(hands(addressee.body_id)[:1])


@transaction.atomic
def admit(*, by: Acting, circulation: Circulation, readers: Iterable[UUID]) -> None:
    """Lets further principals on the circulating side read what was sent and what will be, e.g. the posts of an evaluation team."""
    if circulation.holder != by.body or by.function != Function.SECRETARIAT:
        require(refuse("not_circulator", _("Another body circulated this questionnaire.")))
    new = set(readers) - set(circulation.readers)
    circulation = Circulation.objects.select_for_update().get(pk=circulation.pk)
    circulation.readers = sorted({*circulation.readers, *new})
    circulation.save(update_fields=["readers"])
    sent = Reply.objects.filter(circulation=circulation).exclude(sent_at=None)
    rows: list[Addressee | Reply] = [*Addressee.objects.filter(circulation=circulation), *sent]
    for row in rows:
        row.readers = sorted({*row.readers, *new})
        row.save(update_fields=["readers"])
    record(by=by, action="questionnaires.admit", kind="circulation", object_id=circulation.pk, detail={"readers": len(new)})


@transaction.atomic
def give_back(*, by: Acting, reply: Reply, note: str) -> Reply:
    """Returns a sent reply for completion: it stays as it was sent, and its body is asked for a further edition."""
    reply = Reply.objects.select_for_update().get(pk=reply.pk)
    require(rules.may(by, reply, "give_back"))
    reply.state, reply.returned_at, reply.return_note = ReplyState.RETURNED, clock.now(), note
    reply.save(update_fields=["state", "returned_at", "return_note"])
    record(by=by, action="questionnaires.give_back", kind="reply", object_id=reply.pk, holder=reply.holder)
    notify(hands(reply.holder)[:1])
    return reply


@transaction.atomic
def publish_reply(*, by: Acting, reply: Reply) -> Reply:
    """Publishes an official reply whose body allowed it: from now on everybody reads it."""
    reply = Reply.objects.select_for_update().get(pk=reply.pk)
    require(rules.may_publish_reply(by, reply))
    reply.published_at, reply.readers = clock.now(), sorted({*reply.readers, EVERYBODY})
    reply.save(update_fields=["published_at", "readers"])
    record(by=by, action="questionnaires.publish_reply", kind="reply", object_id=reply.pk, holder=reply.holder)
    return reply


def readers_after_sending(reply: Reply, circulation: Circulation) -> list[UUID]:
    """Who reads a reply from its sending on."""
    return sorted({*reply.readers, *circulation.readers})
