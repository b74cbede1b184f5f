"""Erasing a person: her key is destroyed, her tokens go, and a certificate says when the last copy forgets."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entraide.features.cases import consent, queries, rules
from entraide.features.cases.choices import AgreementDecision
from entraide.features.cases.models import Case, CaseRecord, ErasureCertificate, Link, Note, SearchToken
from entraide.features.cases.services import tell
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import refuse, require
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock
from entraide.kernel.vault import services as vault

Consequence = Callable[[Acting, Case], None]
_consequences: list[Consequence] = []


def on_erased_at_request(consequence: Consequence) -> Consequence:
    """Marks what a higher room does, in the same transaction, when a person has herself erased and her agreements have ended."""
    _consequences.append(consequence)
    return consequence


@transaction.atomic
def hold(*, by: Acting, case: Case, order: str) -> None:
    """Forbids erasure because of an order."""
    case = queries.locked(case)
    require(rules.may_write(by, case))
    if not order.strip():
        require(refuse("order", _("Name the order that forbids erasure.")))
    if case.legal_hold == order:  # the same form sent twice
        return
    case.legal_hold = order
    case.save(update_fields=["legal_hold"])
    tell(by=by, case=case, what="legal_hold")
    record(by=by, action="cases.hold", kind="case", object_id=case.pk, case=case.pk)


@transaction.atomic
def lift_hold(*, by: Acting, case: Case, reason: str) -> None:
    """Allows erasure again, for a reason that stays on record."""
    case = queries.locked(case)
    require(rules.may_lift(by, case, reason))
    if not case.legal_hold:  # the same form sent twice
        return
    case.legal_hold = ""
    case.save(update_fields=["legal_hold"])
    tell(by=by, case=case, what="legal_hold_lifted", detail={"reason": reason})
    record(by=by, action="cases.lift_hold", kind="case", object_id=case.pk, case=case.pk, detail={"reason": reason})


@transaction.atomic
def erase(*, by: Acting, case: Case, requested_by_person: bool) -> ErasureCertificate:
    """Erases a person. When she asked for it, her agreements end first, so that whoever holds a copy is told and must answer.

    The key goes when all else is written, the record included, and before the database commits: should that fail, the data are
    unreadable all the same, and erasing can be repeated.
    """
    case = queries.locked(case)
    require(rules.may_erase(by, case))
    if requested_by_person:
        for answer in queries.agreements(case).filter(decision=AgreementDecision.GIVEN, ended_at__isnull=True):
            consent.withdraw(by=by, case=case, answer=answer)
        for consequence in _consequences:
            consequence(by, case)
    SearchToken.objects.filter(case=case).delete()
    for model in (CaseRecord, Note, Link):
        model.objects.filter(case=case).update(sealed={})
    CaseRecord.objects.filter(case=case).update(coded={})
    case.erased_on, case.closing_reason = clock.today(), {}
    case.save(update_fields=["erased_on", "closing_reason"])
    certificate = ErasureCertificate.objects.create(
        case=case, erased_on=case.erased_on, forgotten_on=vault.forgotten_on(), requested_by_person=requested_by_person, by_post=by.hand
    )
    tell(by=by, case=case, what="erased")
    record(by=by, action="cases.erase", kind="case", object_id=case.pk, case=case.pk)
    vault.destroy(case.key)
    return certificate
