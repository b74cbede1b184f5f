"""Forms of figures."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from entraide.engines.tables import Asked
from entraide.engines.tables.decode import MOST_BYTES
from entraide.features.figures.definitions import DEFINITIONS
from entraide.kernel.base import clock
from entraide.kernel.base.countries import country_choices
from entraide.kernel.base.figures import tallies
from entraide.kernel.bodies.facts import states

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


class TableForm(forms.Form):
    """A file of figures, where it is from, and what it does not say itself."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("CSV or XLSX, at most 10 MB, with a head that names its columns. Nothing is filed before you have seen the result."),
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("Which body or publication the numbers come from, and of which day.")
    )
    already_public = forms.BooleanField(
        label=_("The source has published these numbers as they are"),
        required=False,
        help_text=_("Otherwise small counts are withheld when the table is published from here."),
    )
    indicator = forms.ChoiceField(label=_("What is counted, where the file does not say it"))
    area = forms.ChoiceField(label=_("Of which State, where the file does not say it"), required=False)
    year = forms.IntegerField(label=_("Of which year, where the file does not say it"), required=False, min_value=1900, max_value=2100)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        told = [
            (tag, str(each.label)) for tag, each in DEFINITIONS.items() if not each.rate and not tag.startswith(("entraide", "estimate"))
        ]
        choices_of(self, "indicator", told)
        self.fields["indicator"].initial = "tip.victims"
        choices_of(self, "area", [("", str(_("The file says it"))), *country_choices(tuple(state.code for state in states()))])

    def clean_file(self) -> UploadedFile:
        """Not larger than what is read."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB. Split it into smaller files."))
        return file

    @property
    def asked(self) -> Asked:
        """What the file does not say."""
        given = self.cleaned_data
        return Asked(indicator=given["indicator"], area=given["area"], year=given["year"])


class FileTableForm(forms.Form):
    """That the list of numbers without a place was seen."""

    seen = forms.BooleanField(label=_("I have looked at the numbers that have no place; they are left out."), required=False)
