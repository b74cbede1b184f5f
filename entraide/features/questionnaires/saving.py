"""Saving answers: per question, with the version that the writer had before her; what two people write at the same time is never lost."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2s
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from entraide.engines.forms.values import Value, adds_to, is_empty
from entraide.features.questionnaires import queries, rules
from entraide.features.questionnaires.choices import TYPED
from entraide.features.questionnaires.models import Answer, Instance, Past, Question, Reply, Section
from entraide.features.questionnaires.outline import Outline, outline
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import refuse, require
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock

Place = tuple[UUID, int]
"""(question, instance)."""


@dataclass(frozen=True)
class Given:
    """What somebody wrote, on top of which version (0: nothing was there)."""

    value: Value
    version: int
    gap: str = ""

    @property
    def kept(self) -> Value:
        """What becomes of it: nothing where nothing was answered, or where a reason stands instead."""
        return None if is_empty(self.value) or self.gap else self.value

    @property
    def sign(self) -> str:
        """By which a page knows again what it showed: who did not touch an answer does not overwrite what came meanwhile."""
        return blake2s(json.dumps([self.kept, self.gap], sort_keys=True).encode(), digest_size=6).hexdigest()


@dataclass(frozen=True)
class Clash:
    """Two versions of one answer: what the writer wanted, and what somebody else had saved meanwhile."""

    question: Question
    instance: int
    mine: Given
    theirs: Answer
    aside: Past


@dataclass
class Saved:
    """What became of a save: how many answers changed, which stand in two versions now, and the version of each that was saved."""

    changed: int = 0
    clashes: list[Clash] = field(default_factory=list)
    versions: dict[Place, int] = field(default_factory=dict)


@transaction.atomic
def save(
    *, by: Acting, reply: Reply, given: Mapping[Place, Given], whole: Outline | None = None, going: bool = False
) -> Saved:  # fmt: skip
    """Saves answers; the number of queries does not grow with them.

    An answer that somebody else changed meanwhile is left as it is and the new one is kept aside, unless both say the same.
    `going`: the writer is still typing. What she merely adds to her own words leaves no version behind; what she takes away does.
    """
    for attempt in (1, 2):
        try:
            with transaction.atomic():
                saved = _save(by, reply, given, whole, going)
                break
        except IntegrityError:  # somebody assigned or cleared in this very moment: the reply's readers and writers are others now
            if attempt == 2:
                raise
    if saved.changed or saved.clashes:
        record(
            by=by, action="questionnaires.save", kind="reply", object_id=reply.pk, holder=reply.holder,
            detail={"changed": saved.changed, "clashes": len(saved.clashes)},
        )  # fmt: skip
    return saved


def _save(by: Acting, reply: Reply, given: Mapping[Place, Given], whole: Outline | None, going: bool) -> Saved:
    reply = Reply.objects.select_related("circulation__questionnaire").get(pk=reply.pk)
    whole = whole or outline(reply.circulation.questionnaire)
    questions = {question.pk: question for question in whole.questions}
    assigned = list(queries.assignments(reply))
    for question_id, _instance in given:
        require(rules.may_write(by, reply, questions[question_id], whole, assigned))
    return _Work(by, reply, questions, given, going).run()


class _Work:
    """One save: compares under lock, writes what fits, keeps aside what does not."""

    def __init__(
        self, by: Acting, reply: Reply, questions: Mapping[UUID, Question], given: Mapping[Place, Given], going: bool
    ) -> None:  # fmt: skip
        self.by, self.reply, self.questions, self.given, self.going = by, reply, questions, given, going
        self.saved = Saved(versions=dict.fromkeys(given, 0))
        self.changed: list[Answer] = []
        self.past: list[Past] = []
        self.renewed: list[Past] = []

    def run(self) -> Saved:
        there = self._there()
        new = [self._new(place, each) for place, each in self.given.items() if place not in there and not _nothing(each)]
        Answer.objects.bulk_create(new, ignore_conflicts=True)
        came_first = self._there() if new else {}
        for row in new:
            now = came_first[row.question_id, row.instance]
            if now.pk != row.pk:
                there[row.question_id, row.instance] = now
            else:
                self.saved.changed += 1
                self.saved.versions[row.question_id, row.instance] = row.version
        for place, row in there.items():
            self._compare(row, self.given[place])
        Answer.objects.bulk_update(self.changed, ["value", "gap", "version", "written_by", "written_body", "written_at"])
        Past.objects.bulk_create(self.past)
        Past.objects.bulk_update(self.renewed, ["value", "gap", "version", "written_at"])
        return self.saved

    def _there(self) -> dict[Place, Answer]:
        wanted = {question for question, _instance in self.given}
        rows = Answer.objects.select_for_update().filter(reply=self.reply, question__in=wanted).order_by("id")
        return {(row.question_id, row.instance): row for row in rows if (row.question_id, row.instance) in self.given}

    def _new(self, place: Place, given: Given) -> Answer:
        return Answer(
            reply=self.reply, question_id=place[0], instance=place[1], value=given.kept, gap=given.gap, written_by=self.by.post,
            written_body=self.by.body, written_at=clock.now(),
        )  # fmt: skip

    def _compare(self, row: Answer, given: Given) -> None:
        place, same = (row.question_id, row.instance), (row.value, row.gap) == (given.kept, given.gap)
        goes_on = self._goes_on(row, given)
        if not same and given.version != row.version and not goes_on:
            self.saved.clashes.append(Clash(self.questions[row.question_id], row.instance, given, row, self._aside(row, given)))
            del self.saved.versions[place]
            return
        if not same:
            if not goes_on:
                self.past.append(self._past(row, None))
            row.value, row.gap, row.version = given.kept, given.gap, row.version + 1
            row.written_by, row.written_body, row.written_at = self.by.post, self.by.body, clock.now()
            self.changed.append(row)
            self.saved.changed += 1
        self.saved.versions[place] = row.version

    def _goes_on(self, row: Answer, given: Given) -> bool:
        """Whether the writer types on, adding to words of her own: nothing is lost, even where she never heard that they were saved."""
        return self.going and row.written_by == self.by.post and not row.gap and not given.gap and self._adds(row, given)

    def _adds(self, row: Answer | Past, given: Given) -> bool:
        return self.questions[row.question_id].kind in TYPED and adds_to(row.value, given.kept)

    def _aside(self, row: Answer, given: Given) -> Past:
        """What could not be saved, beside what stands: one for each writer, which grows as she goes on."""
        mine = self._asides.get((row.question_id, row.instance))
        if mine is None:
            self.past.append(self._past(row, given))
            return self.past[-1]
        if (mine.value, mine.gap) != (given.kept, given.gap):
            if not self._adds(mine, given):
                self.past.append(self._past(mine, None))
            mine.value, mine.gap, mine.version, mine.written_at = given.kept, given.gap, row.version, clock.now()
            self.renewed.append(mine)
        return mine

    @cached_property
    def _asides(self) -> dict[Place, Past]:
        rows = Past.objects.select_for_update().filter(reply=self.reply, aside=True, written_by=self.by.post).order_by("id")
        return {(row.question_id, row.instance): row for row in rows}

    def _past(self, row: Answer | Past, aside: Given | None) -> Past:
        """What the answer said until now, or, kept aside, what was meant to replace it."""
        if aside is None:
            return Past(
                reply=self.reply, question_id=row.question_id, instance=row.instance, value=row.value, gap=row.gap, version=row.version,
                written_by=row.written_by, written_body=row.written_body, written_at=row.written_at,
            )  # fmt: skip
        return Past(
            reply=self.reply, question_id=row.question_id, instance=row.instance, value=aside.kept, gap=aside.gap, version=row.version,
            aside=True, written_by=self.by.post, written_body=self.by.body, written_at=clock.now(),
        )  # fmt: skip


def _nothing(given: Given) -> bool:
    return given.kept is None and not given.gap


@transaction.atomic
def decide(*, by: Acting, reply: Reply, aside: Past, take: bool) -> Saved:
    """Chooses between two versions: takes the one kept aside, or lets what stands stand. Both remain in the history."""
    reply = Reply.objects.select_related("circulation__questionnaire").get(pk=reply.pk)
    whole = outline(reply.circulation.questionnaire)
    question = next(each for each in whole.questions if each.pk == aside.question_id)
    require(rules.may_write(by, reply, question, whole, list(queries.assignments(reply))))
    aside.aside = False
    aside.save(update_fields=["aside"])
    record(by=by, action="questionnaires.decide", kind="reply", object_id=reply.pk, holder=reply.holder, detail={"taken": take})
    if not take:
        return Saved()
    row = Answer.objects.get(reply=reply, question=question, instance=aside.instance)
    return save(by=by, reply=reply, given={(question.pk, aside.instance): Given(aside.value, row.version, aside.gap)}, whole=whole)


@transaction.atomic
def add_instance(*, by: Acting, reply: Reply, section: Section, number: int = 0) -> Instance:
    """Fills a repeating section once more; `number` where it was filled elsewhere under a number that is free."""
    _may_repeat(by, reply, section)
    numbers = list(Instance.objects.filter(reply=reply, section=section).order_by("number").values_list("number", "removed_at"))
    living = sum(removed is None for _number, removed in numbers)
    if section.most is not None and living >= section.most:
        require(refuse("enough", _("This section can be filled %(most)d times at most.") % {"most": section.most}))
    last = max((each for each, _removed in numbers), default=0)
    row = Instance.objects.create(reply=reply, section=section, number=number or last + 1)
    record(by=by, action="questionnaires.add_instance", kind="reply", object_id=reply.pk, holder=reply.holder)
    return row


@transaction.atomic
def remove_instance(*, by: Acting, reply: Reply, instance: Instance) -> None:
    """Takes one filling of a repeating section away; its answers stay in the history."""
    _may_repeat(by, reply, instance.section)
    instance.removed_at = clock.now()
    instance.save(update_fields=["removed_at"])
    record(by=by, action="questionnaires.remove_instance", kind="reply", object_id=reply.pk, holder=reply.holder)


def _may_repeat(by: Acting, reply: Reply, section: Section) -> None:
    whole = outline(section.questionnaire)
    inside = next(whole.questions_in(whole.section_of[section.pk]), None)
    if not section.repeats or inside is None:
        require(refuse("no_repeat", _("This section does not repeat.")))
    assert inside is not None
    require(rules.may_write(by, reply, inside, whole, list(queries.assignments(reply))))
