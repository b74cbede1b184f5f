"""Forms of rounds: what a round looks at and asks, its clusters, its lots."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.features.monitoring.forms import Choices, Given
from entraide.ui.forms import DateField


class RoundForm(Given):
    """A new round."""

    name = forms.CharField(label=_("Name of the round"), max_length=200)
    opens_on = DateField(label=_("From"))
    closes_on = DateField(label=_("To"))
    replies_due = DateField(label=_("Replies by"), required=False)
    circulations = forms.MultipleChoiceField(
        label=_("Questionnaires that were sent round for it"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("One to States, one to NGOs, a follow-up: as many as there are. More can be added later."),
    )  # fmt: skip
    provisions = forms.MultipleChoiceField(label=_("Obligations it looks at"), widget=forms.CheckboxSelectMultiple)
    states = forms.MultipleChoiceField(
        label=_("States, and who answers for each"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("In the order of this list; lots change it."),
    )


class ClustersForm(forms.Form):
    """In which cluster each obligation of a round stands: {provision: cluster}."""

    def __init__(self, *args: Any, provisions: Choices, clusters: Choices, **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        choices = [("", _("In no cluster")), *clusters]
        for provision, words in provisions:
            self.fields[provision] = forms.ChoiceField(label=words, choices=choices, required=False)


class AskForm(Given):
    """A questionnaire that a round asks."""

    circulation = forms.ChoiceField(label=_("Questionnaire that was sent round"))
    cluster = forms.ChoiceField(label=_("About which cluster"), required=False)


class InputsForm(forms.Form):
    """What lots are drawn from."""

    pool = forms.CharField(
        label=_("Possible reviewers"), widget=forms.Textarea(attrs={"rows": 12}), max_length=20_000,
        help_text=_("One State a line: its code of two letters, a comma, its regional group."),
    )  # fmt: skip
    excluded = forms.CharField(
        label=_("Conflicts of interest"), widget=forms.Textarea(attrs={"rows": 4}), max_length=20_000, required=False,
        help_text=_("One pair a line: the State reviewed, a comma, the State that must not review it."),
    )  # fmt: skip

    def clean_pool(self) -> list[tuple[str, str]]:
        """[(code, group)]."""
        return _pairs(self.cleaned_data["pool"], second=False)

    def clean_excluded(self) -> list[tuple[str, str]]:
        """[(reviewed, reviewer)]."""
        return _pairs(self.cleaned_data["excluded"], second=True)


def _pairs(text: str, *, second: bool) -> list[tuple[str, str]]:
    """Lines "XA, north"; `second`: what follows the comma is a code too."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            code, _comma, rest = (part.strip() for part in line.partition(","))
            if not re.fullmatch("[A-Z]{2}", code) or (second and not re.fullmatch("[A-Z]{2}", rest)):
                raise forms.ValidationError(
                    _("Line %(number)s is not understood: “%(line)s”."), params={"number": number, "line": line[:80]}
                )
            found.append((code, rest))
    return found


class SeedForm(forms.Form):
    """The seed that nobody could choose."""

    seed = forms.CharField(label=_("Seed"), max_length=200)
    seed_source = forms.CharField(
        label=_("Where everybody can look it up"), max_length=300,
        help_text=_("Something made public after the inputs below, which nobody here could choose: the numbers of a named lottery, say."),
    )  # fmt: skip
