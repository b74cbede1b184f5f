"""Forms of the team's work: notes, links, identification, status, steps, holds."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.features.cases.choices import CASE_MACHINE, IDENTIFICATION_MACHINE, STEPS, Age, Decider, StepState
from entraide.features.cases.models import Case
from entraide.features.cases.text import TextField
from entraide.kernel.accounts.models import Post
from entraide.kernel.base import clock
from entraide.ui.forms import DateField


class NoteForm(forms.Form):
    """A note."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = TextField(label=_("Note"), long=True, help_text=_("Only the team of this case can read it."))


class LinkForm(forms.Form):
    """A relative or companion."""

    relation = forms.ChoiceField(
        label=_("Relation"),
        choices=[
            ("child", _("Child")), ("parent", _("Parent")), ("sibling", _("Brother or sister")), ("partner", _("Partner")),
            ("relative", _("Other relative")), ("companion", _("Was exploited together with the person")),
        ],
    )  # fmt: skip
    text = TextField(label=_("Who is it?"), help_text=_("A link opens nobody’s case to anybody."))


class IdentificationForm(forms.Form):
    """A decision on identification."""

    name = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    decider = forms.ChoiceField(label=_("Who decided?"), choices=Decider.choices)
    decider_name = TextField(label=_("Name of the authority"), required=False, max_length=120, help_text=_("The authority, not a person."))
    decided_on = DateField(label=_("On which day?"), initial=clock.today)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        assert isinstance(name, forms.ChoiceField)
        name.choices = [(move.name, move.label) for move in IDENTIFICATION_MACHINE.open_to(state=case.identification, by="team")]


class StatusForm(forms.Form):
    """A move of the case's status."""

    name = forms.ChoiceField(label=_("What happens with the case?"), widget=forms.RadioSelect)
    reason = TextField(label=_("Reason"), long=True, required=False, help_text=_("Needed to close; only the team can read it."))

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        assert isinstance(name, forms.ChoiceField)
        name.choices = [(move.name, move.label) for move in CASE_MACHINE.open_to(state=case.status, by="team")]

    def clean(self) -> dict[str, Any]:
        """Closing asks for a reason."""
        cleaned = super().clean() or {}
        if cleaned.get("name", "").startswith("close") and not cleaned.get("reason"):
            self.add_error("reason", _("Write why the case is closed."))
        return cleaned


class AgeForm(forms.Form):
    """Whether the person is a child."""

    age = forms.ChoiceField(label=_("Is the person a child?"), choices=Age.choices, widget=forms.RadioSelect)


class TrackForm(forms.Form):
    """The steps of one track."""

    def __init__(self, *args: Any, track: str, states: dict[str, str], **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        for code, label in STEPS[track].items():
            self.fields[code] = forms.ChoiceField(
                label=label,
                choices=StepState.choices,
                initial=states.get(code, StepState.TODO),
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline govuk-radios--small"}),
            )


class TeamForm(forms.Form):
    """A colleague for the team."""

    post = forms.ModelChoiceField(label=_("Colleague"), queryset=Post.objects.none(), empty_label=_("Choose a colleague"))

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:  # a queryset of posts; Django's own arguments
        super().__init__(*args, **kwargs)
        field = self.fields["post"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = colleagues
        field.label_from_instance = lambda post: post.label  # type: ignore[method-assign,attr-defined]  # Django's documented hook


class HoldForm(forms.Form):
    """A legal hold."""

    order = TextField(
        label=_("Reference of the order"), max_length=200, help_text=_("The decision that forbids erasure, for example a court order.")
    )


class EraseForm(forms.Form):
    """The last question before erasing."""

    requested = forms.ChoiceField(
        label=_("Who asked for it?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("The person")), ("no", _("The term of retention has passed"))],
    )
    sure = forms.BooleanField(
        label=_("I understand that nobody can undo this."), error_messages={"required": _("Tick that you understand.")}
    )
