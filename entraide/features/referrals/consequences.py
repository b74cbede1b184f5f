"""What follows for referrals when a person's agreement ends."""

from entraide.features.cases import queries as cases
from entraide.features.cases.agreements import Agreement
from entraide.features.cases.consent import on_agreement_ended
from entraide.features.cases.erasure import on_erased_at_request
from entraide.features.cases.models import Case
from entraide.features.referrals import services
from entraide.features.referrals.choices import AFTER_ACCEPTANCE, BEFORE_ACCEPTANCE, NEVER_ACCEPTED, WithdrawalAnswer
from entraide.features.referrals.models import OutgoingReferral
from entraide.features.referrals.moving import fresh
from entraide.features.referrals.package import duty_groups
from entraide.features.referrals.shown import groups_in
from entraide.kernel.access.context import Acting
from entraide.kernel.base import clock
from entraide.kernel.exchange.services import deliver


@on_agreement_ended
def reach_every_holder(by: Acting, case: Case, answer: Agreement) -> None:
    """Recalls what was not yet accepted; tells whoever holds a copy, who must answer what became of it.

    Every referral to this recipient for this purpose counts, whichever of the person's answers it was sent on: a narrower answer
    that replaced it and is now withdrawn takes along what was sent before. What a legal duty covers stays.
    """
    found = OutgoingReferral.objects.filter(case=case, recipient=answer.recipient, purpose=answer.purpose)
    for one in found.order_by("id"):
        referral = fresh(one)
        withdrawn = _withdrawn(case, referral)
        if not withdrawn:
            _shorten(case, referral)
        elif referral.state in BEFORE_ACCEPTANCE:
            services.make(by=by, referral=referral, name="recall")
        elif referral.state in AFTER_ACCEPTANCE and referral.withdrawal_answer != WithdrawalAnswer.ERASED:
            _tell_of_withdrawal(referral, withdrawn)


def _withdrawn(case: Case, referral: OutgoingReferral) -> list[str]:
    """Groups that went, or would go, and that the person no longer agrees to."""
    kept = cases.agreed_groups(case, recipient=referral.recipient_id, purpose=referral.purpose) | duty_groups(case, referral.recipient_id)
    return [group for group in groups_in(referral.fields) if group not in kept]


def _shorten(case: Case, referral: OutgoingReferral) -> None:
    """The person agrees to as much as before, but to a nearer day: both sides keep to it."""
    answer = cases.in_force(case, recipient=referral.recipient_id, purpose=referral.purpose)
    until = answer.valid_until if answer else None
    if referral.agreed_until and until and until < referral.agreed_until:
        referral.agreed_until = until
        referral.save(update_fields=["agreed_until"])
        if referral.state in BEFORE_ACCEPTANCE | AFTER_ACCEPTANCE:
            content = {"thread": str(referral.thread), "until": until.isoformat()}
            deliver("referral.shortened", sender=referral.sender_id, recipient=referral.recipient_id, content=content, vetted=False)


def _tell_of_withdrawal(referral: OutgoingReferral, groups: list[str]) -> None:
    now = clock.now()
    referral.withdrawn_at, referral.withdrawn_groups = now, groups
    referral.withdrawal_answer, referral.withdrawal_answered_at = "", None
    referral.save(update_fields=["withdrawn_at", "withdrawn_groups", "withdrawal_answer", "withdrawal_answered_at"])
    content = {"thread": str(referral.thread), "at": now.isoformat(), "groups": groups}
    deliver("referral.withdrawn", sender=referral.sender_id, recipient=referral.recipient_id, content=content, vetted=False)


@on_erased_at_request
def reach_everybody(by: Acting, case: Case) -> None:
    """Whoever holds a copy is told, also where it rests on no agreement that could end; whoever never accepted forgets the words.

    What nobody has accepted yet is recalled: there will be nothing to hand over.
    """
    for one in OutgoingReferral.objects.filter(case=case).order_by("id"):
        referral = fresh(one)
        if referral.state in BEFORE_ACCEPTANCE:
            referral = services.make(by=by, referral=referral, name="recall")
        withdrawn = _withdrawn(case, referral)
        if referral.state in NEVER_ACCEPTED:
            content = {"thread": str(referral.thread)}
            deliver("referral.erased", sender=referral.sender_id, recipient=referral.recipient_id, content=content, vetted=False)
        elif referral.state in AFTER_ACCEPTANCE and not set(withdrawn) <= set(referral.withdrawn_groups):
            _tell_of_withdrawal(referral, withdrawn)
