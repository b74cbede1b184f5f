"""Forms of monitoring: filters, the draft, comments, decisions, plans."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.features.monitoring.choices import (
    InterestKind,
    Origin,
    ParagraphKind,
    Party,
    Persons,
    Position,
    Progress,
    Result,
    Stage,
    Target,
    Theme,
)
from entraide.features.monitoring.models import Mechanism, Recommendation
from entraide.features.texts.models import Provision
from entraide.features.texts.queries import label
from entraide.kernel.base import clock
from entraide.kernel.base.countries import country_choices, language_name
from entraide.kernel.base.names import localised
from entraide.ui.forms import DateField
from entraide.ui.templatetags.ui import colon

Choices = list[tuple[str, str]]


def _any(choices: Choices) -> list[tuple[str, object]]:
    return [("", _("All")), *choices]


class Given(forms.Form):
    """A form whose lists of choices are given when it is made: {field: [(value, label)]}."""

    def __init__(self, *args: Any, choices: dict[str, Choices] | None = None, **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        for name, given in (choices or {}).items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = given


class EvaluationsFilter(Given):
    """Which States, which stage."""

    stage = forms.ChoiceField(label=_("Stage"), required=False, choices=_any(list(Stage.choices)))  # type: ignore[arg-type]  # lazy words


class RecommendationsFilter(Given):
    """Which recommendations."""

    state = forms.ChoiceField(label=_("State"), required=False)
    mechanism = forms.ChoiceField(label=_("Mechanism"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False, choices=_any(list(Theme.choices)))  # type: ignore[arg-type]  # lazy words


class BareForm(forms.Form):
    """Nothing to fill in: a page that asks once more."""


class ParagraphForm(Given):
    """A line of the draft."""

    language = forms.ChoiceField(label=_("Language of the text"), required=False)

    kind = forms.ChoiceField(
        label=_("What it is"), choices=[(each.value, each.label) for each in (ParagraphKind.PARAGRAPH, ParagraphKind.HEADING)],
        initial=ParagraphKind.PARAGRAPH,
    )  # fmt: skip
    level = forms.TypedChoiceField(
        label=_("Level, if it is a heading"), choices=[("1", "I"), ("2", "A"), ("3", "1")], coerce=int, initial="1", empty_value="1",
        required=False,
    )  # fmt: skip
    text = forms.CharField(label=_("Text"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 6}))


class ReviseForm(forms.Form):
    """Another wording."""

    text = forms.CharField(label=_("Text"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 8}))
    correction = forms.BooleanField(
        label=_("Only a correction: the meaning is the same"), required=False, help_text=_("Then the other languages are not behind.")
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class FindingForm(Given):
    """What a paragraph finds of an obligation."""

    provision = forms.ChoiceField(label=_("Obligation"))
    result = forms.ChoiceField(label=_("How far it is met"), choices=Result.choices, widget=forms.RadioSelect)


class EvidenceForm(Given):
    """What a finding rests on: an answer to a question, or something else."""

    answer = forms.ChoiceField(label=_("An answer to a question on this obligation"), required=False)
    origin = forms.ChoiceField(
        label=_("Or where it comes from"), choices=Origin.choices, widget=forms.RadioSelect, required=False,
        help_text=_("What an NGO gave, and what was heard on the visit, stays with the team: it goes into no copy of the report."),
    )  # fmt: skip
    title = forms.CharField(
        label=_("And what it is"), max_length=300, required=False, help_text=_("No names of persons, nothing by which one is known.")
    )
    url = forms.URLField(label=_("Address, if it is public"), max_length=500, required=False, assume_scheme="https")

    def clean(self) -> dict[str, Any]:
        """An answer, or an origin and what it is."""
        given = super().clean() or {}
        if not given.get("answer"):
            for name, sentence in (("origin", _("Choose an answer, or say where it comes from.")), ("title", _("Say what it is."))):
                if name not in self.errors and not given.get(name):
                    self.add_error(name, sentence)
        return given


class RecommendForm(Given):
    """A recommendation."""

    verb = forms.ChoiceField(label=_("Verb"))
    language = forms.ChoiceField(label=_("Language of the text"), required=False)
    text = forms.CharField(label=_("What is asked"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 5}))
    finding = forms.ChoiceField(label=_("Rests on the finding"), required=False)
    earlier = forms.ChoiceField(label=_("Continues the recommendation"), required=False)
    themes = forms.MultipleChoiceField(label=_("Themes"), choices=Theme.choices, widget=forms.CheckboxSelectMultiple, required=False)
    persons = forms.MultipleChoiceField(
        label=_("Persons affected"), choices=Persons.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    targets = forms.MultipleChoiceField(
        label=_("Targets of the Sustainable Development Goals"), choices=Target.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    due = DateField(label=_("By when"), required=False)


class CommentForm(forms.Form):
    """What the State says."""

    text = forms.CharField(label=_("Comment"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class ReplyForm(forms.Form):
    """What the State answers."""

    position = forms.ChoiceField(label=_("Position"), choices=Position.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("Reply"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}))
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)


class AssessForm(forms.Form):
    """How far it is carried out."""

    progress = forms.ChoiceField(label=_("How far it is carried out"), choices=Progress.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("Why"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 4}), required=False)


class DecideForm(Given):
    """What the committee decided."""

    text = forms.CharField(label=_("What the committee asks"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 5}))
    reference = forms.CharField(label=_("Reference"), max_length=60, required=False)
    recommendations = forms.MultipleChoiceField(label=_("Recommendations it takes up"), widget=forms.CheckboxSelectMultiple, required=False)
    adopted_on = DateField(label=_("Adopted on"), initial=clock.today)
    due = DateField(label=_("The State reports back by"), required=False)


class AppointForm(Given):
    """Whom to put into the team."""

    post = forms.ChoiceField(
        label=_("Expert"), help_text=_("Only experts who declared of which State they are nationals can be appointed.")
    )


class InterestForm(Given):
    """A tie to a State."""

    state = forms.ChoiceField(label=_("State"))
    kind = forms.ChoiceField(label=_("What ties you to it"), choices=InterestKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("In a few words"), max_length=200, required=False)


class VisitForm(forms.Form):
    """When and where the team goes."""

    begins_on = DateField(label=_("From"))
    ends_on = DateField(label=_("To"))
    places = forms.CharField(
        label=_("Places"), max_length=200, help_text=_("Towns, as the State will read them; never the address of a shelter.")
    )


class MeetingForm(forms.Form):
    """A line of the programme."""

    on = DateField(label=_("Day"))
    party = forms.ChoiceField(
        label=_("Whom the team meets"), choices=Party.choices, widget=forms.RadioSelect,
        help_text=_("The State is told of meetings with its authorities, and of no others."),
    )  # fmt: skip
    with_whom = forms.CharField(label=_("With whom"), max_length=200, help_text=_("An office or organisation, no person."))
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    about = forms.CharField(label=_("About what"), max_length=300, required=False)
    noted = forms.CharField(
        label=_("What the team took from it"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 5}), required=False
    )


def provision_choices(provisions: list[Provision], language: str) -> Choices:
    """Obligations by how one cites them."""
    return [(str(each.pk), label(each, language)) for each in provisions]


def verb_choices(mechanism: Mechanism) -> Choices:
    """The verbs of a mechanism, the strongest first."""
    return [(each["code"], localised(each["names"])) for each in reversed(mechanism.verbs)]


def language_choices(mechanism: Mechanism) -> Choices:
    """The languages in which a mechanism writes its reports."""
    return [(code, language_name(code)) for code in mechanism.languages]


def recommendation_choices(rows: list[Recommendation]) -> Choices:
    """Recommendations by round and first words."""
    return [(str(row.pk), f"{row.edition.evaluation.round.name}{colon()} {row.paragraph.text[:120]}") for row in rows]


def state_choices(codes: set[str]) -> Choices:
    """States by name."""
    return country_choices(tuple(sorted(codes)))
