"""Taking a reply out of publication, by the secretariat that published it, or because the procedure that asks does not publish it."""

from django.db import transaction

from entraide.features.questionnaires import leave, rules
from entraide.features.questionnaires.circulating import hands
from entraide.features.questionnaires.models import Circulation, Reply, Withdrawal
from entraide.kernel.access.context import Acting
from entraide.kernel.access.principals import EVERYBODY
from entraide.kernel.access.rules import require
from entraide.kernel.audit.services import record
from entraide.kernel.notices.services import notify


@transaction.atomic
def withdraw_reply(*, by: Acting, reply: Reply) -> Reply:
    """Nobody but those to whom it was sent reads the reply any more, nor an earlier edition of it that was published."""
    require(rules.may_withdraw_reply(by, reply))
    editions = Reply.objects.select_for_update().filter(addressee=reply.addressee_id, published_at__isnull=False)
    for each in list(editions):
        assert each.published_at is not None
        Withdrawal.objects.create(reply=each, holder=by.body, published_at=each.published_at)
        each.published_at, each.readers = None, sorted(set(each.readers) - {EVERYBODY})
        each.save(update_fields=["published_at", "readers"])
        record(by=by, action="questionnaires.withdraw_reply", kind="reply", object_id=each.pk, holder=each.holder)
    notify(hands(reply.holder)[:1])
    return Reply.objects.get(pk=reply.pk)


@transaction.atomic
def withdraw_unallowed(*, by: Acting, circulation: Circulation) -> int:
    """Ends every publication that whoever asks through this circulation would not allow now; how many bodies' replies it were."""
    out = Reply.objects.filter(circulation=circulation, published_at__isnull=False).order_by("addressee", "edition")
    barred = {each.addressee_id: each for each in out if not leave.verdict(each)}
    for each in barred.values():
        withdraw_reply(by=by, reply=each)
    return len(barred)
