"""Forms of bodies: the filter of the list, vetting, seats."""

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.kernel.access.sides import Kind
from entraide.kernel.base import clock
from entraide.kernel.base.countries import country_choices
from entraide.kernel.bodies.choices import Form, Level, SeatRole
from entraide.kernel.bodies.models import Body
from entraide.ui.forms import DateField

ALL = ("", _("All"))


class BodiesFilter(forms.Form):
    """Narrows the list of bodies."""

    text = forms.CharField(label=_("Name or acronym"), required=False, max_length=80)
    country = forms.ChoiceField(label=_("Country"), required=False)
    kind = forms.ChoiceField(label=_("What it does"), required=False, choices=[ALL, *Kind.choices])
    form = forms.ChoiceField(label=_("Form"), required=False, choices=[ALL, *Form.choices])
    vetted = forms.ChoiceField(label=_("Vetted"), required=False, choices=[ALL, ("yes", _("Yes")), ("no", _("No"))])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        codes = Body.objects.exclude(country="").order_by("country").values_list("country", flat=True).distinct()
        country = self.fields["country"]
        assert isinstance(country, forms.ChoiceField)
        country.choices = [ALL, *country_choices(tuple(codes))]


class SeatsFilter(forms.Form):
    """Narrows the seats of a group."""

    text = forms.CharField(label=_("Name or acronym"), required=False, max_length=80)
    role = forms.ChoiceField(label=_("Seat"), required=False, choices=[ALL, *SeatRole.choices])


class VetForm(forms.Form):
    """Under which agreement, and until when."""

    agreement = forms.CharField(
        label=_("Sharing agreement"),
        max_length=200,
        help_text=_("Its reference: under which agreement may this body receive personal data?"),
    )
    valid_until = DateField(label=_("Vetted until"), help_text=_("Look at the body again before this day, for example 31 12 2027."))

    def clean_valid_until(self) -> object:
        """A day to come."""
        day = self.cleaned_data["valid_until"]
        if day and day <= clock.today():
            raise forms.ValidationError(_("The last day must lie in the future."))
        return day


class RegisterForm(forms.Form):
    """A new body."""

    name = forms.CharField(label=_("Name"), max_length=200)
    name_fr = forms.CharField(label=_("Name in French"), max_length=200, required=False)
    form = forms.ChoiceField(label=_("Form"), choices=Form.choices)
    kind = forms.ChoiceField(
        label=_("What it does"),
        choices=Kind.choices,
        help_text=_("This decides on which side of the firewall it stands, and cannot be changed afterwards."),
    )
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices, initial=Level.NATIONAL)
    country = forms.ChoiceField(label=_("Country"), required=False)
    place = forms.CharField(
        label=_("Place"), max_length=80, required=False, help_text=_("A city. Leave it empty where the place is confidential: no shelter.")
    )

    def __init__(self, *args: object, country: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        field = self.fields["country"]
        assert isinstance(field, forms.ChoiceField)
        codes = Body.objects.filter(form=Form.STATE).order_by("country").values_list("country", flat=True)
        field.choices = [("", _("None: it works above countries")), *country_choices(tuple(codes))]
        field.initial = country


class SeatForm(forms.Form):
    """Who sits in a group, as what, from when until when."""

    body = forms.ModelChoiceField(label=_("Body"), queryset=Body.objects.none())
    role = forms.ChoiceField(label=_("Seat"), choices=SeatRole.choices)
    since = DateField(label=_("First day"))
    until = DateField(label=_("First day after the term"), required=False, help_text=_("Leave it empty while the end is not known."))

    def __init__(self, *args: object, group: Body, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        field = self.fields["body"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Body.objects.exclude(pk=group.pk)
        listed = sorted(((str(body.pk), body.name) for body in field.queryset), key=lambda pair: pair[1].casefold())
        field.choices = [("", _("Choose a body")), *listed]


class EndSeatForm(forms.Form):
    """From when a seat is no longer held."""

    on = DateField(label=_("First day on which it is no longer held"))
