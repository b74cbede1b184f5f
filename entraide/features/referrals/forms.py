"""Questions asked about a referral, one kind per form."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entraide.features.cases.choices import SHAREABLE, Group, Purpose
from entraide.features.referrals.choices import DeclineReason, Need, Outcome, State, Urgency, WithdrawalAnswer
from entraide.kernel.access.sides import Kind
from entraide.ui.forms import DateTimeField

Choices = list[tuple[str, str | Promise]]
LONGEST = 4_000


def _any(label: Any, choices: Choices) -> forms.ChoiceField:  # lazy text, for which the stubs have only a private name
    return forms.ChoiceField(label=label, required=False, choices=[("", _("All")), *choices])


class ListForm(forms.Form):
    """Narrows a list of referrals."""

    state = _any(_("State"), list(State.choices))
    urgency = _any(_("Urgency"), list(Urgency.choices))
    country = _any(_("Country"), [])
    late = forms.BooleanField(label=_("Only late ones"), required=False)

    def __init__(self, *args: Any, countries: Choices, **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("All")), *countries]  # type: ignore[attr-defined]  # a choice field


class SearchForm(forms.Form):
    """Looks for a body to refer to."""

    text = forms.CharField(label=_("Name"), required=False, max_length=80, widget=forms.TextInput(attrs={"type": "search"}))
    country = _any(_("Country"), [])
    kind = _any(_("Kind of body"), list(Kind.choices))

    def __init__(self, *args: Any, countries: Choices, **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("All")), *countries]  # type: ignore[attr-defined]  # a choice field


def _needs() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Help asked for"),
        help_text=_("The recipient sees this before accepting."),
        choices=Need.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "ui-choices-two"}),
        error_messages={"required": _("Tick at least one kind of help, so that the recipient can say whether it can give it.")},
    )


def _urgency() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("How soon is an answer needed?"),
        choices=Urgency.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how soon: it sets the time to reply.")},
    )


class _Once(forms.Form):
    """A form that begins something: posted twice, it begins it once."""

    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid4


def _purpose() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Purpose"),
        help_text=_("What the recipient may use the information for."),
        choices=Purpose.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one purpose: it decides what is needed, and the person agrees to it by name.")},
    )


class RequestForm(_Once):
    """What is asked of the recipient, and how soon."""

    purpose = _purpose()
    needs = _needs()
    urgency = _urgency()
    reply_by = DateTimeField(
        label=_("Reply by"),
        required=False,
        help_text=_("Leave it empty for the usual time: 3 days, 1 day or 4 hours from now."),
    )

    def offer(self, agreed: frozenset[str]) -> None:
        """Says beside each purpose whether the person agreed to it for this recipient."""
        with_word = _("%(purpose)s (the person agreed)")
        self.fields["purpose"].choices = [  # type: ignore[attr-defined]  # a choice field
            (value, with_word % {"purpose": label} if value in agreed else label) for value, label in Purpose.choices
        ]


class ReviseForm(forms.Form):
    """What of a draft can still be changed."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    needs = _needs()
    urgency = _urgency()
    reply_by = DateTimeField(label=_("Reply by"))


class CallForm(_Once):
    """What was said and agreed by telephone."""

    called_at = DateTimeField(label=_("When did you speak to them?"), help_text=_("Within the last seven days."))
    purpose = _purpose()
    needs = _needs()
    told = forms.MultipleChoiceField(
        label=_("What did you tell them about the person?"),
        choices=[(str(group), Group(group).label) for group in SHAREABLE],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one kind of information.")},
    )
    account = forms.CharField(
        label=_("What was said and agreed?"),
        help_text=_("Also the function of whoever answered. Kept sealed in the person’s file; the recipient does not see it."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write in a few words what was agreed.")},
    )


class BareForm(forms.Form):
    """Only a confirmation."""


class TextForm(forms.Form):
    """A question, an answer or conditions."""

    text = forms.CharField(
        label=_("Your words"),
        help_text=_("Do not name the person. Both sides keep these words sealed."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write at least a sentence.")},
    )


class AnswerForm(TextForm):
    """An answer, and more time where it is needed."""

    reply_by = DateTimeField(
        label=_("New time to reply"),
        required=False,
        help_text=_("The clock went on while you were asked; give more time if needed."),
    )


class ReasonForm(forms.Form):
    """Why not."""

    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=[choice for choice in DeclineReason.choices if choice[0] != DeclineReason.NOT_AGREED],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason: it tells the sender where to turn next.")},
    )


class DenyForm(forms.Form):
    """Why a call is not confirmed."""

    reason = forms.ChoiceField(label=_("Why?"), choices=DeclineReason.choices, initial=DeclineReason.NOT_AGREED, widget=forms.RadioSelect)


class OutcomeForm(forms.Form):
    """How it went for the person."""

    outcome = forms.ChoiceField(
        label=_("How did it go for the person?"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the outcome.")},
    )


class WithdrawalForm(forms.Form):
    """What became of this body's copy."""

    answer = forms.ChoiceField(
        label=_("What did you do with your copy?"),
        choices=WithdrawalAnswer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you did with your copy.")},
    )


FORMS: dict[str, type[forms.Form]] = {
    "answer": AnswerForm,
    "ask_back": TextForm,
    "accept_with_conditions": TextForm,
    "decline": ReasonForm,
    "deny_call": DenyForm,
    "report_outcome": OutcomeForm,
}
"""The form of each move that asks something; the others only ask to be confirmed."""
