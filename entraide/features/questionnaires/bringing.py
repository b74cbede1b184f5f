"""A reply brought back: what changed here and there meanwhile is shown, what cannot be placed is listed, nothing is overwritten in silence.

An empty box takes no answer away, because programs and people empty boxes that they did not mean; that is done on the page.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from entraide.engines.forms import BadValue, Refused, read
from entraide.engines.forms.bringing import Filled, Loose, read_filled
from entraide.engines.forms.offline import table_from_text
from entraide.engines.forms.values import Value, adds_to, table
from entraide.features.questionnaires import sentences
from entraide.features.questionnaires.choices import QuestionKind
from entraide.features.questionnaires.loaded import Loaded
from entraide.features.questionnaires.models import Answer, Past, Question
from entraide.features.questionnaires.offline import asked, own_words
from entraide.features.questionnaires.saving import Given, Place, Saved, add_instance, save
from entraide.features.questionnaires.writing import choices_of
from entraide.kernel.access.context import Acting
from entraide.kernel.audit.services import record
from entraide.kernel.base.names import localised

Before = Mapping[tuple[UUID, int, int], Value]


@dataclass(frozen=True)
class Unread:
    """What is no answer now: the question ("" where none is known), the place in the file, what was written, why not."""

    label: str
    place: str
    text: str
    said: str


@dataclass
class Uploaded:
    """What became of an upload: what was saved, what stands in two versions, what could not be read as an answer."""

    saved: Saved = field(default_factory=Saved)
    wrong: list[Unread] = field(default_factory=list)

    def unread(self, label: str, each: Filled | Loose, said: str, text: str = "") -> None:
        """Lists something, with its place."""
        self.wrong.append(Unread(label, sentences.of_spot(each.spot), text or each.text, said))


def upload(*, by: Acting, loaded: Loaded, data: bytes) -> Uploaded:
    """Reads a filled form and saves what changed in it. Raises Refused where the file is none, or of another reply."""
    brought = read_filled(data, own_words(loaded))
    if brought.replies - {str(loaded.reply.pk)}:
        raise Refused("other_reply")
    done = Uploaded()
    given = _Reading(by, loaded, done).given(brought.filled)
    for loose in brought.loose:
        done.unread("", loose, str(sentences.LOOSE[loose.code]))
    with transaction.atomic():
        _begun(by, loaded, given)
        done.saved = save(by=by, reply=loaded.reply, given=given, whole=loaded.outline)
        record(
            by=by, action="questionnaires.upload", kind="reply", object_id=loaded.reply.pk, holder=loaded.reply.holder,
            detail={"changed": done.saved.changed, "clashes": len(done.saved.clashes), "unread": len(done.wrong)},
        )  # fmt: skip
    return done


def _begun(by: Acting, loaded: Loaded, given: Mapping[Place, Given]) -> None:
    """Begins each filling of a repeating section that exists only in the file so far."""
    whole = loaded.outline
    questions = {question.pk: question for question in whole.questions}
    wanted = {(whole.repeat_of(questions[question]), instance) for question, instance in given}
    for repeat, instance in sorted((repeat, instance) for repeat, instance in wanted if repeat is not None):
        if instance not in loaded.instances.get(repeat, []):
            add_instance(by=by, reply=loaded.reply, section=whole.section_of[repeat], number=instance)


class _Reading:
    """Takes what the file says question by question: an answer to save, or a line of the list."""

    def __init__(self, by: Acting, loaded: Loaded, done: Uploaded) -> None:
        self.by, self.loaded, self.done = by, loaded, done
        self.asked = {(question.key, instance): question for question, instance in asked(by, loaded).to_answer()}
        rows = Past.objects.filter(reply=loaded.reply, aside=False)
        self.before: Before = {(row.question_id, row.instance, row.version): row.value for row in rows}

    def given(self, filled: Iterable[Filled]) -> dict[Place, Given]:
        """What changed, by question and filling."""
        found: dict[Place, Given] = {}
        for (key, instance), group in groupby(sorted(filled, key=_place), key=_place):
            question, several = self.asked.get((key, instance)), list(group)
            if question is None or not self.loaded.may_write(self.by, question):
                for each in several:
                    if each.text:
                        self.done.unread(key, each, _("This question is not asked here, or is not yours to write."))
                continue
            changed = list(self._changed(question, several))
            if len({str(each.value) for _filled, each in changed}) > 1:
                for each, _value in changed:
                    self.done.unread(question.label, each, _("The file answers this question more than once. Choose one answer."))
            elif changed:
                found[question.pk, instance] = changed[0][1]
        return found

    def _changed(self, question: Question, several: Iterable[Filled]) -> Iterator[tuple[Filled, Given]]:
        for each in several:
            row = self.loaded.answers.get((question.pk, each.instance))
            try:
                value = self._value(question, each, row)
            except BadValue as wrong:
                self.done.unread(question.label, each, sentences.of_value(wrong))
                continue
            if _untouched(row, each.version, value, self.before):
                continue
            if value is None:
                if row and row.value is not None:
                    self.done.unread(question.label, each, str(sentences.KEPT))
            elif self.loaded.asked.fits(question, each.instance, value):
                yield each, Given(value, each.version)
            else:
                said = localised(question.constraint_texts) or _("The answer does not meet what the question asks for.")
                self.done.unread(question.label, each, said)

    def _value(self, question: Question, each: Filled, row: Answer | None) -> Value:
        if question.kind != QuestionKind.TABLE:
            return read(question.kind, each.text, [code for code, _label in choices_of(question)])
        stood = row.value if row and row.version == each.version else self.before.get((question.pk, each.instance, each.version))
        return self._table(question, each, stood if isinstance(stood, dict) else {})

    def _table(self, question: Question, each: Filled, stood: Mapping[str, Mapping[str, str]]) -> Value:
        """The figures of a table: a line that is none is listed alone; a figure that is left empty stays as it stood."""
        codes = {name: {part["code"] for part in question.grid.get(name, [])} for name in ("rows", "columns")}
        figures, odd = table_from_text(each.text)
        value = {row: dict(cells) for row, cells in stood.items()}
        for row, column, figure in [(row, column, figure) for row, cells in figures.items() for column, figure in cells.items()]:
            line = f"{row} | {column} = {figure}"
            if not figure:
                if value.get(row, {}).get(column):
                    self.done.unread(question.label, each, str(sentences.KEPT), line)
                continue
            if row not in codes["rows"] or column not in codes["columns"]:
                odd.append(line)
                continue
            try:
                value.setdefault(row, {}).update(table({row: {column: figure}})[row])
            except BadValue as wrong:
                self.done.unread(question.label, each, sentences.of_value(wrong), line)
        if odd:
            self.done.unread(question.label, each, _("These lines are no figures of this table."), "\n".join(odd))
        return value or None


def _place(each: Filled) -> tuple[str, int]:
    return each.key, each.instance


def _untouched(row: Answer | None, version: int, value: Value, before: Before) -> bool:
    """Whether it came back as it was taken along, whatever became of it here meanwhile.

    Whoever typed on left no version behind: then what came back untouched is all in what stands.
    """
    if row is None or row.version == version:
        return value == (row.value if row else None)
    place = (row.question_id, row.instance, version)
    return value == before[place] if place in before else version > 0 and adds_to(value, row.value)
