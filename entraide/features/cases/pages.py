"""What the pages of a case have in common: the frame with its tabs, and a page that asks one thing."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from entraide.features.cases import queries, rules
from entraide.features.cases.choices import TREATED_AS_CHILD, Age, Identification, Status
from entraide.features.cases.models import Case
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import Refused
from entraide.ui.parts import Link

TABS = ("case", "person", "agreements", "notes", "team")
IDENTIFICATION_KINDS = {"conclusive": "done", "negative": "neutral", "none": "waiting"}


def frame(by: Acting, case: Case, tab: str) -> dict[str, Any]:
    """Reference, tags, tabs and the safe-contact rules: on top of every page of a case. Opening the rules is recorded."""
    labels = {
        "case": _("Overview"),
        "person": _("Person and situation"),
        "agreements": _("Agreements"),
        "notes": _("Notes and timeline"),
        "team": _("Team and file"),
    }
    contact = queries.read(by=by, case=case, groups=["safe_contact"]).get("safe_contact", {})
    return {
        "case": case,
        "tabs": [Link(labels[name], reverse(f"cases:{name}", args=[case.pk]), name == tab) for name in TABS],
        "contact": {name: contact.get(f"ent_SafeContact{name.title()}", "") for name in ("when", "how", "never")},
        "may_write": rules.may_write(by, case),
        "treated_as_child": case.age in TREATED_AS_CHILD,
        "status_label": Status(case.status).label,
        "status_kind": "active" if case.status == Status.ACTIVE else "neutral",
        "age_label": Age(case.age).label,
        "identification_label": Identification(case.identification).label,
        "identification_kind": IDENTIFICATION_KINDS.get(case.identification, "active"),
        "back_url": reverse("cases:list"),
    }


def ask(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: str | Promise,
    button: str | Promise,
    back: str,
    case: Case | None = None,
    intro: str | Promise = "",
    warning: str | Promise = "",
    kind: str = "",
) -> HttpResponse:
    """A page that asks one thing."""
    context = {
        "form": form,
        "title": title,
        "button_label": button,
        "back_url": back,
        "case": case,
        "intro": intro,
        "warning_text": warning,
        "kind": kind,
    }
    return render(request, "cases/form.html", context)


def attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Does it; a refusal comes back as an error on the same page, with nothing lost and nothing half done."""
    try:
        with transaction.atomic():
            act()
    except Refused as refused:
        form.add_error(None, str(refused.verdict.sentence))
        return False
    return True


def back_to(case: Case, tab: str = "case") -> str:
    """The address of a tab of the case."""
    return reverse(f"cases:{tab}", args=[case.pk])
