"""Invented content for the style guide, in three languages, so that each component is seen in each direction."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from entraide.ui.dates import DateField, DateTimeField
from entraide.ui.parts import Cell, Column, Link, Moment, Row, Step, Task, Track

Words = dict[str, str]
WORDS: dict[str, Words] = json.loads(Path(__file__).with_name("guide_words.json").read_text(encoding="utf-8"))


def sample(language: str, request: HttpRequest) -> dict[str, Any]:  # a template context
    """Context of the guide in the language asked for, English where there is none."""
    say = WORDS.get(language.split("-")[0], WORDS["en"])
    return {
        "say": say,
        "breadcrumbs": [Link(say["home"], "/"), Link(say["cases"], "#"), Link("REF-2026-0417")],
        "form": _form(say, {"born_day": "31", "born_month": "2", "born_year": "1998", "reply_day": "2", "channel": "x"}),
        "empty_form": _form(say, None),
        "filter_form": _filter(say)(request.GET or None),
        "rows": _rows(say),
        "tasks": _tasks(say),
        "columns": [Column(say["reference"]), Column(say["receiver"]), Column(say["state"]), Column(say["days"], numeric=True)],
        "table_rows": _table(say),
        "page": Paginator(range(240), 20).page(4),
        "tabs": [
            Link(say["overview"], "#", current=True),
            Link(say["referrals"], "#", count=3),
            Link(say["notes"], "#", count=12),
            Link(say["history"], "#"),
        ],
        "moments": _moments(say),
        "tracks": _tracks(say),
        "mine": [(say["town"], say["town_a"]), (say["language"], say["language_value"]), (say["never"], say["never_text"])],
        "theirs": [(say["town"], say["town_b"]), (say["language"], say["language_value"]), (say["never"], say["never_text"])],
    }


def _form(say: Words, data: dict[str, str] | None) -> forms.Form:
    class Sample(forms.Form):
        """One field of every kind."""

        name = forms.CharField(
            label=say["name"], help_text=say["name_hint"], widget=forms.TextInput(attrs={"class": "govuk-input--width-20"})
        )
        born = DateField(label=say["born"], help_text=say["born_hint"])
        reply = DateTimeField(label=say["reply"])
        town = forms.CharField(label=say["town"], required=False)
        language = forms.ChoiceField(label=say["language"], choices=[("", "–"), ("1", say["language_value"])])
        channel = forms.ChoiceField(label=say["how"], choices=[("a", say["by_phone"]), ("b", say["in_person"])], widget=forms.RadioSelect)
        needs = forms.MultipleChoiceField(
            label=say["needs"],
            choices=[("a", say["shelter"]), ("b", say["doctor"]), ("c", say["lawyer"])],
            widget=forms.CheckboxSelectMultiple,
        )
        agrees = forms.BooleanField(label=say["agrees"], help_text=say["agrees_hint"])
        note = forms.CharField(label=say["note"], widget=forms.Textarea(attrs={"rows": 4}), required=False)
        paper = forms.FileField(label=say["paper"], required=False)

    return Sample(data, prefix=None, auto_id="id_%s" if data else "plain_%s")


def _filter(say: Words) -> type[forms.Form]:
    class Narrow(forms.Form):
        """What a list can be narrowed by."""

        state = forms.ChoiceField(label=say["state"], required=False, choices=[("", "–"), ("1", say["waiting"]), ("2", say["done"])])
        reference = forms.CharField(label=say["reference"], required=False)

    return Narrow


def _rows(say: Words) -> list[Row]:
    return [
        Row(say["reference"], "REF-2026-0417", ref=True),
        Row(say["state"], say["waiting"], kind="waiting"),
        Row(say["receiver"], "Casa Aurora", url="#", action=say["change"]),
        Row(say["needs"], f"{say['shelter']}\n{say['doctor']}", url="#", action=say["change"]),
    ]


def _tasks(say: Words) -> list[Task]:
    return [
        Task(say["task_identify"], say["done"], "done", "#"),
        Task(say["task_agree"], say["active"], "active", "#", say["agrees_hint"]),
        Task(say["task_send"], say["not_yet"]),
    ]


def _table(say: Words) -> list[list[Cell]]:
    states = [
        ("0417", "Casa Aurora", say["waiting"], "waiting", "3"),
        ("0398", "Ndihmë", say["late"], "late", "12"),
        ("0377", "Притулок", say["done"], "done", "5"),
    ]
    return [
        [Cell(f"REF-2026-{number}", url="#"), Cell(body), Cell(state, kind=kind), Cell(days)]  # type: ignore[arg-type]  # kinds from the line above
        for number, body, state, kind, days in states
    ]


def _moments(say: Words) -> list[Moment]:
    return [
        Moment(datetime(2026, 11, 20, 16, 5), say["sent"], say["post"], say["sent_text"], "#"),  # noqa: DTZ001  # shown, never compared
        Moment(date(2026, 11, 18), say["task_agree"], say["post"]),
        Moment(date(2026, 11, 12), say["task_identify"], say["coordinator"]),
    ]


def _tracks(say: Words) -> list[Track]:
    return [
        Track(say["track_1"], say["done"], "done", [Step(say["task_identify"], True), Step(say["heard"], True)], "#"),
        Track(
            say["track_2"],
            say["active"],
            "active",
            [Step(say["shelter"], True, "Casa Aurora"), Step(say["doctor"]), Step(say["lawyer"])],
            "#",
        ),
        Track(say["track_3"], say["waiting"], "waiting", [Step(say["plan"])], "#"),
        Track(say["track_4"], say["late"], "late", [Step(say["heard"], True), Step(say["lawyer"])], "#", say["late_note"]),
        Track(say["track_5"], say["not_yet"], "neutral", [], "", say["empty_text"]),
    ]
