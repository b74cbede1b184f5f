"""Forms of agreement, legal basis and basis of transfer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.features.cases.agreements import AgreementText
from entraide.features.cases.choices import SHAREABLE, Group, LegalBasisKind, Manner, Purpose, TransferBasisKind
from entraide.features.cases.text import TextField
from entraide.kernel.base.countries import language_name
from entraide.kernel.bodies.models import Body
from entraide.ui.forms import DateField

GROUPS = [(group.value, group.label) for group in SHAREABLE]


class RecipientForm(forms.Form):
    """For whom and what for."""

    recipient = forms.ModelChoiceField(
        label=_("Which body would receive the data?"), queryset=Body.objects.none(), empty_label=_("Choose a body")
    )
    purpose = forms.ChoiceField(label=_("What for?"), choices=Purpose.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, recipients: Any, **kwargs: Any) -> None:  # a queryset of bodies; Django's own arguments
        super().__init__(*args, **kwargs)
        field = self.fields["recipient"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = recipients
        field.label_from_instance = lambda body: f"{body.name} ({body.country_label})"  # type: ignore[method-assign,attr-defined]  # Django's hook


class LanguageForm(forms.Form):
    """In which language the text is shown."""

    text = forms.ModelChoiceField(label=_("Language of the text"), queryset=AgreementText.objects.none(), empty_label=None)

    def __init__(self, *args: Any, texts: Any, **kwargs: Any) -> None:  # a queryset of texts; Django's own arguments
        super().__init__(*args, **kwargs)
        field = self.fields["text"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = texts
        field.label_from_instance = lambda text: language_name(text.language).capitalize()  # type: ignore[method-assign,attr-defined]  # Django's hook


class AnswerForm(forms.Form):
    """What the person said."""

    groups = forms.MultipleChoiceField(
        label=_("What may be shared?"), choices=GROUPS, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick only what the person agreed to. Nothing is ticked beforehand."),
    )  # fmt: skip
    valid_until = DateField(label=_("Until when does the person agree?"), required=False)
    manner = forms.ChoiceField(label=_("How did the person answer?"), choices=Manner.choices, widget=forms.RadioSelect)
    interpreter = TextField(
        label=_("Interpreter"), required=False, max_length=120, help_text=_("Name, if somebody interpreted. It is sealed.")
    )
    guardian = TextField(
        label=_("Guardian"), required=False, max_length=120, help_text=_("Needed for a child or while age is in doubt. It is sealed.")
    )
    told_copies_stay = forms.BooleanField(
        label=_("I told the person that copies given to police or justice may not come back."), required=False
    )

    def __init__(self, *args: Any, police: bool, child: bool, **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        if not police:
            del self.fields["told_copies_stay"]
        if not child:
            self.fields["guardian"].help_text = _("Only where the person has one. It is sealed.")


class NarrowForm(forms.Form):
    """Fewer kinds of information, or a nearer day."""

    groups = forms.MultipleChoiceField(label=_("What may still be shared?"), required=False, widget=forms.CheckboxSelectMultiple)
    valid_until = DateField(label=_("Until when?"), required=False)

    def __init__(self, *args: Any, agreed: list[str], **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        field = self.fields["groups"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(group, Group(group).label) for group in agreed]


class LegalBasisForm(forms.Form):
    """Why this body may handle and pass on the data."""

    kind = forms.ChoiceField(label=_("Legal basis"), choices=LegalBasisKind.choices, widget=forms.RadioSelect)
    provision = TextField(label=_("Law and article"), max_length=200, help_text=_("For example: Act 12/2015, article 4."))
    document = TextField(
        label=_("Reference of the document"), required=False, max_length=200, help_text=_("For a legal duty: the order or request.")
    )
    recipient = forms.ModelChoiceField(
        label=_("Recipient, for a legal duty"), queryset=Body.objects.none(), required=False, empty_label=_("None")
    )
    groups = forms.MultipleChoiceField(
        label=_("What must be passed on, for a legal duty"), choices=GROUPS, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, recipients: Any, **kwargs: Any) -> None:  # a queryset of bodies; Django's own arguments
        super().__init__(*args, **kwargs)
        field = self.fields["recipient"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = recipients
        field.label_from_instance = lambda body: f"{body.name} ({body.country_label})"  # type: ignore[method-assign,attr-defined]  # Django's hook


class TransferBasisForm(forms.Form):
    """Why the data may leave the country."""

    recipient = forms.ModelChoiceField(label=_("Recipient"), queryset=Body.objects.none(), empty_label=_("Choose a body"))
    kind = forms.ChoiceField(label=_("Basis of transfer"), choices=TransferBasisKind.choices, widget=forms.RadioSelect)
    document = TextField(label=_("Reference"), max_length=200, help_text=_("The decision, agreement, treaty or record on which it rests."))

    def __init__(self, *args: Any, recipients: Any, **kwargs: Any) -> None:  # a queryset of bodies; Django's own arguments
        super().__init__(*args, **kwargs)
        field = self.fields["recipient"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = recipients
        field.label_from_instance = lambda body: f"{body.name} ({body.country_label})"  # type: ignore[method-assign,attr-defined]  # Django's hook
