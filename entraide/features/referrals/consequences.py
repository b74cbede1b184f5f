"""What follows for referrals when a person's agreement ends."""

from entraide.features.cases.agreements import Agreement
from entraide.features.cases.consent import on_agreement_ended
from entraide.features.cases.models import Case
from entraide.features.referrals import services
from entraide.features.referrals.choices import AFTER_ACCEPTANCE, BEFORE_ACCEPTANCE
from entraide.features.referrals.models import OutgoingReferral
from entraide.features.referrals.moving import fresh
from entraide.kernel.access.context import Acting
from entraide.kernel.base import clock
from entraide.kernel.exchange.services import deliver


@on_agreement_ended
def reach_every_holder(by: Acting, case: Case, answer: Agreement) -> None:
    """Recalls what was not yet accepted; tells whoever holds a copy, who must answer what became of it."""
    for found in OutgoingReferral.objects.filter(case=case, agreement=answer.pk).order_by("id"):
        referral = fresh(found)
        if referral.state in BEFORE_ACCEPTANCE:
            services.make(by=by, referral=referral, name="recall")
        elif referral.state in AFTER_ACCEPTANCE:
            _tell_of_withdrawal(referral)


def _tell_of_withdrawal(referral: OutgoingReferral) -> None:
    now = clock.now()
    referral.withdrawn_at, referral.withdrawal_answer, referral.withdrawal_answered_at = now, "", None
    referral.save(update_fields=["withdrawn_at", "withdrawal_answer", "withdrawal_answered_at"])
    content = {"thread": str(referral.thread), "at": now.isoformat()}
    deliver("referral.withdrawn", sender=referral.sender_id, recipient=referral.recipient_id, content=content, vetted=False)
