"""Forms of treaties: a day, a basis search, what bodies record."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.features.treaties.choices import STATEMENTS, ActKind, Answer, Channel, Help, Offence, Standing, Topic
from entraide.features.treaties.dates import Span, span
from entraide.features.treaties.models import Act, Instrument
from entraide.features.treaties.queries import reservations, states
from entraide.kernel.base import clock
from entraide.kernel.base.countries import UN_LANGUAGES, country_choices, country_name, language_name
from entraide.kernel.base.days import day_words
from entraide.ui.forms import DateField


def _choice(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _states(form: forms.Form, *names: str) -> None:
    listed = country_choices(tuple(states()))
    for name in names:
        _choice(form, name, [("", str(_("Choose a State"))), *listed])


class StatusFilter(forms.Form):
    """On which day, and which standing."""

    on = DateField(label=_("On the day"), required=False)
    standing = forms.ChoiceField(label=_("Standing"), required=False, choices=[("", _("All")), *Standing.choices])


class BasisForm(forms.Form):
    """Two States, what is asked for, about which offence, on which day."""

    a = forms.ChoiceField(label=_("State that asks"))
    b = forms.ChoiceField(label=_("State that is asked"))
    help = forms.ChoiceField(label=_("What is asked for"), choices=Help.choices)
    offence = forms.ChoiceField(label=_("Offence"), choices=Offence.choices, initial=Offence.TRAFFICKING)
    on = DateField(label=_("On the day"), required=False, help_text=_("Empty: today."))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        _states(self, "a", "b")

    def clean(self) -> dict[str, object]:
        """Two different States; today where no day is given."""
        given = super().clean() or {}
        if given.get("a") and given.get("a") == given.get("b"):
            self.add_error("b", _("Choose two different States."))
        return given | {"on": given.get("on") or clock.today()}


class CompareForm(forms.Form):
    """Which States beside each other."""

    a = forms.ChoiceField(label=_("First State"))
    b = forms.ChoiceField(label=_("Second State"))
    c = forms.ChoiceField(label=_("Third State"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        _states(self, "a", "b", "c")


class SourceForm(forms.Form):
    """Where it is from and when it was true."""

    source = forms.CharField(label=_("Source"), max_length=300)
    as_of = DateField(label=_("True on"), initial=clock.today)


class InstrumentField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """Instruments by their names."""

    def label_from_instance(self, obj: Instrument) -> str:
        """The name in the reader's language."""
        return obj.name


class ReservationField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """Reservations by State, instrument and day."""

    def label_from_instance(self, obj: Act) -> str:
        """Whose it is, to what, of when."""
        return f"{country_name(obj.state)}, {obj.instrument.acronym}, {day_words(obj.on)}"


class AuthorityForm(SourceForm):
    """Whom the State designated."""

    name = forms.CharField(label=_("Name of the authority"), max_length=200, help_text=_("An office, no person."))
    instrument = InstrumentField(
        label=_("Under which instrument"), queryset=Instrument.objects.none(), required=False, empty_label=_("Any instrument")
    )
    helps = forms.MultipleChoiceField(label=_("Competent for"), choices=Help.choices, widget=forms.CheckboxSelectMultiple)
    languages = forms.MultipleChoiceField(label=_("Languages it accepts"), widget=forms.CheckboxSelectMultiple)
    channels = forms.MultipleChoiceField(label=_("How a request may travel"), choices=Channel.choices, widget=forms.CheckboxSelectMultiple)
    contact = forms.CharField(label=_("Published contact of the office"), max_length=300, required=False)
    field_order = ["name", "instrument", "helps", "languages", "channels", "contact", "source", "as_of"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        instrument, languages = self.fields["instrument"], self.fields["languages"]
        assert isinstance(instrument, InstrumentField) and isinstance(languages, forms.MultipleChoiceField)
        instrument.queryset = Instrument.objects.filter(binding=True).order_by("slug")
        languages.choices = [(code, language_name(code)) for code in (*UN_LANGUAGES, "de", "it", "pt", "th")]


class ActForm(SourceForm):
    """What the State did with an instrument."""

    instrument = InstrumentField(label=_("Instrument"), queryset=Instrument.objects.none(), empty_label=_("Choose an instrument"))
    kind = forms.ChoiceField(label=_("What was done"), choices=[each for each in ActKind.choices if each[0] != ActKind.CONSENT])
    on = forms.CharField(
        label=_("On which day"), max_length=10, help_text=_("2026-06-01; or 2026-06 or 2026 where the month or year is all that is known.")
    )
    text = forms.CharField(
        label=_("Its words"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Of a reservation, declaration or objection: word for word."),
    )  # fmt: skip
    answers = ReservationField(
        label=_("Objection: to which reservation"), queryset=Act.objects.none(), required=False, empty_label=_("None that is entered here")
    )
    precludes = forms.BooleanField(
        label=_("The objection keeps the instrument from standing between the two States"), required=False,
        help_text=_("Otherwise it stands between them, but for what the reservation touches."),
    )  # fmt: skip
    field_order = ["state", "instrument", "kind", "on", "text", "answers", "precludes", "source", "as_of"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        instrument = self.fields["instrument"]
        assert isinstance(instrument, InstrumentField)
        instrument.queryset = Instrument.objects.order_by("-binding", "slug")
        answers = self.fields["answers"]
        assert isinstance(answers, ReservationField)
        answers.queryset = reservations()

    def clean_on(self) -> str:
        """A day, a month or a year that is not still to come."""
        given = str(self.cleaned_data["on"]).strip()
        if not partial_day(given):
            raise forms.ValidationError(_("Give a day as 2026-06-01, a month as 2026-06 or a year as 2026; not one still to come."))
        return given

    def clean(self) -> dict[str, object]:
        """A statement has words."""
        given = super().clean() or {}
        if given.get("kind") in STATEMENTS and not given.get("text"):
            self.add_error("text", _("Give the words of the reservation, declaration or objection."))
        return given


class DepositForm(ActForm):
    """What any State did, as the depositary records it."""

    state = forms.ChoiceField(label=_("State"))

    def __init__(self, *args: object, of: Instrument, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["instrument"]
        self.of = of
        answers = self.fields["answers"]
        assert isinstance(answers, ReservationField)
        answers.queryset = reservations(of.pk)
        _states(self, "state")

    def clean(self) -> dict[str, object]:
        """With the instrument that it is about."""
        self.cleaned_data["instrument"] = self.of
        return super().clean()


def partial_day(given: str) -> bool:
    """Whether this is a day, a month or a year, and not still to come."""
    try:
        return span(given, within=Span(date.max, date.max)).earliest <= clock.today()
    except ValueError:
        return False


class LawForm(SourceForm):
    """What the law says."""

    topic = forms.ChoiceField(label=_("Topic"), choices=Topic.choices)
    answer = forms.ChoiceField(label=_("In one word"), choices=Answer.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("In a sentence or two"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    reference = forms.CharField(label=_("Act and article"), max_length=200)
    field_order = ["topic", "answer", "text", "reference", "source", "as_of"]


class StepForm(SourceForm):
    """What is done about a commitment."""

    title = forms.CharField(label=_("What is done"), max_length=300)
    due = DateField(label=_("By when"), required=False)
    done_on = DateField(label=_("Done on"), required=False)
    field_order = ["title", "due", "done_on", "source", "as_of"]


class EvidenceForm(SourceForm):
    """What shows it."""

    title = forms.CharField(label=_("What shows it"), max_length=300, help_text=_("A law, a report, a figure; no case and no person."))
    on = DateField(label=_("Of which day"))
    field_order = ["title", "on", "source", "as_of"]
