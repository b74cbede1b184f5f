"""Forms of the team's work: notes, relatives, identification, age, status, steps, team, hold, erasure."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.features.cases import queries
from entraide.features.cases.choices import CASE_MACHINE, IDENTIFICATION_MACHINE, STEPS, Age, Decider, Relation, StepState
from entraide.features.cases.forms import CHOOSE, once
from entraide.features.cases.models import Case
from entraide.features.cases.rules import HoldLifted
from entraide.features.cases.text import TextField
from entraide.kernel.accounts.models import Post
from entraide.kernel.base import clock
from entraide.ui.forms import DateField

INLINE = {"class": "govuk-radios--inline govuk-radios--small"}
SEEN = "__seen"


class NoteForm(forms.Form):
    """A note."""

    once = once()
    text = TextField(
        label=_("Note"),
        long=True,
        help_text=_("Only the team of this case can read it. A note cannot be changed afterwards; write another one instead."),
        error_messages={"required": _("Write the note first.")},
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class LinkForm(forms.Form):
    """A relative or companion."""

    once = once()
    relation = forms.ChoiceField(
        label=_("How is this other person related?"), choices=Relation.choices, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    text = TextField(
        label=_("Who is it, in words?"),
        help_text=_("For example: a younger sister, 14, in Lagos. Sealed like everything about the person."),
    )
    reference = TextField(
        label=_("Reference of the other’s case at your body"),
        required=False,
        longest=20,
        help_text=_("Only if you are in the team of that case too."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )

    def clean_reference(self) -> Case | None:
        """The other's case, where the reader may see it."""
        typed = self.cleaned_data["reference"]
        found = queries.by_reference(typed).first() if typed else None
        if typed and found is None:
            raise forms.ValidationError(_("There is no such case among those you may see. Leave this empty."))
        return found


class IdentificationForm(forms.Form):
    """A decision on identification: only what can follow from where it stands."""

    name = forms.ChoiceField(label=_("What was decided?"), widget=forms.RadioSelect, error_messages=CHOOSE)
    decider = forms.ChoiceField(label=_("Who decided?"), choices=Decider.choices, widget=forms.RadioSelect, error_messages=CHOOSE)
    decider_name = TextField(
        label=_("Name of the authority"), required=False, longest=120, help_text=_("The authority, never a person: this is not sealed.")
    )
    decided_on = DateField(label=_("On which day?"))

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        moves = IDENTIFICATION_MACHINE.open_to(state=case.identification, by="team")
        self.fields["name"].choices = [(move.name, move.label) for move in moves]  # type: ignore[attr-defined]  # a choice field


class StatusForm(forms.Form):
    """A move of the case's status."""

    name = forms.ChoiceField(label=_("What happens with the case?"), widget=forms.RadioSelect, error_messages=CHOOSE)
    reason = TextField(
        label=_("Why is it closed?"), long=True, required=False, help_text=_("Needed when you close the case. Only the team can read it.")
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        moves = CASE_MACHINE.open_to(state=case.status, by="team")
        self.fields["name"].choices = [(move.name, move.label) for move in moves]  # type: ignore[attr-defined]  # a choice field
        if not any(move.name.startswith("close") for move in moves):
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """Closing asks for a reason; another move takes none."""
        cleaned = super().clean() or {}
        closing = str(cleaned.get("name", "")).startswith("close")
        if closing and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Write in a sentence why the case is closed."))
        return cleaned if closing else {**cleaned, "reason": ""}


class AgeForm(forms.Form):
    """Whether the person is a child, and on what that rests."""

    once = once()
    seen = forms.ChoiceField(choices=Age.choices, widget=forms.HiddenInput)
    age = forms.ChoiceField(label=_("Is the person a child?"), choices=Age.choices, widget=forms.RadioSelect, error_messages=CHOOSE)
    text = TextField(
        label=_("On what does this rest?"),
        long=True,
        help_text=_("For example: birth certificate seen. It is kept as a note, which only the team can read."),
        error_messages={"required": _("Say in a sentence on what this rests.")},
    )


class TrackForm(forms.Form):
    """The steps of one track. Each remembers how it stood when the page was opened, so that nobody undoes a colleague's tick."""

    def __init__(self, *args: Any, track: str, states: dict[str, str], **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        self.track = track
        for code, label in STEPS[track].items():
            now = states.get(code, StepState.TODO)
            self.fields[code] = forms.ChoiceField(
                label=str(label), choices=StepState.choices, initial=now, widget=forms.RadioSelect(attrs=INLINE)
            )
            self.fields[code + SEEN] = forms.ChoiceField(choices=StepState.choices, initial=now, widget=forms.HiddenInput)

    def changed(self) -> dict[str, str]:
        """{step: state} for what the person changed."""
        given = self.cleaned_data
        return {code: given[code] for code in STEPS[self.track] if given[code] != given[code + SEEN]}


class TeamForm(forms.Form):
    """A colleague for the team."""

    post = forms.ModelChoiceField(
        label=_("Which colleague?"),
        queryset=Post.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a colleague.")},
    )

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:  # a queryset of posts; Django's own arguments
        super().__init__(*args, **kwargs)
        field = self.fields["post"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = colleagues
        field.label_from_instance = lambda post: post.label  # type: ignore[method-assign,assignment]  # Django's documented hook


class HoldForm(forms.Form):
    """A legal hold."""

    order = TextField(
        label=_("Reference of the order"),
        longest=200,
        help_text=_("The decision that forbids erasure, for example of a court. No names: this is not sealed."),
    )


class LiftForm(forms.Form):
    """Why a legal hold is lifted."""

    reason = forms.ChoiceField(
        label=_("Why is the hold lifted?"), choices=HoldLifted.choices, widget=forms.RadioSelect, error_messages=CHOOSE
    )


class EraseForm(forms.Form):
    """The last question before erasing."""

    requested = forms.ChoiceField(
        label=_("Why is the person erased?"),
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
        choices=[("yes", _("The person asked for it")), ("no", _("The term for keeping the data has passed"))],
    )
    sure = forms.BooleanField(
        label=_("I understand that nobody can undo this"), error_messages={"required": _("Tick the box to say that you understand.")}
    )


def today_by_default() -> dict[str, object]:
    """Most decisions are written down on their day."""
    return {"decided_on": clock.today()}
