"""Forms of national plans."""

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.features.monitoring.forms import Given
from entraide.ui.forms import DateField


class PlanForm(forms.Form):
    """A national plan."""

    title = forms.CharField(label=_("Title"), max_length=200)
    begins_on = DateField(label=_("From"))
    ends_on = DateField(label=_("To"))


class MeasureForm(Given):
    """A measure."""

    title = forms.CharField(label=_("What is done"), max_length=300)
    lead = forms.ChoiceField(label=_("Who leads"))
    partners = forms.MultipleChoiceField(label=_("Who helps"), widget=forms.CheckboxSelectMultiple, required=False)
    indicator = forms.CharField(label=_("How one sees that it worked"), max_length=300, required=False)
    budget = forms.DecimalField(label=_("Budget"), max_digits=14, decimal_places=2, min_value=0, required=False)
    currency = forms.RegexField("^[A-Z]{3}$", label=_("Currency"), required=False, help_text=_("Three letters, such as EUR."))
    begins_on = DateField(label=_("Begins on"), required=False)
    due = DateField(label=_("Done by"), required=False)
    recommendations = forms.MultipleChoiceField(label=_("Recommendations it answers"), widget=forms.CheckboxSelectMultiple, required=False)


class MilestoneForm(forms.Form):
    """A step by a day."""

    title = forms.CharField(label=_("Milestone"), max_length=300)
    due = DateField(label=_("By when"))


class StepForm(forms.Form):
    """Progress."""

    text = forms.CharField(label=_("What was done"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 4}))
    percent = forms.IntegerField(label=_("Per cent done"), min_value=0, max_value=100, required=False)
    evidence = forms.CharField(
        label=_("What shows it"), max_length=300, required=False, help_text=_("A law, a report, a figure; no case and no person.")
    )
    url = forms.URLField(label=_("Address, if it is public"), max_length=500, required=False, assume_scheme="https")
