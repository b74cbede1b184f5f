"""Verbs of whoever writes a questionnaire: its sections, questions and bindings, publication, the next version, blocks."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from entraide.features.questionnaires import rules
from entraide.features.questionnaires.choices import ANSWERED, Shape
from entraide.features.questionnaires.models import Binding, Question, Questionnaire, Section
from entraide.features.questionnaires.outline import outline, read_outline
from entraide.features.texts.models import Provision
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import refuse, require
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock
from entraide.kernel.base.ids import uuid7
from entraide.kernel.bodies import queries as bodies

Part = Section | Question


def _written(by: Acting, action: str, questionnaire: Questionnaire) -> None:
    record(by=by, action=f"questionnaires.{action}", kind="questionnaire", object_id=questionnaire.pk)


@transaction.atomic
def create(
    *, by: Acting, titles: Mapping[str, str], languages: Iterable[str], shape: str = Shape.QUESTIONNAIRE, code: str = "",
    intros: Mapping[str, str] | None = None,
) -> Questionnaire:  # fmt: skip
    """Begins a questionnaire or a block, empty; its code stays through all versions."""
    require(rules.may_author(by))
    identifier = uuid7()
    code = slugify(code)[:80] or f"{slugify(next(iter(titles.values())))[:60] or shape}-{str(identifier)[-6:]}"
    if Questionnaire.objects.filter(holder=by.body, code=code).exists():
        require(refuse("code_taken", _("A questionnaire with this code is here already: begin its next version, or choose another code.")))
    row = Questionnaire(
        id=identifier, holder=by.body, shape=shape, code=code, titles=dict(titles), intros=dict(intros or {}),
        languages=list(dict.fromkeys(languages)), made_by=by.post, invented=bodies.get(by.body).invented,
    )  # fmt: skip
    row.save(force_insert=True)
    _written(by, "create", row)
    return row


@transaction.atomic
def revise(
    *, by: Acting, questionnaire: Questionnaire, titles: Mapping[str, str], intros: Mapping[str, str], languages: Iterable[str]
) -> None:
    """Changes title, introduction and languages of a draft."""
    require(rules.may_author(by, questionnaire))
    questionnaire.titles, questionnaire.intros = dict(titles), dict(intros)
    questionnaire.languages = list(dict.fromkeys(languages))
    questionnaire.save(update_fields=["titles", "intros", "languages"])
    _written(by, "revise", questionnaire)


@transaction.atomic
def add_section(
    *, by: Acting, questionnaire: Questionnaire, titles: Mapping[str, str], parent: Section | None = None, key: str = "", **facts: Any
) -> Section:
    """Adds a section at the end, of the questionnaire or of another section; `facts` are its other columns."""
    require(rules.may_author(by, questionnaire))
    place = _room(questionnaire, parent)
    row = Section.objects.create(
        holder=questionnaire.holder, questionnaire=questionnaire, parent=parent, place=place, titles=dict(titles),
        key=_free_key(questionnaire, key or next(iter(titles.values()), ""), "section"), **facts,
    )  # fmt: skip
    _written(by, "change", questionnaire)
    return row


@transaction.atomic
def add_question(
    *, by: Acting, section: Section, kind: str, labels: Mapping[str, str], key: str = "", provisions: Iterable[Provision] = (), **facts: Any
) -> Question:
    """Adds a question at the end of a section; `facts` are its other columns."""
    questionnaire = section.questionnaire
    require(rules.may_author(by, questionnaire))
    row = Question.objects.create(
        holder=questionnaire.holder, questionnaire=questionnaire, section=section, place=_room(questionnaire, section), kind=kind,
        labels=dict(labels), key=_free_key(questionnaire, key or next(iter(labels.values()), ""), "question"), **facts,
    )  # fmt: skip
    _bind(row, provisions)
    _written(by, "change", questionnaire)
    return row


@transaction.atomic
def change(*, by: Acting, part: Part, provisions: Iterable[Provision] | None = None, **facts: Any) -> None:
    """Changes columns of a section or question of a draft; with `provisions`, a question's bindings too."""
    require(rules.may_author(by, part.questionnaire))
    for name, value in facts.items():
        setattr(part, name, value)
    part.save(update_fields=list(facts))
    if provisions is not None and isinstance(part, Question):
        Binding.objects.filter(question=part).delete()
        _bind(part, provisions)
    _written(by, "change", part.questionnaire)


def _bind(question: Question, provisions: Iterable[Provision]) -> None:
    Binding.objects.bulk_create(
        [Binding(holder=question.holder, question=question, provision=each) for each in dict.fromkeys(provisions)], ignore_conflicts=True
    )


@transaction.atomic
def move(*, by: Acting, part: Part, up: bool) -> None:
    """Moves a section or question before or after its neighbour in the same section."""
    require(rules.may_author(by, part.questionnaire))
    whole = outline(part.questionnaire)
    above = part.section_id if isinstance(part, Question) else part.parent_id
    siblings: list[Part] = list(whole.inside(whole.section_of[above])) if above else list(whole.pages)
    here = next(place for place, each in enumerate(siblings) if each.pk == part.pk)
    there = here + (-1 if up else 1)
    if 0 <= there < len(siblings):
        siblings[here], siblings[there] = siblings[there], siblings[here]
        _renumber(whole, {above: siblings})
        _written(by, "change", part.questionnaire)


def _renumber(whole: Any, changed: Mapping[UUID | None, list[Part]]) -> None:  # an Outline
    order: list[Part] = []

    def walk(above: UUID | None) -> None:
        parts = changed.get(above) or (whole.inside(whole.section_of[above]) if above else whole.pages)
        for part in parts:
            order.append(part)
            if isinstance(part, Section):
                walk(part.pk)

    walk(None)
    for place, part in enumerate(order, start=1):
        part.place = place
    Section.objects.bulk_update([part for part in order if isinstance(part, Section)], ["place"], batch_size=500)
    Question.objects.bulk_update([part for part in order if isinstance(part, Question)], ["place"], batch_size=500)


@transaction.atomic
def remove(*, by: Acting, part: Part) -> None:
    """Takes a section with all that is in it, or a question, out of a draft."""
    require(rules.may_author(by, part.questionnaire))
    questionnaire = part.questionnaire
    part.delete()
    _written(by, "change", questionnaire)


@transaction.atomic
def publish(*, by: Acting, questionnaire: Questionnaire) -> None:
    """Publishes a draft: everybody reads it, it can be circulated or used, and it never changes."""
    questionnaire = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    count = Question.objects.filter(questionnaire=questionnaire, kind__in=ANSWERED).count()
    require(rules.may_publish(by, questionnaire, count))
    Binding.objects.filter(question__questionnaire=questionnaire).update(published=True)
    Question.objects.filter(questionnaire=questionnaire).update(published=True)
    Section.objects.filter(questionnaire=questionnaire).update(published=True)
    Questionnaire.objects.filter(pk=questionnaire.pk).update(published=True, published_at=clock.now())
    _written(by, "publish", questionnaire)


@transaction.atomic
def throw_away(*, by: Acting, questionnaire: Questionnaire) -> None:
    """Throws a draft away."""
    require(rules.may_author(by, questionnaire))
    _written(by, "throw_away", questionnaire)
    questionnaire.delete()


@transaction.atomic
def next_version(*, by: Acting, questionnaire: Questionnaire) -> Questionnaire:
    """Begins the next version as a draft that holds the same questions under the same keys, bound to the same provisions."""
    require(rules.may_author(by))
    if questionnaire.holder != by.body:
        require(refuse("not_holder", _("Another body wrote this questionnaire; only its secretariat changes it.")))
    last = Questionnaire.objects.filter(holder=by.body, code=questionnaire.code).order_by("-version").first()
    if last is not None and not last.published:
        require(refuse("draft", _("The next version is a draft already: open that one.")))
    draft = Questionnaire.objects.create(
        holder=by.body, shape=questionnaire.shape, code=questionnaire.code, titles=questionnaire.titles, intros=questionnaire.intros,
        languages=questionnaire.languages, extra=questionnaire.extra, predecessor=questionnaire, made_by=by.post,
        version=(last or questionnaire).version + 1, invented=questionnaire.invented,
    )  # fmt: skip
    copy_into(questionnaire, draft)
    _written(by, "next_version", draft)
    return draft


@transaction.atomic
def use_block(*, by: Acting, questionnaire: Questionnaire, block: Questionnaire) -> None:
    """Puts the sections of a published block at the end of a draft; each question remembers the block it came from."""
    require(rules.may_author(by, questionnaire))
    if block.shape != Shape.BLOCK or not block.published:
        require(refuse("not_a_block", _("Only a published block can be used.")))
    if not set(_keys(questionnaire)).isdisjoint(_keys(block)):
        require(refuse("used", _("Some of its questions are here already, under the same keys.")))
    copy_into(block, questionnaire, block=block)
    _written(by, "use_block", questionnaire)


def _keys(questionnaire: Questionnaire) -> list[str]:
    return [
        *Question.objects.filter(questionnaire=questionnaire).values_list("key", flat=True),
        *Section.objects.filter(questionnaire=questionnaire).values_list("key", flat=True),
    ]


def copy_into(source: Questionnaire, target: Questionnaire, *, block: Questionnaire | None = None) -> None:
    """Copies sections, questions and bindings after what is there already: seven queries, whatever the size."""
    whole = read_outline(source)
    begin = _end(target)
    sections = {section.pk: uuid7() for section in whole.sections}
    questions = {question.pk: uuid7() for question in whole.questions}
    for section in whole.sections:
        section.parent_id = sections[section.parent_id] if section.parent_id else None
    for question in whole.questions:
        question.section_id = sections[question.section_id]
        question.block = block or question.block
    bindings = list(Binding.objects.filter(question__in=list(questions)))
    for binding in bindings:
        binding.pk, binding.question_id = uuid7(), questions[binding.question_id]
    parts: list[Part] = [*whole.sections, *whole.questions]
    for part in parts:
        part.pk = (sections | questions)[part.pk]
        part.questionnaire, part.place = target, part.place + begin
    for row in (*whole.sections, *whole.questions, *bindings):
        row.holder, row.published, row._state.adding = target.holder, False, True
    Section.objects.bulk_create(whole.sections)
    Question.objects.bulk_create(whole.questions)
    Binding.objects.bulk_create(bindings)


def _end(questionnaire: Questionnaire) -> int:
    places = [
        model._default_manager.filter(questionnaire=questionnaire).order_by("-place").values_list("place", flat=True).first() or 0
        for model in (Section, Question)
    ]
    return max(places)


def _room(questionnaire: Questionnaire, section: Section | None) -> int:
    """A free place at the end of a section: whatever comes after it moves on by one."""
    if section is None:
        return _end(questionnaire) + 1
    whole = outline(questionnaire)

    def last(of: Section) -> int:
        inside = whole.inside(of)
        return max([of.place, *(last(part) if isinstance(part, Section) else part.place for part in inside)])

    place = last(whole.section_of[section.pk]) + 1
    for model in (Section, Question):
        model._default_manager.filter(questionnaire=questionnaire, place__gte=place).update(place=F("place") + 1)
    return place


def _free_key(questionnaire: Questionnaire, wanted: str, otherwise: str) -> str:
    """The key wanted as letters, digits and low lines, made unique within the questionnaire."""
    base = slugify(wanted).replace("-", "_")[:60].strip("_") or otherwise
    if base[0].isdigit():
        base = f"{otherwise}_{base}"
    taken = set(_keys(questionnaire))
    return next(key for key in (base, *(f"{base}_{number}" for number in range(2, 10_000))) if key not in taken)
