"""Forms of agreement, legal basis and basis of transfer."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entraide.features.cases.agreements import Agreement, AgreementText
from entraide.features.cases.choices import SHAREABLE, Group, LegalBasisKind, Manner, Purpose, TransferBasisKind
from entraide.features.cases.forms import ALL, CHOOSE, once
from entraide.features.cases.rules import NO_WITNESS, last_day
from entraide.features.cases.text import TextField
from entraide.kernel.access.sides import Kind
from entraide.kernel.base import clock
from entraide.kernel.base.countries import country_choices, language_name
from entraide.ui.forms import DateField

GROUPS = [(group.value, group.label) for group in SHAREABLE]
NOT_SEALED = _("No names of persons: this is not sealed.")


class RecipientFilter(forms.Form):
    """Looks for a body."""

    text = TextField(label=_("Name"), required=False, longest=80, widget=forms.TextInput(attrs={"type": "search"}))
    country = forms.ChoiceField(label=_("Country"), required=False)
    kind = forms.ChoiceField(label=_("Kind of body"), required=False, choices=[ALL, *Kind.choices])

    def __init__(self, *args: Any, countries: list[str], **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [ALL, *country_choices(tuple(countries))]  # type: ignore[attr-defined]  # a choice field


class AskForm(forms.Form):
    """What the person is asked: for which purpose, which kinds of information, in which language. Codes only: it travels in the address."""

    purpose = forms.ChoiceField(
        label=_("What would they use it for?"), choices=Purpose.choices, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    groups = forms.MultipleChoiceField(
        label=_("What do you ask the person to share?"),
        choices=GROUPS,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ask only for what they need to help. The person can still leave out any of it."),
        error_messages={"required": _("Tick at least one kind of information.")},
    )
    text = forms.ModelChoiceField(
        label=_("In which language do you show or read the text?"),
        queryset=AgreementText.objects.none(),
        empty_label=None,
        error_messages={"required": _("Choose a language."), "invalid_choice": _("Choose a language of the list.")},
    )
    then = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_groups(self) -> list[str]:
        """A telephone number goes nowhere without the rules for calling it."""
        groups: list[str] = self.cleaned_data["groups"]
        if Group.CONTACT in groups and Group.SAFE_CONTACT not in groups:
            raise forms.ValidationError(_("Ask also about “How to reach the person safely”: telephone and address never go without it."))
        return groups

    def __init__(self, *args: Any, texts: Any, child: bool, **kwargs: Any) -> None:  # a queryset of texts; Django's own arguments
        super().__init__(*args, **kwargs)
        field = self.fields["text"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = texts
        field.label_from_instance = lambda text: text_label(text, child)  # type: ignore[method-assign,assignment]  # Django's documented hook


def text_label(text: AgreementText, child: bool) -> str:
    """The language of a wording, with what somebody who chooses it must know."""
    name = {"language": language_name(text.language).capitalize()}
    if not text.reviewed:
        return gettext("%(language)s (translation not reviewed)") % name
    if child and not text.for_children:
        return gettext("%(language)s (no words for children yet)") % name
    return name["language"]


class AnswerForm(forms.Form):
    """What the person said; nothing is ticked beforehand."""

    once = once()
    groups = forms.MultipleChoiceField(
        label=_("What does the person agree to share?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick only what was agreed to. Nothing is ticked beforehand."),
        error_messages={"required": _("Tick what the person agreed to share. If it is nothing, record a refusal below.")},
    )
    valid_until = DateField(
        label=_("Until which day?"), help_text=_("The person chooses. When unsure, take a near day: you can ask again.")
    )
    manner = forms.ChoiceField(label=_("How was it said?"), choices=Manner.choices, widget=forms.RadioSelect, error_messages=CHOOSE)
    witness = TextField(
        label=_("Witness, if the person agreed in words"),
        required=False,
        longest=120,
        help_text=_("Then it must be filled: name and function of whoever heard it. It is sealed."),
    )
    guardian = TextField(
        label=_("Name of the guardian who agreed too"),
        longest=120,
        help_text=_("It is sealed."),
        error_messages={"required": _("For a child, or while age is in doubt, name the guardian who agreed with the person.")},
    )
    interpreter = TextField(
        label=_("Name of the interpreter"), required=False, longest=120, help_text=_("If somebody interpreted. It is sealed.")
    )
    told_copies_stay = forms.BooleanField(
        label=_("I said beforehand that copies given to police or justice may not come back"), required=False
    )

    def __init__(self, *args: Any, asked: list[str], police: bool, child: bool, **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        self.fields["groups"].choices = [(group, Group(group).label) for group in asked]  # type: ignore[attr-defined]  # a choice field
        valid_until = self.fields["valid_until"]
        assert isinstance(valid_until, DateField)
        valid_until.earliest, valid_until.latest = clock.today(), last_day()
        self.fields["witness"].conditional = True  # type: ignore[attr-defined]  # read by our bound field
        self.fields["guardian"].required = child
        if child:
            self.fields["guardian"].help_text = _("It is sealed. If the guardian does not agree, nothing goes: record a refusal below.")
        else:
            self.fields["guardian"].label = _("Name of the guardian, if the person has one")
        if not police:
            del self.fields["told_copies_stay"]

    def clean(self) -> None:
        """Words alone need somebody who heard them."""
        given = self.cleaned_data
        if given.get("manner") == Manner.SPOKEN and "witness" in given and not given["witness"]:
            self.add_error("witness", forms.ValidationError(NO_WITNESS, code="required"))


class RefusalForm(forms.Form):
    """That the person said no."""

    once = once()


class NarrowForm(forms.Form):
    """Fewer kinds of information, or a nearer day."""

    groups = forms.MultipleChoiceField(
        label=_("What may still be shared?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Nothing would be left of this agreement; withdraw it instead.")},
    )
    valid_until = DateField(label=_("Until which day?"))

    def __init__(self, *args: Any, answer: Agreement, **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        self.initial.update({"groups": answer.groups, "valid_until": answer.valid_until})
        self.fields["groups"].choices = [(group, Group(group).label) for group in answer.groups]  # type: ignore[attr-defined]  # a choice field
        valid_until = self.fields["valid_until"]
        assert isinstance(valid_until, DateField)
        valid_until.latest = answer.valid_until


class LegalBasisForm(forms.Form):
    """Why this body may handle and pass on the data. A legal duty to pass on is another form: it names whom."""

    kind = forms.ChoiceField(
        label=_("On what does it rest?"),
        choices=[choice for choice in LegalBasisKind.choices if choice[0] != LegalBasisKind.LEGAL_DUTY],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    provision = TextField(label=_("Law and article"), longest=200, help_text=_("For example: Act 12/2015, article 4. No names of persons."))


class LegalDutyForm(forms.Form):
    """A law that obliges to pass data on, whatever the person said."""

    provision = TextField(label=_("Law and article"), longest=200, help_text=_("For example: Code of Criminal Procedure, article 242."))
    document = TextField(label=_("Reference of the document"), longest=200, help_text=NOT_SEALED)
    groups = forms.MultipleChoiceField(
        label=_("What must be passed on?"),
        choices=GROUPS,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what the document names."),
        error_messages={"required": _("Tick what the document obliges you to pass on.")},
    )


class TransferBasisForm(forms.Form):
    """Why the data may leave the country for one recipient."""

    kind = forms.ChoiceField(
        label=_("On what does it rest?"), choices=TransferBasisKind.choices, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    document = TextField(
        label=_("Reference"), longest=200, help_text=_("The decision, agreement, treaty or record on which it rests. No names of persons.")
    )
