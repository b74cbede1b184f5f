"""The package on its way: frozen at sending, announced without identity, handed over after acceptance, then gone from here."""

import json
from typing import Any

from django.utils.translation import gettext_lazy as _

from entraide.features.cases import queries as cases
from entraide.features.referrals import package
from entraide.features.referrals.models import OutgoingReferral
from entraide.kernel.access.context import Acting, current
from entraide.kernel.access.rules import refuse, require
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock
from entraide.kernel.exchange.services import deliver
from entraide.kernel.vault import services as vault

COPIED = ("state", "purpose", "urgency", "age", "gender", "languages", "needs", "fields", "by_telephone", "invented", "reference")
TIMES = ("reply_by", "called_at", "sent_at")


def freeze(by: Acting, referral: OutgoingReferral, seen: str = "") -> None:
    """Copies the fields that go into the referral, sealed for it alone: later edits of the case do not reach the package.

    seen: the digest of the preview that somebody looked at; refused where other values would go by now.
    """
    case, recipient = referral.case, referral.recipient_id
    found = package.compose(
        by=by, case=case, recipient=recipient, purpose=referral.purpose, chosen=referral.chosen, by_telephone=referral.by_telephone
    )
    if seen and seen != found.digest(referral.pk):
        require(refuse("changed", _("What would go has changed since you looked at it. Look again, then send.")))
    if not found.values:
        require(refuse("nothing_goes", _("Nothing that may go is recorded yet. Fill in what the person agreed to share, or tick it.")))
    texts = {name: json.dumps(value, ensure_ascii=False) for name, value in found.values.items()}
    referral.package = vault.seal_fields(vault.store().fetch(case.key), case=case.pk, record=referral.pk, values=texts)
    referral.fields = list(texts)
    referral.age, referral.gender, referral.languages = case.age, found.gender, found.languages
    _rest_on(referral)


def _rest_on(referral: OutgoingReferral) -> None:
    """Notes on which agreement, legal basis and basis of transfer the sending rests."""
    case, recipient = referral.case, referral.recipient_id
    answer = cases.in_force(case, recipient=recipient, purpose=referral.purpose)
    basis = cases.legal_duty(case, recipient) or cases.legal_bases(case).first()
    transfer = cases.transfer_basis(case, recipient)
    referral.agreement, referral.agreed_until = (answer.pk, answer.valid_until) if answer else (None, None)
    referral.legal_basis, referral.transfer_basis = basis.pk if basis else None, transfer.pk if transfer else None


def announce(referral: OutgoingReferral) -> None:
    """Sends the summary that names nobody."""
    content: dict[str, Any] = {name: getattr(referral, name) for name in COPIED}
    content |= {name: moment.isoformat() if (moment := getattr(referral, name)) else None for name in (*TIMES, "agreed_until")}
    content["thread"] = str(referral.thread)
    deliver("referral.sent", sender=referral.sender_id, recipient=referral.recipient_id, content=content)


def hand_over(referral: OutgoingReferral) -> None:
    """After acceptance the frozen package goes to the recipient and is emptied here."""
    _require_agreed_still(referral)
    texts = _opened(referral)
    referral.package = {}
    referral.save(update_fields=["package"])
    record(
        by=current(),
        action="referrals.hand_over",
        holder=referral.holder,
        kind="referral",
        object_id=referral.thread,
        case=referral.case_id,
    )
    content: dict[str, Any] = {"thread": str(referral.thread), "values": {name: json.loads(text) for name, text in texts.items()}}
    deliver("referral.identity", sender=referral.sender_id, recipient=referral.recipient_id, content=content)


def _require_agreed_still(referral: OutgoingReferral) -> None:
    """An agreement that ran out while an answer was awaited carries nothing any more."""
    if referral.agreed_until and referral.agreed_until < clock.today():
        require(refuse("agreement_over", _("The person’s agreement has run out meanwhile. The sender must ask again and send anew.")))


def _opened(referral: OutgoingReferral) -> dict[str, str]:
    try:
        key = vault.store().fetch(referral.case.key)
    except vault.KeyGone:
        require(refuse("erased", _("The sender has erased this person’s data. Nothing can be handed over any more.")))
        raise
    return vault.open_fields(key, case=referral.case_id, record=referral.pk, sealed=referral.package)
