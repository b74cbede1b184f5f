"""The jobs that mail notices, and the one that takes up again what a dead worker left."""

from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from entraide.kernel.accounts.models import Account
from entraide.kernel.accounts.queries import addresses

AGAIN = RetryStrategy(max_attempts=5, exponential_wait=5)
"""After 5 seconds, 25, 2 minutes, 10, 52: a server that asks to come back later is asked again."""


@app.task(name="notices.send", queue="notices", retry=5)
def send_notice(posts: list[str]) -> None:
    """Queues a mail for each of the people behind these posts: an address that is refused holds up no other."""
    with transaction.atomic():
        reached = [address for address, _language in addresses([UUID(post) for post in posts])]
        for account in Account.objects.filter(email__in=reached).values_list("pk", flat=True):
            send_one.defer(account=str(account))


@app.task(name="notices.send_one", queue="notices", retry=AGAIN)
def send_one(account: str) -> None:
    """One short mail in the person's language: that something awaits, and where to sign in."""
    person = Account.objects.filter(pk=UUID(account), is_active=True).first()
    if person is None:
        return
    with translation.override(person.language):
        body = _("Something awaits you in Entraide. Sign in to see it:") + f"\n\n{settings.ENTRAIDE_ADDRESS}\n"
        send_mail(_("Something awaits you in Entraide"), body, None, [person.email])


@app.periodic(cron="* * * * *")
@app.task(name="work.pick_up", queue="clock", queueing_lock="work.pick_up", pass_context=True)
async def pick_up(context: JobContext, timestamp: int) -> None:
    """Takes up again what a worker was at when it died: each job is one transaction or can be repeated."""
    for job in await context.app.job_manager.get_stalled_jobs():
        await context.app.job_manager.retry_job(job)
