"""Cases on the desk: agreements running out, ages to settle."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.features.cases.agreements import Agreement
from entraide.features.cases.choices import Age, Status
from entraide.features.cases.models import Case
from entraide.kernel.access.context import Acting
from entraide.kernel.accounts.choices import HOLDS_CASES
from entraide.kernel.base import clock
from entraide.kernel.base.desk import Item, Pile, lays_on_the_desk

SOON = timedelta(days=14)


@lays_on_the_desk
def cases(by: Acting, limit: int) -> dict[str, Pile]:
    """What a case asks of its team."""
    if by.function not in HOLDS_CASES:
        return {}
    today = clock.today()
    ending = Agreement.objects.filter(
        ended_at__isnull=True, valid_until__gte=today, valid_until__lte=today + SOON, case__erased_on__isnull=True
    ).order_by("valid_until", "-id")
    doubtful = Case.objects.filter(age=Age.IN_DOUBT, status=Status.ACTIVE, erased_on__isnull=True).order_by("opened_on", "id")
    items = [_ending(agreement) for agreement in ending.select_related("case", "recipient")[:limit]] + [
        _doubtful(case) for case in doubtful[:limit]
    ]
    return {"awaiting": Pile(ending.count() + doubtful.count(), items[:limit])}


def _ending(agreement: Agreement) -> Item:
    title = _("Case %(reference)s: the agreement for %(body)s runs out") % {
        "reference": agreement.case.reference,
        "body": agreement.recipient.name,
    }
    return Item(title, reverse("cases:case", args=[agreement.case_id]), _("Ask again in time"), agreement.valid_until, "waiting")


def _doubtful(case: Case) -> Item:
    title = _("Case %(reference)s: age in doubt") % {"reference": case.reference}
    return Item(title, reverse("cases:case", args=[case.pk]), _("Treated as a child until it is settled"), None, "waiting")
