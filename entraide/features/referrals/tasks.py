"""The clock's job: referrals that nobody answered in time expire, and both sides are told."""

from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from entraide.features.referrals import queries, services
from entraide.features.referrals.models import OutgoingReferral
from entraide.kernel.access.context import acting_as, agent_of
from entraide.kernel.access.sides import Side


@app.periodic(cron="* * * * *")
@app.task(name="referrals.expire", queue="clock", queueing_lock="referrals.expire")
def expire_overdue(timestamp: int) -> None:
    """Each referral in a transaction of its own: one that cannot expire keeps no other from it, and the job fails when all are done."""
    with transaction.atomic():
        found = queries.overdue()
    failed: list[Exception] = []
    for holder, side, identifier in found:
        try:
            expire_one(holder, side, identifier)
        except Exception as wrong:  # whatever it is: the others wait for nobody
            failed.append(wrong)
    if failed:
        raise ExceptionGroup("referrals that could not expire", failed)


def expire_one(holder: UUID, side: str, identifier: UUID) -> None:
    """Expires one referral, as its sender's agent."""
    with transaction.atomic(), acting_as(agent_of(holder, Side(side))):
        referral = OutgoingReferral.objects.filter(pk=identifier).first()
        if referral is not None:
            services.expire(holder=holder, referral=referral)
