"""After a backup was restored: what the person took back since is taken back again from both sides of her referrals on this node."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from entraide.features.cases import fields, rules
from entraide.features.cases.agreements import Agreement
from entraide.features.cases.choices import SHAREABLE, AgreementDecision, LegalBasisKind
from entraide.features.cases.ended import on_ended_again
from entraide.features.cases.models import Case, LegalBasis
from entraide.features.referrals.choices import AFTER_ACCEPTANCE, BEFORE_ACCEPTANCE, State, WithdrawalAnswer
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.kernel.audit.services import entry
from entraide.kernel.base import clock


@on_ended_again
def take_back_again(case: Case, recipient: UUID, purpose: str, using: str) -> None:
    """Recalls what nobody had accepted, package and all; copies are withdrawn, and whoever holds one must answer, unless it is erased."""
    kept, until = _allowed(case, recipient, purpose, using)
    under_way = BEFORE_ACCEPTANCE | AFTER_ACCEPTANCE
    sent = OutgoingReferral.objects.using(using).filter(case=case, recipient=recipient, purpose=purpose, state__in=under_way)
    for referral in sent.exclude(withdrawal_answer=WithdrawalAnswer.ERASED).order_by("id"):
        went = {str(fields.get(name).group) for name in referral.fields}
        withdrawn = [str(group) for group in SHAREABLE if str(group) in went - kept]
        if not withdrawn:
            _shorten(referral, until, using)
        elif referral.state in BEFORE_ACCEPTANCE:
            _change(referral, using, "recalled_again", state=State.RECALLED)
        else:
            _withdraw(referral, withdrawn, using)


def _allowed(case: Case, recipient: UUID, purpose: str, using: str) -> tuple[set[str], date | None]:
    """Kinds of information that may be with this recipient, by agreement or duty, and until when the person agrees."""
    today = clock.today()
    answers = Agreement.objects.using(using).filter(case=case, recipient=recipient, purpose=purpose, ended_at__isnull=True)
    answer = answers.filter(decision=AgreementDecision.GIVEN, valid_until__gte=today).first()
    in_force = answer if answer and not rules.lacks_guardian(case, answer) else None
    duties = LegalBasis.objects.using(using).filter(case=case, recipient=recipient, kind=LegalBasisKind.LEGAL_DUTY)
    duty = duties.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=today)).order_by("-id").first()
    return {*(in_force.groups if in_force else []), *(duty.groups if duty else [])}, in_force.valid_until if in_force else None


def _shorten(referral: OutgoingReferral, until: date | None, using: str) -> None:
    if referral.agreed_until and until and until < referral.agreed_until:
        _change(referral, using, "shortened_again", agreed_until=until)


def _withdraw(referral: OutgoingReferral, groups: list[str], using: str) -> None:
    now = clock.now()
    theirs = (
        IncomingReferral.objects.using(using).select_related("case").filter(thread=referral.thread, holder=referral.recipient_id).first()
    )
    erased = theirs is not None and theirs.case is not None and theirs.case.erased_on is not None
    _change(
        referral, using, "withdrawn_again", withdrawn_at=now, withdrawn_groups=groups,
        withdrawal_answer=WithdrawalAnswer.ERASED if erased else "", withdrawal_answered_at=now if erased else None,
    )  # fmt: skip


def _change(referral: OutgoingReferral, using: str, what: str, **facts: object) -> None:
    """The same on the sender's side and on the copy that the recipient keeps; written down for both."""
    facts["changed_at"] = clock.now()
    IncomingReferral.objects.using(using).filter(thread=referral.thread, holder=referral.recipient_id).update(**facts)
    emptied: dict[str, object] = {"package": {}} if facts.get("state") == State.RECALLED else {}
    OutgoingReferral.objects.using(using).filter(pk=referral.pk).update(**facts, **emptied)
    for holder, case in ((referral.holder, referral.case_id), (referral.recipient_id, None)):
        entry(by=None, action=f"referrals.{what}", holder=holder, kind="referral", object_id=referral.thread, case=case).save(
            using=using, force_insert=True
        )
