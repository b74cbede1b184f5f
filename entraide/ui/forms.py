"""Renders plain Django forms as GOV.UK form groups, and asks for dates in boxes instead of one guessed format."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import ClearableFileInput
from django.template.loader import select_template
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from entraide.ui.dates import DateBoxes, DateField, DateTimeBoxes, DateTimeField

__all__ = ["DateBoxes", "DateField", "DateTimeBoxes", "DateTimeField", "DaysFilter", "Field", "Renderer", "as_heading"]

AnyField = TypeVar("AnyField", bound=forms.Field)
Row = TypeVar("Row")

_INPUTS = ("text", "number", "email", "url", "tel", "search", "color", "password", "date", "datetime", "time")
_CHOICES = ("radio", "checkbox_select")
_OURS = {
    **{f"django/forms/widgets/{kind}.html": "ui/forms/widgets/input.html" for kind in _INPUTS},
    **{f"django/forms/widgets/{kind}.html": f"ui/forms/widgets/{kind}.html" for kind in _CHOICES},
    "django/forms/widgets/textarea.html": "ui/forms/widgets/textarea.html",
    "django/forms/widgets/select.html": "ui/forms/widgets/select.html",
    "django/forms/widgets/checkbox.html": "ui/forms/widgets/checkbox.html",
    "django/forms/widgets/file.html": "ui/forms/widgets/file.html",
    "django/forms/widgets/clearable_file_input.html": "ui/forms/widgets/file.html",
    "django/forms/errors/list/default.html": "ui/forms/errors.html",
    "django/forms/errors/list/ul.html": "ui/forms/errors.html",
}


class Field(BoundField):
    """A field on the page: one upload is one control with a label, not a group."""

    @property
    def use_fieldset(self) -> bool:
        return self.field.widget.use_fieldset and not isinstance(self.field.widget, ClearableFileInput)

    @property
    def says_required(self) -> bool:
        """Where almost nothing must be filled, a form marks what must instead."""
        return False

    @property
    def says_optional(self) -> bool:
        """Beside fields that must be filled the others say so; ten times "(optional)" on a page where nothing must says nothing.

        A field that must be filled only sometimes (`conditional`) says when in its label.
        """
        if getattr(self.field, "conditional", False):
            return False
        seen = [field for field in self.form.fields.values() if not field.widget.is_hidden]
        return not self.field.required and (len(seen) < 3 or any(field.required for field in seen))


def as_heading(field: AnyField) -> AnyField:
    """The same field, its label being the heading of the page: one question, one page."""
    field.template_name = "ui/forms/field_heading.html"  # type: ignore[attr-defined]  # the stubs do not know it yet
    return field


class DaysFilter(forms.Form):
    """Narrows a list to some days: what one may ask for in an address without naming anybody."""

    since = DateField(label=_("From"), required=False)
    until = DateField(label=_("Until"), required=False)

    def kept(self, rows: Iterable[Row], when: Callable[[Row], datetime | date]) -> list[Row]:
        """The rows of those days, both included; all of them where nothing, or nonsense, was asked."""
        asked = self.cleaned_data if self.is_valid() else {}
        first, last = asked.get("since") or date.min, asked.get("until") or date.max
        return [row for row in rows if first <= _day(when(row)) <= last]


def _day(moment: datetime | date) -> date:
    return moment.astimezone(get_current_timezone()).date() if isinstance(moment, datetime) else moment


class Renderer(TemplatesSetting):
    """Sends Django's own template names to ours, whatever the order of installed apps."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = Field

    def get_template(self, template_name: str) -> Any:  # the loader's own return type is a private backend class
        return select_template([_OURS.get(template_name, template_name), template_name])
