"""Before a referral leaves: what must be on record, exactly what goes, and what happens then."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.features.cases import fields
from entraide.features.cases import queries as cases
from entraide.features.cases.choices import SHAREABLE, Group
from entraide.features.referrals import package, queries, readiness, rules, services, shown
from entraide.features.referrals.choices import State
from entraide.features.referrals.models import OutgoingReferral
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import Refused
from entraide.kernel.access.sides import POLICING
from entraide.kernel.accounts.choices import HOLDS_CASES
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.ui.parts import Row


def _leaving(referral: OutgoingReferral) -> str:
    return "telephone" if referral.by_telephone else "send"


@acting(*HOLDS_CASES)
def ready(request: ActingRequest, referral: UUID) -> HttpResponse:
    """What must be on record before anything leaves, each with the way to record it."""
    found = queries.outgoing(referral)
    if found.state != State.DRAFT:
        return redirect(found)
    context = {
        "referral": found,
        "tasks": readiness.tasks(request.acting, found),
        "verdict": rules.may(request.acting, found, _leaving(found)),
        "preview_url": reverse("referrals:preview", args=[referral]),
        "back_url": found.get_absolute_url(),
    }
    return render(request, "referrals/ready.html", context)


@acting(*HOLDS_CASES)
def preview(request: ActingRequest, referral: UUID) -> HttpResponse:
    """Exactly what goes now, what goes after acceptance, what stays and why; from here it is sent."""
    found = queries.outgoing(referral)
    if request.method == "POST" and _is_sent(request.acting, found):
        return redirect("referrals:done", referral)
    if found.state != State.DRAFT:
        return redirect(found)
    if request.method == "POST":
        return _decide(request, found)
    return render(request, "referrals/preview.html", _previewed(request.acting, found))


def _decide(request: ActingRequest, referral: OutgoingReferral) -> HttpResponse:
    """Sends only what was looked at: other ticks are saved and shown first."""
    chosen = [str(group) for group in SHAREABLE if group in request.POST.getlist("chosen")]
    if _changed(request.acting, referral, chosen):
        services.revise(
            by=request.acting, referral=referral, urgency=referral.urgency, needs=referral.needs, chosen=chosen,
            reply_by=referral.reply_by or services.proposed_reply_by(referral.urgency), seen=request.POST.get("version", ""),
        )  # fmt: skip
        messages.info(request, _("Your choice is saved. Look once more at what goes, then send."))
        return redirect("referrals:preview", referral.pk)
    if request.POST.get("action") != "send":
        return redirect("referrals:preview", referral.pk)
    return _send(request, referral)


def _changed(by: Acting, referral: OutgoingReferral, chosen: list[str]) -> bool:
    allowed = _allowed(referral)
    return allowed & set(chosen) != allowed & set(referral.chosen)


def _allowed(referral: OutgoingReferral) -> frozenset[str]:
    return package.allowed_groups(
        referral.case, recipient=referral.recipient_id, purpose=referral.purpose, by_telephone=referral.by_telephone
    )


def _is_sent(by: Acting, referral: OutgoingReferral) -> bool:
    return rules.is_done(by, referral, _leaving(referral), {})


def _send(request: ActingRequest, referral: OutgoingReferral) -> HttpResponse:
    verb = services.telephone if referral.by_telephone else services.send
    try:
        verb(by=request.acting, referral=referral, seen=request.POST.get("seen", "") or "none")
    except Refused as refused:
        if _is_sent(request.acting, queries.outgoing(referral.pk)):  # by the first of two presses, while the second waited
            return redirect("referrals:done", referral.pk)
        if refused.verdict.code not in {"changed", "nothing_goes", "reply_by"}:
            raise
        messages.error(request, str(refused.verdict.sentence))
        return redirect("referrals:preview", referral.pk)
    return redirect("referrals:done", referral.pk)


def _previewed(by: Acting, referral: OutgoingReferral) -> dict[str, object]:
    found = package.compose(
        by=by,
        case=referral.case,
        recipient=referral.recipient_id,
        purpose=referral.purpose,
        chosen=referral.chosen,
        by_telephone=referral.by_telephone,
    )
    referral.age, referral.gender, referral.languages = referral.case.age, found.gender, found.languages  # shown, not saved
    referral.fields = list(found.values)
    answer = cases.in_force(referral.case, recipient=referral.recipient_id, purpose=referral.purpose)
    referral.agreed_until = answer.valid_until if answer else None
    verdict = rules.may(by, referral, _leaving(referral))
    return {
        "referral": referral,
        "summary": shown.summary_rows(referral),
        "groups": _groups(referral, found),
        "stays": [Row(label, why) for label, why in found.stays_shown()],
        "seen": found.digest(referral.pk),
        "version": services.version(referral),
        "kept": [str(group) for group, why in found.stays.items() if why in {package.Held.EMPTY, package.Held.UNSAFE}],
        "rules": shown.safe_contact(by, referral.case) if Group.CONTACT in found.goes and Group.SAFE_CONTACT not in found.goes else None,
        "contact": str(found.stays.get(Group.SAFE_CONTACT, "")),
        "record_contact_url": reverse("cases:record", args=[referral.case_id, Group.SAFE_CONTACT]),
        "nothing": not found.values,
        "to_police": referral.recipient.kind in POLICING,
        "reason": verdict.sentence,
        "back_url": reverse("referrals:ready", args=[referral.pk]),
    }


def _groups(referral: OutgoingReferral, found: package.Preview) -> list[dict[str, object]]:
    """Groups that can be ticked: what goes with its values, and what the sender left out."""
    duty = package.duty_groups(referral.case, referral.recipient_id)
    left_out = {group for group, why in found.stays.items() if why == package.Held.NOT_CHOSEN}
    return [
        {
            "value": str(group),
            "label": Group(group).label,
            "ticked": group in found.goes,
            "duty": group in duty,
            "rows": [Row(label, value) for label, value in fields.labelled(found.goes.get(group, {})).items()],
        }
        for group in SHAREABLE
        if group in found.goes or group in left_out
    ]


@acting(*HOLDS_CASES)
def done(request: ActingRequest, referral: UUID) -> HttpResponse:
    """What was sent, what happens next and until when."""
    found = queries.outgoing(referral)
    if found.state == State.DRAFT:
        return redirect("referrals:ready", found.pk)
    return render(request, "referrals/done.html", {"referral": found})
