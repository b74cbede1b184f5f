"""What the pages of a case have in common: the frame with its tabs, and a page that asks one thing."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Page, Paginator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from entraide.features.cases import queries, rules
from entraide.features.cases.agreements import Agreement
from entraide.features.cases.choices import TREATED_AS_CHILD, Age, AgreementDecision, Identification, Status
from entraide.features.cases.models import Case
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import Refused
from entraide.kernel.accounts.models import Post
from entraide.kernel.base import clock
from entraide.ui.parts import Kind, Link

PER_PAGE = 25
IDENTIFICATION_KINDS: dict[str, Kind] = {"none": "waiting", "conclusive": "done", "negative": "neutral", "appealed": "special"}
# What the person before the form can mend there; everything else is refused for good, and written down.
MENDABLE = frozenset(
    {
        "until",
        "guardian",
        "witness",
        "copies",
        "nothing",
        "nothing_left",
        "same",
        "future",
        "duty",
        "reason",
        "text",
        "reopened",
        "wrong_state",
    }
)


def frame(by: Acting, case: Case, tab: str) -> dict[str, Any]:
    """Reference, tags, tabs and the safe-contact rules: on top of every page of a case. Opening the rules is recorded."""
    return {
        "case": case,
        "tabs": _tabs(case, tab),
        "contact": queries.safe_contact(by=by, case=case),
        "may_write": rules.may_write(by, case),
        "treated_as_child": case.age in TREATED_AS_CHILD,
        "status_label": Status(case.status).label,
        "status_kind": "active" if case.status == Status.ACTIVE else "neutral",
        "age_label": Age(case.age).label,
        "identification_label": Identification(case.identification).label,
        "identification_kind": IDENTIFICATION_KINDS.get(case.identification, "active"),
        "back_url": reverse("cases:list"),
    }


def _tabs(case: Case, tab: str) -> list[Link]:
    labels = {
        "case": _("Overview"),
        "person": _("Person"),
        "situation": _("Situation"),
        "agreements": _("Agreements"),
        "notes": _("Notes"),
        "timeline": _("Timeline"),
        "team": _("Team and file"),
    }
    return [Link(label, back_to(case, name), name == tab) for name, label in labels.items()]


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
    heading: bool = True,
    **more: Any,
) -> HttpResponse:
    """A page that asks one thing; without `heading` a field of the form is the heading."""
    context = {
        "form": form, "title": title, "button_label": button, "back_url": back, "case": case, "intro": intro, "warning_text": warning,
        "kind": kind, "heading": heading, "skip_url": "", "contact": None, "caption": "", "detail": "",
    }  # fmt: skip
    return render(request, "cases/form.html", context | more)


def attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Does it. What the person can mend comes back as an error on the same page, with nothing lost and nothing half done."""
    try:
        with transaction.atomic():
            act()
    except Refused as refused:
        if refused.verdict.code not in MENDABLE:
            raise
        form.add_error(None, str(refused.verdict.sentence))
        return False
    except IntegrityError:  # the same form sent twice at the same moment, or two answers at once
        form.add_error(None, _("This was saved a moment ago already. Look at the case before you send it again."))
        return False
    return True


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even when it is nothing; None when nothing was."""
    return request.POST if request.method == "POST" else None


def back_to(case: Case, tab: str = "case") -> str:
    """The address of a tab of the case."""
    return reverse(f"cases:{tab}", args=[case.pk])


def onward(request: HttpRequest, otherwise: str) -> str:
    """Where the reader goes on: to the page of ours that sent here for this record (`then`), else to `otherwise`."""
    then = request.GET.get("then", "")
    return then if then.startswith("/") and url_has_allowed_host_and_scheme(then, allowed_hosts=None) else otherwise


def standing(case: Case, answer: Agreement) -> tuple[str, Kind]:
    """Where an answer of the person stands: label and kind of its tag."""
    if answer.ended_at:
        return answer.get_ended_how_display(), "neutral"
    if answer.decision == AgreementDecision.REFUSED:
        return answer.get_decision_display(), "special"
    if rules.lacks_guardian(case, answer):
        return _("Does not hold: no guardian"), "late"
    if answer.valid_until and answer.valid_until < clock.today():
        return _("Run out"), "late"
    return answer.get_decision_display(), "done"


def names_of(posts: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """{post: who that is} for posts at the reader's own body; others are not named."""
    return {post.pk: post.label for post in Post.objects.filter(pk__in={post for post in posts if post}).select_related("account")}


def page_of(request: HttpRequest, rows: Any, param: str = "page") -> Page[Any]:  # a queryset or a list
    """One page of a list."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get(param))
