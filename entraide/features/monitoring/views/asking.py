"""One page that asks: a form, a verb, a sentence when done; what a rule says of a field stands at that field."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from entraide.kernel.access.rules import Refused
from entraide.kernel.accounts.doors import ActingRequest
from entraide.ui.parts import Link

MENDABLE = frozenset({"empty", "few", "group", "nobody", "twice", "many", "undeclared", "conflict"})
"""Refusals that another entry on the same page mends; all others are pages of their own."""


def ask(
    request: ActingRequest, form: forms.Form, *, title: str, back: str, verb: Callable[[dict[str, Any]], object], done: str, to: str = "",
    button: str = "", caption: str = "", follows: str = "", warning: str = "", listed: Sequence[str] = (),
    others: Sequence[tuple[str, str]] = (), tabs: Sequence[Link] = (),
) -> HttpResponse:  # fmt: skip
    """Shows the form; when it is right does the verb with what was entered and goes on to `to`, else back.

    listed: lines that are shown as they are. others: what else can be done here, as (label, address).
    """
    if request.method == "POST" and form.is_valid() and _done(form, verb):
        messages.success(request, done)
        return redirect(to or back)
    context = {
        "form": form, "title": title, "back_url": back, "button_label": button, "caption": caption, "follows": follows, "warning": warning,
        "listed": listed, "tabs": tabs,
        "others": others,
    }  # fmt: skip
    return render(request, "monitoring/ask.html", context)


def posted(request: ActingRequest) -> QueryDict | None:
    """What was sent, also when it is empty; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def _done(form: forms.Form, verb: Callable[[dict[str, Any]], object]) -> bool:
    try:
        with transaction.atomic():
            verb(form.cleaned_data)
    except Refused as refused:
        code = refused.verdict.code
        if code not in form.fields and code not in MENDABLE:
            raise
        form.add_error(code if code in form.fields else None, str(refused.verdict.sentence))
        return False
    return True
