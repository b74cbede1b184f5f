"""Plain Django forms come out labelled, described and linked from the summary."""

import datetime

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format

from entraide.ui.forms import DateField, DateTimeField, Renderer, as_heading
from entraide.ui.summary import faults
from tests.ui.reading import Reading

EARLIEST, LATEST = datetime.date(1900, 1, 1), datetime.date(2026, 11, 24)
CHOICES = [("a", "By telephone"), ("b", "In person")]


class Sample(forms.Form):
    """One field of each kind."""

    default_renderer = Renderer

    name = forms.CharField(label="Name", help_text="As they say it.", max_length=20)
    born = DateField(label="Date of birth", help_text="Day first.", latest=LATEST)
    reply = DateTimeField(label="Answer by")
    how = forms.ChoiceField(label="How", choices=CHOICES, widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(label="Needs", choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    town = forms.ChoiceField(label="Town", choices=CHOICES)
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    agrees = forms.BooleanField(label="Agrees")
    paper = forms.FileField(label="Paper", help_text="A photograph is enough.")
    token = forms.CharField(widget=forms.HiddenInput)


@pytest.fixture(autouse=True)
def english() -> None:
    translation.activate("en")


def rendered(form: forms.Form) -> Reading:
    return Reading(Template("{% load ui %}{% error_summary form %}{{ form }}").render(Context({"form": form})))


def reading(field: str, sentence: str) -> str:
    return {"born": f"Date of birth: {sentence}", "reply": f"Answer by: {sentence}"}[field]


@pytest.mark.parametrize("form", [Sample(), Sample({})], ids=["fresh", "with errors"])
def test_every_control_has_a_label_and_every_description_exists(form: forms.Form) -> None:
    page = rendered(form)
    labelled = {label.get("for") for label in page.all("label")}
    controls = [attrs for tag in ("input", "select", "textarea") for attrs in page.all(tag) if attrs.get("type") != "hidden"]
    assert len(controls) == 16
    assert {control["id"] for control in controls} <= labelled
    described = {part for _tag, attrs in page.elements for part in attrs.get("aria-describedby", "").split()}
    assert described
    assert described <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_every_line_of_the_summary_names_its_field_and_leads_to_an_existing_control() -> None:
    page = rendered(Sample({}))
    targets = [link["href"].removeprefix("#") for link in page.all("a")]
    assert targets == ["id_name", "id_born_day", "id_reply_day", "id_how_0", "id_needs_0", "id_town", "id_agrees", "id_paper"]
    assert set(targets) <= set(page.ids)
    assert "Town: Choose one of these." in page.text


def test_an_error_is_announced_with_its_field() -> None:
    page = rendered(Sample({}))
    assert page.all("input", id="id_name")[0]["aria-describedby"] == "id_name_helptext id_name_error"
    assert page.all("input", id="id_name")[0]["aria-invalid"] == "true"
    assert page.all("input", id="id_paper")[0]["aria-describedby"] == "id_paper_helptext id_paper_error"
    assert page.all("fieldset")[0]["aria-describedby"] == "id_born_helptext id_born_error"


def test_the_browser_neither_cuts_what_is_pasted_nor_answers_in_our_place() -> None:
    page = rendered(Sample())
    assert not [attrs for _tag, attrs in page.elements if "required" in attrs or "maxlength" in attrs]


def test_only_optional_fields_say_so() -> None:
    assert rendered(Sample()).text.count("(optional)") == 1


def test_a_form_where_nothing_must_be_filled_does_not_say_so_at_every_field() -> None:
    wide = type("Wide", (forms.Form,), {name: forms.CharField(label=name, required=False) for name in ("first", "family", "phone")})
    assert "(optional)" not in rendered(wide()).text
    narrow = type("Narrow", (forms.Form,), {"reason": forms.CharField(label="Reason", required=False)})
    assert rendered(narrow()).text.count("(optional)") == 1


def test_a_field_says_in_plain_words_what_is_missing_or_too_long() -> None:
    fields = {
        "name": forms.CharField(), "kind": forms.ChoiceField(choices=[("a", "A")]), "many": forms.MultipleChoiceField(choices=[("a", "A")]),
        "paper": forms.FileField(), "sure": forms.BooleanField(), "short": forms.CharField(max_length=3),
    }  # fmt: skip
    form = type("Plain", (forms.Form,), fields)({"short": "four"})
    said = [str(errors[0]) for errors in form.errors.values()]
    assert said == [
        "Fill this in.", "Choose one of these.", "Tick at least one.", "Choose a file.", "Tick the box.",
        "This has 4 characters; at most 3 can be taken.",
    ]  # fmt: skip


def test_what_was_typed_is_shown_again() -> None:
    page = rendered(Sample({"born_day": "31", "born_month": "<b>", "born_year": "98"}))
    assert [page.all("input", id=f"id_born_{part}")[0]["value"] for part in ("day", "month", "year")] == ["31", "<b>", "98"]


@pytest.mark.parametrize(
    ("typed", "sentence", "target"),
    [
        (("", "2", "1998"), "The date must include a day.", "day"),
        (("3", "", "1998"), "The date must include a month.", "month"),
        (("3", "2", ""), "The date must include a year.", "year"),
        (("31", "2", "1998"), "This date does not exist. Check the day and the month.", "day"),
        (("3", "13", "1998"), "The month must be a number from 1 to 12.", "month"),
        (("3", "2", "98"), "The year must have 4 figures, for example 1998.", "year"),
        (("3", "2", "9" * 5000), "The year must have 4 figures, for example 1998.", "year"),
        (("\x00", "2", "1998"), "The day must be a number from 1 to 31.", "day"),
        (("1", "1", "1850"), f"The date must be {date_format(EARLIEST)} or later.", "year"),
        (("1", "1", "2030"), f"The date must be {date_format(LATEST)} or earlier.", "year"),
        (("", "", ""), "Enter the date.", "day"),
    ],
)
def test_a_wrong_date_is_told_in_one_sentence_and_led_to_its_box(typed: tuple[str, str, str], sentence: str, target: str) -> None:
    form = Sample(dict(zip(("born_day", "born_month", "born_year"), typed, strict=True)))
    fault = next(fault for fault in faults(form) if fault.target.startswith("id_born"))
    assert fault == (reading("born", sentence), f"id_born_{target}")


def test_dates_are_read_in_the_figures_of_other_scripts() -> None:
    form = Sample({"born_day": "٢٧", "born_month": "٣", "born_year": "١٩٩٨"})
    assert "born" not in form.errors
    assert form.cleaned_data["born"] == datetime.date(1998, 3, 27)


def test_a_shared_computer_offers_nothing_that_was_typed_unless_a_field_is_about_the_reader() -> None:
    class Own(Sample):
        own = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))

    page = rendered(Own())
    kept = {box["name"]: box["autocomplete"] for tag in ("input", "textarea") for box in page.all(tag) if "autocomplete" in box}
    assert kept.pop("own") == "current-password"
    assert {"name", "note", "born_day", "reply_time"} <= set(kept) and set(kept.values()) == {"off"}


@pytest.mark.parametrize("clock", ["14:30", "14.30", "14h30", "1430"])
def test_a_time_may_be_written_as_people_write_it(clock: str) -> None:
    form = Sample({"reply_day": "2", "reply_month": "12", "reply_year": "2026", "reply_time": clock})
    assert "reply" not in form.errors
    moment = form.cleaned_data["reply"]
    assert (moment.date(), moment.hour, moment.minute) == (datetime.date(2026, 12, 2), 14, 30)


@pytest.mark.parametrize(
    ("clock", "sentence"),
    [("", "Enter the time, for example 14:30."), ("25:00", "Enter the time as hours and minutes, from 00:00 to 23:59.")],
)
def test_a_wrong_time_is_told(clock: str, sentence: str) -> None:
    form = Sample({"reply_day": "2", "reply_month": "12", "reply_year": "2026", "reply_time": clock})
    assert (reading("reply", sentence), "id_reply_time") in faults(form)


def test_a_date_already_known_fills_its_boxes() -> None:
    page = rendered(Sample(initial={"born": datetime.date(1998, 3, 27)}))
    assert [page.all("input", id=f"id_born_{part}")[0]["value"] for part in ("day", "month", "year")] == ["27", "3", "1998"]
    unchanged = Sample({"born_day": "27", "born_month": "3", "born_year": "1998"}, initial={"born": datetime.date(1998, 3, 27)})
    assert "born" not in unchanged.changed_data


def test_an_error_of_the_whole_form_is_in_the_summary_without_a_link() -> None:
    form = Sample({})
    form.add_error(None, "The two dates contradict each other.")
    assert ("The two dates contradict each other.", "") in faults(form)
    assert rendered(form).text.count("The two dates contradict each other.") == 2


def test_a_heading_field_is_the_heading_of_its_page() -> None:
    class Question(forms.Form):
        """One thing per page."""

        default_renderer = Renderer
        name = as_heading(forms.CharField(label="Name"))

    assert len(rendered(Question()).all("h1")) == 1
