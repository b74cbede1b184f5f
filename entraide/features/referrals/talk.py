"""Words exchanged within a referral (a question, its answer, conditions): each side seals its own copy."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.kernel.access.context import Acting
from entraide.kernel.audit.choices import Outcome
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock
from entraide.kernel.vault import services as vault
from entraide.kernel.vault.keystore import PersonKey

Referral = OutgoingReferral | IncomingReferral


@dataclass(frozen=True)
class Said:
    """One thing said, opened."""

    at: datetime
    by: str
    kind: str
    text: str


def key_of(referral: Referral) -> PersonKey:
    """The key under which this side seals: the person's at the sender, the referral's own at the recipient."""
    return vault.store().fetch(referral.case.key if isinstance(referral, OutgoingReferral) else referral.key)


def case_of(referral: Referral) -> UUID:
    """What sealed texts of this side are bound to: the case at the sender, the referral itself at the recipient."""
    return referral.case_id if isinstance(referral, OutgoingReferral) else referral.pk


def add(referral: Referral, *, by: str, kind: str, text: str) -> None:
    """Seals a text into this side's copy; the caller saves."""
    place = f"talk{len(referral.talk)}"
    sealed = vault.seal_fields(key_of(referral), case=case_of(referral), record=referral.pk, values={place: text})
    referral.talk = [*referral.talk, {"at": clock.now().isoformat(), "by": by, "kind": kind, "sealed": sealed}]


def said_last(referral: Referral, text: str) -> bool:
    """Whether this text is the last thing said; it is compared, not shown."""
    try:
        opened = vault.open_fields(key_of(referral), case=case_of(referral), record=referral.pk, sealed=referral.talk[-1]["sealed"])
    except (IndexError, vault.KeyGone):
        return False
    return text in opened.values()


def read_call(*, by: Acting, referral: OutgoingReferral) -> str:
    """What the sender noted of the telephone call; empty where there was none or it was erased. The reading is recorded."""
    if not referral.call:
        return ""
    record(by=by, action="referrals.read_call", outcome=Outcome.READ, kind="referral", object_id=referral.thread, case=referral.case_id)
    try:
        return vault.open_fields(key_of(referral), case=referral.case_id, record=referral.pk, sealed=referral.call)["call"]
    except vault.KeyGone:
        return ""


def read(*, by: Acting, referral: Referral) -> list[Said]:
    """What was said, oldest first; the reading is recorded."""
    if not referral.talk:
        return []
    case = referral.case_id
    record(by=by, action="referrals.read_talk", outcome=Outcome.READ, kind="referral", object_id=referral.thread, case=case)
    try:
        key = key_of(referral)
    except vault.KeyGone:
        return []
    return [
        Said(datetime.fromisoformat(entry["at"]), entry["by"], entry["kind"], text)
        for entry in referral.talk
        for text in vault.open_fields(key, case=case_of(referral), record=referral.pk, sealed=entry["sealed"]).values()
    ]
