"""Forms of whoever writes and circulates questionnaires."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.engines.forms import trouble
from entraide.features.questionnaires import sentences
from entraide.features.questionnaires.choices import Capacity, QuestionKind
from entraide.features.questionnaires.xlsform import provisions_named
from entraide.kernel.base.countries import UN_LANGUAGES, language_name
from entraide.ui.forms import DateField

MORE_LANGUAGES = ("de", "it", "pt", "tr", "uk", "ro", "th", "vi")


def _languages() -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code in (*UN_LANGUAGES, *MORE_LANGUAGES)]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class QuestionnaireForm(forms.Form):
    """Begins a questionnaire or a block."""

    title = forms.CharField(label=_("Title"), max_length=300)
    intro = forms.CharField(label=_("What whoever answers reads first"), required=False, max_length=4_000, widget=_area(4))
    language = forms.ChoiceField(label=_("Written in"), choices=_languages)
    others = forms.MultipleChoiceField(
        label=_("To be translated into"), required=False, choices=_languages,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "ui-choices-two"}),
    )  # fmt: skip


class ImportForm(forms.Form):
    """A workbook."""

    file = forms.FileField(label=_("XLSForm"), help_text=_("An XLSX file with the sheets survey, choices and settings, up to 10 MB."))


class SectionForm(forms.Form):
    """A section: a page of its own, or a part of one."""

    title = forms.CharField(label=_("Title"), max_length=300)
    intro = forms.CharField(label=_("What to read first"), required=False, max_length=4_000, widget=_area(3))
    condition = forms.CharField(
        label=_("Asked only when"), required=False, max_length=2_000,
        help_text=_("As in XLSForm, for example ${has_law} = 'yes'. Empty: always."),
    )  # fmt: skip
    repeats = forms.BooleanField(label=_("It can be filled several times"), required=False)
    most = forms.IntegerField(
        label=_("How often at most"), required=False, min_value=1, max_value=500,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3"})
    )  # fmt: skip

    def __init__(self, *args: Any, keys: set[str], **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        self.keys = keys

    def clean_condition(self) -> str:
        """Understood, and about questions that are here."""
        return _understood(self.cleaned_data["condition"], self.keys)


def _understood(text: str, keys: set[str]) -> str:
    found = trouble(text, keys) if text.strip() else None
    if found:
        raise forms.ValidationError(sentences.of_condition(*found))
    return text.strip()


class QuestionForm(forms.Form):
    """A question in the language the questionnaire is written in."""

    label = forms.CharField(label=_("Question"), max_length=4_000, widget=_area(3))
    hint = forms.CharField(label=_("Hint"), required=False, max_length=2_000, widget=_area(2))
    kind = forms.ChoiceField(label=_("Kind of answer"), choices=QuestionKind.choices)
    required = forms.BooleanField(label=_("An answer is required, or a reason why there is none"), required=False)
    options = forms.CharField(
        label=_("Answers to choose from"), required=False, max_length=20_000, widget=_area(4),
        help_text=_("One on each line. To choose the code yourself: code = text."),
    )  # fmt: skip
    rows = forms.CharField(
        label=_("Rows of the table"), required=False, max_length=20_000, widget=_area(3), help_text=_("One on each line.")
    )
    columns = forms.CharField(
        label=_("Columns of the table"), required=False, max_length=20_000, widget=_area(3), help_text=_("One on each line.")
    )
    provisions = forms.CharField(
        label=_("Provisions that it asks about"), required=False, max_length=8_000, widget=_area(2),
        help_text=_("The address of each provision’s page on a line of its own, or document#provision."),
    )  # fmt: skip
    condition = forms.CharField(
        label=_("Asked only when"), required=False, max_length=2_000,
        help_text=_("As in XLSForm, for example ${has_law} = 'yes'. Empty: always."),
    )  # fmt: skip
    constraint = forms.CharField(
        label=_("The answer must meet"), required=False, max_length=2_000, help_text=_("A dot stands for the answer: . >= 0")
    )
    constraint_text = forms.CharField(label=_("What to say when it does not"), required=False, max_length=500)

    def __init__(self, *args: Any, keys: set[str], **kwargs: Any) -> None:  # Django's own arguments
        super().__init__(*args, **kwargs)
        self.keys = keys

    def clean_condition(self) -> str:
        """Understood, and about questions that are here."""
        return _understood(self.cleaned_data["condition"], self.keys)

    def clean_constraint(self) -> str:
        """Understood, and about questions that are here."""
        return _understood(self.cleaned_data["constraint"], self.keys)

    def clean_provisions(self) -> list[Any]:
        """Provisions that exist."""
        names = self.cleaned_data["provisions"].split()
        known, missing = provisions_named(names)
        if missing:
            raise forms.ValidationError(sentences.of_problem("provision_unknown", ", ".join(sorted(missing))[:200]))
        return [known[name] for name in names]

    def clean(self) -> dict[str, Any]:
        """What a kind needs is there."""
        given = super().clean() or {}
        kind = given.get("kind")
        if kind in {QuestionKind.ONE, QuestionKind.MANY} and not given.get("options", "").strip():
            self.add_error("options", _("Write at least one answer to choose from."))
        if kind == QuestionKind.TABLE:
            for name in ("rows", "columns"):
                if not given.get(name, "").strip():
                    self.add_error(name, _("A table needs at least one row and one column."))
        return given


class CirculateForm(forms.Form):
    """Under which name, until when, after which round."""

    title = forms.CharField(label=_("Name of this round"), max_length=300)
    due = DateField(label=_("Last day to answer"))
    previous = forms.ChoiceField(
        label=_("The round before"), required=False, help_text=_("Its answers stand beside those of this round, question by question.")
    )
    states = forms.MultipleChoiceField(
        label=_("States: who answers for each"), required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"})
    )  # fmt: skip
    ngos = forms.MultipleChoiceField(
        label=_("Organisations"), required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        help_text=_("Each answers for itself. Only you and the organisation see its reply, and that it was asked."),
    )  # fmt: skip

    def __init__(self, *args: Any, previous: list[tuple[str, str]], states: Any, ngos: Any, **kwargs: Any) -> None:  # lists of choices
        super().__init__(*args, **kwargs)
        for name, choices in (("previous", [("", _("None")), *previous]), ("states", states), ("ngos", ngos)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # choice fields

    def asked(self) -> list[tuple[str, str]]:
        """(body, capacity) of everybody chosen."""
        return [
            *((body, str(Capacity.STATE)) for body in self.cleaned_data["states"]),
            *((body, str(Capacity.NGO)) for body in self.cleaned_data["ngos"]),
        ]


class ExtendForm(forms.Form):
    """A later day."""

    due = DateField(label=_("New last day to answer"))


class NoteForm(forms.Form):
    """Why a reply is returned."""

    note = forms.CharField(label=_("What is missing"), max_length=4_000, widget=_area(5))


class AssignForm(forms.Form):
    """Who writes what, until when."""

    part = forms.ChoiceField(label=_("Section or question"))
    body = forms.ChoiceField(label=_("Who writes it"), help_text=_("Bodies of your State at which somebody has the post of a respondent."))
    post = forms.ChoiceField(
        label=_("One colleague"), required=False,
        help_text=_("People of your own body. Another ministry says itself which of its people writes."),
    )  # fmt: skip
    due = DateField(label=_("Until"), required=False)
    note = forms.CharField(label=_("A word to whoever writes it"), required=False, max_length=500, widget=_area(2))

    def __init__(self, *args: Any, parts: Any, bodies: Any, own: str, colleagues: Any, **kwargs: Any) -> None:  # lists of choices
        super().__init__(*args, **kwargs)
        self.own = own
        self.fields["post"].choices = [("", _("Everybody who answers there")), *colleagues]  # type: ignore[attr-defined]
        self.fields["part"].choices = parts  # type: ignore[attr-defined]  # choice fields
        self.fields["body"].choices = bodies  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A person is named at the own body alone."""
        given = super().clean() or {}
        if given.get("post") and given.get("body") != self.own:
            self.add_error("post", _("You name a person of your own body only. Leave this open, or choose your own body."))
        return given


class HandOnForm(forms.Form):
    """Which colleague writes what was given to the body."""

    ALL = "all"
    post = forms.ChoiceField(label=_("Who writes it"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:  # a list of choices
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [*colleagues, (self.ALL, _("Everybody who answers here"))]  # type: ignore[attr-defined]


class SendForm(forms.Form):
    """Whether what is sent may be published."""

    may_publish = forms.BooleanField(
        label=_("The circulating body may publish this reply"),
        required=False,
        help_text=_("Everybody then reads it, also without signing in. You can change this until it is published."),
    )


class UploadForm(forms.Form):
    """A reply form that was filled offline."""

    file = forms.FileField(label=_("The form you filled"), help_text=_("XLSX or DOCX, as downloaded from this reply, up to 10 MB."))


class ListForm(forms.Form):
    """Narrows a list."""

    text = forms.CharField(label=_("Title"), required=False, max_length=80, widget=forms.TextInput(attrs={"type": "search"}))
