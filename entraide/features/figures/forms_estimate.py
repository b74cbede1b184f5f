"""Forms of estimates: a file of capture histories, or the overlaps typed in."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entraide.engines import estimation as engine
from entraide.features.figures.codes import AGE, FAMILIES, FORM, SEX, TOTAL, UNKNOWN
from entraide.features.figures.estimates_told import voice
from entraide.features.figures.forms import choices_of
from entraide.kernel.base import clock
from entraide.kernel.base.countries import country_choices
from entraide.kernel.bodies.facts import states

MOST_BYTES = 5 * 1024 * 1024
FEWEST, MOST_TYPED = 2, 4
MOST_WRONG = 50
"""Percent of wrong links: beyond that the lists are not matched at all."""
RESAMPLES = (("0", _("None: quick, rough intervals")), ("200", "200"), ("1000", "1,000"))


class OrderForm(forms.Form):
    """Of whom, by which families."""

    title = forms.CharField(label=_("Title"), max_length=200)
    source = forms.CharField(label=_("Source"), max_length=300, help_text=_("Which bodies’ lists, of which day, and who matched them."))
    area = forms.ChoiceField(label=_("State"))
    year = forms.IntegerField(label=_("Year"), min_value=1900, max_value=2100)
    sex = forms.ChoiceField(label=_("Sex"), required=False)
    age = forms.ChoiceField(label=_("Age"), required=False)
    form = forms.ChoiceField(label=_("Form of exploitation"), required=False)
    methods = forms.MultipleChoiceField(
        label=_("Families of models"),
        widget=forms.CheckboxSelectMultiple,
        choices=list(FAMILIES.items()),
        initial=list(FAMILIES),
        help_text=_("At least two. They disagree more often than not, and how much they do is part of the answer."),
    )
    resamples = forms.ChoiceField(label=_("Resamples for the intervals"), choices=RESAMPLES, initial="200")

    missed = forms.FloatField(
        label=_("Links missed, in percent"),
        required=False,
        min_value=0,
        max_value=MOST_WRONG,
        help_text=_("Of 100 persons on two lists, how many the matching did not recognise. Leave it empty where nobody has checked."),
    )
    false = forms.FloatField(
        label=_("False links, in percent"),
        required=False,
        min_value=0,
        max_value=MOST_WRONG,
        help_text=_("Of 100 links that were made, how many join two different persons. The page then shows what wrong links change."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        choices_of(self, "area", [("", str(_("Choose a State"))), *country_choices(tuple(state.code for state in states()))])
        for name, codes in (("sex", SEX), ("age", AGE), ("form", FORM)):
            some = [(code, str(label)) for code, label in codes.items() if code not in {UNKNOWN, "MIX", "OTH"}]
            choices_of(self, name, [("", str(_("All"))), *some])
        self.fields["year"].initial = clock.today().year - 1

    def clean_methods(self) -> list[str]:
        """Never one number alone."""
        methods: list[str] = self.cleaned_data["methods"]
        if len(methods) < 2:
            raise forms.ValidationError(_("Choose at least two families of models: one number alone is never shown."))
        return methods

    @property
    def ordered(self) -> dict[str, Any]:
        """What ordering needs beside the histories."""
        given = self.cleaned_data
        whom = {name: given[name] or TOTAL for name in ("sex", "age", "form")}
        kept = {name: given[name] for name in ("title", "source", "area", "year", "methods")}
        links = tuple((given[name] or 0) / 100 for name in ("missed", "false"))
        return kept | {"resamples": int(given["resamples"]), "whom": whom, "links": links}

    def read(self) -> engine.Histories | None:
        """The histories; None, with the sentence on its field, where they cannot be read."""
        raise NotImplementedError(type(self).__name__)  # each of the two forms below reads its own kind of source

    def refused(self, field: str, refusal: engine.Refused) -> None:
        """A typed refusal as a sentence."""
        self.add_error(field, refusal.said(voice()))


class HistoriesForm(OrderForm):
    """A file: columns of 0 and 1 and a count, or a row for each person."""

    file = forms.FileField(
        label=_("File of capture histories"),
        allow_empty_file=True,
        help_text=_("CSV with a column of 0 and 1 for each list and a column “count”, or a row for each person. No names of persons."),
    )
    field_order = ["file", "title", "source"]

    def clean_file(self) -> UploadedFile:
        """Not larger than what is read at once."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB. Count equal rows together first."))
        return file

    def read(self) -> engine.Histories | None:
        """From the bytes of the file."""
        try:
            return engine.read_bytes(self.cleaned_data["file"].read())
        except engine.Refused as refusal:
            self.refused("file", refusal)
            return None


class ListsForm(forms.Form):
    """How many lists are typed in, and their names."""

    names = forms.CharField(
        label=_("Names of the lists, separated by commas"),
        max_length=200,
        help_text=_("Two to four lists, for example: police, shelters, hospitals. For more, bring a file."),
    )

    def clean_names(self) -> list[str]:
        """Two to four different names."""
        names = [name.strip() for name in self.cleaned_data["names"].split(",") if name.strip()]
        if not FEWEST <= len(names) <= MOST_TYPED or len(set(names)) < len(names):
            raise forms.ValidationError(_("Give two to four different names, separated by commas."))
        return names


class OverlapsForm(OrderForm):
    """A box for each combination of lists: how many persons are on exactly these."""

    def __init__(self, *args: object, names: list[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        for cell in range(1, 1 << len(names)):
            on = [name for bit, name in enumerate(names) if cell >> bit & 1]
            label = gettext("On %(lists)s and on no other") % {"lists": ", ".join(on)}
            self.fields[f"cell_{cell}"] = forms.IntegerField(label=label, min_value=0, max_value=10**9, initial=0)
        self.order_fields([f"cell_{cell}" for cell in range(1, 1 << len(names))])

    def read(self) -> engine.Histories | None:
        """From the boxes."""
        import numpy as np

        counts = [0, *(self.cleaned_data[f"cell_{cell}"] for cell in range(1, 1 << len(self.names)))]
        try:
            return engine.Histories(tuple(self.names), np.array(counts, dtype=np.float64)).checked()
        except engine.Refused as refusal:
            self.refused("cell_1", refusal)
            return None
