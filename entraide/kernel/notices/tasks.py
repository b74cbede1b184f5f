"""The job that mails notices."""

from uuid import UUID

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.message import EmailMessage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
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
