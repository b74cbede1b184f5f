"""Named reads of questionnaires and replies. Row policies decide what there is; nothing here widens it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from entraide.features.questionnaires.choices import OFFICIAL, OPEN, WRITERS, Capacity, ReplyState, Shape, Where
from entraide.features.questionnaires.models import (
    Addressee,
    Answer,
    Assignment,
    Attachment,
    Circulation,
    Instance,
    Past,
    Question,
    Questionnaire,
    Reply,
    Withdrawal,
)
from entraide.features.texts.models import Provision
from entraide.kernel.access.context import Acting
from entraide.kernel.accounts import queries as accounts
from entraide.kernel.base import clock


def listed(*, shape: str = Shape.QUESTIONNAIRE, text: str = "") -> QuerySet[Questionnaire]:
    """Questionnaires or blocks, the newest version of each first."""
    found = Questionnaire.objects.filter(shape=shape).order_by("code", "-version")
    return found.filter(code__icontains=text) | found.filter(titles__icontains=text) if text else found


def circulations() -> QuerySet[Circulation]:
    """Circulations, the newest first."""
    return Circulation.objects.select_related("questionnaire", "previous").order_by("-opened_on", "-id")


def questions_on(provision: Provision) -> QuerySet[Question]:
    """Visible questions bound to a provision: of published questionnaires, and of the acting body's drafts."""
    return Question.objects.filter(bindings__provision=provision).select_related("questionnaire").order_by("questionnaire", "place")


def replies(circulation: Circulation) -> QuerySet[Reply]:
    """The official replies to a circulation that the reader may see: States by country, then organisations."""
    return Reply.objects.filter(circulation=circulation, state__in=OFFICIAL).order_by("-capacity", "country", "id")


def withdrawal(reply: UUID) -> Withdrawal | None:
    """How a reply that was published last ceased to be; None where it is published, or never was."""
    if Reply.objects.filter(pk=reply, published_at__isnull=False).exists():
        return None
    return Withdrawal.objects.filter(reply=reply).order_by("-withdrawn_at").first()


def answers(reply: Reply, provision: Provision | None = None) -> QuerySet[Answer]:
    """What a reply says, in reading order; with a provision, only to the questions bound to it."""
    found = Answer.objects.filter(reply=reply).select_related("question").order_by("question__place", "instance")
    return found if provision is None else found.filter(question__bindings__provision=provision)


def answers_of(replies: Iterable[Reply], questions: Iterable[Question]) -> dict[tuple[UUID, UUID], list[Answer]]:
    """{(reply, question): answers by instance} of many replies in one query."""
    found: dict[tuple[UUID, UUID], list[Answer]] = defaultdict(list)
    wanted = Answer.objects.filter(reply__in=[each.pk for each in replies], question__in=[each.pk for each in questions])
    for answer in wanted.order_by("instance"):
        found[answer.reply_id, answer.question_id].append(answer)
    return found


@dataclass(frozen=True)
class Standing:
    """Where an addressee stands: what was sent, if anything that the reader sees, and whether it is late."""

    addressee: Addressee
    reply: Reply | None
    where: Where

    @property
    def late(self) -> bool:
        """Whether its last day has passed without a reply."""
        return self.where == Where.LATE


def standing(circulation: Circulation, on: date | None = None) -> list[Standing]:
    """Who answered and who is late, of those that the reader may know to have been asked; the late first."""
    sent = {reply.addressee_id: reply for reply in replies(circulation)}
    asked = Addressee.objects.filter(circulation=circulation).order_by("due", "country", "id")
    found = [Standing(each, sent.get(each.pk), where(each, sent.get(each.pk), on or clock.today())) for each in asked]
    return sorted(found, key=lambda one: [Where.LATE, Where.NOT_BEGUN, Where.RETURNED, Where.SENT_LATE, Where.SENT].index(one.where))


def standing_of(state: str, circulations: Iterable[UUID], on: date | None = None) -> dict[UUID, Standing]:
    """{circulation: where a State stands in it}, of those that the reader may know it to have been asked in."""
    asked = list(Addressee.objects.filter(circulation__in=list(circulations), country=state, capacity=Capacity.STATE))
    sent = {reply.addressee_id: reply for reply in Reply.objects.filter(addressee__in=[each.pk for each in asked], state__in=OFFICIAL)}
    day = on or clock.today()
    return {each.circulation_id: Standing(each, sent.get(each.pk), where(each, sent.get(each.pk), day)) for each in asked}


def where(addressee: Addressee, reply: Reply | None, on: date) -> Where:
    """Where an addressee stands on a day."""
    if reply is not None:
        if reply.state == ReplyState.RETURNED:
            return Where.RETURNED
        return Where.SENT_LATE if reply.days_late else Where.SENT
    return Where.LATE if on > addressee.due else Where.NOT_BEGUN


def asked_of(body: UUID) -> QuerySet[Addressee]:
    """What a body was asked to answer, the soonest first."""
    return Addressee.objects.filter(body=body).select_related("circulation__questionnaire").order_by("due", "id")


def overdue(state: str, questionnaires: Iterable[UUID]) -> set[UUID]:
    """Which of these questionnaires a State was asked and has not answered by its last day, as far as the reader may know that it was."""
    sent = Reply.objects.filter(addressee=OuterRef("pk"), state__in=OFFICIAL)
    asked = Addressee.objects.filter(circulation__questionnaire__in=questionnaires, country=state, capacity=Capacity.STATE)
    late = asked.filter(~Exists(sent), due__lt=clock.today())
    return set(late.values_list("circulation__questionnaire", flat=True))


def editions(addressee: Addressee) -> QuerySet[Reply]:
    """All visible editions of an addressee's reply, the newest first."""
    return Reply.objects.filter(addressee=addressee.pk).order_by("-edition")


def open_edition(addressee: Addressee) -> Reply | None:
    """The edition that is being written, if the reader may see it."""
    return Reply.objects.filter(addressee=addressee.pk, state__in=OPEN).first()


def official(addressee: Addressee) -> Reply | None:
    """The reply that stands as sent, if the reader may see it."""
    return Reply.objects.filter(addressee=addressee.pk, state__in=OFFICIAL).first()


def assignments(reply: Reply) -> QuerySet[Assignment]:
    """Who writes what of a reply."""
    return Assignment.objects.filter(reply=reply, ended_at__isnull=True).select_related("body").order_by("id")


def colleagues(by: Acting) -> dict[UUID, str]:
    """{post: name} of whoever writes replies at the acting body today. Who writes elsewhere, nobody outside learns."""
    held = accounts.current_posts().filter(body=by.body, function__in=WRITERS)
    return {post.pk: f"{post.holder_name} ({post.get_function_display()})" for post in held}


def numbers_used(reply: Reply) -> dict[UUID, set[int]]:
    """{repeating section: every number it was ever filled under}, those that were taken away too."""
    found: dict[UUID, set[int]] = {}
    for section, number in Instance.objects.filter(reply=reply).values_list("section", "number"):
        found.setdefault(section, set()).add(number)
    return found


def instances(reply: Reply) -> dict[UUID, list[int]]:
    """{repeating section: numbers of its instances}."""
    found: dict[UUID, list[int]] = defaultdict(list)
    for row in Instance.objects.filter(reply=reply, removed_at__isnull=True).order_by("number"):
        found[row.section_id].append(row.number)
    return found


def undecided(reply: Reply) -> QuerySet[Past]:
    """Versions that came at the same time as another and wait for somebody to choose."""
    return Past.objects.filter(reply=reply, aside=True).order_by("id")


def predecessor_of(reply: Reply) -> Reply | None:
    """The same body's official reply in the last round, if the reader may see it."""
    previous = reply.circulation.previous_id
    return Reply.objects.filter(circulation=previous, holder=reply.holder, state__in=OFFICIAL).first() if previous else None


def answering_bodies(*functions: str) -> list[UUID]:
    """Bodies at which somebody holds one of these posts (focal point, respondent) today."""
    with connection.cursor() as cursor:
        cursor.execute("select distinct body from app.answering_bodies() where function = any(%s)", [list(functions)])
        return [row[0] for row in cursor.fetchall()]


def attachments(reply: Reply) -> QuerySet[Attachment]:
    """Evidence under a reply, without its bytes."""
    return Attachment.objects.filter(reply=reply, removed_at__isnull=True).defer("sealed").order_by("id")


def history(reply: Reply, question: Question, instance: int) -> QuerySet[Past]:
    """What an answer said before, the newest first."""
    return Past.objects.filter(reply=reply, question=question, instance=instance).order_by("-id")


def assigned_to(by: Acting) -> list[Assignment]:
    """What the acting post is asked to write, in replies that are being written; the soonest first."""
    rows = Assignment.objects.filter(body=by.body, ended_at__isnull=True, reply__state=ReplyState.DRAFTING)
    rows = rows.filter(Q(post__isnull=True) | Q(post=by.post))
    return sorted(
        rows.select_related("reply__circulation", "section", "question"), key=lambda each: (each.due or each.reply.due, str(each.pk))
    )


def rows_of(reply: Reply) -> list[Answer]:
    """The bare answers of a reply."""
    return list(Answer.objects.filter(reply=reply))


def editions_of(reply: Reply) -> list[Reply]:
    """The other visible editions of the same reply, the newest first."""
    return list(Reply.objects.filter(addressee=reply.addressee_id).exclude(pk=reply.pk).order_by("-edition"))
