"""Forms of releases: what goes in, a review, a withdrawal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.features.figures import queries
from entraide.features.figures.choices import EstimateState, TableState
from entraide.features.figures.forms import choices_of
from entraide.ui.forms import as_heading

MOST = 200


class DraftForm(forms.Form):
    """Titles and summaries in both languages, tables and estimates."""

    title_en = forms.CharField(label=_("Title in English"), max_length=200)
    title_fr = forms.CharField(label=_("Title in French"), max_length=200)
    summary_en = forms.CharField(label=_("Summary in English"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    summary_fr = forms.CharField(label=_("Summary in French"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    tables = forms.MultipleChoiceField(label=_("Tables"), required=False, widget=forms.CheckboxSelectMultiple)
    estimates = forms.MultipleChoiceField(
        label=_("Estimates"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All families of models are published together, with what they assume."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        self.filed = {str(each.pk): each for each in queries.tables().filter(state=TableState.FILED)[:MOST]}
        self.done = {str(each.pk): each for each in queries.estimates().filter(state=EstimateState.DONE)[:MOST]}
        choices_of(self, "tables", [(key, each.name) for key, each in self.filed.items()])
        choices_of(self, "estimates", [(key, each.title) for key, each in self.done.items()])
        for name, found in (("tables", self.filed), ("estimates", self.done)):
            if not found:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """At least one of something."""
        given = super().clean() or {}
        if not given.get("tables") and not given.get("estimates"):
            raise forms.ValidationError(_("Choose at least one table or estimate."))
        return given

    @property
    def chosen(self) -> dict[str, Any]:
        """What drafting needs."""
        given = self.cleaned_data
        return {
            "titles": {language: given[f"title_{language}"] for language in ("en", "fr")},
            "summaries": {language: given[f"summary_{language}"] for language in ("en", "fr")},
            "tables": [self.filed[key] for key in given.get("tables", [])],
            "estimates": [self.done[key] for key in given.get("estimates", [])],
        }


class ReviewForm(forms.Form):
    """Agree or object, and why."""

    answer = forms.ChoiceField(
        label=_("Your review"),
        widget=forms.RadioSelect,
        choices=[
            ("agree", _("I agree: numbers, sources and words are right, and nobody can be found in them")),
            ("object", _("I object")),
        ],
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when you object. Your colleagues read it."),
    )

    def clean(self) -> dict[str, Any]:
        """An objection says what is wrong."""
        given = super().clean() or {}
        if given.get("answer") == "object" and not given.get("note", "").strip():
            self.add_error("note", _("Say what is wrong, so that the drafter can put it right."))
        return given


class WithdrawForm(forms.Form):
    """Why it is withdrawn."""

    reason = as_heading(
        forms.CharField(
            label=_("Why is this release withdrawn?"),
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("Everybody reads this where the numbers were. Name no person."),
        )
    )
