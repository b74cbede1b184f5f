"""The page of one referral, as its sender and as its recipient see it."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.features.cases import rules as case_rules
from entraide.features.cases.choices import Group
from entraide.features.referrals import queries, rules, sentences, services, shown
from entraide.features.referrals.choices import AFTER_ACCEPTANCE, NEVER_ACCEPTED, UNDER_WAY, State
from entraide.features.referrals.forms import ReviseForm, WithdrawalForm
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.features.referrals.views.asking import mended, once
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import require
from entraide.kernel.accounts.choices import HOLDS_CASES
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.bodies import queries as bodies
from entraide.kernel.bodies.models import Body

STRONG = frozenset({"decline", "recall", "discard", "deny_call"})


@dataclass(frozen=True)
class Action:
    """A button of the page; with a reason it is the sentence why not."""

    label: str
    url: str
    kind: str
    reason: str


def actions(by: Acting, referral: OutgoingReferral | IncomingReferral) -> list[Action]:
    """The moves that the table knows from here for this side; the first is the main one."""
    route = "referrals:outgoing_move" if isinstance(referral, OutgoingReferral) else "referrals:incoming_move"
    found = []
    for place, (name, label, verdict) in enumerate(rules.open_moves(by, referral)):
        leaving = name in {"send", "telephone"}
        url = reverse("referrals:ready", args=[referral.pk]) if leaving else reverse(route, args=[referral.pk, name])
        kind = "warning" if name in STRONG else "" if place == 0 else "secondary"
        # What is still missing for sending is shown where it can be mended.
        found.append(Action(_("Continue") if leaving else label, url, kind, "" if leaving or verdict else str(verdict.sentence)))
    return found


def _common(by: Acting, referral: OutgoingReferral | IncomingReferral) -> dict[str, object]:
    return {
        "referral": referral,
        "kind": shown.kind_of(referral),
        "clock": shown.clock_words(referral),
        "late": rules.is_late(referral),
        "summary": shown.summary_rows(referral),
        "ending": shown.ending(referral),
        "actions": actions(by, referral),
        "words": shown.words(by, referral),
        "history": shown.history(referral),
        "next": (sentences.NEXT_FOR_SENDER if isinstance(referral, OutgoingReferral) else sentences.NEXT_FOR_RECIPIENT).get(referral.state),
        "withdrawn_groups": shown.group_labels(referral.withdrawn_groups),
        "responsible": _responsible(referral),
        "receipt": referral.arrived_at is not None,
    }


def _responsible(referral: OutgoingReferral | IncomingReferral) -> Body:
    return bodies.get(rules.responsible(referral))


@acting(*HOLDS_CASES)
def outgoing(request: ActingRequest, referral: UUID) -> HttpResponse:
    """As the sender sees it: where it stands, what went, what was said, what can be done."""
    found, by = queries.outgoing(referral), request.acting
    contact = found.state in UNDER_WAY | {State.DRAFT, State.NOT_ARRIVED, State.EXPIRED}
    context = _common(by, found) | {
        "case_url": shown.case_url("case", found.case_id),
        "went": shown.groups_of(found.fields),
        "unsent": found.state in {State.DRAFT, State.DISCARDED},
        "handed_over": found.state in AFTER_ACCEPTANCE,
        "never_went": found.state not in AFTER_ACCEPTANCE | UNDER_WAY,
        "contact": shown.safe_contact(by, found.case) if contact else None,
        "again_url": reverse("referrals:new", args=[found.case_id]),
        "again": found.state in NEVER_ACCEPTED | {State.NOT_ARRIVED},
        "may_write": case_rules.may_write(by, found.case),
        "breadcrumbs": _crumbs("sent", _("Referrals sent"), found.reference),
    }
    return render(request, "referrals/outgoing.html", context)


@acting(*HOLDS_CASES)
def incoming(request: ActingRequest, referral: UUID) -> HttpResponse:
    """As the recipient sees it: a summary that names nobody; after acceptance, the way to its own case."""
    found, by = queries.incoming(referral), request.acting
    context = _common(by, found) | {
        "case_url": shown.case_url("case", found.case_id) if found.case_id else "",
        "contact": shown.safe_contact(by, found.case),
        "to_answer": found.withdrawal_unanswered,
        "may_answer": rules.may_answer_withdrawal(by, found),
        "erased": found.case is not None and found.case.erased_on is not None,
        "breadcrumbs": _crumbs("received", _("Referrals received"), found.reference),
    }
    return render(request, "referrals/incoming.html", context)


def _crumbs(route: str, label: str, reference: str) -> list[object]:
    from entraide.ui.parts import Link

    return [Link(label, reverse(f"referrals:{route}")), Link(reference)]


def _draft(referral: OutgoingReferral) -> dict[str, object]:
    """What the form to change a draft begins with."""
    now = {"needs": referral.needs, "urgency": referral.urgency, "reply_by": referral.reply_by}
    return now | {"seen": services.version(referral)}


@acting(*HOLDS_CASES)
def revise(request: ActingRequest, referral: UUID) -> HttpResponse:
    """Changes needs, urgency and the time to reply of a draft."""
    found = queries.outgoing(referral)
    if found.state != State.DRAFT:
        return redirect(found)
    form = ReviseForm(request.POST or None, initial=_draft(found))
    if request.method == "POST" and form.is_valid():
        services.revise(by=request.acting, referral=found, chosen=found.chosen, **form.cleaned_data)
        messages.success(request, _("The draft is changed."))
        return redirect("referrals:ready", found.pk)
    context = {"form": form, "recipient": found.recipient, "case": found.case, "title": _("Change the draft"), "action": _("Save")}
    return render(request, "referrals/question.html", context | {"back_url": reverse("referrals:ready", args=[referral])})


@acting(*HOLDS_CASES)
def answer_withdrawal(request: ActingRequest, referral: UUID) -> HttpResponse:
    """The recipient says what became of its copy; to say erased is to erase."""
    found = queries.incoming(referral)
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data["answer"]
        answered = once(
            lambda: rules.is_done(request.acting, queries.incoming(referral), "answer_withdrawal", {"withdrawal_answer": answer}),
            lambda: mended(form, lambda: services.answer_withdrawal(by=request.acting, referral=found, answer=answer) or True) is not None,
        )
        if answered:
            messages.success(request, _("Your answer is sent."))
            return redirect(found)
    require(rules.may_answer_withdrawal(request.acting, found))
    erased = found.case is None or found.case.erased_on is not None
    withdrawn = [] if erased else found.withdrawn_groups
    rest = [] if erased else [group for group in shown.groups_in(found.fields) if group not in found.withdrawn_groups]
    context = {
        "form": form,
        "referral": found,
        "rest": shown.group_labels(rest),
        "emptied": [(Group(group).label, reverse("cases:record", args=[found.case_id, group])) for group in withdrawn],
        "hold": bool(found.case and found.case.legal_hold),
        "withdrawn_groups": shown.group_labels(found.withdrawn_groups),
        "back_url": found.get_absolute_url(),
    }
    return render(request, "referrals/withdrawal.html", context)


@acting(*HOLDS_CASES)
def outgoing_receipt(request: ActingRequest, referral: UUID) -> HttpResponse:
    """The receipt of the hand-over, for the sender's file."""
    return _receipt(request, queries.outgoing(referral))


@acting(*HOLDS_CASES)
def incoming_receipt(request: ActingRequest, referral: UUID) -> HttpResponse:
    """The receipt of the hand-over, for the recipient's file."""
    return _receipt(request, queries.incoming(referral))


def _receipt(request: ActingRequest, referral: OutgoingReferral | IncomingReferral) -> HttpResponse:
    if referral.arrived_at is None:
        return redirect(referral)
    context = {"referral": referral, "rows": shown.receipt_rows(referral), "back_url": referral.get_absolute_url()}
    return render(request, "referrals/receipt.html", context)
