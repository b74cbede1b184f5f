"""Making a move: one page per move, which says what follows, asks what is needed, and does it once."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from entraide.features.referrals import queries, rules, sentences, services, shown
from entraide.features.referrals.choices import MACHINE
from entraide.features.referrals.forms import FORMS, BareForm
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.features.referrals.views.asking import mended, once
from entraide.kernel.access.rules import require
from entraide.kernel.accounts.choices import HOLDS_CASES
from entraide.kernel.accounts.doors import ActingRequest, acting

Referral = OutgoingReferral | IncomingReferral
BY_PAGE = {move.name for move in MACHINE.moves} - {"send", "telephone", "expire"}
HEARING = frozenset({"answer", "agree_conditions"})
"""Moves that reply to what the other side said: it stands on their page."""
ACCEPTING = frozenset({"accept", "accept_with_conditions", "confirm_call"})


@acting(*HOLDS_CASES)
def outgoing_move(request: ActingRequest, referral: UUID, name: str) -> HttpResponse:
    """A move of the sender."""
    return _move(request, queries.outgoing(referral), name)


@acting(*HOLDS_CASES)
def incoming_move(request: ActingRequest, referral: UUID, name: str) -> HttpResponse:
    """A move of the recipient."""
    return _move(request, queries.incoming(referral), name)


def _move(request: ActingRequest, referral: Referral, name: str) -> HttpResponse:
    if name not in BY_PAGE:
        raise Http404
    form = FORMS.get(name, BareForm)(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        facts = _facts(form.cleaned_data)
        made = once(
            lambda: rules.is_done(request.acting, _fetched(referral), name, facts),
            lambda: mended(form, lambda: _make(request, referral, name, facts)) is not None,
        )
        if made:
            messages.success(request, str(sentences.DONE[name]))
            return redirect(referral)
    require(rules.may(request.acting, referral, name))
    context = {
        "form": form,
        "referral": referral,
        "name": name,
        "label": MACHINE.move(name).label,
        "follows": sentences.FOLLOWS[name],
        "words": shown.words(request.acting, referral) if name in HEARING else [],
        "kind": "warning" if name in {"decline", "deny_call", "recall", "discard"} else "",
        "back_url": referral.get_absolute_url(),
    }
    return render(request, "referrals/move.html", context)


def _fetched(referral: Referral) -> Referral:
    """As it is now."""
    return queries.outgoing(referral.pk) if isinstance(referral, OutgoingReferral) else queries.incoming(referral.pk)


def _facts(given: dict[str, Any]) -> dict[str, str]:  # what a form cleaned
    return {fact: value.isoformat() if hasattr(value, "isoformat") else str(value) for fact, value in given.items() if value}


def _make(request: ActingRequest, referral: Referral, name: str, facts: dict[str, str]) -> Referral:
    if isinstance(referral, OutgoingReferral):
        return services.make(by=request.acting, referral=referral, name=name, **facts)
    if name in ACCEPTING:
        return services.accept(by=request.acting, referral=referral, name=name, text=facts.get("text", ""))
    return services.make(by=request.acting, referral=referral, name=name, **facts)
