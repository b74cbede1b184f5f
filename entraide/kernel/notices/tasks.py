"""The job that mails notices, and the one that takes up again what a dead worker left."""

from uuid import UUID

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.message import EmailMessage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate import JobContext
from procrastinate.contrib.django import app

from entraide.kernel.accounts.queries import addresses


@app.task(name="notices.send", queue="notices", retry=5)
def send_notice(posts: list[str]) -> None:
    """One short mail to each person, in her language: that something awaits, and where to sign in."""
    with transaction.atomic():
        people = addresses([UUID(post) for post in posts])
    messages = []
    for address, language in people:
        with translation.override(language):
            messages.append(
                EmailMessage(
                    _("Something awaits you in Entraide"),
                    _("Something awaits you in Entraide. Sign in to see it:") + f"\n\n{settings.ENTRAIDE_ADDRESS}\n",
                    to=[address],
                )
            )
    if messages:
        get_connection().send_messages(messages)


@app.periodic(cron="* * * * *")
@app.task(name="work.pick_up", queue="clock", queueing_lock="work.pick_up", pass_context=True)
async def pick_up(context: JobContext, timestamp: int) -> None:
    """Takes up again what a worker was at when it died: each job is one transaction or can be repeated."""
    for job in await context.app.job_manager.get_stalled_jobs():
        await context.app.job_manager.retry_job(job)
