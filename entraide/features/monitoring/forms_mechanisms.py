"""Forms of mechanisms: everything in which one differs from another is a field here, and a column of its row."""

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from entraide.features.monitoring.choices import Publicity, Reviewers
from entraide.features.monitoring.forms import Given


class LinesField(forms.CharField):
    """One item a line: [(code, words)], no code twice."""

    widget = forms.Textarea(attrs={"rows": 4})

    def to_python(self, value: object) -> list[tuple[str, str]]:  # type: ignore[override]  # a list where its parent gives text
        """The lines with a code made of each."""
        lines = [line.strip() for line in str(super().to_python(value)).splitlines() if line.strip()]
        if any(len(line) > 100 for line in lines) or len(lines) > 20:
            raise forms.ValidationError(_("Give at most 20 lines of at most 100 signs."))
        codes = [slugify(line)[:18] for line in lines]
        alone = [code if code and codes.count(code) == 1 else str(place) for place, code in enumerate(codes, start=1)]
        return list(zip(alone, lines, strict=True))


class LanguagesForm(Given):
    """In which languages the reports of a mechanism are written."""

    languages = forms.MultipleChoiceField(label=_("Languages of its reports"), widget=forms.CheckboxSelectMultiple)


class MechanismForm(LanguagesForm):
    """How a procedure works."""

    name = forms.CharField(label=_("Name of the mechanism"), max_length=200)
    document = forms.ChoiceField(label=_("Text whose obligations it follows"))
    committee = forms.ChoiceField(label=_("Committee that decides on reports"), required=False)
    reviewers_are = forms.ChoiceField(label=_("Who evaluates"), choices=Reviewers.choices, widget=forms.RadioSelect)
    reviewers = forms.IntegerField(label=_("How many evaluate each State"), min_value=0, max_value=20)
    same_region = forms.BooleanField(label=_("One of them is of the State’s own regional group"), required=False)
    visits = forms.BooleanField(label=_("The team visits the State"), required=False)
    comments_days = forms.IntegerField(
        label=_("Days for the State’s comments on the draft"), min_value=0, max_value=730,
        help_text=_("Two months are 60 days; 0: the draft is not sent to the State."),
    )  # fmt: skip
    publicity = forms.ChoiceField(label=_("Who reads the final report"), choices=Publicity.choices, widget=forms.RadioSelect)
    ngo_replies = forms.BooleanField(label=_("NGOs reply too"), required=False)
    ranking = forms.BooleanField(label=_("States may be ranked"), required=False)
    reports_a_year = forms.IntegerField(
        label=_("Reports a year"), min_value=0, max_value=12, initial=0, help_text=_("0: it goes by rounds of years.")
    )
    verbs = LinesField(label=_("Verbs of its recommendations"), help_text=_("One a line, from the weakest to the strongest."))
    clusters = LinesField(label=_("Clusters of obligations"), required=False, help_text=_("One a line; empty where it has none."))
    field_order = [
        "name", "document", "committee", "reviewers_are", "reviewers", "same_region", "visits", "comments_days", "publicity", "ngo_replies",
        "ranking", "reports_a_year", "verbs", "clusters", "languages",
    ]  # fmt: skip
