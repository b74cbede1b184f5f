"""Finds, for every error of a form, the control on the page that mends it."""

from collections.abc import Iterator
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.forms import BaseForm, BaseFormSet
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from entraide.ui.dates import DateBoxes


class Fault(NamedTuple):
    """A sentence, and the id of its control; no id where the form as a whole is wrong."""

    sentence: str
    target: str


def faults(*forms: "BaseForm | BaseFormSet[BaseForm]") -> list[Fault]:
    """All errors of forms and formsets, in the order of the fields on the page."""
    return [fault for form in forms for fault in (_of_formset(form) if isinstance(form, BaseFormSet) else _of_form(form))]


def _of_formset(formset: "BaseFormSet[BaseForm]") -> Iterator[Fault]:
    for sentence in formset.non_form_errors():
        yield Fault(str(sentence), "")
    for form in formset.forms:
        yield from _of_form(form)


def _of_form(form: BaseForm) -> Iterator[Fault]:
    errors = form.errors.as_data()
    for name in sorted(errors, key=lambda name: list(form.fields).index(name) if name in form.fields else -1):
        field = form[name] if name in form.fields else None
        for error in errors[name]:
            for sentence in error.messages:
                yield Fault(str(sentence), "") if field is None else Fault(_named(field, str(sentence)), _target(field, error))


def _named(field: BoundField, sentence: str) -> str:
    # Under its field "Fill this in." says enough; at the top of the page it does not.
    label = str(field.label)
    return f"{label} {sentence}" if label.endswith("?") else _("%(label)s: %(sentence)s") % {"label": label, "sentence": sentence}


def _target(field: BoundField, error: ValidationError) -> str:
    if field.is_hidden:
        return ""
    if isinstance(field.field.widget, DateBoxes):
        part = (error.params or {}).get("part", "day")
        return f"{field.auto_id}_{part}"
    # A group of choices has no single control: lead to its first one.
    first = field.subwidgets[0].id_for_label if field.use_fieldset and len(field) else ""
    return field.id_for_label or first or ""
