"""What we ask of the sign-in library."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from entraide.kernel.accounts.tasks import send_account_notice, send_password_link


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library carries no types
    """Nobody signs up: an administrator gives a post. Mails leave by a job, so that no answer takes longer for a known address."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed."""
        return False

    def send_password_reset_mail(self, user: AbstractBaseUser, email: str, context: dict[str, Any]) -> None:
        """Queues the link; the job makes it, so that it stands in no queue."""
        send_password_link.defer(account=str(user.pk))

    def send_notification_mail(
        self, template_prefix: str, user: AbstractBaseUser, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Queues a mail that says what changed in the account, without address of the machine or name of the browser."""
        send_account_notice.defer(account=str(user.pk), change=template_prefix.rsplit("/", 1)[-1])
