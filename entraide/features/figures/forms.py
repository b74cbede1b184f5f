"""Forms of figures."""

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.kernel.base import clock
from entraide.kernel.base.figures import tallies

YEARS_BACK = 10


def choices_of(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    """Fills the choices of a field when the page is asked for."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class CountForm(forms.Form):
    """What to count, and which year that is over."""

    tally = forms.ChoiceField(label=_("What to count"), widget=forms.RadioSelect)
    year = forms.ChoiceField(label=_("Year"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        last = clock.today().year - 1
        choices_of(self, "tally", [(each.name, str(each.label)) for each in tallies.values()])
        choices_of(self, "year", [(str(year), str(year)) for year in range(last, last - YEARS_BACK, -1)])
