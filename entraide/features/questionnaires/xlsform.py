"""Between rows and the engine's form: a workbook becomes a draft, a questionnaire becomes a workbook. Constant in queries."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from entraide.engines import forms as engine
from entraide.features.questionnaires import rules
from entraide.features.questionnaires.choices import Shape
from entraide.features.questionnaires.models import Binding, Question, Questionnaire, Section
from entraide.features.questionnaires.outline import Outline, outline
from entraide.features.texts.models import Provision
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import refuse, require
from entraide.kernel.audit.services import record
from entraide.kernel.base.ids import uuid7
from entraide.kernel.bodies import queries as bodies


@transaction.atomic
def import_form(*, by: Acting, found: engine.Imported, shape: str = Shape.QUESTIONNAIRE) -> Questionnaire:
    """Files what was read as a draft, with everything that could not be placed; under a code that is here already, as its next version."""
    require(rules.may_author(by))
    form = found.form
    code = slugify(form.code)[:80] or f"form-{str(uuid7())[-6:]}"
    last = Questionnaire.objects.filter(holder=by.body, code=code).order_by("-version").first()
    if last is not None and not last.published:
        require(refuse("draft", _("A draft with this form_id is here already. Publish it or throw it away first.")))
    known, missing = provisions_named({name for question in form.questions() for name in question.provisions})
    doubts = [asdict(each) for each in found.problems]
    doubts += [asdict(engine.Problem("survey", 0, "provision_unknown", name)) for name in sorted(missing)]
    draft = Questionnaire.objects.create(
        holder=by.body, shape=shape, code=code, titles=form.titles, intros=form.intros, languages=form.languages, extra=form.extra,
        doubts=doubts, predecessor=last, version=last.version + 1 if last else 1, made_by=by.post, invented=bodies.get(by.body).invented,
    )  # fmt: skip
    _Filing(draft, known).run(form)
    record(
        by=by, action="questionnaires.import", kind="questionnaire", object_id=draft.pk,
        detail={"questions": len(form.questions()), "doubts": len(doubts)},
    )  # fmt: skip
    return draft


def named(name: str) -> tuple[str, str]:
    """(slug of the document, eid) of "slug#eid" or of the address of a provision's page."""
    parts = [part for part in name.strip().split("?")[0].replace("#", "/").split("/") if part]
    return (parts[-2], parts[-1]) if len(parts) > 1 else ("", "")


def provisions_named(names: Iterable[str]) -> tuple[dict[str, Provision], set[str]]:
    """{name: provision} of those that are here, and the names of those that are not."""
    wanted = {name: named(name) for name in names}
    rows = Provision.objects.filter(document__slug__in={slug for slug, _eid in wanted.values()}).select_related("document")
    there = {(row.document.slug, row.eid): row for row in rows}
    known = {name: there[address] for name, address in wanted.items() if address in there}
    return known, set(wanted) - set(known)


class _Filing:
    """Writes a form's parts under a draft in three inserts."""

    def __init__(self, draft: Questionnaire, known: Mapping[str, Provision]) -> None:
        self.draft, self.known, self.place = draft, known, 0
        self.sections: list[Section] = []
        self.questions: list[Question] = []
        self.bindings: list[Binding] = []

    def run(self, form: engine.Form) -> None:
        """Everything, in reading order."""
        for section in form.sections:
            self._section(section, None)
        Section.objects.bulk_create(self.sections)
        Question.objects.bulk_create(self.questions)
        Binding.objects.bulk_create(self.bindings)

    def _section(self, given: engine.Section, parent: Section | None) -> None:
        self.place += 1
        extra: dict[str, str] = given.extra | ({"loose": "1"} if given.loose else {})
        row = Section(
            holder=self.draft.holder, questionnaire=self.draft, parent=parent, place=self.place, key=given.key, titles=given.titles,
            intros=given.intros, condition=given.condition, repeats=given.repeats, most=given.most, extra=extra,
        )  # fmt: skip
        self.sections.append(row)
        for part in given.parts:
            if isinstance(part, engine.Section):
                self._section(part, row)
            else:
                self._question(part, row)

    def _question(self, given: engine.Question, section: Section) -> None:
        self.place += 1
        row = Question(
            holder=self.draft.holder, questionnaire=self.draft, section=section, place=self.place, key=given.key, kind=given.kind,
            labels=given.labels, hints=given.hints, options=_listed(given.options), condition=given.condition,
            constraint=given.constraint, constraint_texts=given.constraint_texts, required=given.required, extra=given.extra,
            grid={"rows": _listed(given.rows), "columns": _listed(given.columns)} if given.kind == "table" else {},
        )  # fmt: skip
        self.questions.append(row)
        for provision in dict.fromkeys(self.known[name] for name in given.provisions if name in self.known):
            self.bindings.append(Binding(holder=row.holder, question=row, provision=provision))


def _listed(options: Iterable[engine.Option]) -> list[dict[str, object]]:
    return [{"code": option.code, "labels": option.labels} for option in options]


def _options(rows: Iterable[Mapping[str, object]]) -> list[engine.Option]:
    return [engine.Option(str(row["code"]), dict(row["labels"])) for row in rows]  # type: ignore[call-overload]  # JSON, as _listed wrote


def as_form(questionnaire: Questionnaire) -> engine.Form:
    """The questionnaire as the engine's form: three queries."""
    whole = outline(questionnaire)
    names: dict[object, list[str]] = {}
    for row in Binding.objects.filter(question__questionnaire=questionnaire).select_related("provision__document"):
        names.setdefault(row.question_id, []).append(f"{row.provision.document.slug}#{row.provision.eid}")
    sections = [_section(whole, page, names) for page in whole.pages]
    return engine.Form(
        questionnaire.code, questionnaire.titles, questionnaire.intros, list(questionnaire.languages), sections, questionnaire.extra
    )


def _section(whole: Outline, row: Section, names: Mapping[object, list[str]]) -> engine.Section:
    extra = {name: value for name, value in row.extra.items() if name != "loose"}
    parts = [_section(whole, part, names) if isinstance(part, Section) else _question(part, names) for part in whole.inside(row)]
    return engine.Section(
        row.key, row.titles, row.intros, row.condition, row.repeats, row.most, parts, bool(row.extra.get("loose")), extra
    )  # fmt: skip


def _question(row: Question, names: Mapping[object, list[str]]) -> engine.Question:
    return engine.Question(
        row.key, row.kind, row.labels, row.hints, _options(row.options), _options(row.grid.get("rows", [])),
        _options(row.grid.get("columns", [])), row.condition, row.constraint, row.constraint_texts, row.required,
        names.get(row.pk, []), row.extra,
    )  # fmt: skip


def export_form(questionnaire: Questionnaire) -> bytes:
    """The questionnaire as an XLSForm, with the rows that its import could not place in a sheet of their own."""
    lost = [engine.Problem(**each) for each in questionnaire.doubts]
    return engine.write_xlsform(as_form(questionnaire), lost)
