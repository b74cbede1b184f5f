"""An agreement that ended stays ended when an older backup comes back: it is remembered beside the keys, outside the database.

Remembered are identifiers, days and kinds of information; nothing that the person said or that names her.
"""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from entraide.features.cases.agreements import Agreement
from entraide.features.cases.choices import AgreementDecision, AgreementEnd
from entraide.features.cases.models import Case, Event
from entraide.kernel.audit.services import entry
from entraide.kernel.base import clock
from entraide.kernel.vault import services as vault

KIND = "agreement"
Consequence = Callable[[Case, UUID, str, str], None]
_consequences: list[Consequence] = []


def on_ended_again(consequence: Consequence) -> Consequence:
    """Marks what a higher room does after a restore for (case, recipient, purpose, database), where the person allows less again."""
    _consequences.append(consequence)
    return consequence


def remember(answer: Agreement, narrower: Agreement | None = None) -> None:
    """Outside the database and its backups: this answer ended, and what is left of it; with it the answers whose place it had taken, since
    an older backup holds one of those in its stead. Last in a verb: should the change then fail, a restore would share too little, never
    too much.
    """
    assert answer.ended_at is not None
    facts: vault.Facts = {"how": answer.ended_how, "by": str(answer.ended_by), "at": answer.ended_at.isoformat()}
    if narrower is not None:
        facts |= {"left": str(narrower.pk), "groups": list(narrower.groups), "until": str(narrower.valid_until)}
    vault.remember(KIND, answer.pk, facts)
    earlier = answer
    while earlier.follows and (found := Agreement.objects.filter(pk=earlier.follows, ended_how=AgreementEnd.REPLACED).first()):
        earlier = found  # one that ended otherwise was remembered then, as was what stood before it
        if earlier.decision == AgreementDecision.GIVEN:
            vault.remember(KIND, earlier.pk, facts)


def end_again(using: str) -> int:
    """Ends what was in force at the backup and has ended since, in the order in which it did; returns how many answers that were."""
    asked: dict[tuple[UUID, UUID, str], Case] = {}
    count = 0
    for identifier, facts in vault.remembered(KIND):
        answer = Agreement.objects.using(using).select_related("case").filter(pk=identifier, ended_at__isnull=True).first()
        if answer is None:
            continue
        _end(answer, facts, using)
        count += 1
        asked[(answer.case_id, answer.recipient_id, answer.purpose)] = answer.case
    for (_case, recipient, purpose), case in asked.items():
        for consequence in _consequences:
            consequence(case, recipient, purpose, using)
    return count


def _end(answer: Agreement, facts: vault.Facts, using: str) -> None:
    answer.ended_how, answer.ended_by = str(facts["how"]), UUID(str(facts["by"]))
    answer.ended_at = datetime.fromisoformat(str(facts["at"]))
    answer.save(using=using, update_fields=["ended_at", "ended_how", "ended_by"])
    case = answer.case
    # Fewer where it is the answer before the wider one: of that one nobody has the words any more.
    left = [group for group in facts.get("groups", []) if group in answer.groups]
    if left:
        _leave(answer, UUID(str(facts["left"])), left, date.fromisoformat(str(facts["until"])), using)
    Event(case=case, what="agreement_ended_again", at=clock.now()).save(using=using, force_insert=True)
    entry(
        by=None, action="cases.end_agreement_again", holder=case.holder, kind="agreement", object_id=answer.pk, case=case.pk,
        detail={"how": answer.ended_how},
    ).save(using=using, force_insert=True)  # fmt: skip


def _leave(wider: Agreement, identifier: UUID, groups: list[str], until: date, using: str) -> None:
    """What the person left of a wider answer when she narrowed it, as the step of narrowing wrote it."""
    try:
        key = vault.store().fetch(wider.case.key)
    except vault.KeyGone:
        return
    people = vault.open_fields(key, case=wider.case_id, record=wider.pk, sealed=wider.sealed)
    ended, hand = wider.ended_at, wider.ended_by
    assert ended is not None and hand is not None
    Agreement(
        id=identifier, case=wider.case, decision=AgreementDecision.GIVEN, recipient_id=wider.recipient_id, purpose=wider.purpose,
        groups=groups, valid_until=until, text_id=wider.text_id, manner=wider.manner, interpreter=wider.interpreter,
        has_guardian=wider.has_guardian, told_copies_stay=wider.told_copies_stay, given_on=ended.date(), recorded_by=hand,
        sealed=vault.seal_fields(key, case=wider.case_id, record=identifier, values=people), follows=wider.pk,
    ).save(using=using, force_insert=True)  # fmt: skip
