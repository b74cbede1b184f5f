"""The form of one section of a reply: built from its questions, filled with what was saved, read back question by question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entraide.engines.forms import BadValue, Value, read
from entraide.engines.forms.values import table
from entraide.features.questionnaires import sentences
from entraide.features.questionnaires.choices import YES_NO, Gap, QuestionKind
from entraide.features.questionnaires.models import Answer, Question
from entraide.features.questionnaires.outline import Asked
from entraide.features.questionnaires.saving import Given, Place
from entraide.kernel.base.names import localised
from entraide.ui.forms import DateField, Field

NARROW = {"class": "govuk-input--width-10", "inputmode": "decimal", "autocomplete": "off"}


def name_of(place: Place) -> str:
    """How the field of a question is called in the page."""
    return f"q-{place[0].hex}-{place[1]}"


def choices_of(question: Question) -> list[tuple[str, str | Promise]]:
    """(code, text) of a question's answers to choose from, in the reader's language."""
    if question.kind == QuestionKind.YES_NO and not question.options:
        return list(YES_NO)
    return [(option["code"], localised(option["labels"]) or option["code"]) for option in question.options]


class _Anything:
    """A field that takes everything: what is missing is told when the reply is cleared, not while it is written."""

    def validate(self, value: Any) -> None:  # Django's own signature
        """Nothing is refused here."""


class TextField(_Anything, forms.CharField):
    """A text that may be missing."""


class OneField(_Anything, forms.ChoiceField):
    """A choice that may be missing."""


class ManyField(_Anything, forms.MultipleChoiceField):
    """Choices that may be missing."""


class Marked(Field):
    """Says of a question that an answer is required: the reply is not cleared without it. Of the others nothing is said."""

    @property
    def says_optional(self) -> bool:
        return False

    @property
    def says_required(self) -> bool:
        assert isinstance(self.form, SectionForm)
        return self.name in self.form.must


@dataclass
class Cell:
    """A box of a table of figures."""

    name: str
    label: str
    value: str


@dataclass
class Line:
    """One question as the page shows it."""

    question: Question
    instance: int
    answer: Answer | None
    editable: bool
    bound: Any = None  # a BoundField
    gap: Any = None
    columns: list[str] = field(default_factory=list)
    rows: list[tuple[str, list[Cell]]] = field(default_factory=list)
    error: str = ""
    shown: bool = True

    @property
    def anchor(self) -> str:
        """Where the question stands on the page."""
        return name_of((self.question.pk, self.instance))


class SectionForm(forms.Form):
    """The questions of a section that somebody may write, with the version of each that she sees."""

    use_required_attribute = False
    bound_field_class = Marked

    def __init__(
        self, data: Mapping[str, Any] | None, *, asked: Asked, places: Iterable[tuple[Question, int]], answers: Mapping[Place, Answer]
    ) -> None:  # fmt: skip
        super().__init__(data)
        self.asked, self.answers = asked, answers
        self.places = [(question, instance) for question, instance in places if question.kind not in {"note", "file"}]
        self.wrong_cells: dict[Place, str] = {}
        self.must: set[str] = set()
        for question, instance in self.places:
            self._add(question, instance)

    def _add(self, question: Question, instance: int) -> None:
        place = (question.pk, instance)
        answer, name = self.answers.get(place), name_of(place)
        value = answer.value if answer else None
        if question.kind != QuestionKind.TABLE:
            made = _field(question)
            self.must |= {name} if question.required else set()
            made.initial = _initial(question, value)
            self.fields[name] = made
        self.fields[f"v{name}"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=answer.version if answer else 0, required=False, min_value=0
        )
        self.fields[f"o{name}"] = forms.CharField(
            widget=forms.HiddenInput, initial=Given(value, 0, answer.gap if answer else "").sign, required=False, max_length=12
        )
        self.fields[f"g{name}"] = forms.ChoiceField(
            label=_("No answer? Say why"), choices=[("", _("There is an answer, or there will be")), *Gap.choices], required=False,
            initial=answer.gap if answer else "", widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
        )  # fmt: skip

    def cells(self, question: Question, instance: int) -> list[tuple[str, list[Cell]]]:
        """The boxes of a table: what was sent, else what is saved."""
        place = (question.pk, instance)
        answer = self.answers.get(place)
        saved: dict[str, dict[str, str]] = answer.value if answer and isinstance(answer.value, dict) else {}
        found = []
        for row in question.grid.get("rows", []):
            line = []
            for column in question.grid.get("columns", []):
                name = f"{name_of(place)}-{row['code']}-{column['code']}"
                value = self.data.get(name, "") if self.is_bound else saved.get(row["code"], {}).get(column["code"], "")
                line.append(Cell(name, f"{localised(row['labels'])}, {localised(column['labels'])}", value))
            found.append((localised(row["labels"]) or row["code"], line))
        return found

    def given(self) -> dict[Place, Given]:
        """What was written and can be kept; what cannot stays in the form with its error. Untouched questions are left out."""
        self.is_valid()
        found = {}
        for question, instance in self.places:
            place, name = (question.pk, instance), name_of((question.pk, instance))
            if name in self.errors or f"v{name}" not in self.data:
                continue
            try:
                value = self._value(question, instance)
            except BadValue as wrong:
                self._wrong(place, sentences.of_value(wrong))
                continue
            gap = self.cleaned_data.get(f"g{name}") or ""
            if not gap and not self.asked.fits(question, instance, value):
                said = localised(question.constraint_texts) or str(_("The answer does not meet what the question asks for."))
                self._wrong(place, said)
                continue
            written = Given(value, self.cleaned_data.get(f"v{name}") or 0, gap)
            if written.sign != self.data.get(f"o{name}"):
                found[place] = written
        return found

    def renew(self, versions: Mapping[Place, int], given: Mapping[Place, Given]) -> None:
        """What was saved stands on its new version in the page that is shown again."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        for place, version in versions.items():
            data[f"v{name_of(place)}"] = str(version)
            data[f"o{name_of(place)}"] = given[place].sign
        self.data = data

    def _wrong(self, place: Place, said: str) -> None:
        if name_of(place) in self.fields:
            self.add_error(name_of(place), said)
        else:
            self.wrong_cells[place] = said

    def _value(self, question: Question, instance: int) -> Value:
        name = name_of((question.pk, instance))
        if question.kind == QuestionKind.TABLE:
            rows = question.grid.get("rows", [])
            columns = question.grid.get("columns", [])
            return table(
                {
                    row["code"]: {column["code"]: self.data.get(f"{name}-{row['code']}-{column['code']}", "") for column in columns}
                    for row in rows
                }
            )
        cleaned = self.cleaned_data.get(name)
        if question.kind == QuestionKind.MANY:
            return list(cleaned or []) or None
        if question.kind == QuestionKind.DATE:
            return cleaned.isoformat() if cleaned else None
        return read(question.kind, cleaned or "", [code for code, _label in choices_of(question)])

    @property
    def is_wrong(self) -> bool:
        """Whether anything of what was written could not be kept."""
        return bool(self.errors or self.wrong_cells)


def _field(question: Question) -> forms.Field:
    label, hint, kind = question.label, question.hint, question.kind
    if kind == QuestionKind.DATE:
        return DateField(label=label, help_text=hint, required=False)
    if kind in {QuestionKind.YES_NO, QuestionKind.ONE}:
        choices = [*choices_of(question), ("", _("Not answered yet"))]
        return OneField(label=label, help_text=hint, choices=choices, widget=forms.RadioSelect)
    if kind == QuestionKind.MANY:
        return ManyField(label=label, help_text=hint, choices=choices_of(question), widget=forms.CheckboxSelectMultiple)
    if kind == QuestionKind.LONG:
        return TextField(label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": 6}))
    narrow = kind in {QuestionKind.INTEGER, QuestionKind.DECIMAL}
    return TextField(label=label, help_text=hint, widget=forms.TextInput(attrs=NARROW if narrow else {}))


def _initial(question: Question, value: Value) -> Any:  # as the widget wants it
    if question.kind == QuestionKind.DATE and isinstance(value, str):
        from datetime import date

        return date.fromisoformat(value)
    return value if value is not None else ([] if question.kind == QuestionKind.MANY else "")


def shown(question: Question, value: Value, names: Mapping[UUID, str] | None = None) -> str:
    """An answer as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, dict):
        columns = {column["code"]: localised(column["labels"]) for column in question.grid.get("columns", [])}
        rows = {row["code"]: localised(row["labels"]) for row in question.grid.get("rows", [])}
        return "; ".join(
            f"{rows.get(row, row)}: " + ", ".join(f"{columns.get(column, column)} {figure}" for column, figure in cells.items())
            for row, cells in value.items()
        )
    if isinstance(value, list):
        known = dict(choices_of(question))
        return ", ".join(str(known.get(code) or (names or {}).get(_uuid(code)) or code) for code in value)
    if question.kind in {QuestionKind.ONE, QuestionKind.YES_NO}:
        return str(dict(choices_of(question)).get(str(value), value))
    if question.kind == QuestionKind.DATE:
        from datetime import date

        from django.utils.formats import date_format

        return date_format(date.fromisoformat(str(value)))
    return str(value)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
