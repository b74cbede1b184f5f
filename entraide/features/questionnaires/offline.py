"""A reply taken along as a file: the questions that are asked, with what stands there; `bringing` takes it back."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count, groupby, islice
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from entraide.engines.forms.bringing import Printed, printed
from entraide.engines.forms.offline import Entry, Words, table_as_text, write_document, write_sheet
from entraide.engines.forms.values import Value, as_text
from entraide.features.questionnaires import queries
from entraide.features.questionnaires.choices import QuestionKind
from entraide.features.questionnaires.loaded import Loaded
from entraide.features.questionnaires.models import Question
from entraide.features.questionnaires.outline import Asked
from entraide.features.questionnaires.writing import choices_of
from entraide.kernel.access.context import Acting
from entraide.kernel.base.names import localised
from entraide.ui.templatetags.ui import colon

SPARE = 3
"""How often each repeating section can be filled once more in a file."""
MOST_SPARE = 100
"""How far beyond the fillings there are now a heading is still known as the form's own: some were taken away since."""
NOT_OFFLINE = frozenset({QuestionKind.NOTE, QuestionKind.FILE})


def words(title: str) -> Words:
    """What the form says of itself, in the reader's language."""
    return Words(
        title=title, section=_("Section"), question=_("Question"), hint=_("Hint"), answer=_("Answer"), choose=_("Write the code:"),
        mark=_("Do not change"),
        long=_("This answer is longer than a cell holds. Change it on the page, or in the form as a document (DOCX)."),
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


def asked(by: Acting, loaded: Loaded) -> Asked:
    """What is asked here and now, and in each repeating section a few times more."""
    more = spare(by, loaded)
    both = {section: [*loaded.instances.get(section, []), *more.get(section, [])] for section in {*loaded.instances, *more}}
    return replace(loaded.asked, instances=both)


def entries(by: Acting, loaded: Loaded) -> list[Entry]:
    """Every question that the acting post may write and that is asked now, with what stands there; one filling after the other."""
    found = []
    for _repeat, places in groupby(asked(by, loaded).to_answer(), key=lambda place: loaded.outline.repeat_of(place[0])):
        for question, instance in sorted(places, key=lambda place: place[1]):
            if question.kind in NOT_OFFLINE or not loaded.may_write(by, question):
                continue
            row = loaded.answers.get((question.pk, instance))
            text = _text(question, row.value if row else None)
            found.append(_entry(question, instance, row.version if row else 0, _heading(loaded, question, instance), text))
    return found


def _entry(question: Question, instance: int, version: int, heading: str, text: str) -> Entry:
    choices = tuple((code, str(text)) for code, text in choices_of(question)) if question.kind in {"one", "many", "yes_no"} else ()
    return Entry(question.key, instance, version, heading, question.label, question.hint, text, choices)


def _heading(loaded: Loaded, question: Question, instance: int) -> str:
    """The page on which a question stands, and which filling of what repeats."""
    repeat = loaded.outline.repeat_of(question)
    return _titled(loaded, question, instance, known=repeat is None or instance in loaded.instances.get(repeat, []))


def _titled(loaded: Loaded, question: Question, instance: int, *, known: bool) -> str:
    """The heading of a filling that is there, or that is not there yet and says so."""
    page, repeat = loaded.outline.page_of(question), loaded.outline.repeat_of(question)
    if repeat is None:
        return page.title
    title = loaded.outline.section_of[repeat].title
    where = title if repeat == page.pk else f"{page.title}{colon()} {title}"
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
    files_line, repeats_line = _page_lines()
    mine = [question for question, _instance in loaded.asked.to_answer() if loaded.may_write(by, question)]
    files = [question.label for question in mine if question.kind == QuestionKind.FILE]
    repeats = [section.title for section in loaded.outline.sections if section.repeats and loaded.writes_in(by, section)]
    found = [files_line % {"questions": "; ".join(dict.fromkeys(files))}] if files else []
    if repeats:
        found.append(repeats_line % {"sections": "; ".join(repeats)})
    return found


def _page_lines() -> tuple[str, str]:
    return _("Files to be added on the page, not here: %(questions)s"), _(
        "There is room to fill each of these a few times more. For yet more, bring the form back and download it again: %(sections)s"
    )


def own_words(loaded: Loaded) -> Printed:
    """Everything that a form of this reply says by itself, whoever took it along, when, and in which language."""
    forms, headings, starts = [], set[str](), set[str]()
    for language, _name in settings.LANGUAGES:
        with override(language):
            forms.append((words(loaded.reply.circulation.title), [_entry(each, 0, 0, "", "") for each in loaded.outline.questions]))
            headings.update(_headings(loaded))
            starts.update(line.partition("%")[0] for line in _page_lines())
    return printed(forms, headings, starts)


def _headings(loaded: Loaded) -> Iterator[str]:
    for question in loaded.outline.questions:
        repeat = loaded.outline.repeat_of(question)
        numbers: Iterable[int] = range(1, max(loaded.instances.get(repeat, []), default=0) + MOST_SPARE) if repeat else (0,)
        for number in numbers:
            for known in (True, False):
                yield _titled(loaded, question, number, known=known)
