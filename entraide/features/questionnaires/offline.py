"""A reply taken along and brought back: what changed here and there meanwhile is shown, nothing is overwritten in silence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, groupby, islice
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from entraide.engines.forms import BadValue, Refused, read
from entraide.engines.forms.offline import Entry, Filled, Words, read_filled, table_as_text, table_from_text, write_document, write_sheet
from entraide.engines.forms.values import Value, adds_to, as_text, table
from entraide.features.questionnaires import queries, sentences
from entraide.features.questionnaires.choices import QuestionKind
from entraide.features.questionnaires.loaded import Loaded
from entraide.features.questionnaires.models import Answer, Past, Question
from entraide.features.questionnaires.outline import Asked
from entraide.features.questionnaires.saving import Given, Place, Saved, add_instance, save
from entraide.features.questionnaires.writing import choices_of
from entraide.kernel.access.context import Acting
from entraide.kernel.audit.services import record
from entraide.kernel.base.names import localised

SPARE = 3
"""How often each repeating section can be filled once more in a file."""
NOT_OFFLINE = frozenset({QuestionKind.NOTE, QuestionKind.FILE})


def words(title: str) -> Words:
    """What the form says of itself, in the reader's language."""
    return Words(
        title=title, section=_("Section"), question=_("Question"), hint=_("Hint"), answer=_("Answer"), choose=_("Write the code:"),
        mark=_("Do not change"),
        how=_("Write only where the answers stand. Keep the marks in double brackets: they say which question is which."),
    )  # fmt: skip


def _text(question: Question, value: Value) -> str:
    if question.kind != QuestionKind.TABLE:
        return as_text(value)
    rows, columns = ([(each["code"], localised(each["labels"])) for each in question.grid.get(name, [])] for name in ("rows", "columns"))
    return table_as_text(rows, columns, value if isinstance(value, dict) else {})


def spare(by: Acting, loaded: Loaded) -> dict[UUID, list[int]]:
    """{repeating section: free numbers under which the acting post may fill it once more}."""
    used, found = queries.numbers_used(loaded.reply), {}
    for section in loaded.outline.sections:
        inside = next(loaded.outline.questions_in(section), None)
        if section.repeats and inside is not None and loaded.may_write(by, inside):
            living = len(loaded.instances.get(section.pk, []))
            free = (number for number in count(1) if number not in used.get(section.pk, ()))
            found[section.pk] = list(islice(free, SPARE if section.most is None else max(0, min(SPARE, section.most - living))))
    return found


def _asked(by: Acting, loaded: Loaded) -> Asked:
    """What is asked here and now, and in each repeating section a few times more."""
    more = spare(by, loaded)
    both = {section: [*loaded.instances.get(section, []), *more.get(section, [])] for section in {*loaded.instances, *more}}
    return replace(loaded.asked, instances=both)


def entries(by: Acting, loaded: Loaded) -> list[Entry]:
    """Every question that the acting post may write and that is asked now, with what stands there; one filling after the other."""
    found = []
    for _repeat, places in groupby(_asked(by, loaded).to_answer(), key=lambda place: loaded.outline.repeat_of(place[0])):
        for question, instance in sorted(places, key=lambda place: place[1]):
            if question.kind in NOT_OFFLINE or not loaded.may_write(by, question):
                continue
            row = loaded.answers.get((question.pk, instance))
            choices = tuple((code, str(text)) for code, text in choices_of(question)) if question.kind in {"one", "many", "yes_no"} else ()
            found.append(
                Entry(
                    question.key, instance, row.version if row else 0, _heading(loaded, question, instance), question.label, question.hint,
                    _text(question, row.value if row else None), choices,
                )
            )  # fmt: skip
    return found


def _heading(loaded: Loaded, question: Question, instance: int) -> str:
    """The page on which a question stands, and which filling of what repeats; those that are not there yet say so."""
    page, repeat = loaded.outline.page_of(question), loaded.outline.repeat_of(question)
    if repeat is None:
        return page.title
    title = loaded.outline.section_of[repeat].title
    where = title if repeat == page.pk else f"{page.title}: {title}"
    known = instance in loaded.instances.get(repeat, [])
    return (
        f"{where} ({instance})" if known else _("%(section)s (%(number)d, if there is one more)") % {"section": where, "number": instance}
    )


def form_of(by: Acting, loaded: Loaded, form: str) -> bytes:
    """The reply form as `xlsx` or `docx`."""
    write = write_document if form == "docx" else write_sheet
    said = words(loaded.reply.circulation.title)
    how = "\n".join([said.how, *_on_the_page(by, loaded)])
    return write(str(loaded.reply.pk), entries(by, loaded), replace(said, how=how))


def _on_the_page(by: Acting, loaded: Loaded) -> list[str]:
    """What cannot be done in a file: evidence is added on the page; and how to fill what repeats more often than there is room for."""
    mine = [question for question, _instance in loaded.asked.to_answer() if loaded.may_write(by, question)]
    files = [question.label for question in mine if question.kind == QuestionKind.FILE]
    repeats = [section.title for section in loaded.outline.sections if section.repeats and loaded.writes_in(by, section)]
    found = [_("Files to be added on the page, not here: %(questions)s") % {"questions": "; ".join(dict.fromkeys(files))}] if files else []
    if repeats:
        said = _(
            "There is room to fill each of these a few times more. For yet more, bring the form back and download it again: %(sections)s"
        )
        found.append(said % {"sections": "; ".join(repeats)})
    return found


@dataclass
class Uploaded:
    """What became of an upload: what was saved, what stands in two versions, what could not be read as an answer."""

    saved: Saved = field(default_factory=Saved)
    wrong: list[tuple[str, str, str]] = field(default_factory=list)
    """(question, what was written, why not)."""


def upload(*, by: Acting, loaded: Loaded, data: bytes) -> Uploaded:
    """Reads a filled form and saves what changed in it. Raises Refused where the file is none, or of another reply."""
    reply, filled = read_filled(data)
    if reply and reply != str(loaded.reply.pk):
        raise Refused("other_reply")
    done = Uploaded()
    given = _given(by, loaded, filled, done)
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


def _given(by: Acting, loaded: Loaded, filled: Sequence[Filled], done: Uploaded) -> dict[Place, Given]:
    asked = {(question.key, instance): question for question, instance in _asked(by, loaded).to_answer()}
    given: dict[Place, Given] = {}
    before = {(row.question_id, row.instance, row.version): row.value for row in Past.objects.filter(reply=loaded.reply, aside=False)}
    for each in filled:
        question = asked.get((each.key, each.instance))
        if question is None or not loaded.may_write(by, question):
            if each.text.strip():
                done.wrong.append((each.key, each.text, _("This question is not asked here, or is not yours to write.")))
            continue
        try:
            value = _value(question, each.text)
        except BadValue as wrong:
            done.wrong.append((question.label, each.text, sentences.of_value(wrong)))
            continue
        if not loaded.asked.fits(question, each.instance, value):
            said = localised(question.constraint_texts) or _("The answer does not meet what the question asks for.")
            done.wrong.append((question.label, each.text, said))
            continue
        if not _untouched(loaded.answers.get((question.pk, each.instance)), each.version, value, before):
            given[question.pk, each.instance] = Given(value, each.version)
    return given


def _untouched(row: Answer | None, version: int, value: Value, before: dict[tuple[UUID, int, int], Value]) -> bool:
    """Whether it came back as it was taken along, whatever became of it here meanwhile.

    Whoever typed on left no version behind: then what came back untouched is all in what stands.
    """
    if row is None or row.version == version:
        return value == (row.value if row else None)
    place = (row.question_id, row.instance, version)
    return value == before[place] if place in before else version > 0 and adds_to(value, row.value)


def _value(question: Question, text: str) -> Value:
    if question.kind == QuestionKind.TABLE:
        return table(table_from_text(text)) or None
    return read(question.kind, text, [code for code, _label in choices_of(question)])
